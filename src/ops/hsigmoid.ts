/** HSIGMOID (Howard et al., "Searching for MobileNetV3", 2019, section 5.2). */
import { defineOp } from "./define.js";
import { keepsInputs } from "./kept.js";

export const hsigmoid = defineOp<Record<never, never>>({
  name: "hsigmoid",
  mnemonics: ["HSIGMOID"],
  group: "activation",
  isElementWise: true,
  doc: "Hard sigmoid of MobileNetV3: min(max(x + 3, 0), 6) / 6.",
  example: "INPUT 8x8x3 - HSIGMOID",
  parameters: {},
  inputs: 1,
  storage: "in place",
  keeps: keepsInputs,
  infer: (_args, [input]) => ({ type: input! }),
});
