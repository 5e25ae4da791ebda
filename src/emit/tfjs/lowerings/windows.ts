/** Convolutions and pooling. */
import { argsOf, type Node } from "../../../ir/network.js";
import type { AdaptiveAvgpoolArgs } from "../../../ops/adaptiveavgpool.js";
import type { AvgPoolArgs } from "../../../ops/avgpool.js";
import type { ConvArgs } from "../../../ops/conv.js";
import type { DwconvArgs } from "../../../ops/dwconv.js";
import type { PoolArgs } from "../../../ops/pooling.js";
import { cutOf, outpadOf, type UpconvArgs } from "../../../ops/upconv.js";
import { spanOfWindow, windowAxes, type Axis, type WindowArgs } from "../../../ops/window.js";
import type { Config, ConfigValue, LayerCall } from "../code.js";
import {
  axesValue,
  boundedInitializer,
  custom,
  helping,
  initializer,
  layer,
  limit,
  shapeOf,
  type Lowering,
  type LoweringContext,
} from "../lowering.js";

function axesOf(node: Node, context: LoweringContext): Axis[] {
  return windowAxes(argsOf<WindowArgs>(node), { shape: shapeOf(node, context) });
}

type PaddingMode = "valid" | "same" | "explicit";

/** Whether tfjs's `valid` or `same` (TensorFlow's: the odd pixel behind) pads as the layer does. */
function paddingMode(axes: readonly Axis[]): PaddingMode {
  if (axes.every((axis) => axis.before + axis.after + axis.overhang === 0)) return "valid";
  const same = axes.every((axis) => {
    const output = Math.ceil(axis.input / axis.stride);
    const total = (output - 1) * axis.stride + spanOfWindow(axis.window, axis.dilation) - axis.input;
    // Where a stride jumps over positions, tfjs's wasm backend gives zeros for `same`.
    return (
      total >= 0 &&
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

/** Zeros around an image as a layer of their own. */
function zeroPadding(node: Node, axes: readonly Axis[], context: LoweringContext): LayerCall {
  const padding = paddingPairs(axes, false);
  const call =
    axes.length === 2
      ? layer("zeroPadding2d", node, { padding })
      : custom("Padding", node, { padding, reflect: false });
  return helping(call, "padding", node, context);
}

interface Convolution {
  readonly filters: number;
  readonly window: readonly number[];
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  readonly groups: number;
  readonly bias: boolean;
}

/** Also every convolution of volumes: `cnnc verify` of C3D took 548 s with tfjs's own in wasm, and takes 93 s with this. */
function generalConvolution(args: Convolution, node: Node, context: LoweringContext): LayerCall[] {
  const config = {
    filters: args.filters,
    kernelSize: args.window,
    strides: args.stride,
    dilationRate: args.dilation,
    padding: paddingPairs(axesOf(node, context), false),
    groups: args.groups,
    useBias: args.bias,
    limit: limit(node, context),
  };
  return [custom(args.window.length === 3 ? "VolumeConvolution" : "GeneralConvolution", node, config)];
}

/** What layers of tfjs's own take: attributes that are not as they are by default. */
function convolutionConfig(args: Omit<Convolution, "filters" | "groups">, mode: PaddingMode): Config {
  return {
    kernelSize: axesValue(args.window),
    ...(args.stride.some((size) => size > 1) ? { strides: axesValue(args.stride) } : {}),
    ...(args.dilation.some((size) => size > 1) ? { dilationRate: axesValue(args.dilation) } : {}),
    ...(mode === "same" ? { padding: "same" } : {}),
    ...(args.bias ? {} : { useBias: false }),
  };
}

export const conv: Lowering = (node, context) => {
  const args = argsOf<ConvArgs>(node);
  const axes = axesOf(node, context);
  const mode = paddingMode(axes);
  const isOwn =
    args.groups === 1 &&
    axes.length < 3 &&
    // tfjs has no gradient for what is dilated.
    args.dilation.every((size) => size === 1) &&
    (mode !== "explicit" || axes.length === 2);
  if (!isOwn) return generalConvolution(args, node, context);
  const config = {
    filters: args.filters,
    ...convolutionConfig(args, mode),
    kernelInitializer: initializer(node, context),
  };
  return [
    ...(mode === "explicit" ? [zeroPadding(node, axes, context)] : []),
    layer(`conv${axes.length as 1 | 2}d`, node, config),
  ];
};

/** Whether tfjs has the layer itself: images only, and not with a dilation. */
export function isOwnDepthwise(node: Node): boolean {
  const { window, dilation } = argsOf<DwconvArgs>(node);
  return window.length === 2 && dilation.every((size) => size === 1);
}

export const dwconv: Lowering = (node, context) => {
  const args = argsOf<DwconvArgs>(node);
  const channels = shapeOf(node, context).at(-1)!;
  if (!isOwnDepthwise(node)) return generalConvolution({ ...args, groups: channels }, node, context);
  const axes = axesOf(node, context);
  const mode = paddingMode(axes);
  const config = {
    ...convolutionConfig(args, mode),
    ...(args.filters === channels ? {} : { depthMultiplier: args.filters / channels }),
    depthwiseInitializer: boundedInitializer(node, context),
  };
  return [...(mode === "explicit" ? [zeroPadding(node, axes, context)] : []), layer("depthwiseConv2d", node, config)];
};

/** Images as tfjs makes them: nothing cut off, or `same`; everything else by a layer that cuts as it is told. */
export const upconv: Lowering = (node, context) => {
  const args = argsOf<UpconvArgs>(node);
  const cut = args.window.map((_, axis): readonly [number, number] => {
    const [before, after] = cutOf(args, axis);
    return [before, after - outpadOf(args, axis)];
  });
  const plain = args.groups === 1 && args.dilation.every((size) => size === 1) && args.window.length === 2;
  // tfjs makes a map at least as large as its stride says.
  const isValid = cut.every(
    ([before, after], axis) => before === 0 && after === Math.min(0, args.window[axis]! - args.stride[axis]!),
  );
  const isSame = cut.every(([before, after], axis) => {
    const total = args.window[axis]! - args.stride[axis]!;
    return total >= 0 && before === Math.floor(total / 2) && after === Math.ceil(total / 2);
  });
  if (plain && (isValid || isSame)) {
    const own = convolutionConfig(args, isValid ? "valid" : "same");
    const config = { filters: args.filters, ...own, kernelInitializer: boundedInitializer(node, context) };
    return [layer("conv2dTranspose", node, config)];
  }
  const config = {
    filters: args.filters,
    kernelSize: args.window,
    strides: args.stride,
    dilationRate: args.dilation,
    cut,
    groups: args.groups,
    useBias: args.bias,
    limit: limit(node, context),
  };
  return [custom(args.window.length === 3 ? "VolumeTransposedConvolution" : "TransposedConvolution", node, config)];
};

function poolCall(mode: "max" | "avg", node: Node, args: PoolArgs, axes: readonly Axis[]): LayerCall {
  const kind = `${mode === "max" ? "max" : "average"}Pooling${axes.length as 1 | 2 | 3}d` as const;
  const config = { poolSize: axesValue(args.window), strides: axesValue(args.stride) };
  const fit = paddingMode(axes);
  if (fit === "valid") return layer(kind, node, config);
  if (fit === "same") return layer(kind, node, { ...config, padding: "same" });
  return paddedPooling(mode, node, args, axes);
}

function paddedPooling(mode: "max" | "avg", node: Node, args: PoolArgs, axes: readonly Axis[]): LayerCall {
  const padding = paddingPairs(axes, true);
  return custom("PaddedPooling", node, { mode, poolSize: args.window, strides: args.stride, padding });
}

/** Of an image without negative values zeros around it change no maximum. */
export const pool: Lowering = (node, context) => {
  const args = argsOf<PoolArgs>(node);
  const axes = axesOf(node, context);
  const isNonNegative = context.nonNegative.has(node.inputs[0]!);
  // The wasm backend's own takes the largest of a volume's values to be at least the smallest number above 0.
  if (axes.length === 3 && !isNonNegative) return [paddedPooling("max", node, args, axes)];
  const isZeroPadded = paddingMode(axes) === "explicit" && axes.length === 2 && isNonNegative;
  if (!isZeroPadded) return [poolCall("max", node, args, axes)];
  const padding = helping(
    layer("zeroPadding2d", node, { padding: paddingPairs(axes, true) }),
    "padding",
    node,
    context,
  );
  return [padding, poolCall("max", node, args, insideOf(axes, true))];
};

/** The geometry of a map that has its padding in it. */
function insideOf(axes: readonly Axis[], withOverhang: boolean): Axis[] {
  return axes.map((axis) => {
    const overhang = withOverhang ? axis.overhang : 0;
    const input = axis.input + axis.before + axis.after + overhang;
    return { ...axis, input, before: 0, after: 0, overhang: axis.overhang - overhang };
  });
}

export const avgpool: Lowering = (node, context) => {
  const args = argsOf<AvgPoolArgs>(node);
  const axes = axesOf(node, context);
  const padded = axes.some((axis) => axis.before + axis.after > 0);
  if (!args.countpad || !padded) return [poolCall("avg", node, args, axes)];
  return [zeroPadding(node, axes, context), poolCall("avg", node, args, insideOf(axes, false))];
};

/** tfjs has it for sequences and images; a volume becomes an image of as many positions. */
function global(kind: "Average" | "Max"): Lowering {
  return (node, context) => {
    const shape = shapeOf(node, context);
    if (shape.length === 2) return [layer(`global${kind}Pooling1d`, node)];
    const pooling = layer(`global${kind}Pooling2d`, node);
    if (shape.length === 3) return [pooling];
    const image = layer("reshape", node, { targetShape: [shape[0]! * shape[1]!, ...shape.slice(2)] });
    return [helping(image, "image", node, context), pooling];
  };
}

export const gap = global("Average");
export const gmp = global("Max");

export const adaptiveavgpool: Lowering = (node, context) => {
  const { size } = argsOf<AdaptiveAvgpoolArgs>(node);
  const sides = shapeOf(node, context).slice(0, -1);
  if (!size.every((wanted, axis) => sides[axis]! % wanted === 0)) {
    return [custom("AdaptiveAveragePooling", node, { size })];
  }
  const window = axesValue(sides.map((side, axis) => side / size[axis]!));
  return [layer(`averagePooling${sides.length as 1 | 2 | 3}d`, node, { poolSize: window, strides: window })];
};
