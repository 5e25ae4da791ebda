/** Each operator as calls of tfjs's layers API. Values are channels last, as in the language. */
import { feedsRelu } from "../../analysis/weights.js";
import type { consumersOf } from "../../ir/network.js";
import { inputTypes, type Network, type Node } from "../../ir/network.js";
import type { AvgPoolArgs } from "../../ops/avgpool.js";
import type { BnArgs } from "../../ops/bn.js";
import type { ConvArgs } from "../../ops/conv.js";
import type { DropoutArgs } from "../../ops/dropout.js";
import type { FcArgs } from "../../ops/fc.js";
import type { LrnArgs } from "../../ops/lrn.js";
import type { PoolArgs } from "../../ops/pooling.js";
import { operators, type OpName } from "../../ops/registry.js";
import { spanOfWindow, windowAxes, type Axis } from "../../ops/window.js";
import { TargetError } from "../errors.js";
import type { ConfigValue, LayerCall } from "./code.js";

export interface LoweringContext {
  readonly network: Network;
  readonly consumers: ReturnType<typeof consumersOf>;
  /** The names of all layers of the program. */
  readonly names: ReadonlySet<string>;
}

/** The calls of a layer in order; the last one is named as the layer. */
export type Lowering = (node: Node, context: LoweringContext) => LayerCall[];

type Config = Record<string, ConfigValue>;

function layer(kind: string, node: Node, config: Config = {}): LayerCall {
  return { callee: `tf.layers.${kind}`, config: { name: node.name, ...config } };
}

/** A name for a layer that only helps the one it stands before, and that no layer of the program has. */
function helper(node: Node, what: string, { names }: LoweringContext): string {
  let name = `${node.name}_${what}`;
  while (names.has(name)) name += "_";
  return name;
}

/** One number where all axes have it. */
function axesValue(values: readonly number[]): ConfigValue {
  return values.every((value) => value === values[0]) ? values[0]! : values;
}

function axesOf(node: Node, context: LoweringContext): Axis[] {
  return windowAxes(node.args as unknown as PoolArgs, inputTypes(context.network, node)[0]!);
}

type PaddingMode = "valid" | "same" | "explicit";

/** Whether tfjs's `valid` or `same` (TensorFlow's: the odd pixel behind) pads as the layer does. */
function paddingMode(axes: readonly Axis[]): PaddingMode {
  if (axes.every((axis) => axis.before + axis.after + axis.overhang === 0)) return "valid";
  const same = axes.every((axis) => {
    const output = Math.ceil(axis.input / axis.stride);
    const total = Math.max(0, (output - 1) * axis.stride + spanOfWindow(axis.window, axis.dilation) - axis.input);
    return (
      axis.output === output &&
      axis.before === Math.floor(total / 2) &&
      axis.after + axis.overhang === Math.ceil(total / 2)
    );
  });
  return same ? "same" : "explicit";
}

function paddingPairs(axes: readonly Axis[], withOverhang: boolean): ConfigValue {
  return axes.map((axis) => [axis.before, axis.after + (withOverhang ? axis.overhang : 0)]);
}

function zeroPadding(node: Node, axes: readonly Axis[], context: LoweringContext): LayerCall {
  return {
    callee: "tf.layers.zeroPadding2d",
    config: { name: helper(node, "padding", context), padding: paddingPairs(axes, false) },
  };
}

function initializer(node: Node, { consumers }: LoweringContext): ConfigValue {
  return { raw: feedsRelu(node, consumers) ? "heUniform" : "glorotUniform" };
}

const convolution: Lowering = (node, context) => {
  const args = node.args as unknown as ConvArgs;
  const axes = axesOf(node, context);
  const dilated = args.dilation.some((size) => size > 1);
  const custom = args.groups > 1 || (dilated && args.stride.some((size) => size > 1));
  const mode = paddingMode(axes);
  const padding = mode === "explicit" || (custom && mode === "same") ? [zeroPadding(node, axes, context)] : [];
  if (custom) {
    const config = {
      name: node.name,
      filters: args.filters,
      kernelSize: args.window,
      strides: args.stride,
      dilationRate: args.dilation,
      groups: args.groups,
      useBias: args.bias,
      kernelInitializer: initializer(node, context),
    };
    return [...padding, { callee: "new GroupedConv2D", config, custom: "GroupedConv2D" }];
  }
  const config: Config = { filters: args.filters, kernelSize: axesValue(args.window) };
  if (args.stride.some((size) => size > 1)) config["strides"] = axesValue(args.stride);
  if (dilated) config["dilationRate"] = axesValue(args.dilation);
  if (mode === "same") config["padding"] = "same";
  if (!args.bias) config["useBias"] = false;
  config["kernelInitializer"] = initializer(node, context);
  return [...padding, layer("conv2d", node, config)];
};

function pooling(mode: "max" | "avg"): Lowering {
  return (node, context) => {
    const args = node.args as unknown as AvgPoolArgs;
    const axes = axesOf(node, context);
    const kind = mode === "max" ? "maxPooling2d" : "averagePooling2d";
    const config: Config = { poolSize: axesValue(args.window), strides: axesValue(args.stride) };
    const padded = axes.some((axis) => axis.before + axis.after > 0);
    if (mode === "avg" && args.countpad && padded) {
      const overhang = axes.map((axis) => ({
        ...axis,
        input: axis.input + axis.before + axis.after,
        before: 0,
        after: 0,
      }));
      return [zeroPadding(node, axes, context), ...poolCall(node, kind, mode, config, args, overhang)];
    }
    return poolCall(node, kind, mode, config, args, axes);
  };
}

function poolCall(
  node: Node,
  kind: string,
  mode: string,
  config: Config,
  args: PoolArgs,
  axes: readonly Axis[],
): LayerCall[] {
  const fit = paddingMode(axes);
  if (fit === "valid") return [layer(kind, node, config)];
  if (fit === "same") return [layer(kind, node, { ...config, padding: "same" })];
  const explicit = {
    name: node.name,
    mode,
    poolSize: args.window,
    strides: args.stride,
    padding: paddingPairs(axes, true),
  };
  return [{ callee: "new PaddedPooling2D", config: explicit, custom: "PaddedPooling2D" }];
}

const dense: Lowering = (node, context) => {
  const { units, bias } = node.args as unknown as FcArgs;
  const [input] = inputTypes(context.network, node);
  const config: Config = { units, ...(bias ? {} : { useBias: false }), kernelInitializer: initializer(node, context) };
  const flatten: LayerCall[] =
    input!.shape.length > 1
      ? [{ callee: "tf.layers.flatten", config: { name: helper(node, "flatten", context) } }]
      : [];
  return [...flatten, layer("dense", node, config)];
};

/** Being written. */
const soon: Lowering = (node, { network }) => {
  throw new TargetError(`${network.name} cannot be built for tfjs yet: ${node.name} is of a kind that it lacks`);
};

export const lowerings: Record<OpName, Lowering> = {
  ...(Object.fromEntries(Object.keys(operators).map((name) => [name, soon])) as Record<OpName, Lowering>),
  // The shape of the first layer's input.
  input: () => [],
  conv: convolution,
  pool: pooling("max"),
  avgpool: pooling("avg"),
  gap: (node) => [layer("globalAveragePooling2d", node)],
  fc: dense,
  // tfjs flattens maps only; a vector is flat.
  flatten: (node, { network }) => [
    inputTypes(network, node)[0]!.shape.length > 1
      ? layer("flatten", node)
      : layer("activation", node, { activation: "linear" }),
  ],
  bn: (node) => [layer("batchNormalization", node, { epsilon: (node.args as unknown as BnArgs).eps })],
  lrn: (node) => {
    const { size, alpha, beta, k } = node.args as unknown as LrnArgs;
    const config = { name: node.name, size, alpha, beta, bias: k };
    return [{ callee: "new LocalResponseNormalization", config, custom: "LocalResponseNormalization" }];
  },
  relu: (node) => [layer("reLU", node)],
  sigmoid: (node) => [layer("activation", node, { activation: "sigmoid" })],
  tanh: (node) => [layer("activation", node, { activation: "tanh" })],
  softmax: (node) => [layer("softmax", node, { axis: -1 })],
  dropout: (node) => [layer("dropout", node, { rate: (node.args as unknown as DropoutArgs).rate })],
  identity: (node) => [layer("activation", node, { activation: "linear" })],
};
