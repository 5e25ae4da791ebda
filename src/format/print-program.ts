/** The rows of a program, and its text. */
import { alignedRows } from "./columns.js";
import { rowsOf } from "./layout.js";
import { LayoutFault } from "./layout-fault.js";
import type { FormattedProgram } from "./read-program.js";
import type { Row } from "./row.js";
import type { Word } from "./words.js";

/** What of Prettier's options the layout depends on. */
export interface LayoutOptions {
  readonly printWidth: number;
  readonly tabWidth: number;
  readonly useTabs?: boolean;
}

/** What holds where nobody says otherwise. */
export const usualLayout: LayoutOptions = { printWidth: 120, tabWidth: 2, useTabs: false };

export interface PrintedRow {
  /** Whether a blank line stands before it. */
  readonly isParted: boolean;
  readonly indentation: string;
  /** Several lines where a remark or a kept line has them: those behind the first stand as they are. */
  readonly text: string;
}

/** The rows in order. Errors: `LayoutFault` rather than lose a comment. */
export function printedRows({ words, lines }: FormattedProgram, options: LayoutOptions): PrintedRow[] {
  const measure = { width: options.printWidth, tabWidth: options.tabWidth };
  const rows = rowsOf(lines, measure);
  checkComments(words, rows);
  const unit = options.useTabs ? "\t" : " ".repeat(options.tabWidth);
  const texts = alignedRows(rows, measure);
  return rows.map(({ isParted, level }, index) => ({ isParted, indentation: unit.repeat(level), text: texts[index]! }));
}

/** The text that Prettier makes of a program, with `\n` at the ends of lines. */
export function printedText(program: FormattedProgram, options: LayoutOptions): string {
  return printedRows(program, options)
    .map(({ isParted, indentation, text }) => `${isParted ? "\n" : ""}${indentation}${text}\n`)
    .join("");
}

function checkComments(words: readonly Word[], rows: readonly Row[]): void {
  const written = words.filter(({ kind }) => kind === "comment").map(({ text }) => text);
  const own = ({ text }: Row) => (/^(\| )?#/.test(text) ? [text.replace(/^\| /, "")] : []);
  const printed = rows.flatMap((row) => [...own(row), ...(row.comment === undefined ? [] : [row.comment])]);
  const isSame = written.length === printed.length && written.every((text, index) => text === printed[index]);
  if (!isSame) throw new LayoutFault("the formatter would lose a comment: the text stays as it is");
}
