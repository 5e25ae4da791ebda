/** What is wrong with a file, and what the linter says of it, as an editor shows it beside the text. */
import { messageOf, type Diagnostic, type Edit, type Fix } from "../base/diagnostics.js";
import { lintProgram } from "../lint/lint-program.js";
import type { LintConfig } from "../lint/rule.js";
import type { Analysis } from "./analysis.js";

export type { Edit, LintConfig };

export interface Finding {
  readonly code: string;
  readonly severity: Diagnostic["severity"];
  readonly start: number;
  readonly end: number;
  /** The message, and below it the facts that it rests on. */
  readonly text: string;
  /** Whether it is about something that could as well not be there. */
  readonly isUnused: boolean;
  /** Changes of this file that mend it. */
  readonly fixes: readonly Fix[];
}

/** By place. What is wrong with another file is told there. */
export function findingsOf(analysis: Analysis, config: LintConfig = {}): Finding[] {
  const { path } = analysis.source;
  return lintProgram(analysis, config)
    .filter(({ span }) => span.source.path === path)
    .map((found) => ({
      code: found.code,
      severity: found.severity,
      start: found.span.start,
      end: found.span.end,
      text: [messageOf(found), ...found.notes].join("\n"),
      isUnused: found.kind.title.includes("unused"),
      fixes: found.fixes.filter(({ edits }) => edits.every(({ span }) => span.source.path === path)),
    }));
}
