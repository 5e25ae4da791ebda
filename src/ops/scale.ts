/** SCALE: a learnt factor for each channel (Touvron et al., "Going deeper with Image Transformers", 2021, calls it LayerScale). */
import { fixedChannels } from "../ir/shape.js";
import { defineOp } from "./define.js";
import { keepsInputs } from "./kept.js";

export interface ScaleArgs {
  readonly init: number;
}

export const scale = defineOp<ScaleArgs>({
  name: "scale",
  mnemonics: ["SCALE"],
  group: "other",
  isElementWise: true,
  doc: "A learnt factor for each channel.",
  example: "INPUT 8x8x3 - CONV3-16 - SCALE init 1e-6",
  parameters: {
    init: { kind: "number", doc: "what the factors start from", default: 1 },
  },
  inputs: 1,
  storage: "in place",
  keeps: keepsInputs,
  needs: "channels",
  infer: (_args, [input]) => ({ type: input! }),
  weights(args, [input]) {
    const initial = { kind: "constant", value: args.init } as const;
    return [{ name: "weight", shape: [fixedChannels(input!)], role: "weight", initial }];
  },
});
