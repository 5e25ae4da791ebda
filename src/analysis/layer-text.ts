/** A layer as people write it, for the slide table and the layer column of reports. */
import { formatShape } from "../base/integers.js";
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
  const window = node.args["window"] as number[] | undefined;
  const count = operator.count && node.args[operator.count];
  let head = mnemonic + (window ? shortAxes(window) : "");
  if (operator.count && typeof count === "number")
    head += operator.group === "regularisation" ? ` ${count}` : `-${count}`;
  const attributes: string[] = [];
  for (const [name, parameter] of Object.entries(parameters)) {
    if (name === operator.count || name === "window") continue;
    const value = node.args[name];
    if (value === undefined || isDefault(node, name, parameter, value, axes)) continue;
    if (name === "stride") head += `/${shortAxes(value as number[])}`;
    else attributes.push(attributeText(name, value, operator, axes));
  }
  return { head, attributes };
}

function isDefault(node: Node, name: string, parameter: Parameter, value: Argument, axes: number): boolean {
  if (parameter.default === undefined) return false;
  const standard = defaultArgument(parameter, node.args, axes);
  if (name === "pad") return samePadding(node, value as Padding, standard as Padding);
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

function attributeText(name: string, value: Argument, operator: Operator, axes: number): string {
  const parameter = (operator.parameters as Record<string, Parameter>)[name]!;
  if (parameter.kind === "flag") return value ? name : `no ${name}`;
  if (parameter.kind === "padding") return `pad ${paddingText(value as Padding, axes)}`;
  if (Array.isArray(value)) return `${name} ${shortAxes(value as number[])}`;
  return `${name} ${String(value)}`;
}

function paddingText(pad: Padding, axes: number): string {
  if (pad.kind !== "explicit") return pad.kind;
  if (pad.before.join() !== pad.after.join()) return `(${[...pad.before, ...pad.after].slice(0, 2 * axes).join(", ")})`;
  return shortAxes(pad.before);
}

/** `3` for 3x3, `1x7` as it is. */
function shortAxes(sizes: readonly number[]): string {
  return sizes.every((size) => size === sizes[0]) ? String(sizes[0]) : formatShape(sizes);
}
