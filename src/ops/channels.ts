/** Channels that have to split into equal parts. */
import { defineDiagnostic } from "../base/diagnostics.js";
import type { Fault } from "./define.js";

export const unevenSplit = defineDiagnostic<{ layer: string; parts: number; what: string; channels: number }>({
  code: "CNN2114",
  severity: "error",
  title: "channels that do not split evenly",
  message: ({ layer, parts, what, channels }) =>
    `${layer} splits into ${parts} ${what}, which do not divide the ${channels} channels that arrive`,
  explanation: `The layer cuts the channels into parts of one size, so that their number has to divide the channels.`,
  example: {
    wrong: "INPUT 32x32x3 - CONV3-30 - GN-4",
    right: "INPUT 32x32x3 - CONV3-32 - GN-4",
  },
});

/** The fault of `parts` that do not divide the channels; undefined where they do. */
export function channelsDoNotSplit(
  layer: string,
  at: string,
  parts: number,
  what: string,
  channels: number,
): Fault | undefined {
  if (channels % parts === 0) return undefined;
  return { at, kind: unevenSplit, args: { layer, parts, what, channels } };
}
