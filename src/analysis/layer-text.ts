/** A layer as people write it, for the slide table and the layer column of reports. */
import { isFixed, type Dimension } from "../ir/dimension.js";
import { inputTypes, type Argument, type Network, type Node, type Padding } from "../ir/network.js";
import { formatDimensions } from "../ir/shape.js";
import { defaultArgument } from "../ops/defaults.js";
import type { Operator, Parameter } from "../ops/define.js";
import { operatorNamed } from "../ops/registry.js";

/** `CONV3-64`, and what of it is not the default: `stride 2`, `pad 0`. */
export interface LayerText {
  readonly head: string;
  readonly attributes: readonly string[];
}

/**
 * The compact form, which compiles to the same layer. The stride stands in the head (`CONV7-64/2`), other attributes
 * behind it.
 */
export function layerText(network: Network, node: Node): LayerText {
  const operator = operatorNamed(node.op);
  const parameters = operator.parameters as Record<string, Parameter>;
  const mnemonic = operator.mnemonics[0]!;
  const axes = (inputTypes(network, node)[0]?.shape.length ?? 3) - 1;
  if (operator.inputs === 0) return { head: `${mnemonic} ${formatDimensions(node.type.shape)}`, attributes: [] };
  const size = operator.size;
  const digits = operator.digits && size ? (node.args[size] as readonly Dimension[] | undefined) : undefined;
  const count = operator.count && node.args[operator.count];
  let head = mnemonic + (digits ? shortAxes(digits) : "");
  if (operator.count && typeof count === "number")
    head += operator.group === "regularisation" ? ` ${count}` : `-${count}`;
  const attributes: string[] = [];
  for (const [name, parameter] of Object.entries(parameters)) {
    if (name === operator.count || (operator.digits && name === size)) continue;
    const value = node.args[name];
    if (value === undefined || isDefault(node, parameter, value, axes)) continue;
    if (name === "stride") head += `/${shortAxes(value as readonly Dimension[])}`;
    else attributes.push(attributeText(name, value, operator, axes));
  }
  return { head, attributes };
}

function isDefault(node: Node, parameter: Parameter, value: Argument, axes: number): boolean {
  if (parameter.default === undefined) return false;
  const standard = defaultArgument(parameter, node.args, axes);
  if (parameter.kind === "padding") return samePadding(node, value as Padding, standard as Padding);
  if (Array.isArray(value)) {
    return Array.isArray(standard) && value.every((size, axis) => size === standard[axis]);
  }
  return value === standard;
}

/** Whether two paddings come to the same zeros for this layer's window. */
function samePadding(node: Node, value: Padding, standard: Padding): boolean {
  const window = (node.args["window"] ?? []) as number[];
  const dilation = (node.args["dilation"] ?? window.map(() => 1)) as number[];
  const zeros = (pad: Padding): string => {
    if (pad.kind === "same") return "same";
    const half = window.map((size, axis) => Math.floor((dilation[axis]! * (size - 1)) / 2));
    return pad.kind === "half" ? [...half, ...half].join() : [...pad.before, ...pad.after].join();
  };
  return zeros(value) === zeros(standard);
}

/** A flag alone, what a bare size means without its name, all else behind its name. */
function attributeText(name: string, value: Argument, operator: Operator, axes: number): string {
  const { kind } = (operator.parameters as Record<string, Parameter>)[name]!;
  if (kind === "flag") return value ? name : `no ${name}`;
  const prefix = name === operator.size ? "" : `${name} `;
  if (kind === "padding") return prefix + paddingText(value as Padding, axes);
  if (!Array.isArray(value)) return `${name} ${String(value)}`;
  const sizes = value as readonly Dimension[];
  return prefix + (kind === "shape" ? formatDimensions(sizes) : shortAxes(sizes));
}

function paddingText(pad: Padding, axes: number): string {
  if (pad.kind !== "explicit") return pad.kind;
  if (pad.before.join() !== pad.after.join()) return `(${[...pad.before, ...pad.after].slice(0, 2 * axes).join(", ")})`;
  return shortAxes(pad.before);
}

/** `3` for 3x3, `1x7` as it is. */
function shortAxes(sizes: readonly Dimension[]): string {
  const [first] = sizes;
  return isFixed(first!) && sizes.every((size) => size === first) ? String(first) : formatDimensions(sizes);
}
