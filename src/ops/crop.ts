/** CROP: the middle of a map, or what is left when its margins are cut off. */
import { defineDiagnostic } from "../base/diagnostics.js";
import { floorDivide, isFixed, minus, type Dimension } from "../ir/dimension.js";
import type { Padding, TensorType } from "../ir/network.js";
import { formatDimensions } from "../ir/shape.js";
import { defineOp, replacementWith, type Fault } from "./define.js";
import { mapFault } from "./window.js";

export interface CropArgs {
  /** Empty where margins are given instead. */
  readonly size: readonly Dimension[];
  readonly margin: Padding;
}

export const cropTooLarge = defineDiagnostic<{ layer: string; size: string; arrives: string }>({
  code: "CNN2120",
  severity: "error",
  title: "a crop that is larger than the map",
  message: ({ layer, size, arrives }) => `${layer} cannot leave ${size} of ${arrives}`,
  explanation: `CROP 24x24 leaves the middle 24x24 positions of a map, CROP margin 2 cuts two positions off every side: the map
has to be larger than what is cut.`,
  example: {
    wrong: "INPUT 32x32x3 - CROP 40x40",
    right: "INPUT 32x32x3 - CROP 24x24",
  },
});

export const crop = defineOp<CropArgs>({
  name: "crop",
  mnemonics: ["CROP"],
  group: "rearranging",
  doc: "The middle of a map, of a given size (of an odd rest one position more is cut at the end), or what is left when margins are cut off.",
  example: "INPUT 8x8x3 - CROP 4x4",
  parameters: {
    size: { kind: "axes", doc: "size of what is left", default: [], defaultsTo: "all but the margins", symbolic: true },
    margin: { kind: "padding", doc: "positions that are cut off each side", default: 0, defaultsTo: "0" },
  },
  size: "size",
  phrases: ["to", "centre", "center"],
  inputs: 1,
  storage: "part",
  infer(args, [input]) {
    const noMap = mapFault("CROP", input!);
    if (noMap) return { fault: noMap };
    const starts = cropStarts(args, input!);
    const sizes = leftOf(args, input!);
    const fits = sizes.every((size, axis) => {
      const start = starts[axis]!;
      return (!isFixed(size) || size >= 1) && (!isFixed(start) || start >= 0);
    });
    if (fits) return { type: { shape: [...sizes, input!.shape.at(-1)!] } };
    const size = formatDimensions(sizes);
    const told = { layer: "CROP", size, arrives: formatDimensions(input!.shape) };
    const at = args.size.length > 0 ? "size" : "margin";
    return { fault: { at, kind: cropTooLarge, args: told, replacement: largestCrop(args, input!) } };
  },
  reach: (args, [input]) =>
    cropStarts(args, input!).map((start) => ({
      window: 1,
      stride: 1,
      dilation: 1,
      padBefore: isFixed(start) ? 0 - start : undefined,
    })),
});

const marginOf = ({ margin }: CropArgs, axis: number): readonly [number, number] =>
  margin.kind === "explicit" ? [margin.before[axis]!, margin.after[axis]!] : [0, 0];

/** The written size, cut to what there is. */
function largestCrop({ size }: CropArgs, { shape }: TensorType): Fault["replacement"] {
  const sides = size.map((side, axis) => (isFixed(side) && isFixed(shape[axis]!) ? Math.min(side, shape[axis]) : NaN));
  return sides.length === 0 || sides.includes(NaN) ? undefined : replacementWith(sides.join("x"));
}

function leftOf(args: CropArgs, { shape }: TensorType): Dimension[] {
  return shape.slice(0, -1).map((size, axis) => {
    const [before, after] = marginOf(args, axis);
    return args.size[axis] ?? minus(size, before + after);
  });
}

/** Where along each axis what is left starts. */
export function cropStarts(args: CropArgs, input: TensorType): Dimension[] {
  const sizes = leftOf(args, input);
  return input.shape
    .slice(0, -1)
    .map((size, axis) =>
      args.size[axis] === undefined ? marginOf(args, axis)[0] : floorDivide(minus(size, sizes[axis]!), 2),
    );
}
