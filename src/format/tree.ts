/**
 * Words as nested lines: a program is lines, a line is words and brackets, a bracket is lines again. The structure of lines
 * is the author's, for a line of a program is a statement of it.
 */
import type { Word } from "./words.js";

/** `{ ... }` or `[ ... ]` with statements in it; parentheses and sizes are words of their line. */
export interface Bracket {
  readonly kind: "bracket";
  readonly open: Word;
  readonly close: Word;
  /** Behind the opening bracket on its line. */
  readonly comment?: Word;
  /** What stands between the bars; one part where there are none. */
  readonly parts: readonly (readonly Line[])[];
  readonly bars: readonly Word[];
  /** For each bar whether the author has it within a line, with words on both sides. */
  readonly isInner: readonly boolean[];
  /** Whether it goes over several lines, or something in it does. */
  readonly isOpen: boolean;
}

export type Item = Word | Bracket;

export interface Line {
  /** Empty where there is only a comment. A comment among them ends a line within a statement. */
  readonly items: readonly Item[];
  /** At its end. */
  readonly comment?: Word;
  /** Whether a blank line stands before it. */
  readonly isParted: boolean;
}

export const isBracket = (item: Item | undefined): item is Bracket => item?.kind === "bracket";

/** The lines of a program. */
export function linesOf(words: readonly Word[]): Line[] {
  return new TreeBuilder(words).program();
}

class TreeBuilder {
  private index = 0;

  constructor(private readonly words: readonly Word[]) {}

  program(): Line[] {
    return this.part().lines;
  }

  private get next(): Word | undefined {
    return this.words[this.index];
  }

  /** Lines up to a bar or a closing bracket of this level. */
  private part(): { lines: Line[]; goesOver: boolean } {
    const lines: Line[] = [];
    let goesOver = false;
    let ends = 0;
    while (this.next && !isEnd(this.next)) {
      if (this.next.kind === "newline") {
        this.index++;
        goesOver = true;
        ends++;
        continue;
      }
      const line = this.line(ends > 1 && lines.length > 0);
      goesOver ||= line.comment !== undefined || line.items.some((item) => isBracket(item) && item.isOpen);
      goesOver ||= line.items.some(({ kind }) => kind === "comment");
      lines.push(line);
      ends = 0;
    }
    return { lines, goesOver };
  }

  private line(isParted: boolean): Line {
    const items: Item[] = [];
    while (this.next && !isEnd(this.next) && this.next.kind !== "newline") {
      const word = this.next;
      if (opens(word)) {
        items.push(this.bracket());
        continue;
      }
      this.index++;
      if (word.kind === "comment" && this.isAtLineEnd()) return { items, comment: word, isParted };
      items.push(word);
    }
    return { items, isParted };
  }

  private isAtLineEnd(): boolean {
    return !this.next || this.next.kind === "newline";
  }

  private bracket(): Bracket {
    const open = this.words[this.index++]!;
    const hasComment = this.next?.kind === "comment" && !this.next.ownLine;
    const comment = hasComment ? this.words[this.index++]! : undefined;
    const parts: Line[][] = [];
    const bars: Word[] = [];
    const isInner: boolean[] = [];
    let isOpen = hasComment;
    for (;;) {
      const { lines, goesOver } = this.part();
      parts.push(lines);
      isOpen ||= goesOver;
      const end = this.words[this.index++];
      if (!end) throw new Error(`the formatter found no end of the ${open.text} at ${open.start}`);
      if (end.token !== "Bar") {
        const hasContent = hasComment || parts.some((part) => part.length > 0);
        return { kind: "bracket", open, close: end, comment, parts, bars, isInner, isOpen: isOpen && hasContent };
      }
      bars.push(end);
      isInner.push(!end.ownLine && !this.isAtLineEnd() && this.next?.kind !== "comment");
    }
  }
}

const opens = ({ kind, token }: Word) => token === "LeftCurly" || (token === "LeftSquare" && kind === "plain");

const isEnd = ({ kind, token }: Word) =>
  token === "Bar" || token === "RightCurly" || (token === "RightSquare" && kind === "plain");

/** Items on one line as words in a row. */
export function flatWords(items: readonly Item[]): Word[] {
  return items.flatMap((item) => {
    if (!isBracket(item)) return [item];
    const { open, close, parts, bars } = item;
    const inner = parts.flatMap((lines, index) => [
      ...(index > 0 && !(index === 1 && isNeedlessBar(item)) ? [bars[index - 1]!] : []),
      ...flatWords(lines.flatMap((line) => line.items)),
    ]);
    return [open, ...inner, close];
  });
}

/** `{ | a | b }` is `{ a | b }`. The bar of a single branch tells that it is one. */
function isNeedlessBar({ parts }: Bracket): boolean {
  return parts.length > 2 && parts[0]!.length === 0 && parts[1]!.length > 0;
}
