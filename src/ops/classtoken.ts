/** CLASSTOKEN: a learnt first position of a sequence (Dosovitskiy et al., "An Image is Worth 16x16 Words", 2020). */
import { plus } from "../ir/dimension.js";
import { fixedChannels } from "../ir/shape.js";
import { defineOp } from "./define.js";
import { sequenceFault } from "./sequence.js";

export const classtoken = defineOp<Record<never, never>>({
  name: "classtoken",
  mnemonics: ["CLASSTOKEN"],
  group: "other",
  doc: "Puts a learnt position before a sequence, which layers over sequences fill with what is asked of the whole.",
  example: "INPUT 196x64 - CLASSTOKEN",
  parameters: {},
  inputs: 1,
  needs: "channels",
  infer(_args, [input]) {
    const fault = sequenceFault("CLASSTOKEN", input!);
    return fault ? { fault } : { type: { shape: [plus(input!.shape[0]!, 1), input!.shape[1]!] } };
  },
  weights: (_args, [input]) => [
    { name: "weight", shape: [fixedChannels(input!)], role: "weight", initial: { kind: "constant", value: 0 } },
  ],
});
