/** Lines up what stands under its like: the author's own columns, sizes at the ends of lines, comments. */
import { BEFORE_TAIL, tailWidth, widthOf, type Cell, type Measure, type Row } from "./row.js";

/** The printed rows, without their indentation. */
export function alignedRows(rows: readonly Row[], measure: Measure): string[] {
  for (const run of runsOf(rows, (row, before) => row.table === before.table)) {
    alignCells(run, measure);
    alignTails(run, measure);
    const places = new Map(run.map((row, index) => [row, index]));
    /** Comments of lines that follow each other, or that the author put under each other. */
    const isBelow = (row: Row, before: Row) =>
      row.commentColumn === before.commentColumn || places.get(row) === places.get(before)! + 1;
    for (const comments of runsOf(run.filter(hasComment), isBelow)) alignComments(comments, measure);
  }
  return rows.map(({ text }) => text);
}

const hasComment = ({ comment }: Row) => comment !== undefined;

/** Rows in a row that belong together. */
function runsOf(rows: readonly Row[], belongs: (row: Row, before: Row) => boolean): Row[][] {
  const runs: Row[][] = [];
  for (const row of rows) {
    const run = runs.at(-1);
    if (run && belongs(row, run.at(-1)!)) run.push(row);
    else runs.push([row]);
  }
  return runs;
}

interface Column {
  /** Where the author has it. */
  readonly column: number;
  readonly members: { readonly row: Row; readonly cell: Cell }[];
}

/** Words that the author put under each other, with blanks, stay so. */
function alignCells(rows: readonly Row[], measure: Measure): void {
  const columns = columnsOf(rows).filter(({ members }) => members.some(({ cell }) => cell.blanks > 1));
  const shifts = new Map<Row, number>();
  const insertions = new Map<Row, { at: number; blanks: number }[]>();
  for (const { members } of columns.sort((a, b) => a.column - b.column)) {
    const placed = members.map(({ row, cell }) => {
      const shift = shifts.get(row) ?? 0;
      const at = row.level * measure.tabWidth + cell.at + shift;
      const end = widthOf(row, measure) + shift + tailWidth(row.tail);
      return { row, cell, shift, at, end };
    });
    const target = largest(placed.map(({ at }) => at));
    if (placed.some(({ at, end }) => end + target - at > measure.width)) continue;
    for (const { row, cell, shift, at } of placed) {
      shifts.set(row, shift + target - at);
      const own = insertions.get(row) ?? [];
      own.push({ at: cell.at, blanks: target - at });
      insertions.set(row, own);
    }
  }
  for (const [row, own] of insertions) row.text = withBlanks(row.text, own);
}

/** Cells of one kind at one place in rows that follow each other. */
function columnsOf(rows: readonly Row[]): Column[] {
  const columns: Column[] = [];
  let above = new Map<string, Column>();
  for (const row of rows) {
    const here = new Map<string, Column>();
    for (const cell of row.cells ?? []) {
      const key = `${cell.column} ${cell.kind}`;
      const column = above.get(key) ?? { column: cell.column, members: [] };
      column.members.push({ row, cell });
      here.set(key, column);
      if (column.members.length === 2) columns.push(column);
    }
    above = here;
  }
  return columns;
}

function withBlanks(text: string, insertions: readonly { at: number; blanks: number }[]): string {
  let result = "";
  let from = 0;
  for (const { at, blanks } of insertions) {
    result += text.slice(from, at) + " ".repeat(blanks);
    from = at;
  }
  return result + text.slice(from);
}

/** Sizes and claims at the ends of lines in columns, as far as the lines that have them fit. */
function alignTails(rows: readonly Row[], measure: Measure): void {
  const tailed = rows.filter(({ tail }) => tail.length > 0);
  const pieces = piecesOf(tailed.map(({ tail }) => tail));
  const most = measure.width - largest(pieces.map(tailWidth));
  const widths = tailed.map((row) => widthOf(row, measure));
  const column = largest(widths.filter((width) => width <= most));
  const between = " ".repeat(BEFORE_TAIL);
  tailed.forEach((row, index) => {
    const width = widths[index]!;
    const isInTable = width <= most;
    const tail = isInTable ? pieces[index]! : row.tail;
    row.text += " ".repeat(isInTable ? column - width : 0) + between + tail.join(between);
    row.tail = [];
  });
}

/** Pieces of tails, filled up with blanks so that those behind them stand under each other. */
function piecesOf(tails: readonly (readonly string[])[]): (readonly string[])[] {
  const widths: number[] = [];
  for (const tail of tails) {
    tail.slice(0, -1).forEach((piece, index) => (widths[index] = Math.max(widths[index] ?? 0, piece.length)));
  }
  const filled = (piece: string, index: number, last: number) => (index < last ? piece.padEnd(widths[index]!) : piece);
  return tails.map((tail) => tail.map((piece, index) => filled(piece, index, tail.length - 1)));
}

/** Comments of lines that belong together in one column. */
function alignComments(rows: readonly Row[], measure: Measure): void {
  const column = largest(rows.map((row) => widthOf(row, measure)));
  for (const row of rows) {
    row.text += " ".repeat(column - widthOf(row, measure) + BEFORE_TAIL) + row.comment!;
  }
}

/** Of a table of any length: a call takes only so many arguments. */
const largest = (numbers: readonly number[]) => numbers.reduce((a, b) => Math.max(a, b), 0);
