/** DROPPATH: stochastic depth (Huang et al., 2016): in training, all values of an image are zeroed with the given probability. */
import { defineOp } from "./define.js";

export interface DroppathArgs {
  readonly rate: number;
}

export const droppath = defineOp<DroppathArgs>({
  name: "droppath",
  mnemonics: ["DROPPATH"],
  group: "regularisation",
  doc: "Stochastic depth: at the end of a branch, drops it for an image with the given probability while training; does nothing otherwise.",
  example: "INPUT 8x8x3 - ADD { CONV3-3 - DROPPATH 0.2 | ID }",
  parameters: {
    rate: { kind: "number", doc: "probability that an image drops the branch", minimum: 0, below: 1, default: 0.2 },
  },
  count: "rate",
  inputs: 1,
  infer: (_args, [input]) => ({ type: input! }),
});
