/**
 * ADAPTIVEAVGPOOL: the mean of as many windows as the result has positions. Window i of n spans floor(i*in/n) to
 * ceil((i+1)*in/n), as PyTorch has it, so that windows may differ in size and overlap.
 */
import { defineOp } from "./define.js";
import { mapFault } from "./window.js";
import { keepsInputs } from "./kept.js";

export interface AdaptiveAvgpoolArgs {
  readonly size: readonly number[];
}

export const adaptiveavgpool = defineOp<AdaptiveAvgpoolArgs>({
  name: "adaptiveavgpool",
  mnemonics: ["ADAPTIVEAVGPOOL"],
  group: "pooling",
  doc: "Average pooling to a given size, whatever the size that arrives.",
  example: "INPUT 32x32x3 - CONV3-16 - ADAPTIVEAVGPOOL 7x7",
  parameters: {
    size: { kind: "axes", doc: "size of the result", noun: "size", sketch: "7x7" },
  },
  size: "size",
  phrases: ["adaptive", "average", "pooling"],
  inputs: 1,
  keeps: keepsInputs,
  infer(args, [input]) {
    const fault = mapFault("ADAPTIVEAVGPOOL", input!);
    return fault ? { fault } : { type: { shape: [...args.size, input!.shape.at(-1)!] } };
  },
});
