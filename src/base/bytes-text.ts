/** Amounts of memory as they are printed. */
import { groupDigits, plural } from "./integers.js";

const UNITS = ["kB", "MB", "GB", "TB", "PB"];

/** `7.23 MB`: three digits or more, by powers of ten. */
export function bytesText(amount: bigint | number): string {
  const bytes = BigInt(amount);
  if (bytes < 1000n) return plural(bytes, "byte");
  // Three digits are kept, rounded; what comes to a thousand is one of the next unit.
  for (const [index, unit] of UNITS.entries()) {
    const value = Number((Number(bytes) / 1000 ** (index + 1)).toPrecision(3));
    if (value < 1000 || index === UNITS.length - 1) {
      return `${value >= 1000 ? groupDigits(Math.round(value)) : value.toPrecision(3)} ${unit}`;
    }
  }
  throw new Error("there is a last unit");
}
