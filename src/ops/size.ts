/** The largest size that a side of a tensor may have, and the fault of a layer that exceeds it. */
import { defineDiagnostic } from "../base/diagnostics.js";
import { groupDigits } from "../base/integers.js";
import { isFixed, productOf, type Dimension } from "../ir/dimension.js";
import type { TensorType } from "../ir/network.js";
import { formatDimensions } from "../ir/shape.js";
import type { Fault } from "./define.js";

/** No runtime has tensors with a longer side, and products of two sides stay exact in a double. */
export const LARGEST_SIZE = 2 ** 31 - 1;

export const tooLarge = defineDiagnostic<{ layer: string; size: string }>({
  code: "CNN5004",
  severity: "error",
  title: "a tensor with a side that is too long",
  message: ({ layer, size }) => `${layer} has a side of ${size}: at most ${groupDigits(LARGEST_SIZE)} are allowed`,
  explanation: `No runtime addresses tensors with a side of 2^31 or more. Make the map smaller before it is flattened, with
pooling or GAP; use a smaller window, dilation or padding.`,
  example: {
    wrong: "INPUT 60000x60000x3 - FLATTEN",
    right: "INPUT 60000x60000x3 - GAP",
  },
});

/** The length of a map as one vector, or the fault that it is too long. */
export function flatSize(layer: string, input: TensorType): { size: Dimension } | { fault: Fault } {
  const size = productOf(input.shape);
  if (typeof size !== "bigint") return { size };
  if (size <= BigInt(LARGEST_SIZE)) return { size: Number(size) };
  const args = { layer, size: `${formatDimensions(input.shape)} = ${groupDigits(size)}` };
  return { fault: { at: "input", kind: tooLarge, args } };
}

/** The fault of a side that is too long; undefined where all are fine, or open. */
export function sizeFault(layer: string, at: string, sizes: readonly Dimension[]): Fault | undefined {
  const long = sizes.find((size) => isFixed(size) && size > LARGEST_SIZE);
  return long === undefined ? undefined : { at, kind: tooLarge, args: { layer, size: groupDigits(long as number) } };
}
