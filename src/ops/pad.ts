/** PAD: zeros around a map, or its mirror image. */
import { defineDiagnostic } from "../base/diagnostics.js";
import { isFixed, plus } from "../ir/dimension.js";
import type { Padding } from "../ir/network.js";
import { formatDimensions } from "../ir/shape.js";
import { defineOp, replacementWith } from "./define.js";
import { sizeFault } from "./size.js";
import { mapFault } from "./window.js";

export interface PadArgs {
  readonly amount: Padding;
  readonly reflect: boolean;
}

export const padWithoutNumbers = defineDiagnostic<{ layer: string; kind: string }>({
  code: "CNN2118",
  severity: "error",
  title: "a margin without numbers",
  message: ({ layer, kind }) => `${layer} needs numbers, not ${kind}: there is no window that it could go by`,
  explanation: `PAD 1, PAD 1x2 and PAD (top, left, bottom, right) add as many positions; half and same belong to layers with
a window.`,
  example: {
    wrong: "INPUT 32x32x3 - PAD same",
    right: "INPUT 32x32x3 - PAD 1",
  },
});

export const reflectTooFar = defineDiagnostic<{ layer: string; arrives: string }>({
  code: "CNN2119",
  severity: "error",
  title: "a mirror image that is larger than the map",
  message: ({ layer, arrives }) => `${layer} mirrors more positions than ${arrives} has`,
  explanation: `A mirror image leaves the edge itself out, so that at most size - 1 positions can be added on a side.`,
  example: {
    wrong: "INPUT 4x4x3 - PAD 4 reflect",
    right: "INPUT 4x4x3 - PAD 3 reflect",
  },
});

export const pad = defineOp<PadArgs>({
  name: "pad",
  mnemonics: ["PAD"],
  group: "rearranging",
  doc: "Adds zeros around a map; with `reflect` its mirror image.",
  example: "INPUT 8x8x3 - PAD 1",
  parameters: {
    amount: { kind: "padding", doc: "positions that are added on each side", noun: "margin", sketch: "1" },
    reflect: { kind: "flag", doc: "the map's mirror image instead of zeros", default: false },
  },
  size: "amount",
  phrases: ["zero", "zeros", "padding"],
  inputs: 1,
  infer({ amount, reflect }, [input]) {
    const noMap = mapFault("PAD", input!);
    if (noMap) return { fault: noMap };
    if (amount.kind !== "explicit") {
      return { fault: { at: "amount", kind: padWithoutNumbers, args: { layer: "PAD", kind: amount.kind } } };
    }
    const spatial = input!.shape.slice(0, -1);
    const tooFar = spatial.some(
      (size, axis) => isFixed(size) && Math.max(amount.before[axis]!, amount.after[axis]!) >= size,
    );
    if (reflect && tooFar) {
      const args = { layer: "PAD", arrives: formatDimensions(input!.shape) };
      const smallest = Math.min(...spatial.filter(isFixed));
      const replacement = smallest > 1 ? replacementWith(smallest - 1) : undefined;
      return { fault: { at: "amount", kind: reflectTooFar, args, replacement } };
    }
    const sizes = spatial.map((size, axis) => plus(size, amount.before[axis]! + amount.after[axis]!));
    const fault = sizeFault("PAD", "amount", sizes);
    return fault ? { fault } : { type: { shape: [...sizes, input!.shape.at(-1)!] } };
  },
  reach({ amount, reflect }, [input]) {
    // A mirror image shows positions a second time.
    if (reflect || amount.kind !== "explicit") return undefined;
    return input!.shape
      .slice(0, -1)
      .map((_, axis) => ({ window: 1, stride: 1, dilation: 1, padBefore: amount.before[axis]! }));
  },
});
