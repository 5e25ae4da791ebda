/** A declared name in another case, with what uses it. */
import type { Edit } from "../base/diagnostics.js";
import { textOf, type Span } from "../base/source.js";
import type { Program } from "../syntax/ast.js";

/** Before a use: what a layer, an argument or a value stands behind. */
const BEFORE = "(?<=[-{|(,=\\[\\n*/:+]\\s*)";

/** The edits that write a name in another way where it is declared and, behind that or in calls, where it is used. */
export function renameEdits({ source, comments }: Program, declared: Span, written: string): Edit[] {
  const name = textOf(declared);
  const isComment = (at: number) => comments.some(({ span }) => at >= span.start && at < span.end);
  const uses = [
    ...source.text.matchAll(new RegExp(`(?<![\\w"./])${name}(?=\\()|${BEFORE}${name}(?!\\w|\\s*[=:])`, "g")),
  ]
    .filter(({ index, 0: found }) => index > declared.end || source.text[index + found.length] === "(")
    .map(({ index }) => index)
    .filter((start) => start !== declared.start && !isComment(start));
  return [declared.start, ...uses].map((start) => ({
    span: { source, start, end: start + name.length },
    text: written,
  }));
}
