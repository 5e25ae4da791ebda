/** Collects what is wrong with a text so that one mistake is one message, in time that grows with the text alone. */
import type { Diagnostic } from "../base/diagnostics.js";
import type { Span } from "../base/source.js";

/** Beyond these a file is not a program with mistakes, but something else. */
const MOST = 200;

const lineOf = (span: Span) => span.source.position(span.start).line;

export class Findings {
  readonly diagnostics: Diagnostic[] = [];
  private readonly byLine = new Map<number, Diagnostic[]>();

  get full(): boolean {
    return this.diagnostics.length >= MOST;
  }

  /** Adds a diagnostic, unless its place is told of already. */
  add(diagnostic: Diagnostic): void {
    if (this.full) return;
    const line = lineOf(diagnostic.span);
    const onLine = this.byLine.get(line) ?? [];
    if (onLine.some((known) => overlap(known.span, diagnostic.span))) return;
    onLine.push(diagnostic);
    this.byLine.set(line, onLine);
    this.diagnostics.push(diagnostic);
  }

  /** Whether a diagnostic of one of the codes stands on the line of a place. */
  hasOnLine(span: Span, codes: readonly string[]): boolean {
    return (this.byLine.get(lineOf(span)) ?? []).some(({ code }) => codes.includes(code));
  }
}

function overlap(a: Span, b: Span): boolean {
  return a.start < Math.max(b.end, b.start + 1) && b.start < Math.max(a.end, a.start + 1);
}
