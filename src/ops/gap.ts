/** GAP: global average pooling (Lin, Chen, Yan, "Network In Network", 2013). */
import { defineOp } from "./define.js";
import { mapFault } from "./window.js";

export const gap = defineOp<Record<never, never>>({
  name: "gap",
  mnemonics: ["GAP"],
  group: "pooling",
  doc: "Global average pooling: each map becomes its mean, the result is a vector of the channels.",
  example: "INPUT 32x32x3 - CONV3-16 - GAP - FC-10",
  parameters: {},
  phrases: ["global", "average", "pooling"],
  inputs: 1,
  infer(_args, [input]) {
    const fault = mapFault("GAP", input!);
    return fault ? { fault } : { type: { shape: [input!.shape.at(-1)!] } };
  },
});
