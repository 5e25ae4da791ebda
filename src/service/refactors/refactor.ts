/** Changes of a program that keep what it computes. */
import type { Edit } from "../../base/diagnostics.js";
import type { Element, Item } from "../../syntax/ast.js";
import type { Analysis } from "../analysis.js";
import type { Range } from "../hints.js";
import { bodiesOf } from "../places.js";

export interface Refactor {
  readonly title: string;
  readonly kind: "rewrite" | "extract" | "inline";
  readonly edits: readonly Edit[];
}

/** What can be done with the text of a range; an empty range is a place. */
export type RefactorRule = (analysis: Analysis, range: Range) => Refactor[];

/** The links in a row that a range covers or touches, in the innermost body where there are some. */
export function linksIn(
  { program }: Analysis,
  { start, end }: Range,
): { links: readonly Element[]; body: readonly Item[] } {
  let found: { links: readonly Element[]; body: readonly Item[] } = { links: [], body: [] };
  for (const body of bodiesOf(program.items)) {
    const links = body.filter(
      (item): item is Element => item.kind === "element" && item.span.start <= end && item.span.end >= start,
    );
    const isWithin = links.length > 0 && links[0]!.span.start <= start && links.at(-1)!.span.end >= end;
    // A selection may also begin before the first link, or end behind the last one.
    if (isWithin || (links.length > 0 && found.links.length === 0)) found = { links, body };
  }
  return found;
}

/** The text of a link without what stands around it. */
export const linkText = ({ span }: Element): string => span.source.text.slice(span.start, span.end);

/** Whether a link, or one within it, has a label. */
export function hasLabels(links: readonly Element[]): boolean {
  return links.some((link) => link.label !== undefined || /(^|[-{|[\n]\s*)[A-Za-z_]\w*\s*:/.test(linkText(link)));
}
