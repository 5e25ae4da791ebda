/** The layout of a text, as `cnnc fmt` has it. */
import type { TextEdit } from "vscode-languageserver/node";
import type { SourceText } from "../../index.js";
import { formatText } from "../../prettier.js";
import type { Session } from "./session.js";

/** What has to change so that a text is laid out: nothing where it is, or where it cannot be read. */
export async function formattingEdits(session: Session, source: SourceText, canonical = false): Promise<TextEdit[]> {
  const formatted = await formatText(source.path, source.text, { canonical });
  if ("diagnostics" in formatted || formatted.text === source.text) return [];
  return [smallestEdit(session, source, formatted.text)];
}

/** The stretch that differs, so that cursors and folds elsewhere stay as they are. */
function smallestEdit(session: Session, source: SourceText, text: string): TextEdit {
  const before = source.text;
  const most = Math.min(before.length, text.length);
  let start = 0;
  while (start < most && before[start] === text[start]) start++;
  let same = 0;
  while (same < most - start && before[before.length - 1 - same] === text[text.length - 1 - same]) same++;
  return {
    range: session.rangeOf(source, start, before.length - same),
    newText: text.slice(start, text.length - same),
  };
}
