/** Like parts in a row, each fed by the one before alone, as one part that stands for all. */
import type { NodeId } from "../../ir/network.js";
import { layersOf, type Part } from "./parts.js";

interface Folding {
  /** How many layers and outputs read each value. */
  readonly readers: readonly number[];
  /** Receives the layer of the first copy for each layer that is folded away. */
  readonly copies: Map<NodeId, NodeId>;
  keyOf(...parts: readonly unknown[]): number;
}

/** Parts of a chain that are tried as one copy of a repeat; programs repeat what fits on a line. */
const LONGEST_COPY = 16;

/** How deep rows are looked for in rows. */
const MOST_ROUNDS = 8;

/** The parts with all rows folded: of single parts first, then of two, and so on, and again for the rows of rows. */
export function foldRows(parts: readonly Part[], folding: Folding): readonly Part[] {
  let folded = parts;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = folded.length;
    for (let length = 1; length <= LONGEST_COPY && 2 * length <= folded.length; length++) {
      folded = foldLength(folded, length, folding);
    }
    if (folded.length === before) break;
  }
  return folded;
}

function foldLength(parts: readonly Part[], length: number, folding: Folding): readonly Part[] {
  const folded: Part[] = [];
  for (let start = 0; start < parts.length;) {
    let copies = 1;
    while (follows(parts, start + (copies - 1) * length, length, folding)) copies++;
    if (copies === 1) folded.push(parts[start++]!);
    else {
      const units = Array.from({ length: copies }, (_, copy) =>
        parts.slice(start + copy * length, start + (copy + 1) * length),
      );
      folded.push(rowOf(units, folding));
      start += copies * length;
    }
  }
  return folded;
}

/** Whether the copy that starts somewhere is followed by one that is made alike and reads nothing but its one result. */
function follows(parts: readonly Part[], start: number, length: number, { readers }: Folding): boolean {
  if (start + 2 * length > parts.length) return false;
  for (let index = start; index < start + length; index++) {
    const [a, b] = [parts[index]!, parts[index + length]!];
    if (a.key !== b.key || a.times !== b.times) return false;
    // A longer copy is one that was written once: else any place in the middle of it could be its start.
    if (length > 1 && a.span.start !== b.span.start) return false;
  }
  const [first, second] = [start, start + length].map((from) => parts.slice(from, from + length));
  const result = onlyResult(first!, readers);
  if (result === undefined) return false;
  const [before, after] = [first, second].map((unit) => wiringOf(unit!));
  return (
    before!.wiring === after!.wiring &&
    after!.outside.size === 1 &&
    after!.outside.has(result) &&
    // Read by the next copy alone.
    readers[result] === second!.flatMap(layerReads).filter((id) => id === result).length
  );
}

/** All that the layers of a part read, also within it. */
function layerReads(part: Part): NodeId[] {
  return [...layersOf(part)].flatMap(({ first }) => first.inputs);
}

/** The one value of a copy that is read outside of it; undefined where there is none, or another. */
function onlyResult(unit: readonly Part[], readers: readonly number[]): NodeId | undefined {
  const inside = new Map<NodeId, number>();
  for (const id of unit.flatMap(layerReads)) inside.set(id, (inside.get(id) ?? 0) + 1);
  const results = unit.flatMap(({ gives }, index) =>
    gives.filter((id) => index === unit.length - 1 || readers[id]! > (inside.get(id) ?? 0)),
  );
  return results.length === 1 ? results[0] : undefined;
}

/** What each part of a copy reads, told without names, and what comes from outside. */
function wiringOf(unit: readonly Part[]): { wiring: string; outside: ReadonlySet<NodeId> } {
  const places = new Map<NodeId, string>();
  unit.forEach(({ gives }, part) => gives.forEach((id, index) => places.set(id, `${part}.${index}`)));
  const outside = new Set<NodeId>();
  const wiring = unit.flatMap(({ reads }) =>
    reads.map((id) => {
      const place = places.get(id);
      if (place === undefined) outside.add(id);
      return place ?? "-";
    }),
  );
  return { wiring: wiring.join(), outside };
}

/** The part that stands for copies in a row. */
function rowOf(units: readonly (readonly Part[])[], { copies, keyOf }: Folding): Part {
  const [first, last] = [units[0]!, units.at(-1)!];
  for (const unit of units.slice(1)) {
    const shown = first.flatMap((part) => [...layersOf(part)]);
    unit
      .flatMap((part) => [...layersOf(part)])
      .forEach((layer, index) => copies.set(layer.first.id, shown[index]!.first.id));
  }
  const parts = first.map((part, index) => merged(part, last[index]!));
  const ends = { reads: [...wiringOf(first).outside], gives: last.at(-1)!.gives };
  const [single] = parts;
  if (parts.length === 1) return { ...single!, ...ends, times: single!.times * units.length };
  const key = keyOf(
    "row",
    units.length,
    parts.map((part) => [part.key, part.times]),
    wiringOf(first).wiring,
  );
  return { times: units.length, key, span: single!.span, ...ends, what: { type: "row", parts } };
}

/** A part of the first copy that knows the sizes of the last. */
function merged(first: Part, last: Part): Part {
  const [a, b] = [first.what, last.what];
  if (a.type === "layer") return b.type === "layer" ? { ...first, what: { ...a, last: b.last } } : first;
  if (b.type === "layer") return first;
  return { ...first, what: { ...a, parts: a.parts.map((part, index) => merged(part, b.parts[index]!)) } };
}
