/** Layers over sequences: length x channels. */
import { defineDiagnostic } from "../base/diagnostics.js";
import type { TensorType } from "../ir/network.js";
import { formatDimensions } from "../ir/shape.js";
import type { Fault } from "./define.js";

export const needsSequence = defineDiagnostic<{ layer: string; arrives: string; example: string }>({
  code: "CNN2124",
  severity: "error",
  title: "a layer over sequences that gets something else",
  message: ({ layer, arrives, example }) =>
    `${layer} takes a sequence, length x channels, but ${arrives} arrives${example ? `: write ${example} before it` : ""}`,
  explanation: `A map becomes a sequence of its positions with RESHAPE: RESHAPE 196x768 of 14x14x768.`,
  example: {
    wrong: "INPUT 14x14x64 - CLASSTOKEN",
    right: "INPUT 14x14x64 - RESHAPE 196x64 - CLASSTOKEN",
  },
});

/** The fault of what is no sequence; undefined where one arrives. */
export function sequenceFault(layer: string, { shape }: TensorType): Fault | undefined {
  if (shape.length === 2) return undefined;
  const isFixedMap = shape.length > 2 && shape.every((side) => typeof side === "number");
  const positions = isFixedMap
    ? shape.slice(0, -1).reduce<number>((product, side) => product * (side as number), 1)
    : 0;
  const example = isFixedMap ? `RESHAPE ${positions}x${String(shape.at(-1))}` : "";
  return {
    at: "input",
    kind: needsSequence,
    args: { layer, arrives: formatDimensions(shape), example },
    before: example || undefined,
  };
}
