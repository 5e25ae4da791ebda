/** FC: a fully connected (dense) layer over everything that arrives. */
import { product } from "../base/integers.js";
import { fixedShape } from "../ir/shape.js";
import { defineOp } from "./define.js";
import { learntBias } from "./learnt-bias.js";
import { flatSize } from "./size.js";
import { keepsInputs } from "./kept.js";

export interface FcArgs {
  readonly units: number;
  readonly bias: boolean;
}

export const fc = defineOp<FcArgs>({
  name: "fc",
  mnemonics: ["FC"],
  group: "dense",
  doc: "Fully connected layer. A map that arrives is flattened in the order height, width, channels.",
  example: "INPUT 28x28x1 - FC-10",
  parameters: {
    units: { kind: "integer", doc: "how many neurons", noun: "number of neurons", sketch: "10" },
    bias: { kind: "flag", doc: "a learnt number added to each neuron", default: true },
  },
  count: "units",
  phrases: ["fully", "connected", "dense", "way"],
  inputs: 1,
  keeps: keepsInputs,
  needs: "size",
  infer(args, [input]) {
    const flat = flatSize("FC", input!);
    return "fault" in flat ? flat : { type: { shape: [args.units] } };
  },
  weights(args, [input]) {
    const fanIn = Number(product(fixedShape(input!)));
    return [
      {
        name: "weight",
        shape: [fanIn, args.units],
        role: "weight",
        initial: { kind: "fan", fanIn, fanOut: args.units },
      },
      ...learntBias(args.bias, args.units),
    ];
  },
  macs: (args, [input]) => product([...fixedShape(input!), args.units]),
});
