/** Exact whole numbers: counts are `bigint`, so that nothing is rounded past 2^53. */

/** The exact product of whole numbers; 1 for none. */
export function product(factors: readonly number[]): bigint {
  let result = 1n;
  for (const factor of factors) result *= BigInt(factor);
  return result;
}

export function sum(terms: Iterable<bigint>): bigint {
  let result = 0n;
  for (const term of terms) result += term;
  return result;
}

/** `15237608` as `15,237,608`. */
export function groupDigits(value: bigint | number): string {
  const [, sign, digits] = /^(-?)(.*)$/.exec(value.toString())!;
  const first = digits!.length % 3 || 3;
  const groups = [digits!.slice(0, first)];
  for (let start = first; start < digits!.length; start += 3) groups.push(digits!.slice(start, start + 3));
  return sign! + groups.join(",");
}

/** `1 layer`, `2 layers`. */
export function plural(count: number | bigint, noun: string, many = `${noun}s`): string {
  return `${groupDigits(count)} ${BigInt(count) === 1n ? noun : many}`;
}

/** A size as it is written in the language: `227x227x3`. */
export function formatShape(shape: readonly number[]): string {
  return shape.join("x");
}

export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

/** JSON with `bigint` as plain integers of any length, two spaces a level, or one line with `indent` 0. */
export function toJson(value: unknown, indent = 2): string {
  // A bigint has no JSON form in JavaScript: it goes out as a marked string and the mark is taken off in the text.
  const mark = "\u0000cnnc-integer:";
  const text = JSON.stringify(
    value,
    (_key, item: unknown) => {
      if (typeof item === "bigint") return mark + item.toString();
      // JSON has no NaN and no infinities: as strings they are at least told.
      return typeof item === "number" && !Number.isFinite(item) ? String(item) : item;
    },
    indent,
  );
  return text.replace(/"\\u0000cnnc-integer:(-?\d+)"/g, "$1");
}
