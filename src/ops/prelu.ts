/** PRELU: a leaky ReLU that learns its slopes (He et al., "Delving Deep into Rectifiers", 2015). */
import { fixedChannels } from "../ir/shape.js";
import { defineOp } from "./define.js";
import { keepsInputs } from "./kept.js";

export interface PreluArgs {
  readonly shared: boolean;
  readonly init: number;
}

export const prelu = defineOp<PreluArgs>({
  name: "prelu",
  mnemonics: ["PRELU"],
  group: "activation",
  isElementWise: true,
  doc: "Parametric rectified linear unit: x above 0, a learnt factor of its channel times x below.",
  example: "INPUT 8x8x3 - CONV3-16 - PRELU",
  parameters: {
    shared: { kind: "flag", doc: "one factor for all channels", default: false },
    init: { kind: "number", doc: "what the factors start from", default: 0.25 },
  },
  inputs: 1,
  storage: "in place",
  keeps: keepsInputs,
  needs: "channels",
  infer: (_args, [input]) => ({ type: input! }),
  weights(args, [input]) {
    const initial = { kind: "constant", value: args.init } as const;
    return [{ name: "slope", shape: [args.shared ? 1 : fixedChannels(input!)], role: "weight", initial }];
  },
});
