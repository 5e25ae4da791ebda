/** Amounts of memory as they are printed. */
import { groupDigits, plural } from "../../index.js";

/** `7.23 MB`: three digits or more, by powers of ten. */
export function bytesText(amount: bigint | number): string {
  const bytes = BigInt(amount);
  if (bytes < 1000n) return plural(bytes, "byte");
  const units = ["kB", "MB", "GB", "TB", "PB"];
  let size = bytes;
  let unit = -1;
  // Two more digits than are printed are kept, so that rounding is of the exact figure.
  while (unit < units.length - 1 && size >= 1_000_000n) {
    size /= 1000n;
    unit++;
  }
  const value = Number(size) / 1000;
  const text = value >= 1000 ? groupDigits(Math.round(value)) : value.toPrecision(3);
  return `${text} ${units[unit + 1] ?? "PB"}`;
}
