/** Comments that speak to the linter: `# cnnc-disable-next-line rule -- reason`, `# cnnc-disable rule` for the file. */
import { defineDiagnostic, diagnose, type Diagnostic } from "../base/diagnostics.js";
import type { SourceText, Span } from "../base/source.js";
import { closest, listWords } from "../base/suggest.js";
import type { Comment } from "../syntax/ast.js";
import { lineRemoval } from "./removal.js";
import { kindsOf, type Rule } from "./rule.js";

export const unusedDisable = defineDiagnostic<{ rule: string; line: number }>({
  code: "CNN3150",
  severity: "warning",
  title: "a disable that disables nothing",
  message: ({ rule, line }) =>
    `${rule} tells nothing ${line ? "of the next line" : "of this file"}: the comment is left over`,
  explanation: `A comment keeps a rule quiet that has nothing to say there, perhaps because the line was mended since. Left in
place it would hide the next mistake.`,
  example: {
    wrong: `# cnnc-disable-next-line bias-before-norm -- as torchvision has it
INPUT 32x32x3 - CONV3-16 no bias - BN - RELU - GAP - FC-10`,
    right: `# cnnc-disable-next-line bias-before-norm -- as torchvision has it
INPUT 32x32x3 - CONV3-16 - BN - RELU - GAP - FC-10`,
    lint: {},
  },
});

export const unknownRule = defineDiagnostic<{ rule: string; suggestion: string }>({
  code: "CNN3151",
  severity: "warning",
  title: "a disable of a rule that there is not",
  message: ({ rule, suggestion }) =>
    rule === ""
      ? "the comment names no rule to disable"
      : `there is no rule ${rule}${suggestion ? `; did you mean ${suggestion}?` : ""}`,
  explanation: `A comment names the rules that it disables, with commas between them, and may give a reason behind --:
# cnnc-disable-next-line bias-before-norm, even-window -- as the paper has it. docs/linter.md lists all rules.`,
  example: {
    wrong: `# cnnc-disable-next-line bias-before-nrom
INPUT 32x32x3 - CONV3-16 no bias - BN - RELU - GAP - FC-10`,
    right: `# cnnc-disable-next-line bias-before-norm
INPUT 32x32x3 - CONV3-16 - BN - RELU - GAP - FC-10`,
    lint: {},
  },
});

/** For levels and the reference page; what it tells is found where comments are applied. */
export const disables: Rule = {
  name: "disable",
  kinds: kindsOf(unusedDisable, unknownRule),
  runs: "lint",
  doc: {
    why: "A comment that hides nothing today hides a mistake tomorrow.",
    source: "eslint's --report-unused-disable-directives",
    told: "a comment that stayed when the bias that it excused was taken out",
    fine: "VGG's, whose weights in torchvision have the bias",
    mended: "takes out a comment that disables nothing",
  },
};

/** One rule that a comment disables. */
export interface Directive {
  readonly rule: string;
  /** The name of the rule in the comment. */
  readonly span: Span;
  readonly comment: Span;
  /** Whether others stand in the same comment. */
  readonly isAlone: boolean;
  /** The line that it is about, from 1; undefined for the file. */
  readonly line?: number;
}

/** What the comments of a file disable. */
export function directivesOf(source: SourceText, comments: readonly Comment[]): Directive[] {
  return comments.flatMap(({ span }) => {
    const written = source.text.slice(span.start, span.end);
    const match = /^#+\s*cnnc-disable(-next-line)?(?![\w-])([^]*?)(?:\s--(?:\s[^]*)?)?$/.exec(written);
    if (!match) return [];
    const [, nextLine, list] = match as unknown as [string, string | undefined, string];
    const start = span.start + written.indexOf(list, written.indexOf("cnnc-disable") + 12 + (nextLine?.length ?? 0));
    const names = [...list.matchAll(/[^\s,]+/g)];
    const line = nextLine ? { line: source.position(span.start).line + 1 } : {};
    if (names.length === 0) return [{ rule: "", span, comment: span, isAlone: true, ...line }];
    return names.map(({ 0: rule, index }) => ({
      rule,
      span: { source, start: start + index, end: start + index + rule.length },
      comment: span,
      isAlone: names.length === 1,
      ...line,
    }));
  });
}

/** Findings without those that a comment disables, and what there is to tell of the comments. */
export function applyDirectives(
  found: readonly Diagnostic[],
  directives: readonly Directive[],
  {
    all,
    running,
    path,
  }: { readonly all: readonly string[]; readonly running: ReadonlySet<string>; readonly path: string },
): Diagnostic[] {
  const used = new Set<Directive>();
  const left = found.filter(({ rule, span }) => {
    if (rule === undefined) return true;
    const line = span.source.position(span.start).line;
    const hits = directives.filter(
      (directive) =>
        directive.rule === rule &&
        directive.span.source.path === span.source.path &&
        (directive.line === undefined || directive.line === line),
    );
    for (const hit of hits) used.add(hit);
    return hits.length === 0;
  });
  // A file of blocks has comments for all that use it, and a rule that is off here may be on for others.
  const idle = directives.filter(
    (directive) =>
      !used.has(directive) &&
      directive.span.source.path === path &&
      (running.has(directive.rule) || !all.includes(directive.rule)),
  );
  return [...left, ...idle.map((directive) => complaintOf(directive, all))];
}

function complaintOf({ rule, span, comment, isAlone, line }: Directive, names: readonly string[]): Diagnostic {
  if (names.includes(rule)) {
    const fixes = isAlone
      ? [{ title: "leave the comment out", isSafe: true as const, edits: [lineRemoval(comment)] }]
      : [];
    const args = { rule, line: line === undefined ? 0 : 1 };
    return { ...diagnose(unusedDisable, span, args, { fixes }), rule: disables.name };
  }
  const suggestion = closest(rule, names);
  const fixes = suggestion ? [{ title: `write ${suggestion}`, edits: [{ span, text: suggestion }] }] : [];
  const notes = suggestion ? [] : [`rules are ${listWords(names.slice(0, 4))} and others: docs/linter.md`];
  return {
    ...diagnose(unknownRule, span, { rule, suggestion: suggestion ?? "" }, { fixes, notes }),
    rule: disables.name,
  };
}
