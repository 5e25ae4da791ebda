/** Sizes that agree only for some values of the input's letters, told once for a net. */
import { diagnose, type Diagnostic } from "../base/diagnostics.js";
import { listWords } from "../base/suggest.js";
import { afterSpan, type Span } from "../base/source.js";
import { formatCondition, type Condition } from "../ir/condition.js";
import { partlyEqual } from "./diagnostics.js";

/** A comparison that holds for some sizes: `CONCAT: 2*floor(H/2) vs H: equal only when H is even`. */
export interface PartlyEqual {
  readonly span: Span;
  readonly text: string;
}

/** Comparisons that are shown. */
const MOST_SHOWN = 8;

/** `input` is the size with the letters, `end` the place behind which an `assert` line can be written. */
export function partlyDiagnostic(
  net: string,
  input: Span,
  conditions: readonly Condition[],
  found: readonly PartlyEqual[],
): Diagnostic {
  const related = found.slice(0, MOST_SHOWN).map(({ span }) => ({ span, text: "" }));
  const texts = [...new Set(found.map(({ text }) => text))];
  const notes = texts.slice(0, MOST_SHOWN);
  const asserted = conditions.map(assertText);
  const line = asserted.includes(undefined) ? undefined : `assert ${asserted.join(" and ")}`;
  const { line: number, column } = input.source.position(input.start);
  const indent = /^\s*/.exec(input.source.line(number).slice(0, column - 1))![0];
  const end = input.start + input.source.line(number).length - column + 1;
  const place = afterSpan({ source: input.source, start: end, end });
  const fixes = line ? [{ title: `say so: ${line}`, edits: [{ span: place, text: `\n${indent}${line}` }] }] : [];
  const args = { net, condition: listWords(conditions.map(formatCondition)) };
  return diagnose(partlyEqual, input, args, { related, notes, fixes });
}

/** `H % 8 == 0`. */
function assertText(condition: Condition): string | undefined {
  const { variable } = condition;
  if ("values" in condition) return condition.values.length === 1 ? `${variable} == ${condition.values[0]}` : undefined;
  const { modulus, residues } = condition;
  const texts = residues.map((residue) => `${variable} % ${modulus} == ${residue}`);
  return texts.length === 1 ? texts[0] : texts.length <= 4 ? `(${texts.join(" or ")})` : undefined;
}
