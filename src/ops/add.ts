/** ADD: the sum of branches (He et al., "Deep Residual Learning", 2015). */
import { defineOp } from "./define.js";
import { mergeShapes } from "./merging.js";

export const add = defineOp<Record<never, never>>({
  name: "add",
  mnemonics: ["ADD"],
  group: "merging",
  isElementWise: true,
  doc: "The sum of branches of one shape.",
  example: "INPUT 8x8x16 - ADD { CONV3-16 | ID }",
  parameters: {},
  inputs: "many",
  storage: "in place",
  infer: (_args, inputs, given = []) => mergeShapes("ADD", inputs, given, () => undefined),
});
