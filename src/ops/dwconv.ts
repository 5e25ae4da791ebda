/** DWCONV: depthwise convolution, each channel by itself (Sifre, 2014; Howard et al., "MobileNets", 2017). */
import { productOf } from "../ir/dimension.js";
import { fixedChannels } from "../ir/shape.js";
import { channelsDoNotMultiply } from "./depthwise.js";
import { defineOp } from "./define.js";
import { learntBias } from "./learnt-bias.js";
import { formulaLines, slide, windowAlternatives, windowReach, type WindowArgs } from "./window.js";
import { keepsInputs } from "./kept.js";

export interface DwconvArgs extends WindowArgs {
  readonly filters: number;
  readonly dilation: readonly number[];
  readonly bias: boolean;
}

export const dwconv = defineOp<DwconvArgs>({
  name: "dwconv",
  mnemonics: ["DWCONV"],
  group: "convolution",
  doc: "Depthwise convolution: every channel has its own filters and sees no other. The result has as many channels, or a multiple that is given.",
  example: "INPUT 32x32x3 - CONV1-16 - DWCONV3/2",
  parameters: {
    filters: {
      kind: "integer",
      doc: "channels of the result, a multiple of those that arrive",
      default: "channels",
      defaultsTo: "the channels that arrive",
    },
    window: { kind: "axes", doc: "size of the window", noun: "window", sketch: "3x3" },
    stride: { kind: "axes", doc: "step of the window", default: 1 },
    pad: { kind: "padding", doc: "zeros around the input", default: { kind: "half" }, defaultsTo: "half" },
    dilation: { kind: "axes", doc: "distance of the window's taps", default: 1 },
    bias: { kind: "flag", doc: "a learnt number added to each map", default: true },
  },
  count: "filters",
  size: "window",
  digits: true,
  phrases: ["depthwise", "convolution", "convolutional"],
  inputs: 1,
  keeps: keepsInputs,
  needs: "channels",
  infer(args, [input]) {
    const result = slide("DWCONV", args, input!);
    if ("fault" in result) return result;
    const fault = channelsDoNotMultiply("DWCONV", args.filters, fixedChannels(input!));
    return fault ? { fault } : { type: { shape: [...result.axes.map((axis) => axis.output), args.filters] } };
  },
  weights(args, [input]) {
    const taps = args.window.reduce((a, b) => a * b, 1);
    const fanOut = (taps * args.filters) / fixedChannels(input!);
    return [
      {
        name: "weight",
        shape: [...args.window, 1, args.filters],
        role: "weight",
        initial: { kind: "fan", fanIn: taps, fanOut },
      },
      ...learntBias(args.bias, args.filters),
    ];
  },
  macs: (args, _inputs, output) => productOf([...output.shape, ...args.window]),
  formula(args, [input]) {
    const result = slide("DWCONV", args, input!);
    return "axes" in result ? formulaLines(result.axes) : [];
  },
  alternatives: (args, [input], wanted) => windowAlternatives(args, input!, wanted),
  reach: (args, [input]) => windowReach(args, input!),
});
