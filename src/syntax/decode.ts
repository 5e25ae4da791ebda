/** Bytes of a file to source text. */
import { diagnose, type Diagnostic } from "../base/diagnostics.js";
import { SourceText } from "../base/source.js";
import { fileTooLarge, notUtf8 } from "./diagnostics.js";

/** Larger files are refused: a thousand published networks fit into one. */
export const LARGEST_SOURCE = 16 * 1024 * 1024;

/** The text of a file, or the diagnostic that it is none. A byte order mark is dropped. */
export function decodeSource(path: string, bytes: Uint8Array): { text: string } | { diagnostic: Diagnostic } {
  if (bytes.byteLength > LARGEST_SOURCE) {
    const megabytes = (size: number) => (size / 1024 / 1024).toFixed(0);
    const span = { source: new SourceText(path, ""), start: 0, end: 0 };
    const args = { file: path, size: megabytes(bytes.byteLength), limit: megabytes(LARGEST_SOURCE) };
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
  const at = Math.max(0, source.text.indexOf("\ufffd"));
  const offset = new TextEncoder().encode(source.text.slice(0, at)).length;
  const byte = `byte ${offset + 1} is 0x${(bytes[offset] ?? 0).toString(16).padStart(2, "0")}`;
  const found = wide ? "it is UTF-16, save it as UTF-8" : byte;
  return diagnose(notUtf8, { source, start: at, end: at + 1 }, { file: source.path, found });
}
