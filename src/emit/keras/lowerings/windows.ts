/** Convolutions and pooling. */
import { argsOf } from "../../../ir/network.js";
import type { AdaptiveAvgpoolArgs } from "../../../ops/adaptiveavgpool.js";
import type { AvgPoolArgs } from "../../../ops/avgpool.js";
import type { ConvArgs } from "../../../ops/conv.js";
import type { DwconvArgs } from "../../../ops/dwconv.js";
import type { PoolArgs } from "../../../ops/pooling.js";
import { cutOf, outpadOf, type UpconvArgs } from "../../../ops/upconv.js";
import { spanOfWindow, windowAxes } from "../../../ops/window.js";
import { keyword, reads, value, type LayerCode, type Literal, type Piece } from "../../outline/pieces.js";
import { padsOf, type Pads } from "../../python/pads.js";
import { axesValue } from "../../python/values.js";
import { applied, helping, layer, type Layer, type Lowering } from "../layer.js";

/** How far the last window of each axis of a ceil pool reaches beyond the padding. */
function overhangOf(of: Layer, args: PoolArgs): readonly number[] {
  if (!args.ceil) return args.window.map(() => 0);
  return windowAxes(args, { shape: of.shape() }).map(({ overhang }) => overhang);
}

const isNone = (sizes: readonly number[]) => sizes.every((size) => size === 0);

/** Pairs for Keras's padding and cropping; one pair alone for a sequence. */
function pairs(before: readonly number[], after: readonly number[]): Literal {
  const all = before.map((size, axis): Literal => [size, after[axis]!]);
  return all.length === 1 ? all[0]! : all;
}

/** What arrives with zeros around it, where there are some. */
function padded({ before, after }: Pads): Piece[] {
  if (isNone(before) && isNone(after)) return [reads(0)];
  const kind = `layers.ZeroPadding${before.length}D`;
  return helping(kind, [value("padding", pairs(before, after))], "padding", [reads(0)]);
}

interface Convolution {
  readonly filters: number;
  readonly window: readonly number[];
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  readonly bias: boolean;
}

/** Keras takes a stride or a dilation, not both. */
const isStridedAndDilated = ({ stride, dilation }: Convolution) =>
  stride.some((size) => size > 1) && dilation.some((size) => size > 1);

/** Whether Keras's `same`, which is TensorFlow's, pads by as much: always at stride 1, where both sides are alike. */
function isSame({ before, after }: Pads, args: Convolution): boolean {
  const half = args.window.map((size, axis) => (spanOfWindow(size, args.dilation[axis]!) - 1) / 2);
  return (
    args.stride.every((size) => size === 1) && half.every((size, axis) => size === before[axis] && size === after[axis])
  );
}

function convolve(of: Layer, args: Convolution, groups: number): LayerCode {
  const pads = padsOf(of);
  const same = isSame(pads, args);
  const options = [
    value("filters", args.filters),
    ", ",
    value("kernel_size", axesValue(args.window)),
    keyword("strides", axesValue(args.stride), 1),
    keyword("dilation_rate", axesValue(args.dilation), 1),
    keyword("groups", groups, 1),
    keyword("use_bias", args.bias, true),
  ];
  if (isStridedAndDilated(args)) return applied(of.helper("DilatedConvolution"), options, padded(pads));
  const padding = keyword("padding", same && !isNone(pads.before) ? "same" : "valid", "valid");
  return applied(`layers.Conv${args.window.length}D`, [...options, padding], same ? [reads(0)] : padded(pads));
}

export const conv: Lowering = (of) => {
  const args = argsOf<ConvArgs>(of.node);
  return convolve(of, args, args.groups);
};

export const dwconv: Lowering = (of) => {
  const args = argsOf<DwconvArgs>(of.node);
  const channels = of.channels();
  const isSquare = args.stride.every((size) => size === args.stride[0]);
  if (args.window.length > 2 || !isSquare || isStridedAndDilated(args)) return convolve(of, args, channels);
  const pads = padsOf(of);
  const same = isSame(pads, args);
  const options = [
    value("kernel_size", axesValue(args.window)),
    keyword("strides", axesValue(args.stride), 1),
    keyword("dilation_rate", axesValue(args.dilation), 1),
    keyword("depth_multiplier", args.filters / channels, 1),
    keyword("use_bias", args.bias, true),
    keyword("padding", same && !isNone(pads.before) ? "same" : "valid", "valid"),
  ];
  return applied(`layers.DepthwiseConv${args.window.length}D`, options, same ? [reads(0)] : padded(pads));
};

/** Keras's own, uncut, and a layer that cuts; everything else by a layer of ours. */
export const upconv: Lowering = (of) => {
  const args = argsOf<UpconvArgs>(of.node);
  const { window, stride, dilation } = args;
  const cuts = window.map((_, axis) => cutOf(args, axis));
  const options = [
    value("filters", args.filters),
    ", ",
    value("kernel_size", axesValue(window)),
    keyword("strides", axesValue(stride), 1),
  ];
  const bias = keyword("use_bias", args.bias, true);
  const isPlain = args.groups === 1 && dilation.every((size) => size === 1);
  // Uncut, Keras makes a map at least as large as its stride says.
  const behind = cuts.map(
    ([, after], axis) => after - outpadOf(args, axis) + Math.max(0, stride[axis]! - window[axis]!),
  );
  if (isPlain && behind.every((size) => size >= 0)) {
    const before = cuts.map(([size]) => size);
    const made = `layers.Conv${window.length}DTranspose`;
    if (isNone(before) && isNone(behind)) return layer(made, ...options, bias);
    const half = window.map((size, axis) => (size - stride[axis]!) / 2);
    const same = half.every((size, axis) => size === before[axis] && size === behind[axis] && size >= 0);
    if (same) return layer(made, ...options, bias, keyword("padding", "same"));
    const cropping = [value("cropping", pairs(before, behind))];
    // The layer that is made carries the name, and its weights.
    const whole = applied(made, [...options, bias], [reads(0)]).apply;
    return { apply: helping(`layers.Cropping${window.length}D`, cropping, "cropping", whole) };
  }
  const cut = cuts.map(([before, after], axis): Literal => [before, after - outpadOf(args, axis)]);
  return layer(
    of.helper("TransposedConvolution"),
    ...options,
    keyword("dilation_rate", axesValue(dilation), 1),
    keyword("groups", args.groups, 1),
    keyword("cut", cut),
    bias,
  );
};

function pooled(of: Layer, kind: "Max" | "Average", args: PoolArgs, countpad: boolean): LayerCode {
  const pads = padsOf(of);
  const options = [
    value("pool_size", axesValue(args.window)),
    keyword("strides", axesValue(args.stride), axesValue(args.window)),
  ];
  const { before, after } = pads;
  const overhang = overhangOf(of, args);
  if (isNone(before) && isNone(after) && isNone(overhang)) {
    return layer(`layers.${kind}Pooling${args.window.length}D`, ...options);
  }
  const around = before.map((size, axis): Literal => [size, after[axis]! + overhang[axis]!]);
  if (kind === "Average" && countpad) {
    // Padding counts in the mean, the overhang of a ceil pool does not.
    const rest = overhang.map((size): Literal => [0, size]);
    if (isNone(overhang)) return applied(`layers.AveragePooling${args.window.length}D`, options, padded(pads));
    return applied(
      of.helper("PaddedPooling"),
      [...options, keyword("pads", rest), keyword("mode", "average")],
      padded(pads),
    );
  }
  const mode = kind === "Max" ? "max" : "average";
  return layer(of.helper("PaddedPooling"), ...options, keyword("pads", around), keyword("mode", mode));
}

export const pool: Lowering = (of) => pooled(of, "Max", argsOf<PoolArgs>(of.node), false);

export const avgpool: Lowering = (of) => {
  const args = argsOf<AvgPoolArgs>(of.node);
  return pooled(of, "Average", args, args.countpad);
};

export const gap: Lowering = (of) => layer(`layers.GlobalAveragePooling${of.sides()}D`);
export const gmp: Lowering = (of) => layer(`layers.GlobalMaxPooling${of.sides()}D`);

export const adaptiveavgpool: Lowering = (of) => {
  const { size } = argsOf<AdaptiveAvgpoolArgs>(of.node);
  return layer(of.helper("AdaptiveAveragePooling"), value("size", size));
};
