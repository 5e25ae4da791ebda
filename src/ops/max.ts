/** MAX: the largest value of branches (Goodfellow et al., "Maxout Networks", 2013). */
import { defineOp } from "./define.js";
import { mergeShapes } from "./merging.js";

export const max = defineOp<Record<never, never>>({
  name: "max",
  mnemonics: ["MAX"],
  group: "merging",
  isElementWise: true,
  doc: "Of every position the largest value of branches of one shape.",
  example: "INPUT 8x8x16 - MAX { CONV3-16 | ID }",
  parameters: {},
  inputs: "many",
  infer: (_args, inputs, given = []) => mergeShapes("MAX", inputs, given, () => undefined),
});
