/** MEAN: the mean of branches. */
import { defineOp } from "./define.js";
import { mergeShapes } from "./merging.js";

export const mean = defineOp<Record<never, never>>({
  name: "mean",
  mnemonics: ["MEAN"],
  group: "merging",
  isElementWise: true,
  doc: "The mean of branches of one shape.",
  example: "INPUT 8x8x16 - MEAN { CONV3-16 | ID }",
  parameters: {},
  inputs: "many",
  storage: "in place",
  infer: (_args, inputs, given = []) => mergeShapes("MEAN", inputs, given, () => undefined),
});
