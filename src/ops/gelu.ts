/** GELU (Hendrycks, Gimpel, 2016), exact, not its tanh approximation. */
import { defineOp } from "./define.js";
import { keepsInputs } from "./kept.js";

export const gelu = defineOp<Record<never, never>>({
  name: "gelu",
  mnemonics: ["GELU"],
  group: "activation",
  isElementWise: true,
  doc: "Gaussian error linear unit: x * (1 + erf(x / sqrt(2))) / 2.",
  example: "INPUT 8x8x3 - GELU",
  parameters: {},
  inputs: 1,
  storage: "in place",
  keeps: keepsInputs,
  infer: (_args, [input]) => ({ type: input! }),
});
