/** A text as the formatter needs it: its words, and the lines that they stand in. */
import { hasErrors, messageOf, type Diagnostic } from "../base/diagnostics.js";
import { SourceText } from "../base/source.js";
import { parse } from "../syntax/parse.js";
import { withKeptLines } from "./kept-lines.js";
import { withPlainDashes } from "./plain-dashes.js";
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

/** Errors: `CnnSyntaxError`. `plainDashes` writes every dash and arrow as `-`. */
export function readProgram(text: string, plainDashes = false): FormattedProgram {
  const source = new SourceText("program.cnn", text);
  const { program, diagnostics } = parse(source);
  const error = diagnostics.find((diagnostic) => hasErrors([diagnostic]));
  if (error) throw new CnnSyntaxError(error);
  const written = withKeptLines(text, wordsOf(source, program));
  const words = plainDashes ? withPlainDashes(written) : written;
  return { kind: "program", words, lines: linesOf(words), end: text.length };
}
