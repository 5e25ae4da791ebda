/** POSEMBED: a learnt number for each position and channel, which is added (Dosovitskiy et al., 2020). */
import { fixedShape } from "../ir/shape.js";
import { defineOp } from "./define.js";

export const posembed = defineOp<Record<never, never>>({
  name: "posembed",
  mnemonics: ["POSEMBED"],
  group: "other",
  isElementWise: true,
  doc: "Adds a learnt number to each channel of each position, so that layers can tell positions apart.",
  example: "INPUT 196x64 - CLASSTOKEN - POSEMBED",
  parameters: {},
  phrases: ["position", "embedding"],
  inputs: 1,
  storage: "in place",
  needs: "size",
  infer: (_args, [input]) => ({ type: input! }),
  weights: (_args, [input]) => [
    { name: "weight", shape: fixedShape(input!), role: "weight", initial: { kind: "constant", value: 0 } },
  ],
});
