/** Bytes of a file to source text. */
import { diagnose, type Diagnostic } from "../base/diagnostics.js";
import { groupDigits } from "../base/integers.js";
import { SourceText } from "../base/source.js";
import { fileTooLarge, notUtf8 } from "./diagnostics.js";

/** Larger files are refused: a thousand published networks fit into one. */
export const LARGEST_SOURCE = 16 * 1024 * 1024;

/** The text of a file, or the diagnostic that it is none. A byte order mark is dropped. */
export function decodeSource(
  path: string,
  bytes: Uint8Array,
  limit = LARGEST_SOURCE,
): { text: string } | { diagnostic: Diagnostic } {
  if (bytes.byteLength > limit) {
    const span = { source: new SourceText(path, ""), start: 0, end: 0 };
    const args = { file: path, size: groupDigits(bytes.byteLength), limit: groupDigits(limit) };
    return { diagnostic: diagnose(fileTooLarge, span, args) };
  }
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return { diagnostic: notUtf8At(new SourceText(path, new TextDecoder().decode(bytes)), bytes) };
  }
}

/** At the first byte that is no UTF-8. `source` is the text with replacement characters. */
function notUtf8At(source: SourceText, bytes: Uint8Array): Diagnostic {
  const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const offset = validPrefix(bytes);
  const at = new TextDecoder().decode(bytes.subarray(0, offset)).length;
  const byte = `byte ${offset + 1} is 0x${(bytes[offset] ?? 0).toString(16).padStart(2, "0")}`;
  const found = wide ? "it is UTF-16, save it as UTF-8" : byte;
  return diagnose(notUtf8, { source, start: at, end: at + 1 }, { file: source.path, found });
}

/** How many bytes at the start are whole characters of UTF-8. */
function validPrefix(bytes: Uint8Array): number {
  const decodes = (length: number, stream: boolean): boolean => {
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, length), { stream });
      return true;
    } catch {
      return false;
    }
  };
  // The longest prefix that may still go on, then back to the end of a character, which has at most four bytes.
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (decodes(middle, true)) low = middle;
    else high = middle - 1;
  }
  while (low > 0 && !decodes(low, false)) low--;
  return low;
}
