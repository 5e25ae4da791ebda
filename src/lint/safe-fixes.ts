/** Making the changes that leave networks as they are. */
import { applyFix, type Diagnostic, type Edit } from "../base/diagnostics.js";
import type { SourceText } from "../base/source.js";

/** The safe change that a finding offers for a file: the first one, all of whose edits are in it. */
export function safeFixOf({ fixes }: Diagnostic, source: SourceText): readonly Edit[] | undefined {
  return fixes.find(({ isSafe, edits }) => isSafe && edits.every(({ span }) => span.source === source))?.edits;
}

/** One round: the text with all safe changes that do not touch each other, and how many those are. */
export function applySafeFixes(
  source: SourceText,
  found: readonly Diagnostic[],
): { readonly text: string; readonly applied: number } {
  const edits: Edit[] = [];
  let applied = 0;
  for (const diagnostic of found) {
    const fix = safeFixOf(diagnostic, source);
    if (!fix || fix.some((edit) => edits.some((other) => touches(edit, other)))) continue;
    edits.push(...fix);
    applied++;
  }
  return { text: applyFix(source.text, { title: "safe fixes", edits }), applied };
}

/** Changes at one place too: in which order they would go is not said. */
function touches({ span: a }: Edit, { span: b }: Edit): boolean {
  return a.start <= b.end && b.start <= a.end;
}
