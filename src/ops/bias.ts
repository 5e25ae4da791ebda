/** BIAS: a learnt number added to each channel. */
import { fixedChannels } from "../ir/shape.js";
import { defineOp } from "./define.js";

export const bias = defineOp<Record<never, never>>({
  name: "bias",
  mnemonics: ["BIAS"],
  group: "other",
  isElementWise: true,
  doc: "A learnt number that is added to each channel.",
  example: "INPUT 8x8x3 - CONV3-16 no bias - BIAS",
  parameters: {},
  inputs: 1,
  storage: "in place",
  needs: "channels",
  infer: (_args, [input]) => ({ type: input! }),
  weights: (_args, [input]) => [
    { name: "bias", shape: [fixedChannels(input!)], role: "bias", initial: { kind: "constant", value: 0 } },
  ],
});
