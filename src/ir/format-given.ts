/**
 * Expressions as they read once it is known that their letters divide: with H a multiple of 8, `floor(H/2)` is `H/2`, and
 * parts that differ only by such factors add up.
 */
import { groupDigits } from "../base/integers.js";
import type { Condition } from "./condition.js";
import { formatCount, isFixed, type Count, type Dimension } from "./dimension.js";
import { Expression, type Atom } from "./expression.js";

/** A whole number over another. */
interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

/** A count with digits in groups, simplified by what is known of its letters: `561,152*H*W`, `3*H*W/4`. */
export function formatCountGiven(count: Count, given: readonly Condition[]): string {
  if (typeof count === "bigint" || given.length === 0) return formatCount(count);
  const divisors = divisorsOf(given);
  const sums = new Map<string, { factors: readonly string[]; sum: Fraction }>();
  for (const { factors, coefficient } of count.terms) {
    let fraction: Fraction = { over: coefficient, under: 1n };
    const words: string[] = [];
    for (const factor of factors) {
      const exact = quotientOf(factor, divisors);
      words.push(exact?.letter ?? new Expression([{ factors: [factor], coefficient: 1n }]).toString());
      if (exact) fraction = { over: fraction.over, under: fraction.under * exact.by };
    }
    words.sort();
    const key = words.join("*");
    sums.set(key, { factors: words, sum: added(sums.get(key)?.sum, fraction) });
  }
  const terms = [...sums.values()].filter(({ sum }) => sum.over !== 0n);
  const ordered = terms.sort((a, b) => b.factors.length - a.factors.length);
  return ordered.map((term, index) => termText(term, index === 0)).join("") || "0";
}

/** One side: `H/2`. */
export function formatDimensionGiven(size: Dimension, given: readonly Condition[]): string {
  return isFixed(size) ? String(size) : formatCountGiven(size, given);
}

/** `HxWx64`, `H/2xW/2x64`, `(H - 2)x64`. */
export function formatShapeGiven(shape: readonly Dimension[], given: readonly Condition[]): string {
  const sides = shape.map((size) => formatDimensionGiven(size, given));
  if (sides.length === 1) return sides[0]!;
  return sides
    .map((side) => (/^([\w,]+|[A-Z]\/\d+|(floor|ceil)\([^()]*\))$/.test(side) ? side : `(${side})`))
    .join("x");
}

/** What each letter is known to be a multiple of. */
function divisorsOf(given: readonly Condition[]): ReadonlyMap<string, bigint> {
  const multiples = given.flatMap((condition) =>
    "residues" in condition && condition.residues.join() === "0"
      ? [[condition.variable, BigInt(condition.modulus)] as const]
      : [],
  );
  return new Map(multiples);
}

/** `floor((H + c)/k)` with k dividing H and c below k is H/k. */
function quotientOf(atom: Atom, divisors: ReadonlyMap<string, bigint>): { letter: string; by: bigint } | undefined {
  if (atom.kind === "variable") return { letter: atom.name, by: 1n };
  const [first, constant, ...more] = atom.of.terms;
  const [letter, ...others] = first?.factors ?? [];
  if (letter?.kind !== "variable" || others.length > 0 || first!.coefficient !== 1n || more.length > 0)
    return undefined;
  if (constant && (constant.factors.length > 0 || constant.coefficient < 0n || constant.coefficient >= atom.by))
    return undefined;
  const multiple = divisors.get(letter.name);
  return multiple !== undefined && multiple % atom.by === 0n ? { letter: letter.name, by: atom.by } : undefined;
}

function added(a: Fraction | undefined, b: Fraction): Fraction {
  const { over, under } = a ? { over: a.over * b.under + b.over * a.under, under: a.under * b.under } : b;
  const divisor = commonDivisor(over < 0n ? -over : over, under);
  return { over: over / divisor, under: under / divisor };
}

function commonDivisor(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? 1n : a;
}

function termText({ factors, sum }: { factors: readonly string[]; sum: Fraction }, isFirst: boolean): string {
  const size = sum.over < 0n ? -sum.over : sum.over;
  const words = size === 1n && factors.length > 0 ? factors : [groupDigits(size), ...factors];
  const text = words.join("*") + (sum.under === 1n ? "" : `/${groupDigits(sum.under)}`);
  if (isFirst) return sum.over < 0n ? `-${text}` : text;
  return sum.over < 0n ? ` - ${text}` : ` + ${text}`;
}
