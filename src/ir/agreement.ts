/**
 * Whether two sizes are equal: decided exactly, not by how they look.
 *
 * What layers do to one axis is linear but for its roundings, so that a size repeats itself along a letter: with the
 * period P (the product of the nested divisors), f(n + P) = f(n) + D for every n. Such a size is decided by its values
 * over one period and by D. For products, every letter is put as P*m + r, residue by residue: the roundings then come out
 * whole, and polynomials in m are left.
 */
import {
  commonPeriod,
  intersect,
  LARGEST_PERIOD,
  residueCondition,
  type Condition,
  type ResidueCondition,
} from "./condition.js";
import { difference, type Dimension } from "./dimension.js";
import { combine, Expression, namesIn, replace, termsOf, variableNamed, type Atom, type Exact } from "./expression.js";
import { rootsFromZero, signFromZero } from "./roots.js";

/** For which sizes of their letters, whole numbers from 1, two sizes are equal. */
export type Agreement =
  | { readonly kind: "always" }
  | { readonly kind: "never" }
  | { readonly kind: "when"; readonly condition: Condition }
  /** It depends on several letters at once, or takes too long to find out. */
  | { readonly kind: "undecided" };

const ALWAYS: Agreement = { kind: "always" };
const NEVER: Agreement = { kind: "never" };
const UNDECIDED: Agreement = { kind: "undecided" };

/** Values that a condition lists; residues of several letters that are tried together. */
const MOST_VALUES = 10_000;
const MOST_COMBINATIONS = 50_000;

/**
 * Compares two sizes. Under `given`, what is known of the letters already, `always` means always under that, and a
 * condition that comes back includes what is given of its letter.
 */
export function agreement(a: Dimension, b: Dimension, given: readonly Condition[] = []): Agreement {
  if (typeof a === "number" && typeof b === "number") return a === b ? ALWAYS : NEVER;
  const gap = withoutCommonLetters(difference(a, b));
  if (typeof gap === "bigint") return gap === 0n ? ALWAYS : NEVER;
  const names = namesIn(gap);
  const known = intersect(given).filter(({ variable }) => names.includes(variable));
  const [name] = names;
  const values = names.length === 1 ? valuesOf(name!, known) : undefined;
  if (values) return amongValues(gap, name!, values);
  const isLinear = gap.terms.every(({ factors }) => factors.length <= 1 && factors.every(isLinearAtom));
  if (names.length === 1 && isLinear) return alongLetter(gap, name!, known as ResidueCondition[]);
  return byResidues(gap, names, known);
}

/** Letters that every term has: sizes are from 1, so that they make nothing 0. */
function withoutCommonLetters(gap: Exact): Exact {
  if (typeof gap === "bigint") return gap;
  const [first, ...others] = gap.terms;
  const common = first!.factors.find(
    (atom) => atom.kind === "variable" && others.every(({ factors }) => factors.some(({ key }) => key === atom.key)),
  );
  if (!common) return gap;
  const without = (factors: readonly Atom[]) => {
    const index = factors.findIndex(({ key }) => key === common.key);
    return [...factors.slice(0, index), ...factors.slice(index + 1)];
  };
  const terms = gap.terms.map(({ factors, coefficient }) => ({ factors: without(factors), coefficient }));
  return withoutCommonLetters(combine([[new Expression(terms), 1n]]));
}

function isLinearAtom(atom: Atom): boolean {
  return (
    atom.kind === "variable" ||
    atom.of.terms.every(({ factors }) => factors.length <= 1 && factors.every((inner) => isLinearAtom(inner)))
  );
}

/** The sizes that a letter may have, where they are finitely many. */
function valuesOf(name: string, known: readonly Condition[]): readonly number[] | undefined {
  const finite = known.find((condition) => condition.variable === name && "values" in condition);
  return finite && "values" in finite ? finite.values.filter((value) => value >= 1) : undefined;
}

function amongValues(gap: Exact, variable: string, values: readonly number[]): Agreement {
  const equal = values.filter((value) => replace(gap, new Map([[variable, BigInt(value)]])) === 0n);
  if (equal.length === values.length) return ALWAYS;
  return equal.length === 0 ? NEVER : { kind: "when", condition: { variable, values: equal } };
}

/** The period of a letter: all roundings come out alike again. Undefined beyond the largest that is worked with. */
function periodOf(value: Exact, name: string): number | undefined {
  const periods: number[] = [];
  for (const { factors } of termsOf(value)) {
    for (const atom of factors) {
      if (atom.kind === "variable" || !namesIn(atom.of).includes(name)) continue;
      const inner = periodOf(atom.of, name);
      if (inner === undefined || atom.by > BigInt(LARGEST_PERIOD)) return undefined;
      periods.push(inner * Number(atom.by));
    }
  }
  return commonPeriod(periods);
}

/** One letter, linear but for roundings. */
function alongLetter(gap: Expression, variable: string, known: readonly ResidueCondition[]): Agreement {
  const period = periodOf(gap, variable);
  const modulus = period && commonPeriod([period, ...known.map((condition) => condition.modulus)]);
  if (!modulus) return UNDECIDED;
  const at = functionOf(gap, variable, 2 * modulus);
  const allowed = residuesOf(modulus, known);
  const step = at(1 + modulus) - at(1);
  if (step === 0) {
    const equal = allowed.filter((residue) => at(residue) === 0);
    if (equal.length === allowed.length) return ALWAYS;
    if (equal.length === 0) return NEVER;
    return {
      kind: "when",
      condition: residueCondition(
        variable,
        modulus,
        equal.map((residue) => residue % modulus),
      ),
    };
  }
  const values = allowed.flatMap((residue) => {
    const rounds = -at(residue) / step;
    return Number.isInteger(rounds) && rounds >= 0 ? [residue + rounds * modulus] : [];
  });
  if (values.length === 0) return NEVER;
  if (values.length > MOST_VALUES || !values.every(Number.isSafeInteger)) return UNDECIDED;
  return { kind: "when", condition: { variable, values: values.sort((x, y) => x - y) } };
}

/** The sizes from 1 to the period that fulfil all conditions. */
function residuesOf(modulus: number, known: readonly ResidueCondition[]): number[] {
  const sets = known.map((condition) => ({ modulus: condition.modulus, residues: new Set(condition.residues) }));
  return Array.from({ length: modulus }, (_, index) => index + 1).filter((size) =>
    sets.every((set) => set.residues.has(size % set.modulus)),
  );
}

/** An expression in one letter as a function of doubles where they are exact up to `largest`, else of long integers. */
function functionOf(value: Exact, name: string, largest: number): (size: number) => number {
  let exact = true;
  const build = (inner: Exact): { at: (size: number) => number; bound: number } => {
    const terms = termsOf(inner).map(({ factors, coefficient }) => {
      const atoms = factors.map((atom) => {
        if (atom.kind === "variable") return { at: (size: number) => size, bound: largest };
        const { at, bound } = build(atom.of);
        const by = Number(atom.by);
        return { at: (size: number) => Math.floor(at(size) / by), bound: bound / by + 1 };
      });
      const number = Number(coefficient);
      return { atoms, number, bound: atoms.reduce((product, atom) => product * atom.bound, Math.abs(number)) };
    });
    const bound = terms.reduce((sum, term) => sum + term.bound, 0);
    // Quotients of doubles round right, and floor exactly, far below 2^53.
    if (bound > 2 ** 50) exact = false;
    const at = (size: number): number => {
      let sum = 0;
      for (const { atoms, number } of terms) {
        let product = number;
        for (const atom of atoms) product *= atom.at(size);
        sum += product;
      }
      return sum;
    };
    return { at, bound };
  };
  const { at } = build(value);
  return exact ? at : (size) => Number(replace(value, new Map([[name, BigInt(size)]])));
}

/** One way to put a letter: a fixed size, or all sizes `period*m + residue` with m from 0. */
interface Case {
  readonly size: number;
  readonly value: Exact;
}

/** Several letters, or products of one: residue by residue. */
function byResidues(gap: Expression, names: readonly string[], known: readonly Condition[]): Agreement {
  const moduli = names.map((name) => {
    const own = known.filter(
      (condition): condition is ResidueCondition => condition.variable === name && "modulus" in condition,
    );
    const period = periodOf(gap, name);
    return period && commonPeriod([period, ...own.map((condition) => condition.modulus)]);
  });
  const cases = names.map((name, index) => casesOf(name, moduli[index], known));
  const count = cases.reduce((product, ofIt) => product * (ofIt?.length ?? Number.POSITIVE_INFINITY), 1);
  if (!(count <= MOST_COMBINATIONS)) return UNDECIDED;

  const equal: (readonly Case[])[] = [];
  const roots: number[] = [];
  for (const combination of combinations(cases as Case[][])) {
    const left = replace(gap, new Map(names.map((name, index) => [name, combination[index]!.value])));
    if (left === 0n) equal.push(combination);
    else if (signFromZero(left) === 0) {
      // Somewhere it may be 0: where one letter is left, that is found out.
      const found = names.length === 1 ? rootsFromZero(left) : undefined;
      if (!found) return UNDECIDED;
      roots.push(...found.map((root) => combination[0]!.size + Number(root) * moduli[0]!));
    }
  }
  if (roots.length > 0) {
    if (equal.length > 0 || !roots.every(Number.isSafeInteger)) return UNDECIDED;
    return { kind: "when", condition: { variable: names[0]!, values: roots.sort((a, b) => a - b) } };
  }
  if (equal.length === count) return ALWAYS;
  if (equal.length === 0) return NEVER;
  return oneLetterDecides(names, cases as Case[][], moduli, equal, known);
}

function casesOf(name: string, modulus: number | undefined, known: readonly Condition[]): Case[] | undefined {
  const values = valuesOf(name, known);
  if (values) return values.map((size) => ({ size, value: BigInt(size) }));
  if (!modulus || modulus > MOST_COMBINATIONS) return undefined;
  const own = known.filter((condition) => condition.variable === name) as ResidueCondition[];
  const rounds = variableNamed(name);
  return residuesOf(modulus, own).map((size) => ({
    size,
    value: combine([
      [rounds, BigInt(modulus)],
      [BigInt(size), 1n],
    ]),
  }));
}

function* combinations(cases: readonly (readonly Case[])[]): Generator<readonly Case[]> {
  const [first, ...others] = cases;
  if (!first) {
    yield [];
    return;
  }
  for (const one of first) for (const rest of combinations(others)) yield [one, ...rest];
}

/** The condition, where the cases of one letter tell all. */
function oneLetterDecides(
  names: readonly string[],
  cases: readonly (readonly Case[])[],
  moduli: readonly (number | undefined)[],
  equal: readonly (readonly Case[])[],
  known: readonly Condition[],
): Agreement {
  const all = cases.reduce((product, ofIt) => product * ofIt.length, 1);
  for (const [index, variable] of names.entries()) {
    const sizes = [...new Set(equal.map((combination) => combination[index]!.size))];
    if (equal.length * cases[index]!.length !== sizes.length * all) continue;
    if (valuesOf(variable, known)) return { kind: "when", condition: { variable, values: sizes } };
    const modulus = moduli[index]!;
    return {
      kind: "when",
      condition: residueCondition(
        variable,
        modulus,
        sizes.map((size) => size % modulus),
      ),
    };
  }
  return UNDECIDED;
}
