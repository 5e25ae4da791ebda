/** CONV: convolution, in the sense of the field (cross-correlation), with optional groups and dilation. */
import { defineDiagnostic } from "../base/diagnostics.js";
import { productOf } from "../ir/dimension.js";
import { fixedChannels } from "../ir/shape.js";
import { defineOp } from "./define.js";
import { learntBias } from "./learnt-bias.js";
import { formulaLines, slide, windowAlternatives, windowReach, type WindowArgs } from "./window.js";
import { keepsInputs } from "./kept.js";

export interface ConvArgs extends WindowArgs {
  readonly filters: number;
  readonly dilation: readonly number[];
  readonly groups: number;
  readonly bias: boolean;
}

export const groupsDoNotDivide = defineDiagnostic<{ layer: string; groups: number; channels: number; what: string }>({
  code: "CNN2104",
  severity: "error",
  title: "channels that do not split into the groups",
  message: ({ layer, groups, channels, what }) =>
    `${layer} has ${groups} groups, which do not divide its ${channels} ${what}`,
  explanation: `A grouped convolution splits the channels that arrive and its filters into groups of one size, so the
number of groups must divide both.`,
  example: {
    wrong: "INPUT 32x32x3 - CONV3-16 groups 3",
    right: "INPUT 32x32x3 - CONV3-15 groups 3",
  },
});

export const conv = defineOp<ConvArgs>({
  name: "conv",
  mnemonics: ["CONV"],
  group: "convolution",
  doc: "Convolution. Output sizes are (in - window + 2*pad)/stride + 1, rounded down; one map for each filter.",
  example: "INPUT 32x32x3 - CONV3-64/2",
  parameters: {
    filters: { kind: "integer", doc: "how many filters, the channels of the result", sketch: "16" },
    window: { kind: "axes", doc: "size of the window", noun: "window", sketch: "3x3" },
    stride: { kind: "axes", doc: "step of the window", default: 1 },
    pad: { kind: "padding", doc: "zeros around the input", default: { kind: "half" }, defaultsTo: "half" },
    dilation: { kind: "axes", doc: "distance of the window's taps", default: 1 },
    groups: { kind: "integer", doc: "groups that do not see each other", default: 1 },
    bias: { kind: "flag", doc: "a learnt number added to each map", default: true },
  },
  count: "filters",
  size: "window",
  digits: true,
  phrases: ["convolution", "convolutional"],
  inputs: 1,
  keeps: keepsInputs,
  needs: "channels",
  infer(args, [input]) {
    const result = slide("CONV", args, input!);
    if ("fault" in result) return result;
    const channels = fixedChannels(input!);
    for (const [number, what] of [
      [channels, "input channels"],
      [args.filters, "filters"],
    ] as const) {
      if (number % args.groups === 0) continue;
      const kind = groupsDoNotDivide;
      return { fault: { at: "groups", kind, args: { layer: "CONV", groups: args.groups, channels: number, what } } };
    }
    return { type: { shape: [...result.axes.map((axis) => axis.output), args.filters] } };
  },
  weights(args, [input]) {
    const inputs = fixedChannels(input!) / args.groups;
    const taps = args.window.reduce((a, b) => a * b, 1);
    const fanIn = taps * inputs;
    const fanOut = (taps * args.filters) / args.groups;
    const weight = { kind: "fan", fanIn, fanOut } as const;
    return [
      { name: "weight", shape: [...args.window, inputs, args.filters], role: "weight", initial: weight },
      ...learntBias(args.bias, args.filters),
    ];
  },
  macs(args, [input], output) {
    return productOf([...output.shape, ...args.window, fixedChannels(input!) / args.groups]);
  },
  formula(args, [input]) {
    const result = slide("CONV", args, input!);
    return "axes" in result ? formulaLines(result.axes) : [];
  },
  alternatives: (args, [input], wanted) => windowAlternatives(args, input!, wanted),
  reach: (args, [input]) => windowReach(args, input!),
});
