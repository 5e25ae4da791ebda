/** FLATTEN: a map as one vector. */
import { defineOp } from "./define.js";
import { flatSize } from "./size.js";

export const flatten = defineOp<Record<never, never>>({
  name: "flatten",
  mnemonics: ["FLATTEN"],
  group: "dense",
  doc: "A map as one vector, in the order height, width, channels. FC does it by itself.",
  example: "INPUT 8x8x3 - FLATTEN",
  parameters: {},
  inputs: 1,
  storage: "view",
  infer(_args, [input]) {
    const flat = flatSize("FLATTEN", input!);
    return "fault" in flat ? flat : { type: { shape: [flat.size] } };
  },
});
