/** A printed line, before its columns are lined up with those of its neighbours. */

export interface Row {
  /** Levels of indentation. */
  level: number;
  text: string;
  /** The sizes and claims at its end. */
  tail: readonly string[];
  comment?: string;
  /** Where the author has it. */
  commentColumn?: number;
  /** Whether a blank line stands before it. */
  isParted: boolean;
  /** Rows of one table stand under each other, with nothing else between. */
  table: number;
  /** Where its words start, where all of its line is here. */
  cells?: readonly Cell[];
}

/** A word behind a blank: a column where a neighbour has one like it at the same place. */
export interface Cell {
  /** In the text of its row. */
  readonly at: number;
  /** In the author's line. */
  readonly column: number;
  /** Blanks that the author put before it. */
  readonly blanks: number;
  /** `-`, `=`, `{`, or any word. */
  readonly kind: string;
}

/** How rows are measured. */
export interface Measure {
  readonly width: number;
  readonly tabWidth: number;
}

/** Blanks before a size or a comment at the end of a line. */
export const BEFORE_TAIL = 2;

/** The columns of a tail with the blanks before its pieces. */
export function tailWidth(tail: readonly string[]): number {
  return tail.reduce((width, piece) => width + BEFORE_TAIL + piece.length, 0);
}

/** The columns that a row takes up to the end of its text. */
export function widthOf(row: Row, { tabWidth }: Measure): number {
  const lastLine = row.text.slice(row.text.lastIndexOf("\n") + 1);
  return (lastLine.length === row.text.length ? row.level * tabWidth : 0) + lastLine.length;
}
