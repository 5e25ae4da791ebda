/** A text without its byte order mark and with `\n` at the ends of lines, as the formatter reads it, and the way back. */
import type { TextChange } from "./range.js";

export class PlainText {
  readonly text: string;
  /** What the author ends lines with. */
  private readonly lineEnd: string;
  /** Signs before the text. */
  private readonly mark: number;

  constructor(private readonly original: string) {
    this.mark = original.startsWith("\ufeff") ? 1 : 0;
    this.lineEnd = original.includes("\r\n") ? "\r\n" : "\n";
    this.text = original.slice(this.mark).replaceAll("\r\n", "\n");
  }

  /** An offset of the text as it was given, in the plain one. */
  offset(original: number): number {
    return this.original.slice(this.mark, original).replaceAll("\r\n", "\n").length;
  }

  /** Changes of the plain text, in order, as those of the text as it was given. */
  changes(changes: readonly TextChange[]): TextChange[] {
    if (this.lineEnd === "\n") {
      return changes.map(({ start, end, text }) => ({ start: start + this.mark, end: end + this.mark, text }));
    }
    let [plain, original] = [0, this.mark];
    const originalOf = (offset: number) => {
      for (; plain < offset; plain++, original++) if (this.isPair(original)) original++;
      return original;
    };
    return changes.map(({ start, end, text }) => ({
      start: originalOf(start),
      end: originalOf(end),
      text: text.replaceAll("\n", this.lineEnd),
    }));
  }

  private isPair(offset: number): boolean {
    return this.original.startsWith("\r\n", offset);
  }
}
