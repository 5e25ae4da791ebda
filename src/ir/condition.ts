/** What a letter's size has to be for a net to work out: `H is even`. Sizes are whole numbers from 1. */
import { listWords } from "../base/suggest.js";

/** Divided by `modulus`, the size leaves one of these; in order. */
export interface ResidueCondition {
  readonly variable: string;
  readonly modulus: number;
  readonly residues: readonly number[];
}

/** The size is one of these; in order. None where nothing does. */
export interface ValueCondition {
  readonly variable: string;
  readonly values: readonly number[];
}

/** About one letter. */
export type Condition = ResidueCondition | ValueCondition;

export function holds(condition: Condition, value: number): boolean {
  if ("values" in condition) return condition.values.includes(value);
  return condition.residues.includes(value % condition.modulus);
}

/** Whether no size fulfils it. */
export function isImpossible(condition: Condition): boolean {
  return ("values" in condition ? condition.values : condition.residues).length === 0;
}

/** A condition on residues with the smallest modulus that says the same. */
export function residueCondition(variable: string, modulus: number, residues: Iterable<number>): ResidueCondition {
  let size = modulus;
  let left = new Set(residues);
  for (const prime of primesOf(modulus)) {
    while (size % prime === 0) {
      const smaller = size / prime;
      // Every residue has to come back after the smaller period.
      if (![...left].every((residue) => left.has((residue + smaller) % size))) break;
      left = new Set([...left].map((residue) => residue % smaller));
      size = smaller;
    }
  }
  return { variable, modulus: size, residues: [...left].sort((a, b) => a - b) };
}

function primesOf(number: number): number[] {
  const primes: number[] = [];
  let rest = number;
  for (let factor = 2; factor * factor <= rest; factor++) {
    if (rest % factor === 0) primes.push(factor);
    while (rest % factor === 0) rest /= factor;
  }
  return rest > 1 ? [...primes, rest] : primes;
}

/** Larger periods are not worked with. */
export const LARGEST_PERIOD = 1_000_000;

/** The least common multiple; undefined where it is larger than any period that is worked with. */
export function commonPeriod(periods: readonly number[]): number | undefined {
  let common = 1;
  for (const period of periods) {
    let [a, b] = [common, period];
    while (b > 0) [a, b] = [b, a % b];
    common *= period / a;
    if (common > LARGEST_PERIOD) return undefined;
  }
  return common;
}

/**
 * All of the conditions as one for each letter, in the order in which letters come first; what always holds is left out.
 * Residues whose common period is too large stay conditions of their own.
 */
export function intersect(conditions: readonly Condition[]): Condition[] {
  const groups = new Map<string, Condition[]>();
  for (const condition of conditions)
    groups.set(condition.variable, [...(groups.get(condition.variable) ?? []), condition]);
  return [...groups].flatMap(([variable, ofIt]) => intersectOne(variable, ofIt));
}

function intersectOne(variable: string, conditions: readonly Condition[]): Condition[] {
  const finite = conditions.find((condition) => "values" in condition);
  if (finite) {
    const values = finite.values.filter((value) => conditions.every((other) => holds(other, value)));
    return [{ variable, values }];
  }
  const merged: ResidueCondition[] = [];
  for (const { modulus, residues } of conditions as readonly ResidueCondition[]) {
    const condition = residueCondition(variable, modulus, residues);
    const last = merged.at(-1);
    const both = last && bothResidues(last, condition);
    if (both) merged.pop();
    merged.push(both ?? condition);
  }
  if (merged.some(isImpossible)) return [{ variable, values: [] }];
  return merged.filter(({ modulus }) => modulus > 1);
}

function bothResidues(a: ResidueCondition, b: ResidueCondition): ResidueCondition | undefined {
  const modulus = commonPeriod([a.modulus, b.modulus]);
  if (modulus === undefined) return undefined;
  const [ofA, ofB] = [new Set(a.residues), new Set(b.residues)];
  const residues = Array.from({ length: modulus }, (_, residue) => residue).filter(
    (residue) => ofA.has(residue % a.modulus) && ofB.has(residue % b.modulus),
  );
  return residueCondition(a.variable, modulus, residues);
}

/** Numbers that are listed one by one. */
const MOST_LISTED = 8;

/** `H is even`, `H is a multiple of 8`, `H divided by 4 leaves 1 or 2`, `H is 7`. */
export function formatCondition(condition: Condition): string {
  const { variable } = condition;
  if (isImpossible(condition)) return `no size of ${variable} will do`;
  if ("values" in condition) return `${variable} is ${listNumbers(condition.values)}`;
  const { modulus, residues } = condition;
  if (modulus === 1) return `${variable} is any size`;
  if (modulus === 2) return `${variable} is ${residues[0] === 0 ? "even" : "odd"}`;
  if (residues.length === 1 && residues[0] === 0) return `${variable} is a multiple of ${modulus}`;
  if (residues.length === modulus - 1 && residues[0] === 1) return `${variable} is not a multiple of ${modulus}`;
  return `${variable} divided by ${modulus} leaves ${listNumbers(residues)}`;
}

/** `0, 1 or 2`; a long list as its ranges: `1 to 15 or 17`. */
function listNumbers(numbers: readonly number[]): string {
  if (numbers.length <= MOST_LISTED) return listWords(numbers.map(String), "or");
  const ranges: [first: number, last: number][] = [];
  for (const number of numbers) {
    const range = ranges.at(-1);
    if (range?.[1] === number - 1) range[1] = number;
    else ranges.push([number, number]);
  }
  const words = ranges.map(([first, last]) => (first === last ? `${first}` : `${first} to ${last}`));
  const shown = words.length > MOST_LISTED ? [...words.slice(0, MOST_LISTED), "more"] : words;
  return listWords(shown, "or");
}
