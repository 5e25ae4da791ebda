/**
 * Diagnostics as data. Text is made at the edge, by `messageOf` and the renderers; what a rule reports is a code, its
 * arguments and places. Each code is defined once, beside the rule that reports it, with `defineDiagnostic`.
 */
import type { Span } from "./source.js";

export type Severity = "error" | "warning" | "info";

/** What a message is filled with. Plain data, so that it can be printed as JSON. */
export type DiagnosticArgs = Record<string, string | number | bigint | readonly (string | number)[] | undefined>;

/** A second place that explains the first. */
export interface Related {
  span: Span;
  text: string;
}

export interface Edit {
  span: Span;
  text: string;
}

/** A change that mends the program; `edits` are all of one source and do not overlap. */
export interface Fix {
  title: string;
  edits: Edit[];
  /** Whether the networks compute the same with it: `cnnc lint --fix` makes such changes by itself. */
  isSafe?: true;
}

/** Settings of the linter that an example needs. */
export interface LintExample {
  readonly target?: "tensor cores";
  readonly objectSize?: number;
  readonly rules?: Readonly<Record<string, Severity>>;
}

/** A small program with a mistake, and the same without it. A test compiles both. */
export interface Example {
  /** Gives one diagnostic, that of the code. */
  readonly wrong: string;
  readonly right: string;
  /** Files beside it, by the path that `use` names. */
  readonly files?: Readonly<Record<string, string>>;
  /** Lower limits than usual, as with --limit, so that the example is short. */
  readonly limits?: Readonly<Record<string, number>>;
  /** Numbers for its letters, as with --size. */
  readonly sizes?: Readonly<Record<string, number>>;
  /** For what only the linter tells: its settings, none as `{}`. */
  readonly lint?: LintExample;
  /** The encoding in which the wrong one is saved. */
  readonly encoding?: "latin1";
}

/** A code with its message and its long explanation. */
export interface DiagnosticKind<A extends DiagnosticArgs = DiagnosticArgs> {
  readonly code: string;
  readonly severity: Severity;
  /** The heading of `cnnc explain CODE`. */
  readonly title: string;
  /** Several sentences for `cnnc explain CODE`: what it means and what to do. */
  readonly explanation: string;
  /** For `cnnc explain CODE`; there is none for a fault of the compiler. */
  readonly example: Example | undefined;
  /** What the parser cannot read spoils the rest of its line, a bracket all of it: nothing else is told of that. */
  readonly spoilsLine?: "rest" | "whole";
  /** May follow from a line that could not be read, and is then not told. */
  readonly mayFollow?: true;
  /** An unknown name, or a call of something that wants other arguments: told once for the declaration or file it stands in. */
  readonly oncePer?: "declaration" | "file";
  message(args: A): string;
}

export interface Diagnostic {
  readonly kind: DiagnosticKind;
  readonly code: string;
  readonly severity: Severity;
  readonly args: DiagnosticArgs;
  readonly span: Span;
  readonly related: readonly Related[];
  /** Facts shown under the frame, mostly arithmetic with this program's numbers. */
  readonly notes: readonly string[];
  readonly fixes: readonly Fix[];
  /** The rule of the linter that tells it, by its name; none for what is no rule. */
  readonly rule?: string;
}

export interface DiagnosticExtras {
  related?: Related[];
  notes?: string[];
  fixes?: Fix[];
}

/** Declares a code. The families: 1xxx text and syntax, 2xxx names, types and shapes, 3xxx suspicious, 4xxx targets, 5xxx files and limits, 9xxx internal. */
export function defineDiagnostic<A extends DiagnosticArgs>(kind: DiagnosticKind<A>): DiagnosticKind<A> {
  return kind;
}

/** Makes a diagnostic of a kind at a place. */
export function diagnose<A extends DiagnosticArgs>(
  kind: DiagnosticKind<A>,
  span: Span,
  args: A,
  extras: DiagnosticExtras = {},
): Diagnostic {
  return {
    kind: kind as unknown as DiagnosticKind,
    code: kind.code,
    severity: kind.severity,
    args,
    span,
    related: extras.related ?? [],
    notes: extras.notes ?? [],
    fixes: extras.fixes ?? [],
  };
}

/** The one-line message of a diagnostic. */
export function messageOf(diagnostic: Diagnostic): string {
  return diagnostic.kind.message(diagnostic.args);
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === "error");
}

/** By place, errors first where two share one. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const rank: Record<Severity, number> = { error: 0, warning: 1, info: 2 };
  return [...diagnostics].sort(
    (a, b) =>
      a.span.source.path.localeCompare(b.span.source.path, "en") ||
      a.span.start - b.span.start ||
      rank[a.severity] - rank[b.severity],
  );
}

/**
 * Applies one fix to a text and returns the new text.
 *
 * Errors: throws where edits overlap, which is a mistake of the rule that made the fix.
 */
export function applyFix(text: string, fix: Fix): string {
  const edits = [...fix.edits].sort((a, b) => a.span.start - b.span.start);
  let result = "";
  let done = 0;
  for (const edit of edits) {
    if (edit.span.start < done) throw new Error(`overlapping edits in the fix '${fix.title}'`);
    result += text.slice(done, edit.span.start) + edit.text;
    done = edit.span.end;
  }
  return result + text.slice(done);
}

export interface JsonPlace {
  file: string;
  start: { line: number; column: number; offset: number };
  end: { line: number; column: number; offset: number };
}

export function placeOf(span: Span): JsonPlace {
  const at = (offset: number) => ({ ...span.source.position(offset), offset });
  return { file: span.source.path, start: at(span.start), end: at(span.end) };
}

/** The JSON form, the same in every command: schema `cnnc-diagnostics/1`. */
export function diagnosticToJson(diagnostic: Diagnostic): Record<string, unknown> {
  return {
    code: diagnostic.code,
    severity: diagnostic.severity,
    message: messageOf(diagnostic),
    args: diagnostic.args,
    place: placeOf(diagnostic.span),
    related: diagnostic.related.map((related) => ({ place: placeOf(related.span), text: related.text })),
    notes: diagnostic.notes,
    fixes: diagnostic.fixes.map((fix) => ({
      title: fix.title,
      edits: fix.edits.map((edit) => ({ place: placeOf(edit.span), text: edit.text })),
    })),
  };
}
