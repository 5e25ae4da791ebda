/** DROPOUT (Srivastava et al., 2014): in training, each value is zeroed with the given probability and the rest scaled up. */
import { productOf } from "../ir/dimension.js";
import { defineOp } from "./define.js";

export interface DropoutArgs {
  readonly rate: number;
}

export const dropout = defineOp<DropoutArgs>({
  name: "dropout",
  mnemonics: ["DROPOUT"],
  group: "regularisation",
  doc: "Dropout: zeroes each value with the given probability while training; does nothing otherwise.",
  example: "INPUT 16 - DROPOUT 0.5",
  parameters: {
    rate: { kind: "number", doc: "probability that a value is dropped", minimum: 0, below: 1, default: 0.5 },
  },
  count: "rate",
  inputs: 1,
  // Whether each value is kept.
  keeps: (_args, _inputs, output) => ({ bytes: productOf(output.shape) }),
  infer: (_args, [input]) => ({ type: input! }),
});
