/** CONCAT: branches side by side along the channels (Szegedy et al., "Going Deeper with Convolutions", 2014). */
import { plus, type Dimension } from "../ir/dimension.js";
import { defineOp } from "./define.js";
import { mergeShapes } from "./merging.js";
import { sizeFault } from "./size.js";

export const concat = defineOp<Record<never, never>>({
  name: "concat",
  mnemonics: ["CONCAT"],
  group: "merging",
  doc: "Branches side by side: the channels of all, in their order.",
  example: "INPUT 8x8x16 - CONCAT { CONV3-16 | CONV1-8 | ID }",
  parameters: {},
  inputs: "many",
  infer(_args, inputs, given = []) {
    const inference = mergeShapes("CONCAT", inputs, given, (lasts) =>
      lasts.reduce<Dimension>((sum, last) => plus(sum, last), 0),
    );
    if ("fault" in inference) return inference;
    const fault = sizeFault("CONCAT", "branches", inference.type.shape);
    return fault ? { fault } : inference;
  },
});
