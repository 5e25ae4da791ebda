/** UPCONV: transposed convolution (Zeiler et al., "Deconvolutional Networks", 2010; Long et al., 2015). */
import { defineDiagnostic } from "../base/diagnostics.js";
import { plural } from "../base/integers.js";
import { formatDimension, isFixed, minus, plus, productOf, times, type Dimension } from "../ir/dimension.js";
import type { Padding, TensorType } from "../ir/network.js";
import { fixedChannels, formatDimensions } from "../ir/shape.js";
import { channelsDoNotSplit } from "./channels.js";
import { defineOp, type Inference } from "./define.js";
import { learntBias } from "./learnt-bias.js";
import { LARGEST_SIZE, tooLarge } from "./size.js";
import { mapFault, spanOfWindow } from "./window.js";
import { keepsInputs } from "./kept.js";

export interface UpconvArgs {
  readonly filters: number;
  readonly window: readonly number[];
  readonly stride: readonly number[];
  readonly pad: Padding;
  readonly outpad: readonly number[];
  readonly dilation: readonly number[];
  readonly groups: number;
  readonly bias: boolean;
}

export const nothingLeft = defineDiagnostic<{ layer: string; arrives: string }>({
  code: "CNN2116",
  severity: "error",
  title: "a transposed convolution that leaves nothing",
  message: ({ layer, arrives }) => `${layer} cuts off more than it makes of ${arrives}: nothing is left`,
  explanation: `The padding of a transposed convolution is cut off its result, which is (in - 1)*stride + window - 2*pad large.`,
  example: {
    wrong: "INPUT 1x1x8 - UPCONV2-4 pad 1",
    right: "INPUT 1x1x8 - UPCONV2-4/2 pad 0",
  },
});

export const outpadTooLarge = defineDiagnostic<{ layer: string; outpad: number; stride: number }>({
  code: "CNN2127",
  severity: "error",
  title: "more positions added than a stride leaves open",
  message: ({ layer, outpad, stride }) =>
    `${layer} adds ${plural(outpad, "position", "positions")} behind its result, but with stride ${stride} at most ${stride - 1} can be missing`,
  explanation: `A convolution with stride 2 makes maps of 7 and of 8 positions equally large, so that what turns it back adds
0 positions or 1: \`outpad\` is smaller than the stride.`,
  example: {
    wrong: "INPUT 8x8x8 - UPCONV3-4/2 outpad 2",
    right: "INPUT 8x8x8 - UPCONV3-4/2 outpad 1",
  },
});

/** What is cut off before and behind, along an axis. `same` gives in * stride, the odd position cut at the end. */
export function cutOf({ pad, window, stride, dilation }: UpconvArgs, axis: number): readonly [number, number] {
  const span = spanOfWindow(window[axis]!, dilation[axis]!);
  if (pad.kind === "explicit") return [pad.before[axis]!, pad.after[axis]!];
  if (pad.kind === "half") {
    const half = Math.floor((span - 1) / 2);
    return [half, half];
  }
  const total = Math.max(0, span - stride[axis]!);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

/** Positions that are added behind, so that `same` is as large as it says also where the window is smaller than the stride. */
export function outpadOf(args: UpconvArgs, axis: number): number {
  const span = spanOfWindow(args.window[axis]!, args.dilation[axis]!);
  const missing = args.pad.kind === "same" ? Math.max(0, args.stride[axis]! - span) : 0;
  return args.outpad[axis]! + missing;
}

function outputOf(args: UpconvArgs, size: Dimension, axis: number): Dimension {
  const [before, after] = cutOf(args, axis);
  const span = spanOfWindow(args.window[axis]!, args.dilation[axis]!);
  return plus(times(minus(size, 1), args.stride[axis]!), span - before - after + outpadOf(args, axis));
}

function formulaOf(args: UpconvArgs, size: Dimension, axis: number): string {
  const [before, after] = cutOf(args, axis);
  const span = spanOfWindow(args.window[axis]!, args.dilation[axis]!);
  const cut = before === after ? `2*${before}` : `${before} - ${after}`;
  const added = outpadOf(args, axis);
  const text = `(${formatDimension(size)} - 1)*${args.stride[axis]!} + ${span} - ${cut}${added ? ` + ${added}` : ""}`;
  return `${text} = ${formatDimension(outputOf(args, size, axis))}`;
}

function infer(args: UpconvArgs, input: TensorType): Inference {
  const noMap = mapFault("UPCONV", input);
  if (noMap) return { fault: noMap };
  const uneven =
    channelsDoNotSplit("UPCONV", "groups", args.groups, "groups", fixedChannels(input)) ??
    channelsDoNotSplit("UPCONV", "groups", args.groups, "groups of filters", args.filters);
  if (uneven) return { fault: uneven };
  for (const [axis, stride] of args.stride.entries()) {
    const outpad = outpadOf(args, axis);
    if (outpad >= stride)
      return { fault: { at: "outpad", kind: outpadTooLarge, args: { layer: "UPCONV", outpad, stride } } };
  }
  const sizes = input.shape.slice(0, -1).map((size, axis) => outputOf(args, size, axis));
  if (sizes.some((size) => isFixed(size) && size < 1)) {
    return {
      fault: { at: "pad", kind: nothingLeft, args: { layer: "UPCONV", arrives: formatDimensions(input.shape) } },
    };
  }
  const long = sizes.find((size) => isFixed(size) && size > LARGEST_SIZE);
  if (long !== undefined) {
    return { fault: { at: "stride", kind: tooLarge, args: { layer: "UPCONV", size: formatDimension(long) } } };
  }
  return { type: { shape: [...sizes, args.filters] } };
}

export const upconv = defineOp<UpconvArgs>({
  name: "upconv",
  mnemonics: ["UPCONV"],
  group: "convolution",
  doc: "Transposed convolution: makes a map larger by its stride. Output sizes are (in - 1)*stride + window - 2*pad + outpad.",
  example: "INPUT 16x16x64 - UPCONV2-32/2",
  parameters: {
    filters: { kind: "integer", doc: "how many filters, the channels of the result", sketch: "16" },
    window: { kind: "axes", doc: "size of the window", noun: "window", sketch: "2x2" },
    stride: { kind: "axes", doc: "how much larger the map becomes", default: 1 },
    pad: { kind: "padding", doc: "cut off the result", default: { kind: "half" }, defaultsTo: "half" },
    outpad: { kind: "axes", doc: "positions added behind the result (output padding)", minimum: 0, default: 0 },
    dilation: { kind: "axes", doc: "distance of the window's taps", default: 1 },
    groups: { kind: "integer", doc: "groups that do not see each other", default: 1 },
    bias: { kind: "flag", doc: "a learnt number added to each map", default: true },
  },
  count: "filters",
  size: "window",
  digits: true,
  phrases: ["transposed", "up-convolution", "deconvolution", "convolution"],
  inputs: 1,
  keeps: keepsInputs,
  needs: "channels",
  infer: (args, [input]) => infer(args, input!),
  weights(args, [input]) {
    const inputs = fixedChannels(input!);
    const taps = args.window.reduce((a, b) => a * b, 1);
    const initial = {
      kind: "fan",
      fanIn: (taps * inputs) / args.groups,
      fanOut: (taps * args.filters) / args.groups,
    } as const;
    return [
      { name: "weight", shape: [...args.window, args.filters / args.groups, inputs], role: "weight", initial },
      ...learntBias(args.bias, args.filters),
    ];
  },
  macs: (args, [input]) => productOf([...input!.shape, ...args.window, args.filters / args.groups]),
  formula: (args, [input]) => input!.shape.slice(0, -1).map((size, axis) => formulaOf(args, size, axis)),
});
