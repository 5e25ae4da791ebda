/** Fingerprints of lines, by which code scanning knows a finding again where lines above it have come or gone. */

/** How many characters count, from the start of a line on. */
const WINDOW = 100;
const FACTOR = 37n;
const OUTERMOST = BigInt.asUintN(64, FACTOR ** BigInt(WINDOW));
const END = "\uffff";

/**
 * For each line (from 0) its `primaryLocationLineHash`, as GitHub's upload computes it where a document has none: a
 * polynomial modulo 2^64 over the 100 characters from its start on without blanks, and how often it came up to here.
 */
export function lineHashes(text: string): string[] {
  const written = `${text.replace(/\r\n?/g, "\n").replace(/[ \t]/g, "")}${END}`;
  const sums = prefixSums(written);
  const times = new Map<string, number>();
  const hashes: string[] = [];
  for (let start = 0; start < written.length; start = endOfLine(written, start)) {
    const sum = sums[start + WINDOW]! - sums[start]! * OUTERMOST;
    const hash = BigInt.asUintN(64, sum).toString(16);
    const time = (times.get(hash) ?? 0) + 1;
    times.set(hash, time);
    hashes.push(`${hash}:${time}`);
  }
  return hashes;
}

/** The sum over what stands before each character; behind the end stand zeros. */
function prefixSums(written: string): bigint[] {
  const sums = [0n];
  let sum = 0n;
  for (let index = 0; index < written.length + WINDOW; index++) {
    const code = index < written.length ? written.charCodeAt(index) : 0;
    sum = BigInt.asUintN(64, sum * FACTOR + BigInt(code));
    sums.push(sum);
  }
  return sums;
}

function endOfLine(written: string, start: number): number {
  const found = written.indexOf("\n", start);
  return found < 0 ? written.length : found + 1;
}
