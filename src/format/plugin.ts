/** The formatter of `.cnn` as a Prettier plugin. */
import type { AstPath, Doc, Parser, ParserOptions, Plugin, Printer, SupportLanguage } from "prettier";
import { builders } from "prettier/doc";
import { hasIgnorePragma, hasPragma, insertPragma, PRAGMA } from "./pragma.js";
import { printedRows, usualLayout } from "./print-program.js";
import { applyChanges, layoutChanges } from "./range.js";
import { CnnSyntaxError, readProgram, type FormattedProgram } from "./read-program.js";

export { CnnSyntaxError, type FormattedProgram } from "./read-program.js";

export const languages: SupportLanguage[] = [
  { name: "CNN", parsers: ["cnn"], extensions: [".cnn"], vscodeLanguageIds: ["cnn"] },
];

export const parsers: Record<"cnn", Parser<FormattedProgram>> = {
  cnn: {
    preprocess: (text, options) => (isRange(text, options) ? withRangeLaidOut(text, options) : text),
    parse: (text, options) => readProgram(text, "cnnCanonical" in options && options.cnnCanonical === true),
    astFormat: "cnn",
    locStart: () => 0,
    locEnd: (program) => program.end,
    hasPragma,
    hasIgnorePragma,
  },
};

export const printers: Record<"cnn", Printer<FormattedProgram>> = {
  cnn: { print: printProgram, getVisitorKeys: () => [], insertPragma },
};

const { printWidth, tabWidth } = usualLayout;
/** What holds where nobody says otherwise. */
export const defaultOptions = { printWidth, tabWidth } satisfies Plugin["defaultOptions"];

/** Whether Prettier was asked for a part of a text alone. */
export function isRange(text: string, { rangeStart, rangeEnd, insertPragma: isMarked }: ParserOptions): boolean {
  // The end of the range is that of the text before Prettier put the pragma there.
  const added = isMarked && text.startsWith(PRAGMA) ? PRAGMA.length : 0;
  return rangeStart > 0 || rangeEnd < text.length - added;
}

/**
 * Prettier picks the nodes of a range for its own languages only, and leaves a text of any other language as it is. What a
 * plugin can do is to have its lines laid out before they are read.
 */
function withRangeLaidOut(text: string, options: ParserOptions): string {
  try {
    const range = { start: options.rangeStart, end: options.rangeEnd };
    return applyChanges(text, layoutChanges(text, options, range));
  } catch (error) {
    // Told when it is parsed, with its place.
    if (error instanceof CnnSyntaxError) return text;
    throw error;
  }
}

function printProgram(path: AstPath<FormattedProgram>, options: ParserOptions<FormattedProgram>): Doc {
  return printedRows(path.node, options).map(({ isParted, indentation, text }) => [
    isParted ? builders.hardline : "",
    indentation,
    builders.join(builders.literalline, text.split("\n")),
    builders.hardline,
  ]);
}
