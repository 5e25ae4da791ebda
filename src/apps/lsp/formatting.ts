/** The layout of a text, as `cnnc fmt` has it. */
import type { Position, Range, TextEdit } from "vscode-languageserver/node";
import { SourceText } from "../../index.js";
import { formatText, laidOutAfter, laidOutLines, type TextChange } from "../../prettier.js";
import type { Session } from "./session.js";

export class Formatting {
  constructor(private readonly session: Session) {}

  /** What has to change so that a text is laid out: nothing where it is, or where it cannot be read. */
  document(uri: string): TextEdit[] {
    const source = this.source(uri);
    return source ? this.edits(source, laidOutLines(source.text)) : [];
  }

  /** Of those changes the ones of the lines that a range touches. */
  range(uri: string, range: Range): TextEdit[] {
    const source = this.source(uri);
    return source ? this.edits(source, laidOutLines(source.text, this.session.offsets(source, range))) : [];
  }

  /** What follows from a sign that was just typed before a place. */
  typed(uri: string, position: Position, sign: string): TextEdit[] {
    const source = this.source(uri);
    if (!source || (sign !== "}" && sign !== "\n")) return [];
    const offset = this.session.positions.offset(source, position);
    return this.edits(source, laidOutAfter(source.text, offset, sign));
  }

  /** Notation of slides in the language's short form; undefined where no more than the layout would change. */
  async canonical(source: SourceText): Promise<TextEdit[] | undefined> {
    const [laidOut, canonical] = [
      await formatText(source.path, source.text),
      await formatText(source.path, source.text, { canonical: true }),
    ];
    if (!("text" in canonical) || ("text" in laidOut && laidOut.text === canonical.text)) return undefined;
    return this.edits(source, [smallestChange(source.text, canonical.text)]);
  }

  /** The text as it is now; undefined for what a configuration says is to be passed over. */
  private source(uri: string): SourceText | undefined {
    const document = this.session.documents.get(uri);
    if (!document || this.session.isIgnored(document.path)) return undefined;
    return new SourceText(document.path, document.text);
  }

  private edits(source: SourceText, changes: readonly TextChange[]): TextEdit[] {
    return changes.map(({ start, end, text }) => ({ range: this.session.rangeOf(source, start, end), newText: text }));
  }
}

/** The stretch that differs, so that cursors and folds elsewhere stay as they are. */
function smallestChange(before: string, text: string): TextChange {
  const most = Math.min(before.length, text.length);
  let start = 0;
  while (start < most && before[start] === text[start]) start++;
  let same = 0;
  while (same < most - start && before[before.length - 1 - same] === text[text.length - 1 - same]) same++;
  return { start, end: before.length - same, text: text.slice(start, text.length - same) };
}
