/** TANH. */
import { defineOp } from "./define.js";
import { keepsOutput } from "./kept.js";

export const tanh = defineOp<Record<never, never>>({
  name: "tanh",
  mnemonics: ["TANH"],
  group: "activation",
  isElementWise: true,
  doc: "Hyperbolic tangent.",
  example: "INPUT 16 - TANH",
  parameters: {},
  inputs: 1,
  storage: "in place",
  keeps: keepsOutput,
  infer: (_args, [input]) => ({ type: input! }),
});
