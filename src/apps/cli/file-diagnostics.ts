/** What is wrong with a file before its text is looked at. */
import { SourceText, type Diagnostic } from "../../index.js";
import { defineDiagnostic, diagnose } from "../../base/diagnostics.js";

export const notUtf8Kind = defineDiagnostic<{ file: string; byte: string; hint: string }>({
  code: "CNN5002",
  severity: "error",
  title: "a file that is not UTF-8 text",
  message: ({ file, byte, hint }) => `${file} is not UTF-8 text${byte}${hint}`,
  explanation: `Programs are UTF-8 text. Save the file with that encoding; most editors offer it beside the file name.`,
});

export const tooLargeKind = defineDiagnostic<{ file: string; size: string; limit: string }>({
  code: "CNN5003",
  severity: "error",
  title: "a file that is too large",
  message: ({ file, size, limit }) => `${file} has ${size} MB, a program may have ${limit} MB`,
  explanation: `The limit protects from files that are no programs.`,
});

/** At the first byte that is no UTF-8. `source` is the text with replacement characters. */
export function notUtf8(source: SourceText, bytes: Uint8Array): Diagnostic {
  const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const at = Math.max(0, source.text.indexOf("\ufffd"));
  const offset = new TextEncoder().encode(source.text.slice(0, at)).length;
  const byte = wide ? "" : `: byte ${offset + 1} is 0x${(bytes[offset] ?? 0).toString(16).padStart(2, "0")}`;
  const hint = wide ? ": it is UTF-16, save it as UTF-8" : "";
  return diagnose(notUtf8Kind, { source, start: at, end: at + 1 }, { file: source.path, byte, hint });
}

export function fileTooLarge(path: string, size: number, limit: number): Diagnostic {
  const megabytes = (bytes: number) => (bytes / 1024 / 1024).toFixed(0);
  const span = { source: new SourceText(path, ""), start: 0, end: 0 };
  return diagnose(tooLargeKind, span, { file: path, size: megabytes(size), limit: megabytes(limit) });
}
