/** IN: instance normalisation (Ulyanov, Vedaldi, Lempitsky, 2016). */
import { fixedChannels } from "../ir/shape.js";
import { affineParameters, affineWeights, type AffineArgs } from "./affine.js";
import { defineOp } from "./define.js";
import { mapFault } from "./window.js";

export const instanceNorm = defineOp<AffineArgs>({
  name: "in",
  mnemonics: ["IN"],
  group: "normalisation",
  isElementWise: true,
  doc: "Instance normalisation: each channel of an image is normalised over its positions, with a learnt scale and shift.",
  example: "INPUT 8x8x3 - CONV3-16 - IN - RELU",
  parameters: affineParameters,
  phrases: ["instance", "normalization", "normalisation"],
  inputs: 1,
  storage: "in place",
  // The mean of each map, and what its deviation is divided by.
  keeps: (_args, [input]) => ({ inputs: true, values: 2n * BigInt(fixedChannels(input!)) }),
  needs: "channels",
  infer(_args, [input]) {
    const fault = mapFault("IN", input!);
    return fault ? { fault } : { type: input! };
  },
  weights: (args, [input]) => affineWeights(args, input!),
});
