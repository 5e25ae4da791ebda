/** Declarations in places where they mean nothing: a net inside of a net, a `train` block inside of a block. */
import { diagnose, type Diagnostic } from "../base/diagnostics.js";
import type { Item, Program } from "../syntax/ast.js";
import { misplaced } from "../syntax/diagnostics.js";
import { itemsWithin } from "./labels.js";

const WORDS: Partial<Record<Item["kind"], string>> = {
  net: "a net",
  block: "a block",
  function: "a function",
  use: "use",
  total: "TOTAL",
  assert: "assert",
  train: "train",
};

/** What may stand only in a file. */
const OF_FILES = new Set<Item["kind"]>(["net", "block", "function", "use"]);
/** What may stand in a file and directly in the braces of a net. */
const OF_NETS = new Set<Item["kind"]>(["total", "assert", "train"]);

export function checkPlaces(program: Program): Diagnostic[] {
  const found: Diagnostic[] = [];
  const refuse = (item: Item, where: string, mend: string) => {
    const span = "name" in item ? item.name.span : item.span;
    found.push(diagnose(misplaced, span, { what: WORDS[item.kind]!, where, mend }));
  };
  const oneTraining = (items: readonly Item[]): void => {
    for (const item of items.filter(({ kind }) => kind === "train").slice(1)) {
      const args = { what: "a second train", where: "here", mend: "a net is trained in one way" };
      found.push(diagnose(misplaced, { ...item.span, end: item.span.start + "train".length }, args));
    }
  };
  const visit = (items: readonly Item[], where: string, isNet: boolean): void => {
    for (const item of items) {
      if (OF_FILES.has(item.kind)) refuse(item, where, "write it before or behind");
      else if (!isNet && OF_NETS.has(item.kind)) refuse(item, where, "write it in the net or beside it");
      if (item.kind !== "element") continue;
      for (const inner of itemsWithin(item.core)) visit(inner, "inside of braces", false);
    }
  };
  oneTraining(program.items);
  for (const item of program.items) {
    if (quiet.has(item)) continue;
    const before = found.length;
    if (item.kind === "net") oneTraining(item.body ?? []);
    if (item.kind === "net") visit(item.body ?? [], "inside of a net", true);
    else if (item.kind === "block") visit(item.body, "inside of a block", false);
    else if (item.kind === "element")
      itemsWithin(item.core).forEach((inner) => visit(inner, "inside of braces", false));
    if (found.length === before) quiet.add(item);
  }
  return found;
}

/** Items in which nothing was found: an editor keeps those that are not edited. */
const quiet = new WeakSet<Item>();
