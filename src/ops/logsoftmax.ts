/** LOGSOFTMAX. */
import { defineOp } from "./define.js";
import { keepsOutput } from "./kept.js";

export const logsoftmax = defineOp<Record<never, never>>({
  name: "logsoftmax",
  mnemonics: ["LOGSOFTMAX"],
  group: "activation",
  isElementWise: true,
  doc: "The logarithm of softmax over the channels (over all values of a vector).",
  example: "INPUT 28x28x1 - FC-10 - LOGSOFTMAX",
  parameters: {},
  inputs: 1,
  storage: "in place",
  keeps: keepsOutput,
  infer: (_args, [input]) => ({ type: input! }),
});
