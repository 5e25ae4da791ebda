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

/** The sizes that end a line, as in `CONV3-64 - RELU [8x8x64]`, and what stands before them. */
export function splitTail(items: readonly Item[]): { body: readonly Item[]; tail: string } {
  let start = items.length;
  while (isSize(items, start - 3)) start -= 3;
  const before = items[start - 1];
  if (!before || (!isBracket(before) && (before.kind === "then" || before.token === "Colon"))) {
    return { body: items, tail: "" };
  }
  return { body: items.slice(0, start), tail: textOf(items.slice(start) as Word[]) };
}

function isSize(items: readonly Item[], start: number): boolean {
  return start >= 0 && items[start]?.kind === "openSize" && items[start + 2]?.kind === "closeSize";
}
