/** MAX: the largest value of branches (Goodfellow et al., "Maxout Networks", 2013). */
import { productOf, scaleCount } from "../ir/dimension.js";
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
  storage: "in place",
  // Two at a time: of three and more what the first ones gave, too.
  keeps: (_args, inputs, output) => ({
    inputs: true,
    values: scaleCount(productOf(output.shape), BigInt(Math.max(0, inputs.length - 2))),
  }),
  infer: (_args, inputs, given = []) => mergeShapes("MAX", inputs, given, () => undefined),
});
