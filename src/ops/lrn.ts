/**
 * LRN, NORM: local response normalisation across channels (Krizhevsky, Sutskever, Hinton, "ImageNet Classification with
 * Deep Convolutional Neural Networks", 2012, section 3.3): b = a / (k + alpha * sum of a^2 over `size` channels)^beta.
 * Note that ONNX and PyTorch divide alpha by the size; the paper and this language do not.
 */
import { productOf, scaleCount } from "../ir/dimension.js";
import { defineDiagnostic } from "../base/diagnostics.js";
import { defineOp, replacementWith } from "./define.js";
import { mapFault } from "./window.js";

export interface LrnArgs {
  readonly size: number;
  readonly alpha: number;
  readonly beta: number;
  readonly k: number;
}

export const evenLrnSize = defineDiagnostic<{ layer: string; size: number }>({
  code: "CNN2108",
  severity: "error",
  title: "a normalisation over an even number of channels",
  message: ({ layer, size }) =>
    `${layer} sums over ${size} channels: the size has to be odd, the channel itself and as many on either side`,
  explanation: `Local response normalisation looks at a channel and its neighbours on both sides, so its size is odd: 5 in
the AlexNet paper. Tools disagree about even sizes.`,
  example: {
    wrong: "INPUT 32x32x16 - LRN size 4",
    right: "INPUT 32x32x16 - LRN size 5",
  },
});

export const lrn = defineOp<LrnArgs>({
  name: "lrn",
  mnemonics: ["LRN", "NORM"],
  group: "normalisation",
  isElementWise: true,
  doc: "Local response normalisation over neighbouring channels, with the constants of the AlexNet paper: a / (k + alpha * sum a^2)^beta.",
  example: "INPUT 8x8x16 - LRN",
  parameters: {
    size: { kind: "integer", doc: "how many neighbouring channels are summed", default: 5 },
    alpha: { kind: "number", doc: "factor of the sum of squares (not divided by the size)", minimum: 0, default: 1e-4 },
    beta: { kind: "number", doc: "exponent", minimum: 0, default: 0.75 },
    k: { kind: "number", doc: "constant that is added", minimum: 0, default: 2 },
  },
  phrases: ["local", "response", "normalization", "normalisation"],
  inputs: 1,
  // Beside the values their squares, the denominators and what these were before the power.
  keeps: (_args, _inputs, output) => ({ inputs: true, values: scaleCount(productOf(output.shape), 3n) }),
  infer(args, [input]) {
    const fault =
      args.size % 2 === 0
        ? {
            at: "size",
            kind: evenLrnSize,
            args: { layer: "LRN", size: args.size },
            replacement: replacementWith(args.size + 1),
          }
        : mapFault("LRN", input!);
    return fault ? { fault } : { type: input! };
  },
});
