/** ELU (Clevert, Unterthiner, Hochreiter, 2015). */
import { defineOp } from "./define.js";
import { keepsInputs } from "./kept.js";

export interface EluArgs {
  readonly alpha: number;
}

export const elu = defineOp<EluArgs>({
  name: "elu",
  mnemonics: ["ELU"],
  group: "activation",
  isElementWise: true,
  doc: "Exponential linear unit: x above 0, alpha * (e^x - 1) below.",
  example: "INPUT 8x8x3 - ELU",
  parameters: {
    alpha: { kind: "number", doc: "what negative values end at, negated", default: 1 },
  },
  count: "alpha",
  inputs: 1,
  storage: "in place",
  keeps: keepsInputs,
  infer: (_args, [input]) => ({ type: input! }),
});
