/** Writes words into rows, one after another. */
import { gapBetween } from "./gap.js";
import { widthOf, type Cell, type Measure, type Row } from "./row.js";
import type { Word } from "./words.js";

/** Lines that a pair of parentheses may span in the language. */
const MOST_COMMAS = 20;

export class RowWriter {
  readonly rows: Row[] = [];
  private row: Row | undefined;
  private last: Word | undefined;
  private cells: Cell[] = [];
  private isWhole = true;
  private table = 0;
  private isParted = false;

  constructor(private readonly measure: Measure) {}

  /** What follows stands in no table with what was before. */
  newTable(): void {
    this.table++;
  }

  /** Starts a statement on a row of its own. */
  startLine(level: number, isParted: boolean): void {
    this.isParted = isParted;
    this.isWhole = true;
    this.newRow(level);
  }

  newRow(level: number): void {
    this.endRow(false);
    this.row = { level, text: "", tail: [], isParted: this.isParted, table: this.table };
    this.isParted = false;
    this.last = undefined;
    this.cells = [];
  }

  /** Ends a statement. */
  endLine(tail: readonly string[], comment: Word | undefined): void {
    if (!this.row) return;
    this.row.tail = tail;
    if (comment) this.comment(comment);
    this.endRow(this.isWhole);
  }

  private endRow(isWhole: boolean): void {
    if (!this.row) return;
    if (isWhole) this.row.cells = this.cells;
    else this.isWhole = false;
    this.rows.push(this.row);
    this.row = undefined;
  }

  get isEmpty(): boolean {
    return this.row?.text === "";
  }

  get level(): number {
    return this.row?.level ?? 0;
  }

  /** Whether words fit behind what the row holds, with some columns more. */
  fits(words: readonly Word[], more = 0): boolean {
    if (!this.row) return false;
    const gap = this.last && words[0] ? gapBetween(this.last, words[0], words[1]) : 0;
    return widthOf(this.row, this.measure) + gap + textOf(words).length + more <= this.measure.width;
  }

  /** Whether words fit on a row of their own. */
  fitsAlone(words: readonly Word[], level: number, more: number): boolean {
    return level * this.measure.tabWidth + textOf(words).length + more <= this.measure.width;
  }

  /** Words behind each other, with comments and the ends of their lines; `breaks` allows a new row behind commas. */
  put(words: readonly Word[], { base, hang }: { base: number; hang: number }, breaks: boolean): void {
    const commas = breaks ? breakableCommas(words) : new Set<Word>();
    words.forEach((word, index) => {
      if (word.kind === "comment") {
        const next = words.slice(index).find(({ kind }) => kind !== "comment");
        const level = next?.token === "Else" ? base : hang;
        this.putComment(word, level);
        this.newRow(level);
        return;
      }
      if (this.last && commas.has(this.last) && !this.fits(untilBreak(words, index, commas))) this.newRow(hang);
      this.putWord(word, words[index + 1]);
    });
  }

  /** A comment on a row of its own. */
  putOwnComment(comment: Word): void {
    this.row!.text = comment.text;
    this.endRow(false);
  }

  /** A bar with nothing behind it. */
  putBar(level: number): void {
    this.newRow(level);
    this.row!.text = "|";
    this.endRow(false);
  }

  private putWord(word: Word, after: Word | undefined): void {
    const row = this.row!;
    // What the author has on several lines has no columns.
    if (this.last && word.ownLine) this.isWhole = false;
    const gap = this.last ? gapBetween(this.last, word, after) : 0;
    if (gap > 0) row.text += " ";
    if (gap > 0 && !word.ownLine)
      this.cells.push({ at: row.text.length, column: word.column, blanks: word.blanks, kind: kindOf(word) });
    row.text += word.text;
    this.last = word;
  }

  private putComment(word: Word, level: number): void {
    if (word.ownLine && !this.isEmpty) this.newRow(level);
    if (this.isEmpty) this.row!.text = word.text;
    else this.comment(word);
  }

  private comment({ text, column }: Word): void {
    if (!this.row) return;
    this.row.comment = text;
    this.row.commentColumn = column;
  }

  /** A comment behind an opening bracket. */
  endRowWith(comment: Word | undefined): void {
    if (comment) this.comment(comment);
    this.endRow(false);
  }
}

/** The text of words on one line. */
export function textOf(words: readonly Word[]): string {
  let text = "";
  words.forEach((word, index) => {
    const before = words[index - 1];
    if (before && gapBetween(before, word, words[index + 1]) > 0) text += " ";
    text += word.text;
  });
  return text;
}

/** Marks are lined up with their like, words with words. */
const kindOf = ({ kind, token, text }: Word) => (kind === "then" || /^\W$/.test(text) ? token : "word");

/** Commas in parentheses that may end a row: those of parentheses that then span no more lines than the language takes. */
function breakableCommas(words: readonly Word[]): Set<Word> {
  const found = new Set<Word>();
  // A heading whose brace stands on a further line is one line.
  if (words.some(({ token }, index) => token === "LeftCurly" && words[index - 1]?.kind === "comment")) return found;
  let depth = 0;
  let own: Word[] = [];
  let comments = 0;
  for (const word of words) {
    if (word.kind === "comment") comments++;
    if (word.token === "LeftParen") depth++;
    if (word.token === "RightParen" && --depth === 0) {
      if (own.length + comments <= MOST_COMMAS) own.forEach((comma) => found.add(comma));
      own = [];
    }
    if (word.token === "Comma" && depth > 0) own.push(word);
  }
  return found;
}

/** The words from an index up to the next comma at which a row may end. */
function untilBreak(words: readonly Word[], from: number, commas: ReadonlySet<Word>): Word[] {
  const end = words.findIndex((word, index) => index >= from && (commas.has(word) || word.kind === "comment"));
  return words.slice(from, end < 0 ? words.length : end + (words[end]!.kind === "comment" ? 0 : 1));
}
