/** `cnnc/prettier`: the formatter of `.cnn` as a Prettier plugin, and for those who have no Prettier at hand. */
import type { Options, Parser, Plugin, SupportOptions } from "prettier";
import { hasErrors, type Diagnostic } from "./base/diagnostics.js";
import { SourceText } from "./base/source.js";
import { canonicalText } from "./canonical/canonical-text.js";
import { keptPlaces } from "./format/kept-lines.js";
import { LayoutFault } from "./format/layout-fault.js";
import * as format from "./format/plugin.js";
import type { FormattedProgram } from "./format/plugin.js";
import { hasIgnorePragma, hasPragma, insertPragma as withPragma } from "./format/pragma.js";
import { usualLayout } from "./format/print-program.js";
import { changesOrNone, type Range, type TextChange } from "./format/range.js";
import { haveSameMeaning } from "./format/same-meaning.js";
import { changesAfterBrace, changesAfterLineEnd } from "./format/typing.js";
import { wordsOf } from "./format/words.js";
import { parse } from "./syntax/parse.js";

export { CnnSyntaxError } from "./format/plugin.js";
export type { Range, TextChange } from "./format/range.js";

export const languages = format.languages;
export const printers = format.printers;
export const defaultOptions = format.defaultOptions;

export const parsers: Record<"cnn", Parser<FormattedProgram>> = {
  cnn: {
    ...format.parsers.cnn,
    preprocess: (text, options) => {
      const isCanonical = "cnnCanonical" in options && options.cnnCanonical === true;
      // Of a part of a text the layout alone changes.
      if (!isCanonical || format.isRange(text, options)) return format.parsers.cnn.preprocess!(text, options);
      return canonicalOf(text);
    },
  },
};

/** Kept lines keep their notation too. */
function canonicalOf(text: string): string {
  const source = new SourceText("program.cnn", text);
  const { program, diagnostics } = parse(source);
  return hasErrors(diagnostics) ? text : canonicalText(text, keptPlaces(wordsOf(source, program)));
}

export const options: SupportOptions = {
  cnnCanonical: {
    type: "boolean",
    category: "CNN",
    default: false,
    description: "Write slide notation in the language's canonical form.",
  },
};

const plugin: Plugin<FormattedProgram> = { languages, parsers, printers, options, defaultOptions };
export default plugin;

/** What becomes of a file's text, or why it stays: it cannot be read, or the formatter is at fault. */
export type Formatted =
  { readonly text: string } | { readonly diagnostics: Diagnostic[] } | { readonly problem: string };

export interface FormatOptions {
  readonly canonical?: boolean;
  /** Only files that say `# @format`. */
  readonly requirePragma?: boolean;
  /** Makes files say so. */
  readonly insertPragma?: boolean;
}

/** Loaded when it is first needed. */
const printWithPrettier = async (text: string, options: Options) =>
  (await import("prettier/standalone")).format(text, options);

/**
 * Formats the text of a `.cnn` file; `path` names it in messages. A file that says `# @noformat` stays as it is. What `print`
 * makes of it is read again: it is the same program, or there is a problem.
 */
export async function formatText(
  path: string,
  text: string,
  options: FormatOptions = {},
  print = printWithPrettier,
): Promise<Formatted> {
  const { canonical = false, requirePragma = false, insertPragma = false } = options;
  const chosen: Options & { cnnCanonical: boolean } = {
    parser: "cnn",
    plugins: [plugin],
    cnnCanonical: canonical,
    requirePragma,
    insertPragma,
    checkIgnorePragma: true,
  };
  try {
    const printed = await print(text, chosen);
    const marked = insertPragma && !requirePragma && !hasPragma(text) ? withPragma(text) : text;
    if (printed !== text && !haveSameMeaning(canonical ? canonicalOf(marked) : marked, printed)) {
      return { problem: "the formatter would change what the program means: the text stays as it is" };
    }
    return { text: printed };
  } catch (error) {
    if (error instanceof LayoutFault) return { problem: error.message };
    if (!(error instanceof format.CnnSyntaxError)) throw error;
    const diagnostics = parse(new SourceText(path, text)).diagnostics;
    return { diagnostics: diagnostics.filter((found) => hasErrors([found])) };
  }
}

/**
 * The changes that lay out the lines of a text that a range touches, without it all of them; none where the text cannot be read,
 * or says that it is not to be formatted.
 */
export function laidOutLines(text: string, range?: Range): TextChange[] {
  if (hasIgnorePragma(text)) return [];
  return changesOrNone(text, usualLayout, range) ?? [];
}

/**
 * What follows from a line end or a closing brace that was typed just before an offset: the indentation of the new line, the
 * layout of the declaration that ends there. The text around it may be half written.
 */
export function laidOutAfter(text: string, offset: number, typed: "\n" | "}"): TextChange[] {
  if (hasIgnorePragma(text)) return [];
  return (typed === "}" ? changesAfterBrace : changesAfterLineEnd)(text, offset, usualLayout);
}
