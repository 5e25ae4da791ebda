/** Names of the values that flow through a template. */
import { keyOf } from "./calls.js";
import type { Reference, Template } from "./templates.js";

/** One statement: what it reads, what it gives, and what that is called where it needs a name of its own. */
export interface Flow {
  readonly reads: readonly Reference[];
  readonly gives: readonly Reference[];
  readonly name: string;
}

interface Naming {
  /** Names that stand for something else. */
  readonly reserved: readonly string[];
  /** The name of a layer as an identifier. */
  identifier(name: string): string;
}

/**
 * Variables by `keyOf`: `x` for what flows from one statement to the next, a name of its own for what is read again later,
 * and `y` for what flows where the input itself is read again.
 */
export function valueNames(
  flows: readonly Flow[],
  { given, results }: Template,
  { reserved, identifier }: Naming,
): ReadonlyMap<string, string> {
  const readers = new Map<string, number[]>();
  const reading = (reference: Reference, index: number) => {
    readers.set(keyOf(reference), [...(readers.get(keyOf(reference)) ?? []), index]);
  };
  flows.forEach(({ reads }, index) => reads.forEach((reference) => reading(reference, index)));
  results.forEach((reference) => reading(reference, flows.length));
  const isPassedOn = (key: string, index: number) => (readers.get(key) ?? []).every((reader) => reader === index + 1);
  const names = new Map<string, string>();
  const taken = new Set([...reserved, "x", "y"]);
  const isKept = given !== 1 || !isPassedOn(keyOf({ given: 0 }), -1);
  const flow = isKept ? "y" : "x";
  for (let index = 0; index < given; index++) {
    names.set(keyOf({ given: index }), given === 1 ? "x" : `x${index + 1}`);
    taken.add(`x${index + 1}`);
  }
  flows.forEach(({ gives, name: base }, index) => {
    gives.forEach((reference, result) => {
      const key = keyOf(reference);
      if (gives.length === 1 && isPassedOn(key, index)) {
        names.set(key, flow);
        return;
      }
      let name = identifier(base) + (result > 0 ? `_${result + 1}` : "");
      while (taken.has(name)) name += "_";
      taken.add(name);
      names.set(key, name);
    });
  });
  return names;
}
