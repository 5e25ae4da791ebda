/**
 * Sizes and counts that may depend on letters. A fixed one is a plain number (or `bigint`, for counts), so that nets
 * without letters pay nothing for them.
 */
import { groupDigits } from "../base/integers.js";
import {
  combine,
  divideFloor,
  Expression,
  formatExpression,
  multiply,
  namesIn,
  replace,
  variableNamed,
  type Exact,
} from "./expression.js";

export { Expression } from "./expression.js";

/** One side of a tensor: a fixed size, or an expression in the letters of an input (`HxWx3`). */
export type Dimension = number | Expression;

/** How many: exact, or an expression in the letters of an input. */
export type Count = Exact;

export function isFixed(size: Dimension): size is number {
  return typeof size === "number";
}

/** The size that a letter stands for. */
export function variable(name: string): Dimension {
  return variableNamed(name);
}

const exactOf = (size: Dimension): Exact => (typeof size === "number" ? BigInt(size) : size);

/** Errors: `RangeError` for a number that is not exact in a double. */
function dimensionOf(value: Exact): Dimension {
  return typeof value === "bigint" ? safe(Number(value)) : value;
}

function safe(value: number): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is no exact size`);
  // No size is -0.
  return value + 0;
}

/** Errors: here and below, `RangeError` where a fixed result is beyond the exact whole numbers of a double. */
export function plus(a: Dimension, b: Dimension): Dimension {
  if (typeof a === "number" && typeof b === "number") return safe(a + b);
  return dimensionOf(
    combine([
      [exactOf(a), 1n],
      [exactOf(b), 1n],
    ]),
  );
}

export function minus(a: Dimension, b: Dimension): Dimension {
  if (typeof a === "number" && typeof b === "number") return safe(a - b);
  return dimensionOf(difference(a, b));
}

export function times(a: Dimension, b: Dimension): Dimension {
  if (typeof a === "number" && typeof b === "number") return safe(a * b);
  return dimensionOf(multiply(exactOf(a), exactOf(b)));
}

/** `a / by` rounded down; `by` is a whole number from 1. */
export function floorDivide(a: Dimension, by: number): Dimension {
  // Exact also where the quotient of doubles would be rounded.
  if (typeof a === "number") return (a - (((a % by) + by) % by)) / by;
  return dimensionOf(divideFloor(a, BigInt(by)));
}

/** `a / by` rounded up. */
export function ceilDivide(a: Dimension, by: number): Dimension {
  return floorDivide(plus(a, by - 1), by);
}

/** `a - b`, of any length. */
export function difference(a: Dimension, b: Dimension): Exact {
  return combine([
    [exactOf(a), 1n],
    [exactOf(b), -1n],
  ]);
}

/** The letters that it depends on, by the alphabet. */
export function variablesOf(size: Dimension | Count): readonly string[] {
  return size instanceof Expression ? namesIn(size) : [];
}

/** Whether two are written alike; `agreement` decides whether they are equal. */
export function isSame(a: Dimension, b: Dimension): boolean {
  return a === b || (a instanceof Expression && b instanceof Expression && a.key === b.key);
}

/** The size with other sizes for some of its letters. */
export function substitute(size: Dimension, sizes: ReadonlyMap<string, Dimension>): Dimension {
  if (typeof size === "number") return size;
  return dimensionOf(replace(size, new Map([...sizes].map(([name, value]) => [name, exactOf(value)]))));
}

/** The fixed size for sizes of all of its letters. Errors: throws where one is missing, and `RangeError` as `plus`. */
export function evaluateDimension(size: Dimension, sizes: ReadonlyMap<string, number>): number {
  return typeof size === "number" ? size : safe(Number(evaluateCount(size, sizes)));
}

/** The exact count for sizes of all of its letters. Errors: throws where one is missing. */
export function evaluateCount(count: Count, sizes: ReadonlyMap<string, number>): bigint {
  const value = replace(count, new Map([...sizes].map(([name, size]) => [name, BigInt(size)])));
  if (typeof value !== "bigint") throw new Error(`${String(value)} is not fixed by ${[...sizes.keys()].join(", ")}`);
  return value;
}

/** `floor(H/2)`, `2*floor(H/8) + 1`; with `groups` numbers as `1,728`. */
export function formatDimension(size: Dimension, { groups = false } = {}): string {
  if (typeof size === "number") return groups ? groupDigits(size) : String(size);
  return formatExpression(size, groups);
}

/** The product of sizes; 1 for none. */
export function productOf(sizes: readonly Dimension[]): Count {
  let number = 1n;
  let rest: Exact = 1n;
  for (const size of sizes) {
    if (typeof size === "number") number *= BigInt(size);
    else rest = multiply(rest, size);
  }
  return multiply(rest, number);
}

export function sumOf(counts: Iterable<Count>): Count {
  let number = 0n;
  const open: (readonly [Count, bigint])[] = [];
  for (const count of counts) {
    if (typeof count === "bigint") number += count;
    else open.push([count, 1n]);
  }
  return open.length === 0 ? number : combine([...open, [number, 1n]]);
}

/** A count so many times. */
export function scaleCount(count: Count, factor: bigint): Count {
  return multiply(count, factor);
}

/** `1,728*H*W`. */
export function formatCount(count: Count): string {
  return typeof count === "bigint" ? groupDigits(count) : formatExpression(count, true);
}

/** Whether two counts are the same for all sizes; counts in letters are compared as they are simplified. */
export function isSameCount(a: Count, b: Count): boolean {
  return typeof a === "bigint" || typeof b === "bigint" ? a === b : a.key === b.key;
}
