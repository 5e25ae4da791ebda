/** UPSAMPLE: a map made larger by a whole factor. */
import { times } from "../ir/dimension.js";
import { defineOp } from "./define.js";
import { sizeFault } from "./size.js";
import { mapFault } from "./window.js";

export interface UpsampleArgs {
  readonly factor: readonly number[];
  readonly bilinear: boolean;
}

export const upsample = defineOp<UpsampleArgs>({
  name: "upsample",
  mnemonics: ["UPSAMPLE"],
  group: "rearranging",
  doc: "Makes a map larger by a factor: each position is repeated, or with `bilinear` interpolated (half-pixel centres: position i lies at (i + 1/2)/factor - 1/2 of the input, the edges repeated).",
  example: "INPUT 8x8x3 - UPSAMPLE2",
  parameters: {
    factor: { kind: "axes", doc: "how many times as large", sketch: "2" },
    bilinear: { kind: "flag", doc: "interpolates linearly along every axis", default: false },
  },
  size: "factor",
  digits: true,
  phrases: ["nearest"],
  inputs: 1,
  infer(args, [input]) {
    const noMap = mapFault("UPSAMPLE", input!);
    if (noMap) return { fault: noMap };
    const sizes = input!.shape.slice(0, -1).map((size, axis) => times(size, args.factor[axis]!));
    const fault = sizeFault("UPSAMPLE", "factor", sizes);
    return fault ? { fault } : { type: { shape: [...sizes, input!.shape.at(-1)!] } };
  },
});
