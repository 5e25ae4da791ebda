/**
 * LRN, NORM: local response normalisation across channels (Krizhevsky, Sutskever, Hinton, "ImageNet Classification with
 * Deep Convolutional Neural Networks", 2012, section 3.3): b = a / (k + alpha * sum of a^2 over `size` channels)^beta.
 * Note that ONNX and PyTorch divide alpha by the size; the paper and this language do not.
 */
import { defineOp } from "./define.js";
import { mapFault } from "./window.js";

export interface LrnArgs {
  readonly size: number;
  readonly alpha: number;
  readonly beta: number;
  readonly k: number;
}

export const lrn = defineOp<LrnArgs>({
  name: "lrn",
  mnemonics: ["LRN", "NORM"],
  group: "normalisation",
  doc: "Local response normalisation over neighbouring channels, with the constants of the AlexNet paper: a / (k + alpha * sum a^2)^beta.",
  example: "INPUT 8x8x16 - LRN",
  parameters: {
    size: { kind: "integer", doc: "how many neighbouring channels are summed", default: 5 },
    alpha: { kind: "number", doc: "factor of the sum of squares (not divided by the size)", minimum: 0, default: 1e-4 },
    beta: { kind: "number", doc: "exponent", minimum: 0, default: 0.75 },
    k: { kind: "number", doc: "constant that is added", minimum: 0, default: 2 },
  },
  inputs: 1,
  infer(_args, [input]) {
    const fault = mapFault("LRN", input!);
    return fault ? { fault } : { type: input! };
  },
});
