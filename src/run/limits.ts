/** What is too large to be run, told before memory is asked for. */
import { weightBytes } from "../analysis/weights.js";
import { formatShape, product } from "../base/integers.js";
import type { Network } from "../ir/network.js";
import { fixedShape } from "../ir/shape.js";
import { RunError } from "./errors.js";

/** The most that one array of JavaScript holds on every platform, in bytes. */
const LARGEST_ARRAY = 2n ** 32n;

/** Errors: `RunError` naming the layer whose result, or the sum of weights, does not fit into memory. */
export function checkRunnable(network: Network): void {
  const gigabytes = (bytes: bigint) => `${(Number(bytes) / 1e9).toFixed(1)} GB`;
  for (const node of network.nodes) {
    const shape = fixedShape(node.type);
    const bytes = product(shape) * 4n;
    if (bytes < LARGEST_ARRAY) continue;
    throw new RunError(`${node.name} gives ${formatShape(shape)}, ${gigabytes(bytes)}: too large to run`);
  }
  const weights = weightBytes(network);
  if (weights >= LARGEST_ARRAY)
    throw new RunError(`${network.name} has weights of ${gigabytes(weights)}: too large to run`);
}
