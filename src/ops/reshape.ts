/** RESHAPE: the same values in the same order, in another shape. */
import { defineDiagnostic } from "../base/diagnostics.js";
import { isSameCount, productOf, type Count, type Dimension } from "../ir/dimension.js";
import { formatDimensions } from "../ir/shape.js";
import { defineOp, replacementWith, type Fault } from "./define.js";

export interface ReshapeArgs {
  readonly shape: readonly Dimension[];
}

export const otherCount = defineDiagnostic<{
  layer: string;
  shape: string;
  values: string;
  arrives: string;
  arriving: string;
}>({
  code: "CNN2121",
  severity: "error",
  title: "a shape of another number of values",
  message: ({ layer, shape, values, arrives, arriving }) =>
    `${layer} makes ${shape}, which has ${values} values, of ${arrives}, which has ${arriving}`,
  explanation: `RESHAPE gives the values that arrive another shape, so that their number stays. Values keep the order height,
width, channels.`,
  example: {
    wrong: "INPUT 8x8x3 - RESHAPE 64x4",
    right: "INPUT 8x8x3 - RESHAPE 64x3",
  },
});

/** The shape with as many channels as make the number of values right. */
function otherChannels(shape: readonly Dimension[], arriving: Count): Fault["replacement"] {
  const positions = productOf(shape.slice(0, -1));
  const isCount = typeof positions === "bigint" && typeof arriving === "bigint" && positions > 0n;
  if (!isCount || shape.length < 2 || arriving % positions !== 0n) return undefined;
  return replacementWith([...shape.slice(0, -1), arriving / positions].join("x"));
}

export const reshape = defineOp<ReshapeArgs>({
  name: "reshape",
  mnemonics: ["RESHAPE"],
  group: "rearranging",
  doc: "The same values in another shape, in the order height, width, channels.",
  example: "INPUT 8x8x3 - RESHAPE 64x3",
  parameters: {
    shape: { kind: "shape", doc: "the new shape", noun: "shape", sketch: "64x3", symbolic: true },
  },
  size: "shape",
  phrases: ["to"],
  inputs: 1,
  storage: "view",
  readsAll: true,
  infer({ shape }, [input]) {
    const [values, arriving] = [productOf(shape), productOf(input!.shape)];
    if (isSameCount(values, arriving)) return { type: { shape } };
    const args = {
      layer: "RESHAPE",
      shape: formatDimensions(shape),
      values: String(values),
      arrives: formatDimensions(input!.shape),
      arriving: String(arriving),
    };
    return { fault: { at: "shape", kind: otherCount, args, replacement: otherChannels(shape, arriving) } };
  },
});
