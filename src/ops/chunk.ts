/** CHUNK: one of several equal parts of the channels. */
import { defineDiagnostic } from "../base/diagnostics.js";
import { fixedChannels } from "../ir/shape.js";
import { channelsDoNotSplit } from "./channels.js";
import { defineOp, replacementWith } from "./define.js";

export interface ChunkArgs {
  readonly part: number;
  readonly of: number;
}

export const noSuchPart = defineDiagnostic<{ layer: string; part: number; of: number }>({
  code: "CNN2117",
  severity: "error",
  title: "a part that there is not",
  message: ({ layer, part, of }) => `${layer} takes part ${part} of ${of}: there are only ${of}`,
  explanation: `CHUNK 1 of 2 is the first half of the channels, CHUNK 2 of 2 the second.`,
  example: {
    wrong: "INPUT 32x32x16 - CHUNK 3 of 2",
    right: "INPUT 32x32x16 - CHUNK 2 of 2",
  },
});

export const chunk = defineOp<ChunkArgs>({
  name: "chunk",
  mnemonics: ["CHUNK"],
  group: "rearranging",
  doc: "One of several equal parts of the channels, counted from 1.",
  example: "INPUT 8x8x4 - CONCAT { CHUNK 1 of 2 - CONV3-2 | CHUNK 2 of 2 }",
  parameters: {
    part: { kind: "integer", doc: "which part, from 1", sketch: "1" },
    of: { kind: "integer", doc: "how many parts there are", noun: "number of parts", sketch: "2" },
  },
  count: "part",
  inputs: 1,
  storage: "part",
  needs: "channels",
  infer(args, [input]) {
    const { part, of } = args;
    if (part > of)
      return {
        fault: { at: "part", kind: noSuchPart, args: { layer: "CHUNK", part, of }, replacement: replacementWith(of) },
      };
    const channels = fixedChannels(input!);
    const fault = channelsDoNotSplit("CHUNK", "of", of, "parts", channels);
    return fault ? { fault } : { type: { shape: [...input!.shape.slice(0, -1), channels / of] } };
  },
});
