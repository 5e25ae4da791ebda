/** LN: layer normalisation (Ba, Kiros, Hinton, 2016) over the channels of each position, as ConvNeXt and transformers use it. */
import { productOf, scaleCount } from "../ir/dimension.js";
import { affineParameters, affineWeights, type AffineArgs } from "./affine.js";
import { defineOp } from "./define.js";

export const ln = defineOp<AffineArgs>({
  name: "ln",
  mnemonics: ["LN"],
  group: "normalisation",
  isElementWise: true,
  doc: "Layer normalisation over the channels, at every position by itself, with a learnt scale and shift for each channel.",
  example: "INPUT 8x8x3 - CONV3-16 - LN",
  parameters: affineParameters,
  phrases: ["layer", "normalization", "normalisation"],
  inputs: 1,
  storage: "in place",
  // The mean of each position, and what its deviation is divided by.
  keeps: (_args, [input]) => ({ inputs: true, values: scaleCount(productOf(input!.shape.slice(0, -1)), 2n) }),
  needs: "channels",
  infer: (_args, [input]) => ({ type: input! }),
  weights: (args, [input]) => affineWeights(args, input!),
});
