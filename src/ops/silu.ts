/** SILU, also known as swish (Elfwing, Uchibe, Doya, 2017). */
import { defineOp } from "./define.js";
import { keepsInputs } from "./kept.js";

export const silu = defineOp<Record<never, never>>({
  name: "silu",
  mnemonics: ["SILU"],
  group: "activation",
  isElementWise: true,
  doc: "Sigmoid linear unit (swish): x * sigmoid(x).",
  example: "INPUT 8x8x3 - SILU",
  parameters: {},
  inputs: 1,
  storage: "in place",
  keeps: keepsInputs,
  infer: (_args, [input]) => ({ type: input! }),
});
