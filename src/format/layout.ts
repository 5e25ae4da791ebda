/** Lines to rows: what does not fit goes on in a further row, where the language lets a line end. */
import { chunksOf, splitTail } from "./chunks.js";
import { tailWidth, type Measure, type Row } from "./row.js";
import { RowWriter } from "./row-writer.js";
import { flatWords, isBracket, type Bracket, type Item, type Line } from "./tree.js";
import type { Word } from "./words.js";

/** The rows of a program. */
export function rowsOf(lines: readonly Line[], measure: Measure): Row[] {
  const layout = new Layout(measure);
  layout.lines(lines, 0);
  return layout.rows;
}

/** Where a statement stands: its own level, and that of the rows on which it goes on. */
interface Place {
  readonly base: number;
  readonly hang: number;
}

/** Statements that end with an expression, in which a dash at the end of a line would be a minus. */
export const ENDS_WITH_EXPRESSION = new Set(["Let", "Function", "Assert"]);

class Layout {
  private readonly writer: RowWriter;

  constructor(measure: Measure) {
    this.writer = new RowWriter(measure);
  }

  get rows(): Row[] {
    return this.writer.rows;
  }

  /** Statements under each other. One that starts with a dash, or follows one, hangs. */
  lines(lines: readonly Line[], level: number): void {
    let goesOn = false;
    for (const line of lines) {
      const [first] = line.items;
      const base = level + (goesOn || first?.kind === "then" ? 1 : 0);
      if (!first || line.isParted) this.writer.newTable();
      this.writer.startLine(base, line.isParted);
      if (first) this.line(line, { base, hang: level + 1 });
      else this.comment(line.comment!);
      if (first) goesOn = line.items.at(-1)!.kind === "then";
    }
  }

  private comment(comment: Word): void {
    this.writer.putOwnComment(comment);
    this.writer.newTable();
  }

  private line({ items, comment }: Line, place: Place): void {
    const { body, tail } = splitTail(items);
    const [first] = items;
    const mayBreak = isBracket(first) || !ENDS_WITH_EXPRESSION.has(first!.token);
    const chunks = chunksOf(body);
    chunks.forEach((chunk, index) => {
      const more = index === chunks.length - 1 ? tailWidth(tail) : 0;
      this.chunk(chunk, place, more, mayBreak);
    });
    this.writer.endLine(tail, comment);
  }

  /** What stands up to a dash. `more` columns are needed behind it. */
  private chunk(items: readonly Item[], place: Place, more: number, mayBreak: boolean): void {
    const isForced = items.some(endsRow);
    const words = flatWords(items);
    const mayStartRow = mayBreak && !this.writer.isEmpty;
    if (!isForced && this.writer.fits(words, more)) {
      this.put(words, place, false);
      return;
    }
    if (!isForced && mayStartRow && this.writer.fitsAlone(words, place.hang, more)) {
      this.writer.newRow(place.hang);
      this.put(words, place, false);
      return;
    }
    const opened = items.findIndex(isForced ? endsRow : isFilled);
    const headFits = opened >= 0 && this.writer.fits(headOf(items, opened));
    if (mayStartRow && !headFits) this.writer.newRow(place.hang);
    this.broken(items, place, !isForced);
  }

  /** Words, and brackets over several lines: those that are so, or do not fit, or all. */
  private broken(items: readonly Item[], place: Place, opensAll: boolean): void {
    const { level } = this.writer;
    let words: Word[] = [];
    for (const item of items) {
      const isOpened =
        isBracket(item) &&
        isFilled(item) &&
        (item.isOpen || opensAll || !this.writer.fits([...words, ...flatWords([item])]));
      if (!isOpened) {
        words.push(...flatWords([item]));
        continue;
      }
      this.put([...words, item.open], place, true);
      this.bracket(item, level);
      words = [item.close];
    }
    this.put(words, place, true);
  }

  private bracket(bracket: Bracket, level: number): void {
    this.writer.endRowWith(bracket.comment);
    this.writer.newTable();
    if (bracket.parts.length === 1) this.lines(bracket.parts[0]!, level + 1);
    else this.branches(bracket, level + 1);
    this.writer.newTable();
    this.writer.newRow(level);
  }

  /** Branches under each other; those that the author put on one line stay there as far as they fit. */
  private branches({ parts, bars, isInner, isOpen }: Bracket, level: number): void {
    let joined: readonly Line[] = parts[0]!;
    let isFirst = true;
    parts.slice(1).forEach((part, index) => {
      const together = isOpen && isInner[index] ? joinedLine(joined, bars[index]!, part) : undefined;
      if (together && this.writer.fitsAlone(flatWords(together.items), level + 1, 0)) {
        joined = [together];
        return;
      }
      this.branch(joined, level, isFirst);
      isFirst = false;
      joined = part;
    });
    this.branch(joined, level, isFirst);
  }

  /** A branch with its bar. Comments before the next bar, or before the first, stand where bars stand. */
  private branch(lines: readonly Line[], level: number, isFirst: boolean): void {
    const isStatement = ({ items }: Line) => items.length > 0;
    const start = isFirst ? lines.findIndex(isStatement) : 0;
    const end = lines.findLastIndex(isStatement) + 1;
    if (isFirst && end === 0) {
      this.lines(lines, level);
      return;
    }
    this.lines(lines.slice(0, start), level);
    const place = this.rows.length;
    if (end === 0) this.writer.putBar(level);
    else this.lines(lines.slice(start, end), level + 1);
    const row = this.rows[place]!;
    if (end > 0) addBar(row, level);
    this.lines(lines.slice(end), level);
  }

  private put(words: readonly Word[], place: Place, breaks: boolean): void {
    this.writer.put(words, place, breaks);
  }
}

function addBar(row: Row, level: number): void {
  row.level = level;
  row.isParted = false;
  row.text = `| ${row.text}`;
  row.cells = row.cells?.map((cell) => ({ ...cell, at: cell.at + 2 }));
}

/** Two branches of one line each as one line. */
function joinedLine(before: readonly Line[], bar: Word, after: readonly Line[]): Line | undefined {
  const [left, right] = [before[0], after[0]];
  if (!left || !right || before.length > 1 || after.length > 1 || left.comment) return undefined;
  const items = [...left.items, bar, ...right.items];
  const isFlat = left.items.length > 0 && right.items.length > 0 && !items.some(endsRow);
  return isFlat ? { items, comment: right.comment, isParted: left.isParted } : undefined;
}

/** The words up to the bracket at an index, and its sign. */
function headOf(items: readonly Item[], index: number): Word[] {
  const opened = items[index];
  return [...flatWords(items.slice(0, index)), ...(isBracket(opened) ? [opened.open] : [])];
}

/** Whether more than one row is needed in any case. */
const endsRow = (item: Item) => (isBracket(item) ? item.isOpen : item.kind === "comment");

const isFilled = (item: Item) =>
  isBracket(item) && (item.comment !== undefined || item.parts.some((part) => part.length > 0));
