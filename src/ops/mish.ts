/** MISH (Misra, 2019). */
import { defineOp } from "./define.js";
import { keepsInputs } from "./kept.js";

export const mish = defineOp<Record<never, never>>({
  name: "mish",
  mnemonics: ["MISH"],
  group: "activation",
  isElementWise: true,
  doc: "Mish: x * tanh(softplus(x)).",
  example: "INPUT 8x8x3 - MISH",
  parameters: {},
  inputs: 1,
  storage: "in place",
  keeps: keepsInputs,
  infer: (_args, [input]) => ({ type: input! }),
});
