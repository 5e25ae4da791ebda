/** SELU (Klambauer et al., "Self-Normalizing Neural Networks", 2017). */
import { defineOp } from "./define.js";
import { keepsInputs } from "./kept.js";

export const selu = defineOp<Record<never, never>>({
  name: "selu",
  mnemonics: ["SELU"],
  group: "activation",
  isElementWise: true,
  doc: "Scaled exponential linear unit: s * x above 0, s * a * (e^x - 1) below, with the paper's a = 1.67326324 and s = 1.05070099.",
  example: "INPUT 8x8x3 - SELU",
  parameters: {},
  inputs: 1,
  storage: "in place",
  keeps: keepsInputs,
  infer: (_args, [input]) => ({ type: input! }),
});
