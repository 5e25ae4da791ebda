/**
 * Where a network is cut for gradient checkpointing (Chen et al., "Training Deep Nets with Sublinear Memory Cost", 2016): into
 * pieces in a row, at values that are all that later layers read.
 */
import type { NodeId } from "../../ir/network.js";
import { stretchesOf } from "./order.js";
import type { Tape } from "./tape.js";

/** How many sizes of pieces are tried. */
const SIZES = 16;

/** Places to cut that are looked at: of more, stretches in a row are taken together first. */
const MOST_PLACES = 256;

/**
 * Ways to cut it into at most as many pieces as are wanted; `sqrt` wants the root of the places where it can be cut. Each way
 * has pieces that keep no more than some size, and of those the cuts at the smallest values. Which of them needs the least
 * memory only going through them tells.
 */
export function waysToCut(tape: Tape, wanted: number | "sqrt"): NodeId[][][] {
  const all = stretchesOf(tape.storages);
  const stretches = takenTogether(all, Math.ceil(all.length / MOST_PLACES));
  const most = Math.min(stretches.length, wanted === "sqrt" ? Math.round(Math.sqrt(all.length)) : wanted);
  // To choose among cuts, rounded figures do.
  const kept = stretches.map((steps) => Number(tape.savedBy(steps)));
  const ends = stretches.map((steps) => Number(tape.bytesOf(tape.storages.of[steps.at(-1)!]!)));
  const total = kept.reduce((sum, bytes) => sum + bytes, 0);
  const least = Math.max(...kept, total / most);
  const found = new Map<string, NodeId[][]>();
  for (let size = 0; size < SIZES; size++) {
    const limit = least * (total / least) ** (size / SIZES);
    const cuts = smallestCuts(kept, ends, limit, most);
    if (cuts) found.set(cuts.join(), piecesAt(stretches, cuts));
  }
  return [...found.values()];
}

/** So many stretches at a time as one. */
function takenTogether(stretches: readonly (readonly NodeId[])[], count: number): NodeId[][] {
  return Array.from({ length: Math.ceil(stretches.length / count) }, (_, index) =>
    stretches.slice(index * count, (index + 1) * count).flat(),
  );
}

/** The stretches behind which to cut, so that the values there are the smallest together; none where it takes more pieces. */
function smallestCuts(
  kept: readonly number[],
  ends: readonly number[],
  limit: number,
  most: number,
): number[] | undefined {
  const count = kept.length;
  /** For so many pieces: what the cuts before a stretch come to, and where the last one is. */
  let best = Array.from({ length: count + 1 }, (_, end) => ({ bytes: end === 0 ? 0 : Infinity, cuts: [] as number[] }));
  let whole: { bytes: number; cuts: number[] } | undefined;
  for (let pieces = 1; pieces <= most; pieces++) {
    const next: typeof best = [{ bytes: Infinity, cuts: [] }];
    for (let end = 1; end <= count; end++) {
      let found = { bytes: Infinity, cuts: [] as number[] };
      let filled = 0;
      for (let start = end - 1; start >= 0; start--) {
        filled += kept[start]!;
        if (filled > limit && start < end - 1) break;
        const before = best[start]!;
        if (before.bytes < found.bytes) found = { bytes: before.bytes, cuts: [...before.cuts, end - 1] };
      }
      next.push({ ...found, bytes: found.bytes + (end < count ? ends[end - 1]! : 0) });
    }
    best = next;
    const last = best[count]!;
    if (last.bytes < (whole?.bytes ?? Infinity)) whole = last;
  }
  return whole?.cuts;
}

function piecesAt(stretches: readonly (readonly NodeId[])[], cuts: readonly number[]): NodeId[][] {
  return cuts.map((end, index) => stretches.slice(index === 0 ? 0 : cuts[index - 1]! + 1, end + 1).flat());
}
