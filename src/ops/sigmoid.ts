/** SIGMOID. */
import { defineOp } from "./define.js";
import { keepsOutput } from "./kept.js";

export const sigmoid = defineOp<Record<never, never>>({
  name: "sigmoid",
  mnemonics: ["SIGMOID"],
  group: "activation",
  isElementWise: true,
  doc: "Logistic function: 1/(1 + exp(-x)).",
  example: "INPUT 16 - SIGMOID",
  parameters: {},
  inputs: 1,
  storage: "in place",
  keeps: keepsOutput,
  infer: (_args, [input]) => ({ type: input! }),
});
