/**
 * Where a network is cut for gradient checkpointing (Chen et al., "Training Deep Nets with Sublinear Memory Cost", 2016): into
 * pieces in a row, at values that are all that later layers read.
 */
import type { NodeId } from "../../ir/network.js";
import { stretchesOf } from "./order.js";
import type { Tape } from "./tape.js";

/** The pieces, of which each keeps about as much; `sqrt` takes as many as the root of the places where it can be cut. */
export function checkpointsOf(tape: Tape, wanted: number | "sqrt"): NodeId[][] {
  const stretches = stretchesOf(tape.storages);
  const count = Math.min(stretches.length, wanted === "sqrt" ? Math.round(Math.sqrt(stretches.length)) : wanted);
  const costs = stretches.map((steps) => {
    return steps.reduce((bytes, id) => bytes + tape.bytesOf(tape.storages.of[id]!), 0n);
  });
  const most = smallestLimit(costs, count);
  const pieces: NodeId[][] = [[]];
  let filled = 0n;
  stretches.forEach((steps, index) => {
    const isFull = filled + costs[index]! > most && pieces.at(-1)!.length > 0;
    if (isFull) {
      pieces.push([]);
      filled = 0n;
    }
    pieces.at(-1)!.push(...steps);
    filled += costs[index]!;
  });
  return pieces;
}

/** The smallest cost of the largest piece, when costs in a row are cut into at most `count` pieces. */
function smallestLimit(costs: readonly bigint[], count: number): bigint {
  let [low, high] = [0n, 0n];
  for (const cost of costs) {
    if (cost > low) low = cost;
    high += cost;
  }
  while (low < high) {
    const middle = (low + high) / 2n;
    if (piecesFor(costs, middle) <= count) high = middle;
    else low = middle + 1n;
  }
  return low;
}

function piecesFor(costs: readonly bigint[], limit: bigint): number {
  let pieces = 1;
  let filled = 0n;
  for (const cost of costs) {
    if (filled + cost > limit && filled > 0n) {
      pieces++;
      filled = 0n;
    }
    filled += cost;
  }
  return pieces;
}
