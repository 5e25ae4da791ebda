/**
 * Printed quantities (`3.2M`, `150K`, `1,728`): what they claim, whether a figure holds to their digits, and how to
 * print a figure in the same style.
 */
import { groupDigits } from "./integers.js";
import type { Span } from "./source.js";

/** A figure as printed: `digits * 10^exponent`, exact. */
export interface Quantity {
  text: string;
  /** The digits without point and separators, as a whole number: 32 for `3.2M`. */
  digits: bigint;
  /** How many digits are printed: 2 for `3.2M`, 3 for `150K`. */
  printed: number;
  /** The power of ten that the digits stand for: 5 for `3.2M`. */
  exponent: number;
  /** Zeros at the end that may only hold places: 1 for `150K`, none for `3.20M`. */
  placeholders: number;
  /** Whether a suffix (K, M, G, B, T) rounds the figure; without one it is exact. */
  rounded: boolean;
}

const SUFFIXES: Record<string, number> = { K: 3, k: 3, M: 6, G: 9, B: 9, T: 12 };

/** Characters of a figure that is read; no count of a network has so many. */
const LONGEST = 60;

/** Reads `224`, `1,728`, `3.2M`, `150K`; undefined where the text is no quantity. */
export function parseQuantity(text: string): Quantity | undefined {
  const match = text.length <= LONGEST ? /^(\d[\d,]*)(?:\.(\d+))?([KkMGBT]?)$/.exec(text) : undefined;
  if (!match) return undefined;
  const whole = match[1]!.replaceAll(",", "");
  const fraction = match[2] ?? "";
  const suffix = match[3]!;
  const digits = (whole + fraction).replace(/^0+(?=\d)/, "");
  return {
    text,
    digits: BigInt(digits),
    printed: digits.length,
    exponent: (SUFFIXES[suffix] ?? 0) - fraction.length,
    placeholders: fraction === "" ? /0*$/.exec(digits)![0].length : 0,
    rounded: suffix !== "",
  };
}

/**
 * Whether an exact figure agrees with a printed quantity: exactly where no suffix rounds it, otherwise when the figure,
 * rounded or cut to the digits that carry information, prints the same. Zeros at the end of `800K` may only be place
 * holders; at least two digits are always compared where two are printed.
 */
export function quantityHolds(quantity: Quantity, figure: bigint): boolean {
  if (!quantity.rounded) {
    return quantity.exponent >= 0
      ? quantity.digits * 10n ** BigInt(quantity.exponent) === figure
      : quantity.digits === figure * 10n ** BigInt(-quantity.exponent);
  }
  const significant = Math.min(quantity.printed, Math.max(2, quantity.printed - quantity.placeholders));
  const dropped = quantity.printed - significant;
  const shift = quantity.exponent + dropped;
  const expected = quantity.digits / 10n ** BigInt(dropped);
  // More digits than the suffix leaves out: 1.7280K is exact.
  if (shift < 0) return figure * 10n ** BigInt(-shift) === expected;
  const unit = 10n ** BigInt(shift);
  const cut = figure / unit;
  const roundedUp = (figure + unit / 2n) / unit;
  return cut === expected || roundedUp === expected;
}

/**
 * A figure in the style of slides: two digits with K or M below 10M (`3.2M`, `800K`, cut), three from there on
 * (`15.2M`, `138M`), all of them below ten thousand (`4096`).
 */
export function slideQuantity(figure: bigint): string {
  if (figure < 10_000n) return figure.toString();
  const digits = figure.toString();
  const [suffix, exponent] =
    digits.length > 12 ? ["T", 12] : digits.length > 9 ? ["G", 9] : digits.length > 6 ? ["M", 6] : ["K", 3];
  const whole = digits.slice(0, digits.length - exponent);
  const kept = suffix === "K" || whole.length === 1 ? 2 : 3;
  if (whole.length >= kept) return digits.slice(0, kept).padEnd(whole.length, "0") + suffix;
  const fraction = digits.slice(whole.length, kept).replace(/0+$/, "");
  return (fraction ? `${whole}.${fraction}` : whole) + suffix;
}

/** A figure with a suffix, rounded to as many digits as the one that it replaces, and to no fewer than slides print. */
export function quantityLike(figure: bigint, printed: number): string {
  const natural = parseQuantity(slideQuantity(figure))!;
  const digits = figure.toString();
  const kept = Math.min(digits.length, Math.max(printed, natural.printed));
  const unit = 10n ** BigInt(digits.length - kept);
  const rounded = ((figure + unit / 2n) / unit) * unit;
  const suffix = /[KMGT]$/.exec(slideQuantity(rounded))?.[0] ?? "";
  const exponent = SUFFIXES[suffix] ?? 0;
  const text = rounded.toString();
  const whole = text.slice(0, text.length - exponent);
  const fraction = text.slice(text.length - exponent, kept).replace(/0+$/, "");
  return (fraction ? `${whole}.${fraction}` : whole) + suffix;
}

/** `15.2M (15,237,608)`, or the figure alone where it is short. */
export function shortAndExact(figure: bigint): string {
  return figure < 10_000n ? groupDigits(figure) : `${slideQuantity(figure)} (${groupDigits(figure)})`;
}

/** What a line or `TOTAL` claims: `memory: 224*224*64=3.2M`. */
export interface Claim {
  subject: ClaimSubject;
  quantity: Quantity;
  quantitySpan: Span;
  /** The arithmetic before `=`, with what it comes to. */
  formula?: { text: string; value: bigint; span: Span };
  span: Span;
}

export type ClaimSubject = "memory" | "params" | "macs";
