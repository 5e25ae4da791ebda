/** RELU6 (Krizhevsky, "Convolutional Deep Belief Networks on CIFAR-10", 2010). */
import { defineOp } from "./define.js";
import { keepsInputs } from "./kept.js";

export const relu6 = defineOp<Record<never, never>>({
  name: "relu6",
  mnemonics: ["RELU6"],
  group: "activation",
  isElementWise: true,
  doc: "Rectified linear unit that ends at 6: min(max(x, 0), 6).",
  example: "INPUT 8x8x3 - RELU6",
  parameters: {},
  inputs: 1,
  storage: "in place",
  keeps: keepsInputs,
  infer: (_args, [input]) => ({ type: input! }),
});
