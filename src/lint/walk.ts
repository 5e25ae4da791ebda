/** Every part of a syntax tree. */
import type { Item, Program } from "../syntax/ast.js";

type Part = Readonly<Record<string, unknown>>;

/** Whatever stands below a part, itself first; places are left out. */
export function* partsWithin(part: unknown): Generator<Part> {
  const open = [part];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== "object" || next === null) continue;
    if (Array.isArray(next)) {
      for (let index = next.length - 1; index >= 0; index--) open.push(next[index]);
      continue;
    }
    yield next as Part;
    const keys = Object.keys(next);
    for (let index = keys.length - 1; index >= 0; index--) {
      const value = (next as Part)[keys[index]!];
      if (typeof value === "object" && value !== null && !isPlace(keys[index]!)) open.push(value);
    }
  }
}

const isPlace = (key: string) => key === "source" || key.endsWith("span") || key.endsWith("Span");

const LISTS = ["items", "body", "otherwise", "chain"];

/** Every list of items: the program's, those of bodies, groups, branches and conditions. */
export function* itemsWithin(program: Program): Generator<readonly Item[]> {
  yield program.items;
  for (const item of program.items) yield* listsOf(item);
}

/** Those of declarations that were looked at before: an editor keeps the ones that are not edited. */
const known = new WeakMap<Item, readonly (readonly Item[])[]>();

function listsOf(item: Item): readonly (readonly Item[])[] {
  const before = known.get(item);
  if (before) return before;
  const lists: (readonly Item[])[] = [];
  for (const part of partsWithin(item)) {
    for (const key of LISTS) if (Array.isArray(part[key])) lists.push(part[key] as readonly Item[]);
  }
  known.set(item, lists);
  return lists;
}
