/** SOFTPLUS. */
import { defineOp } from "./define.js";
import { keepsInputs } from "./kept.js";

export const softplus = defineOp<Record<never, never>>({
  name: "softplus",
  mnemonics: ["SOFTPLUS"],
  group: "activation",
  isElementWise: true,
  doc: "Softplus: log(1 + e^x).",
  example: "INPUT 8x8x3 - SOFTPLUS",
  parameters: {},
  inputs: 1,
  storage: "in place",
  keeps: keepsInputs,
  infer: (_args, [input]) => ({ type: input! }),
});
