/** HSWISH (Howard et al., "Searching for MobileNetV3", 2019, section 5.2). */
import { defineOp } from "./define.js";
import { keepsInputs } from "./kept.js";

export const hswish = defineOp<Record<never, never>>({
  name: "hswish",
  mnemonics: ["HSWISH"],
  group: "activation",
  isElementWise: true,
  doc: "Hard swish of MobileNetV3: x * min(max(x + 3, 0), 6) / 6.",
  example: "INPUT 8x8x3 - HSWISH",
  parameters: {},
  inputs: 1,
  storage: "in place",
  keeps: keepsInputs,
  infer: (_args, [input]) => ({ type: input! }),
});
