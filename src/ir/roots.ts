/** Where a polynomial with whole coefficients is 0, of whole numbers from 0. */
import { floorOf, termsOf, type Exact } from "./expression.js";

/** The sign that it has for all values of its letters from 0; 0 where that does not show in its coefficients. */
export function signFromZero(value: Exact): number {
  const terms = termsOf(value);
  const constant = terms.find(({ factors }) => factors.length === 0)?.coefficient ?? 0n;
  if (constant === 0n || terms.some(({ factors }) => factors.some((atom) => atom.kind === "floor"))) return 0;
  return terms.every(({ coefficient }) => coefficient > 0n === constant > 0n) ? (constant > 0n ? 1 : -1) : 0;
}

/** All whole roots from 0 of a polynomial in one letter that is not 0; undefined for anything else. */
export function rootsFromZero(value: Exact): bigint[] | undefined {
  const terms = termsOf(value);
  if (terms.some(({ factors }) => factors.some((atom) => atom.kind === "floor"))) return undefined;
  if (new Set(terms.flatMap(({ factors }) => factors.map(({ key }) => key))).size !== 1) return undefined;
  const coefficients = Array<bigint>(terms[0]!.factors.length + 1).fill(0n);
  for (const { factors, coefficient } of terms) coefficients[factors.length] = coefficient;
  return crossings(coefficients).filter((root) => valueAt(coefficients, root) === 0n);
}

/** Whole numbers from 0, in order: wherever the polynomial is 0 at x from 0, `floor(x)` or `floor(x) + 1` is among them. */
function crossings(coefficients: readonly bigint[]): bigint[] {
  if (coefficients.length < 2) return [];
  const size = (number: bigint) => (number < 0n ? -number : number);
  const leading = size(coefficients.at(-1)!);
  const largest = coefficients.reduce((most, coefficient) => (size(coefficient) > most ? size(coefficient) : most), 0n);
  const end = largest / leading + 2n;
  // Between the places where the slope changes its sign, the polynomial only rises or only falls.
  const slope = coefficients.slice(1).map((coefficient, index) => coefficient * BigInt(index + 1));
  const turns = crossings(slope).flatMap((turn) => [turn, turn + 1n]);
  const ends = [0n, ...turns.filter((turn) => turn < end), end].sort((a, b) => (a < b ? -1 : Number(a > b)));
  const found = new Set(ends);
  for (const [index, start] of ends.slice(0, -1).entries()) {
    let [low, high] = [start, ends[index + 1]!];
    const isUp = valueAt(coefficients, low) <= 0n;
    if (isUp === valueAt(coefficients, high) <= 0n) continue;
    while (high - low > 1n) {
      const middle = floorOf(low + high, 2n);
      if (valueAt(coefficients, middle) <= 0n === isUp) low = middle;
      else high = middle;
    }
    found.add(low).add(high);
  }
  return [...found].sort((a, b) => (a < b ? -1 : Number(a > b)));
}

function valueAt(coefficients: readonly bigint[], x: bigint): bigint {
  return coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0n);
}
