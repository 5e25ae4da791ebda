/** The order of a column's values, so that a page can sort by it without reading figures: exact at any size. */

/** Counts, other numbers, and text with the numbers in it taken as numbers; in this order where they are mixed. */
export type SortKey = bigint | number | string;

/** The place of each value from the smallest on, from 0; equal ones share a place. */
export function ranksOf(keys: readonly SortKey[]): number[] {
  const order = keys.map((_, index) => index).sort((a, b) => compare(keys[a]!, keys[b]!) || a - b);
  const ranks = new Array<number>(keys.length).fill(0);
  order.forEach((index, place) => {
    const before = order[place - 1];
    if (before === undefined) return;
    ranks[index] = ranks[before]! + (compare(keys[before]!, keys[index]!) === 0 ? 0 : 1);
  });
  return ranks;
}

function compare(a: SortKey, b: SortKey): number {
  if (typeof a === "string" && typeof b === "string") return compareText(a, b);
  if (typeof a === "string") return 1;
  if (typeof b === "string") return -1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `conv2` before `conv10`. */
function compareText(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const [x, y] = [left[index]!, right[index]!];
    if (x === y) continue;
    if (/^\d/.test(x) && /^\d/.test(y)) {
      const [p, q] = [BigInt(x), BigInt(y)];
      if (p !== q) return p < q ? -1 : 1;
    }
    return x < y ? -1 : 1;
  }
  return left.length - right.length;
}

const partsOf = (text: string) => text.match(/\d+|\D+/g) ?? [];
