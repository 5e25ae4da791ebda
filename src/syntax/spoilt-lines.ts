/** Lines of which a part could not be read: what else would be told of them follows from that. */
import type { Diagnostic } from "../base/diagnostics.js";

/** Without what stands on a line behind something that could not be read, or beside a bracket that does not match. */
export function withoutRestOfLine(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const lineOf = ({ span }: Diagnostic) => `${span.source.path}:${span.source.position(span.start).line}`;
  const spoilt = new Map<string, number>();
  for (const diagnostic of diagnostics) {
    const { spoilsLine } = diagnostic.kind;
    if (!spoilsLine) continue;
    const line = lineOf(diagnostic);
    const from = spoilsLine === "whole" ? -1 : diagnostic.span.start;
    spoilt.set(line, Math.min(spoilt.get(line) ?? Number.POSITIVE_INFINITY, from));
  }
  return diagnostics.filter((diagnostic) => {
    const from = spoilt.get(lineOf(diagnostic)) ?? Number.POSITIVE_INFINITY;
    return diagnostic.kind.spoilsLine === "whole" || diagnostic.span.start <= from;
  });
}
