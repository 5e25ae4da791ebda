/** Makes a block of the links of a selection; the names that it needs from around it are its parameters. */
import { beforeSpan, cover, type Span } from "../../base/source.js";
import type { Analysis } from "../analysis.js";
import { isSame, type NamedSymbol } from "../names.js";
import { linksIn, type RefactorRule } from "./refactor.js";

export const extractBlock: RefactorRule = (analysis, range) => {
  if (range.start === range.end) return [];
  const { links } = linksIn(analysis, range);
  const [first] = links;
  const last = links.at(-1);
  if (!first || !last) return [];
  const span = cover(first.span, last.span);
  const around = analysis.program.items.find(
    (item) => (item.kind === "net" || item.kind === "block") && contains(item.span, span),
  );
  // An INPUT belongs to its net; what is labelled here may be read elsewhere.
  const isPlain = links.every(({ core }) => core.kind !== "layer" || core.mnemonic !== "INPUT");
  if (!around || !isPlain || declaresForOthers(analysis, span)) return [];
  const needed = neededIn(analysis, span);
  const name = freshName(analysis);
  const parameters = needed.map(writtenAs);
  const list = parameters.length > 0 ? `(${parameters.join(", ")})` : "";
  const text = span.source.text.slice(span.start, span.end).replace(/\n[ \t]*/g, "\n  ");
  const block = `block ${name}${list} {\n  ${text}\n}\n\n`;
  const edits = [
    { span: beforeSpan(startOf(analysis, around.span)), text: block },
    { span, text: name + list },
  ];
  return [{ title: `make a block of it`, kind: "extract", edits }];
};

const contains = (outer: Span, inner: Span) => outer.start <= inner.start && inner.end <= outer.end;

/** Where a declaration begins, with the comments above it. */
function startOf({ program }: Analysis, span: Span): Span {
  let { start } = span;
  for (const comment of [...program.comments].reverse()) {
    if (comment.span.end <= start && /^\s*$/.test(span.source.text.slice(comment.span.end, start))) {
      const line = span.source.text.lastIndexOf("\n", comment.span.start) + 1;
      if (/^\s*$/.test(span.source.text.slice(line, comment.span.start))) start = comment.span.start;
    }
  }
  return { ...span, start };
}

function declaresForOthers({ names }: Analysis, span: Span): boolean {
  const own = names.occurrences.filter((one) => one.isDeclaration && contains(span, one.span));
  return own.some(({ symbol }) =>
    names.occurrences.some((one) => isSame(one.symbol, symbol) && !contains(span, one.span)),
  );
}

/** Parameters, variables, counters and labels that are declared outside of a stretch and in the declaration around it. */
function neededIn({ names }: Analysis, span: Span): NamedSymbol[] {
  const found: NamedSymbol[] = [];
  for (const { symbol, span: place } of names.occurrences) {
    const isLocal =
      symbol.container !== undefined && ["parameter", "variable", "counter", "label"].includes(symbol.kind);
    const isFromOutside = contains(span, place) && !contains(span, symbol.declared);
    // A named argument names a parameter of what is called.
    const isOwn = names.visibleAt(place.start).some((one) => isSame(one, symbol));
    if (isLocal && isFromOutside && isOwn && !found.some((one) => isSame(one, symbol))) found.push(symbol);
  }
  return found;
}

function writtenAs({ kind, name, declaration }: NamedSymbol): string {
  const isLabel = kind === "label" || ("kind" in declaration && declaration.kind === "label");
  return isLabel ? `@${name}` : name;
}

function freshName({ names }: Analysis): string {
  let name = "Block";
  for (let count = 1; names.units.has(name); count++) name = `Block${count}`;
  return name;
}
