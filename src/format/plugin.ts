/** The formatter of `.cnn` as a Prettier plugin. */
import type { AstPath, Doc, Parser, ParserOptions, Plugin, Printer, SupportLanguage } from "prettier";
import { builders } from "prettier/doc";
import { hasErrors, messageOf, type Diagnostic } from "../base/diagnostics.js";
import { SourceText } from "../base/source.js";
import { parse } from "../syntax/parse.js";
import { alignedRows } from "./columns.js";
import { rowsOf } from "./layout.js";
import { withPlainDashes } from "./plain-dashes.js";
import type { Row } from "./row.js";
import { linesOf, type Line } from "./tree.js";
import { wordsOf, type Word } from "./words.js";

/** What Prettier carries from the parser to the printer. */
export interface FormattedProgram {
  readonly kind: "program";
  readonly words: readonly Word[];
  readonly lines: readonly Line[];
  readonly end: number;
}

/** A program that cannot be formatted because it cannot be read; Prettier shows the place. */
export class CnnSyntaxError extends SyntaxError {
  override readonly name = "SyntaxError";
  readonly loc: { start: { line: number; column: number }; end: { line: number; column: number } };

  constructor(readonly diagnostic: Diagnostic) {
    const { span } = diagnostic;
    super(`${messageOf(diagnostic)} (${diagnostic.code})`);
    this.loc = { start: span.source.position(span.start), end: span.source.position(span.end) };
  }
}

export const languages: SupportLanguage[] = [
  { name: "CNN", parsers: ["cnn"], extensions: [".cnn"], vscodeLanguageIds: ["cnn"] },
];

export const parsers: Record<"cnn", Parser<FormattedProgram>> = {
  cnn: { parse: readProgram, astFormat: "cnn", locStart: () => 0, locEnd: (program) => program.end },
};

export const printers: Record<"cnn", Printer<FormattedProgram>> = {
  cnn: { print: printProgram, getVisitorKeys: () => [] },
};

/** What holds where nobody says otherwise. */
export const defaultOptions = { printWidth: 120, tabWidth: 2 } satisfies Plugin["defaultOptions"];

function readProgram(text: string, options: object): FormattedProgram {
  const source = new SourceText("program.cnn", text);
  const { program, diagnostics } = parse(source);
  const error = diagnostics.find((diagnostic) => hasErrors([diagnostic]));
  if (error) throw new CnnSyntaxError(error);
  const isCanonical = "cnnCanonical" in options && options.cnnCanonical === true;
  const written = wordsOf(source, program);
  const words = isCanonical ? withPlainDashes(written) : written;
  return { kind: "program", words, lines: linesOf(words), end: text.length };
}

/** Errors: throws rather than lose a comment. */
function printProgram(path: AstPath<FormattedProgram>, options: ParserOptions<FormattedProgram>): Doc {
  const { words, lines } = path.node;
  const measure = { width: options.printWidth, tabWidth: options.tabWidth };
  const rows = rowsOf(lines, measure);
  checkComments(words, rows);
  const indentation = options.useTabs ? "\t" : " ".repeat(options.tabWidth);
  const texts = alignedRows(rows, measure);
  return rows.map((row, index) => [
    row.isParted ? builders.hardline : "",
    indentation.repeat(row.level),
    builders.join(builders.literalline, texts[index]!.split("\n")),
    builders.hardline,
  ]);
}

function checkComments(words: readonly Word[], rows: readonly Row[]): void {
  const written = words.filter(({ kind }) => kind === "comment").map(({ text }) => text);
  const own = ({ text }: Row) => (/^(\| )?#/.test(text) ? [text.replace(/^\| /, "")] : []);
  const printed = rows.flatMap((row) => [...own(row), ...(row.comment === undefined ? [] : [row.comment])]);
  const isSame = written.length === printed.length && written.every((text, index) => text === printed[index]);
  if (!isSame) throw new Error("the formatter would lose a comment: the text stays as it is");
}
