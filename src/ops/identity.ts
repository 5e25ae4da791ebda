/** ID. */
import { defineOp } from "./define.js";

export const identity = defineOp<Record<never, never>>({
  name: "identity",
  mnemonics: ["ID"],
  group: "other",
  doc: "The value itself.",
  example: "INPUT 8x8x3 - ID",
  parameters: {},
  inputs: 1,
  storage: "view",
  infer: (_args, [input]) => ({ type: input! }),
});
