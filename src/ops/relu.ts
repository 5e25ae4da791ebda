/** RELU. */
import { defineOp } from "./define.js";
import { keepsOutput } from "./kept.js";

export const relu = defineOp<Record<never, never>>({
  name: "relu",
  mnemonics: ["RELU"],
  group: "activation",
  isElementWise: true,
  doc: "Rectified linear unit: max(x, 0).",
  example: "INPUT 8x8x3 - RELU",
  parameters: {},
  inputs: 1,
  storage: "in place",
  keeps: keepsOutput,
  infer: (_args, [input]) => ({ type: input! }),
});
