/** Calls in a row that differ in nothing, or by the same amount each, as one repeat. */
import type { NodeId } from "../../ir/network.js";
import type { LayerCode, Literal } from "./pieces.js";
import type { Template } from "./templates.js";

/** The call of a template with its numbers, or several in a row. */
export interface CallItem {
  readonly kind: "repeat";
  /** Calls are named `base1`, `base2` ... from `first` on; a call whose name ends in no number is named `base`. */
  readonly base: string;
  readonly first?: number;
  readonly count: number;
  readonly template: Template;
  readonly args: readonly { readonly start: Literal; readonly step?: number }[];
}

export type DraftItem = { readonly kind: "layer"; readonly name: string; readonly code: LayerCode } | CallItem;

/** A member of a group: what it is, which values it reads, which of its own are read by others. */
export interface Entry<I extends DraftItem = DraftItem> {
  readonly item: I;
  readonly reads: readonly NodeId[];
  readonly gives: readonly NodeId[];
}

/** Numbers that only rise by the same amount are a repeat from so many calls on: two always do. */
const FEWEST_STEPS = 3;

/** The members with like calls in a row folded; `results` are the values that are read outside of the group. */
export function foldRepeats(entries: readonly Entry[], results: readonly NodeId[]): Entry[] {
  const readers = new Map<NodeId, number>(results.map((id) => [id, 1]));
  for (const { reads } of entries) for (const id of reads) readers.set(id, (readers.get(id) ?? 0) + 1);
  const folded: Entry[] = [];
  for (let index = 0; index < entries.length;) {
    const run = [entries[index]!];
    while (index + run.length < entries.length && follows(run.at(-1)!, entries[index + run.length]!, readers)) {
      run.push(entries[index + run.length]!);
    }
    const taken = longestRepeat(run as Entry<CallItem>[]);
    folded.push(taken === 1 ? run[0]! : repeatOf(run.slice(0, taken) as Entry<CallItem>[]));
    index += taken;
  }
  return folded;
}

/** Whether a call is the next one of a row: of the same template, named with the next number, fed by the one before alone. */
function follows(a: Entry, b: Entry, readers: ReadonlyMap<NodeId, number>): boolean {
  if (a.item.kind !== "repeat" || b.item.kind !== "repeat") return false;
  const [value] = a.gives;
  return (
    a.item.template === b.item.template &&
    a.item.base === b.item.base &&
    a.item.first !== undefined &&
    b.item.first === a.item.first + 1 &&
    a.gives.length === 1 &&
    b.gives.length === 1 &&
    b.reads.length === 1 &&
    a.reads.length === 1 &&
    b.reads[0] === value &&
    readers.get(value!) === 1
  );
}

/** How many of a row's calls, from the first on, are one repeat. */
function longestRepeat(row: readonly Entry<CallItem>[]): number {
  if (row.length === 1) return 1;
  const args = row.map(({ item }) => item.args.map(({ start }) => start));
  let equal = 1;
  while (equal < row.length && args[equal]!.every((arg, index) => isSame(arg, args[0]![index]!))) equal++;
  if (equal > 1) return equal;
  let rising = 2;
  while (rising < row.length && args[rising]!.every((arg, index) => isNextStep(arg, index))) rising++;
  return rising >= FEWEST_STEPS ? rising : 1;

  function isNextStep(arg: Literal, index: number): boolean {
    const [first, second] = [args[0]![index]!, args[1]![index]!];
    if (isSame(first, second)) return isSame(arg, first);
    if (typeof first !== "number" || typeof second !== "number") return false;
    return arg === first + (second - first) * rising;
  }
}

const isSame = (a: Literal, b: Literal) => JSON.stringify(a) === JSON.stringify(b);

function repeatOf(row: readonly Entry<CallItem>[]): Entry<CallItem> {
  const [first, second] = row.map(({ item }) => item);
  const args = first!.args.map(({ start }, index) => {
    const next = second!.args[index]!.start;
    return isSame(start, next) ? { start } : { start, step: (next as number) - (start as number) };
  });
  return {
    item: { ...first!, count: row.length, args },
    reads: row[0]!.reads,
    gives: row.at(-1)!.gives,
  };
}
