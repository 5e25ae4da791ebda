/** BN: batch normalisation (Ioffe, Szegedy, 2015). */
import { scaleCount } from "../ir/dimension.js";
import { fixedChannels } from "../ir/shape.js";
import { affineParameters, affineWeights, type AffineArgs } from "./affine.js";
import { defineOp } from "./define.js";

export interface BnArgs extends AffineArgs {
  readonly momentum: number;
}

export const bn = defineOp<BnArgs>({
  name: "bn",
  mnemonics: ["BN"],
  group: "normalisation",
  isElementWise: true,
  doc: "Batch normalisation per channel: a learnt scale and shift, with running mean and variance as buffers.",
  example: "INPUT 8x8x3 - CONV3-16 no bias - BN - RELU",
  parameters: {
    ...affineParameters,
    momentum: {
      kind: "number",
      doc: "weight of a new batch in the running statistics while training",
      minimum: 0,
      below: 1.000001,
      default: 0.1,
    },
  },
  phrases: ["batch", "normalization", "normalisation"],
  inputs: 1,
  storage: "in place",
  // The mean of each channel of the batch, and what its deviation is divided by.
  keeps: (_args, [input]) => ({ inputs: true, statistics: scaleCount(BigInt(fixedChannels(input!)), 2n) }),
  needs: "channels",
  infer: (_args, [input]) => ({ type: input! }),
  weights(args, [input]) {
    const shape = [fixedChannels(input!)];
    return [
      ...affineWeights(args, input!),
      { name: "mean", shape, role: "buffer", initial: { kind: "constant", value: 0 } },
      { name: "variance", shape, role: "buffer", initial: { kind: "constant", value: 1 } },
    ];
  },
});
