/**
 * Sizes that depend on letters: polynomials with whole coefficients over variables (`H`) and rounded quotients
 * (`floor(H/2)`), in a normal form in which equal sizes mostly look equal. Whether two that look different are equal is
 * decided in `agreement.ts`.
 */
import { groupDigits } from "../base/integers.js";

/** A whole number of any length, or an expression in letters. */
export type Exact = bigint | Expression;

interface Variable {
  readonly kind: "variable";
  readonly name: string;
  readonly key: string;
  readonly parts: number;
}

/** `of / by`, rounded down. */
interface Floor {
  readonly kind: "floor";
  readonly of: Expression;
  readonly by: bigint;
  readonly key: string;
  readonly parts: number;
}

export type Atom = Variable | Floor;

/** A product of atoms, in order, a power as often as it counts; no atoms for the constant. */
export interface Term {
  readonly factors: readonly Atom[];
  readonly coefficient: bigint;
}

/** An immutable polynomial that names at least one variable. Made by the functions of this module only. */
export class Expression {
  /** Higher powers first, the constant last; no coefficient is 0. */
  readonly terms: readonly Term[];
  /** The same for the same polynomial, and for no other one. */
  readonly key: string;
  /** How many pieces it is made of: what working with it costs. */
  readonly parts: number;

  constructor(terms: readonly Term[]) {
    this.terms = terms;
    this.key = terms.map(({ factors, coefficient }) => `${coefficient}*${keyOf(factors)}`).join("+");
    this.parts = terms.reduce((sum, { factors }) => sum + factors.reduce((parts, atom) => parts + atom.parts, 1), 0);
  }

  toString(): string {
    return formatExpression(this);
  }

  toJSON(): string {
    return this.toString();
  }
}

const keyOf = (factors: readonly Atom[]): string => factors.map(({ key }) => key).join("*");

/** A polynomial that is being added up. */
class Sum {
  private readonly terms = new Map<string, Term>();

  add(factors: readonly Atom[], coefficient: bigint): this {
    const key = keyOf(factors);
    const known = this.terms.get(key);
    const total = (known?.coefficient ?? 0n) + coefficient;
    if (total === 0n) this.terms.delete(key);
    else this.terms.set(key, { factors: known?.factors ?? factors, coefficient: total });
    return this;
  }

  addAll(value: Exact, times = 1n): this {
    for (const { factors, coefficient } of termsOf(value)) this.add(factors, coefficient * times);
    return this;
  }

  /** A number where no variable is left. */
  build(): Exact {
    const terms = [...this.terms.values()];
    if (terms.every(({ factors }) => factors.length === 0)) return terms[0]?.coefficient ?? 0n;
    return new Expression(terms.sort(byPower));
  }
}

function byPower(a: Term, b: Term): number {
  if (a.factors.length !== b.factors.length) return b.factors.length - a.factors.length;
  return compareText(keyOf(a.factors), keyOf(b.factors));
}

const compareText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

export function termsOf(value: Exact): readonly Term[] {
  if (typeof value !== "bigint") return value.terms;
  return value === 0n ? [] : [{ factors: [], coefficient: value }];
}

export function variableNamed(name: string): Expression {
  return new Expression([{ factors: [{ kind: "variable", name, key: name, parts: 1 }], coefficient: 1n }]);
}

/** The sum of terms. */
export function sumOfTerms(terms: readonly Term[]): Exact {
  const sum = new Sum();
  for (const { factors, coefficient } of terms) sum.add(factors, coefficient);
  return sum.build();
}

/** The sum of values, each times its factor. */
export function combine(values: Iterable<readonly [value: Exact, factor: bigint]>): Exact {
  let number = 0n;
  const sum = new Sum();
  for (const [value, factor] of values) {
    if (typeof value === "bigint") number += value * factor;
    else sum.addAll(value, factor);
  }
  return sum.add([], number).build();
}

export function multiply(a: Exact, b: Exact): Exact {
  if (typeof a === "bigint" && typeof b === "bigint") return a * b;
  const sum = new Sum();
  for (const left of termsOf(a)) {
    for (const right of termsOf(b)) {
      const factors = [...left.factors, ...right.factors].sort((x, y) => compareText(x.key, y.key));
      sum.add(factors, left.coefficient * right.coefficient);
    }
  }
  return sum.build();
}

export const floorOf = (value: bigint, by: bigint): bigint => (value - modulo(value, by)) / by;
export const modulo = (value: bigint, by: bigint): bigint => ((value % by) + by) % by;

export function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? (a < 0n ? -a : a) : greatestCommonDivisor(b, a % b);
}

/**
 * `value / by` rounded down, `by` from 1: what `by` divides leaves the quotient, common factors are cancelled, and a
 * quotient in the quotient becomes one, so that `floor((floor((H + 1)/2) + 1)/2)` is `floor((H + 3)/4)`.
 */
export function divideFloor(value: Exact, by: bigint): Exact {
  if (typeof value === "bigint") return floorOf(value, by);
  if (by === 1n) return value;
  const whole = new Sum();
  const rest: Term[] = [];
  let constant = 0n;
  for (const term of value.terms) {
    if (term.factors.length === 0) constant = term.coefficient;
    else if (term.coefficient % by === 0n) whole.add(term.factors, term.coefficient / by);
    else rest.push(term);
  }
  const left = modulo(constant, by);
  whole.add([], (constant - left) / by);
  const [leading] = rest;
  if (!leading) return whole.build();

  // floor((c - p)/k) is -floor((p - c + k - 1)/k): the leading sign is always plus.
  if (leading.coefficient < 0n) {
    const opposite = combine([...rest.map((term) => [alone(term), -1n] as const), [by - 1n - left, 1n]]);
    return whole.addAll(divideFloor(opposite, by), -1n).build();
  }
  const common = rest.reduce((divisor, { coefficient }) => greatestCommonDivisor(divisor, coefficient), by);
  if (common > 1n) {
    const sum = new Sum().add([], left / common);
    for (const { factors, coefficient } of rest) sum.add(factors, coefficient / common);
    return whole.addAll(divideFloor(sum.build(), by / common)).build();
  }
  // floor((n + floor(x/a))/k) is floor((a*n + x)/(a*k)) for every whole n.
  const nested = rest.findIndex(({ coefficient, factors }) => coefficient === 1n && isFloor(factors));
  if (nested >= 0) {
    const inner = rest[nested]!.factors[0] as Floor;
    const sum = new Sum().addAll(inner.of).add([], left * inner.by);
    rest.forEach(({ factors, coefficient }, index) => {
      if (index !== nested) sum.add(factors, coefficient * inner.by);
    });
    return whole.addAll(divideFloor(sum.build(), inner.by * by)).build();
  }
  const of = new Expression(left === 0n ? rest : [...rest, { factors: [], coefficient: left }]);
  const quotient: Floor = { kind: "floor", of, by, key: `floor((${of.key})/${by})`, parts: of.parts + 1 };
  return whole.add([quotient], 1n).build();
}

const alone = (term: Term): Expression => new Expression([term]);
const isFloor = (factors: readonly Atom[]): boolean => factors.length === 1 && factors[0]!.kind === "floor";

/** The names of its variables, by the alphabet. */
export function namesIn(value: Exact): string[] {
  const names = new Set<string>();
  const visit = (inner: Exact): void => {
    for (const { factors } of termsOf(inner)) {
      for (const atom of factors) {
        if (atom.kind === "variable") names.add(atom.name);
        else visit(atom.of);
      }
    }
  };
  visit(value);
  return [...names].sort(compareText);
}

/** The expression with other values for some of its variables. */
export function replace(value: Exact, values: ReadonlyMap<string, Exact>): Exact {
  if (typeof value === "bigint") return value;
  const atomValue = (atom: Atom): Exact =>
    atom.kind === "variable"
      ? (values.get(atom.name) ?? variableNamed(atom.name))
      : divideFloor(replace(atom.of, values), atom.by);
  return combine(
    value.terms.map(({ factors, coefficient }) => [factors.map(atomValue).reduce(multiply, 1n), coefficient] as const),
  );
}

/** Whether it is written as one word: `H`, `floor(H/2)`. */
export function isSimple({ terms }: Expression): boolean {
  return terms.length === 1 && terms[0]!.coefficient === 1n && terms[0]!.factors.length === 1;
}

/** `2*floor(H/8) + 1`; with `groups` numbers as `1,728`. */
export function formatExpression({ terms }: Expression, groups = false): string {
  // 7 - H rather than -H + 7.
  const first = Math.max(
    0,
    terms.findIndex(({ coefficient }) => coefficient > 0n),
  );
  const ordered = [terms[first]!, ...terms.slice(0, first), ...terms.slice(first + 1)];
  return ordered.map((term, index) => formatTerm(term, index === 0, groups)).join("");
}

function formatTerm({ factors, coefficient }: Term, isFirst: boolean, groups: boolean): string {
  const size = coefficient < 0n ? -coefficient : coefficient;
  const number = groups ? groupDigits(size) : String(size);
  const words = formatFactors(factors, groups);
  const text = (size === 1n && words.length > 0 ? words : [number, ...words]).join("*");
  if (isFirst) return coefficient < 0n ? `-${text}` : text;
  return coefficient < 0n ? ` - ${text}` : ` + ${text}`;
}

/** Equal factors stand side by side: `H^2`. */
function formatFactors(factors: readonly Atom[], groups: boolean): string[] {
  const powers: { atom: Atom; power: number }[] = [];
  for (const atom of factors) {
    const last = powers.at(-1);
    if (last?.atom.key === atom.key) last.power++;
    else powers.push({ atom, power: 1 });
  }
  return powers.map(({ atom, power }) => formatAtom(atom, groups) + (power > 1 ? `^${power}` : ""));
}

function formatAtom(atom: Atom, groups: boolean): string {
  if (atom.kind === "variable") return atom.name;
  const { of, by } = atom;
  const last = of.terms.at(-1)!;
  const roundsUp = last.factors.length === 0 && last.coefficient === by - 1n;
  const inner = roundsUp ? new Expression(of.terms.slice(0, -1)) : of;
  const text = formatExpression(inner, groups);
  return `${roundsUp ? "ceil" : "floor"}(${inner.terms.length > 1 ? `(${text})` : text}/${by})`;
}
