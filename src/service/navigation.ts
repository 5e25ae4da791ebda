/** From names to what they stand for, and back. */
import type { Edit } from "../base/diagnostics.js";
import type { Span } from "../base/source.js";
import { operatorOf } from "../ops/registry.js";
import type { Analysis } from "./analysis.js";
import { isSame, type NamedSymbol, type Occurrence } from "./names.js";
import { occurrenceAt } from "./places.js";

/** Where the name at a place is declared. */
export function definitionAt({ names }: Analysis, offset: number): NamedSymbol | undefined {
  return occurrenceAt(names, offset)?.symbol;
}

/** Every place of a file where a symbol stands. */
export function occurrencesOf({ names }: Analysis, symbol: NamedSymbol): Occurrence[] {
  return names.occurrences.filter((occurrence) => isSame(occurrence.symbol, symbol));
}

/** The same in several files, its own among them: those that may use it. */
export function referencesTo(analyses: Iterable<Analysis>, symbol: NamedSymbol): Occurrence[] {
  return [...analyses].flatMap((analysis) => occurrencesOf(analysis, symbol));
}

/** A name that can be written in another way: its place, and what it is. */
export function renamableAt(analysis: Analysis, offset: number): Occurrence | undefined {
  const found = occurrenceAt(analysis.names, offset);
  // What is shipped is nobody's to change.
  return found && !isShipped(found.symbol.declared) ? found : undefined;
}

const isShipped = ({ source }: Span) => source.path.startsWith("std/");

/** The edits that give a symbol another name everywhere, or why it cannot have it. */
export function renameEdits(
  analyses: Iterable<Analysis>,
  symbol: NamedSymbol,
  name: string,
): { readonly edits: readonly Edit[] } | { readonly problem: string } {
  const problem = problemOfName(symbol, name);
  if (problem !== undefined) return { problem };
  return { edits: referencesTo(analyses, symbol).map(({ span }) => ({ span, text: name })) };
}

const KEYWORDS = new Set(
  "net block fn let use default output assert train but if then else and or not in as drop replace after before with".split(
    " ",
  ),
);

/** Why a symbol cannot have a name: case tells layers, blocks and variables apart. */
function problemOfName({ kind, name: old, declaration }: NamedSymbol, name: string): string | undefined {
  if (!/^[A-Za-z_]\w*$/.test(name)) return `${JSON.stringify(name)} is no name: letters, digits and _, no digit first`;
  const isUnit = kind === "net" || kind === "block" || ("kind" in declaration && declaration.kind === "unit");
  if (kind !== "label" && isUnit !== /^[A-Z]/.test(name)) {
    return isUnit
      ? `${old} is a ${kind}: its name starts with a capital letter`
      : `${old} is a ${kind}: its name starts with a small letter`;
  }
  if (isUnit && operatorOf(name.replace(/\d.*$/, ""))) return `${name} is a layer`;
  return KEYWORDS.has(name) ? `${name} is a word of the language` : undefined;
}
