/** BN: batch normalisation (Ioffe, Szegedy, 2015). */
import { fixedChannels } from "../ir/shape.js";
import { defineOp } from "./define.js";

export interface BnArgs {
  readonly eps: number;
}

export const bn = defineOp<BnArgs>({
  name: "bn",
  mnemonics: ["BN"],
  group: "normalisation",
  doc: "Batch normalisation per channel: a learnt scale and shift, with running mean and variance as buffers.",
  example: "INPUT 8x8x3 - CONV3-16 no bias - BN - RELU",
  parameters: {
    eps: { kind: "number", doc: "added to the variance", minimum: 0, default: 1e-5 },
  },
  phrases: ["batch", "normalization", "normalisation"],
  inputs: 1,
  needs: "channels",
  infer: (_args, [input]) => ({ type: input! }),
  weights(_args, [input]) {
    const shape = [fixedChannels(input!)];
    return [
      { name: "scale", shape, role: "weight", initial: { kind: "constant", value: 1 } },
      { name: "bias", shape, role: "bias", initial: { kind: "constant", value: 0 } },
      { name: "mean", shape, role: "buffer", initial: { kind: "constant", value: 0 } },
      { name: "variance", shape, role: "buffer", initial: { kind: "constant", value: 1 } },
    ];
  },
});
