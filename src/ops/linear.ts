/** LINEAR: a dense layer along the last axis only, at every position by itself. */
import { productOf } from "../ir/dimension.js";
import { fixedChannels } from "../ir/shape.js";
import { defineOp } from "./define.js";
import { learntBias } from "./learnt-bias.js";
import { keepsInputs } from "./kept.js";

export interface LinearArgs {
  readonly units: number;
  readonly bias: boolean;
}

export const linear = defineOp<LinearArgs>({
  name: "linear",
  mnemonics: ["LINEAR"],
  group: "dense",
  doc: "Dense layer along the channels, at every position by itself: a map stays a map. FC flattens instead.",
  example: "INPUT 8x8x3 - LINEAR-64",
  parameters: {
    units: {
      kind: "integer",
      doc: "how many neurons, the channels of the result",
      noun: "number of neurons",
      sketch: "64",
    },
    bias: { kind: "flag", doc: "a learnt number added to each neuron", default: true },
  },
  count: "units",
  phrases: ["dense"],
  inputs: 1,
  keeps: keepsInputs,
  needs: "channels",
  infer: (args, [input]) => ({ type: { shape: [...input!.shape.slice(0, -1), args.units] } }),
  weights(args, [input]) {
    const fanIn = fixedChannels(input!);
    const weight = { kind: "fan", fanIn, fanOut: args.units } as const;
    return [
      { name: "weight", shape: [fanIn, args.units], role: "weight", initial: weight },
      ...learntBias(args.bias, args.units),
    ];
  },
  macs: (args, [input]) => productOf([...input!.shape, args.units]),
});
