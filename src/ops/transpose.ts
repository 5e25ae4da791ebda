/** TRANSPOSE: the axes in another order. */
import { defineDiagnostic } from "../base/diagnostics.js";
import { formatShape } from "../base/integers.js";
import type { TensorType } from "../ir/network.js";
import { formatDimensions } from "../ir/shape.js";
import { defineOp } from "./define.js";

export interface TransposeArgs {
  /** Which axis of the input stands in each place, from 1; empty swaps the first two. */
  readonly order: readonly number[];
}

export const noPermutation = defineDiagnostic<{ layer: string; order: string; arrives: string; rank: number }>({
  code: "CNN2122",
  severity: "error",
  title: "an order that does not name every axis once",
  message: ({ layer, order, arrives, rank }) =>
    `${layer} ${order} does not name each of the ${rank} axes of ${arrives} once`,
  explanation: `TRANSPOSE 3x1x2 puts the third axis first, then the first, then the second. Without an order it swaps the
first two.`,
  example: {
    wrong: "INPUT 8x16x3 - TRANSPOSE 1x1x3",
    right: "INPUT 8x16x3 - TRANSPOSE 2x1x3",
  },
});

/** The axes of the input in the order of the result, from 0. */
export function orderOf({ order }: TransposeArgs, { shape }: TensorType): number[] {
  if (order.length > 0) return order.map((axis) => axis - 1);
  const axes = shape.map((_, axis) => axis);
  return shape.length < 2 ? axes : [1, 0, ...axes.slice(2)];
}

export const transpose = defineOp<TransposeArgs>({
  name: "transpose",
  mnemonics: ["TRANSPOSE"],
  group: "rearranging",
  doc: "The axes in another order, counted from 1; without an order the first two are swapped.",
  example: "INPUT 8x16x3 - TRANSPOSE 2x1x3",
  parameters: {
    order: { kind: "shape", doc: "which axis stands in each place", default: [], defaultsTo: "the first two swapped" },
  },
  size: "order",
  inputs: 1,
  readsAll: true,
  infer(args, [input]) {
    const { shape } = input!;
    const order = orderOf(args, input!);
    const isPermutation = order.length === shape.length && shape.every((_, axis) => order.includes(axis));
    if (isPermutation) return { type: { shape: order.map((axis) => shape[axis]!) } };
    const found = {
      layer: "TRANSPOSE",
      order: formatShape(args.order),
      arrives: formatDimensions(shape),
      rank: shape.length,
    };
    return { fault: { at: "order", kind: noPermutation, args: found } };
  },
});
