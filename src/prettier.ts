/** `cnnc/prettier`: the formatter of `.cnn` as a Prettier plugin, and for those who have no Prettier at hand. */
import type { Options, Parser, Plugin, SupportOptions } from "prettier";
import { hasErrors, type Diagnostic } from "./base/diagnostics.js";
import { SourceText } from "./base/source.js";
import { canonicalText } from "./canonical/canonical-text.js";
import * as format from "./format/plugin.js";
import type { FormattedProgram } from "./format/plugin.js";
import { parse } from "./syntax/parse.js";

export { CnnSyntaxError } from "./format/plugin.js";

export const languages = format.languages;
export const printers = format.printers;
export const defaultOptions = format.defaultOptions;

export const parsers: Record<"cnn", Parser<FormattedProgram>> = {
  cnn: {
    ...format.parsers.cnn,
    preprocess: (text, options) => ("cnnCanonical" in options && options.cnnCanonical ? canonicalText(text) : text),
  },
};

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

/** What becomes of a file's text, or why it cannot be read. */
export type Formatted = { readonly text: string } | { readonly diagnostics: Diagnostic[] };

/** Formats the text of a `.cnn` file; `path` names it in messages. */
export async function formatText(path: string, text: string, { canonical = false } = {}): Promise<Formatted> {
  const { format: print } = await import("prettier/standalone");
  const chosen: Options & { cnnCanonical: boolean } = { parser: "cnn", plugins: [plugin], cnnCanonical: canonical };
  try {
    return { text: await print(text, chosen) };
  } catch (error) {
    if (!(error instanceof format.CnnSyntaxError)) throw error;
    const diagnostics = parse(new SourceText(path, text)).diagnostics;
    return { diagnostics: diagnostics.filter((found) => hasErrors([found])) };
  }
}
