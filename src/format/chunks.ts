/** What stays together: a line is split behind its dashes, and before the sizes at its end. */
import { textOf } from "./row-writer.js";
import { isBracket, type Item } from "./tree.js";
import type { Word } from "./words.js";

/** Items up to and with each dash; a dash at the start belongs to what follows. */
export function chunksOf(items: readonly Item[]): Item[][] {
  const chunks: Item[][] = [[]];
  for (const item of items) {
    const current = chunks.at(-1)!;
    current.push(item);
    if (item.kind === "then" && current.length > 1) chunks.push([]);
  }
  return chunks.filter((chunk) => chunk.length > 0);
}

/** The sizes and claims that end a line, as in `CONV3-64 - RELU [8x8x64]`, and what stands before them. */
export function splitTail(items: readonly Item[]): { body: readonly Item[]; tail: string[] } {
  const tail: string[] = [];
  let start = items.length;
  for (let length = lengthOfTail(items, start); length > 0; length = lengthOfTail(items, start)) {
    tail.unshift(textOf(items.slice(start - length, start) as Word[]));
    start -= length;
  }
  const before = items[start - 1];
  const hasTail = before && (isBracket(before) || (before.kind !== "then" && !HEADS.has(before.token)));
  return hasTail ? { body: items.slice(0, start), tail } : { body: items, tail: [] };
}

/** `CONV1: [5x5x3]` and `TOTAL params: 5M` are one. */
const HEADS = new Set(["Colon", "Total", "Bar"]);

/** How many items before an index are a size or a claim. */
function lengthOfTail(items: readonly Item[], end: number): number {
  const [first, , last] = items.slice(Math.max(0, end - 3), end);
  if (end > 2 && first?.kind === "openSize" && last?.kind === "closeSize") return 3;
  const item = items[end - 1];
  return item?.kind === "verbatim" && item.token === "Claim" ? 1 : 0;
}
