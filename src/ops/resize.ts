/** RESIZE: a map of a given size, as PyTorch's `interpolate` with its defaults makes it. */
import type { Dimension } from "../ir/dimension.js";
import { defineOp } from "./define.js";
import { mapFault } from "./window.js";

export interface ResizeArgs {
  readonly size: readonly Dimension[];
  readonly bilinear: boolean;
}

export const resize = defineOp<ResizeArgs>({
  name: "resize",
  mnemonics: ["RESIZE"],
  group: "rearranging",
  doc: "Makes a map as large as is said: position i is that of floor(i*in/out), or with `bilinear` is interpolated (half-pixel centres: it lies at (i + 1/2)*in/out - 1/2, the edges repeated; nothing is averaged where a map becomes smaller).",
  example: "INPUT 8x8x3 - RESIZE 14x14",
  parameters: {
    size: { kind: "axes", doc: "size of the result", noun: "size", sketch: "14x14", symbolic: true },
    bilinear: { kind: "flag", doc: "interpolates linearly along every axis", default: false },
  },
  size: "size",
  phrases: ["nearest", "to"],
  inputs: 1,
  infer(args, [input]) {
    const fault = mapFault("RESIZE", input!);
    return fault ? { fault } : { type: { shape: [...args.size, input!.shape.at(-1)!] } };
  },
});
