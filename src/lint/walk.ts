/** Every part of a syntax tree. */
import type { Item, Program } from "../syntax/ast.js";

/** Whatever stands below a part, itself first; places are left out. */
export function* partsWithin(part: unknown): Generator<Record<string, unknown>> {
  const open = [part];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== "object" || next === null) continue;
    if (!Array.isArray(next)) yield next as Record<string, unknown>;
    const children = Array.isArray(next) ? (next as unknown[]) : childrenOf(next as Record<string, unknown>);
    for (let index = children.length - 1; index >= 0; index--) open.push(children[index]);
  }
}

const childrenOf = (part: Record<string, unknown>) =>
  Object.entries(part).flatMap(([key, value]) => (key === "source" || /span$/i.test(key) ? [] : [value]));

/** Every list of items: the program's, those of bodies, groups, branches and conditions. */
export function* itemsWithin(program: Program): Generator<readonly Item[]> {
  yield program.items;
  for (const part of partsWithin(program.items)) {
    for (const key of ["items", "body", "otherwise", "chain"]) {
      if (Array.isArray(part[key])) yield part[key] as readonly Item[];
    }
  }
}
