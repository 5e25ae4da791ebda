/** GMP: global max pooling. */
import { defineOp } from "./define.js";
import { mapFault } from "./window.js";

export const gmp = defineOp<Record<never, never>>({
  name: "gmp",
  mnemonics: ["GMP"],
  group: "pooling",
  doc: "Global max pooling: each map becomes its largest value, the result is a vector of the channels.",
  example: "INPUT 32x32x3 - CONV3-16 - GMP - FC-10",
  parameters: {},
  phrases: ["global", "max", "pooling"],
  inputs: 1,
  keeps: () => ({ inputs: true, output: true }),
  infer(_args, [input]) {
    const fault = mapFault("GMP", input!);
    return fault ? { fault } : { type: { shape: [input!.shape.at(-1)!] } };
  },
});
