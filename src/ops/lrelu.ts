/** LRELU: leaky ReLU (Maas, Hannun, Ng, 2013). */
import { defineOp } from "./define.js";
import { keepsInputs } from "./kept.js";

export interface LreluArgs {
  readonly slope: number;
}

export const lrelu = defineOp<LreluArgs>({
  name: "lrelu",
  mnemonics: ["LRELU"],
  group: "activation",
  isElementWise: true,
  doc: "Leaky rectified linear unit: x above 0, slope * x below.",
  example: "INPUT 8x8x3 - LRELU 0.1",
  parameters: {
    slope: { kind: "number", doc: "factor of negative values", default: 0.01 },
  },
  count: "slope",
  inputs: 1,
  storage: "in place",
  keeps: keepsInputs,
  infer: (_args, [input]) => ({ type: input! }),
});
