/** SOFTMAX. */
import { defineOp } from "./define.js";
import { keepsOutput } from "./kept.js";

export const softmax = defineOp<Record<never, never>>({
  name: "softmax",
  mnemonics: ["SOFTMAX"],
  group: "activation",
  isElementWise: true,
  doc: "Softmax over the channels (over all values of a vector): positive, summing to 1.",
  example: "INPUT 28x28x1 - FC-10 - SOFTMAX",
  parameters: {},
  inputs: 1,
  storage: "in place",
  keeps: keepsOutput,
  infer: (_args, [input]) => ({ type: input! }),
});
