/** A declaration, or what stands between two, with what was read of it: kept while it is not edited, patched where only lines of it are. */
import { SourceText, type Span } from "../../base/source.js";
import type { Diagnostic } from "../../base/diagnostics.js";
import { netNameOf } from "../../elaborate/elaborate-program.js";
import type { BlockDeclaration, Comment, Item, NetDeclaration } from "../../syntax/ast.js";
import { parse } from "../../syntax/parse.js";
import type { Change } from "./chunks.js";
import { chainBody, declaredBody, pieceAround, type Body } from "./pieces.js";
import { movedSpan, placeSpans, spansIn } from "./spans.js";

export interface Chunk {
  start: number;
  readonly length: number;
  readonly items: readonly Item[];
  readonly comments: readonly Comment[];
  readonly diagnostics: readonly Diagnostic[];
  /** Places where brackets are not as the lines are laid out. */
  readonly faults: readonly Span[];
  /** All places in it. */
  readonly spans: readonly Span[];
  /** Blocks, nets, functions and variables that it declares. */
  readonly declares: readonly string[];
  readonly words: ReadonlySet<string>;
  /** Whether all nets may depend on it, and whether they do only where no chain stands outside of nets. */
  readonly isGlobal: boolean;
  readonly isShared: boolean;
  /** Whether it has parts of the net that is named after the file, or what that reads. */
  readonly isLoose: boolean;
  /** Whether it has links of that net, behind which `let` and `default` lines belong to it, and whether it has such lines. */
  readonly hasChain: boolean;
  readonly hasSettings: boolean;
  /** Where its lines can be read by themselves. */
  readonly body: Body | undefined;
}

/** What follows from the items of a chunk. */
type Traits = Pick<Chunk, "declares" | "isGlobal" | "isShared" | "isLoose" | "hasChain" | "hasSettings">;

/** Where a chunk is read: the places of what is read are those of the source, and known. */
interface Setting {
  readonly source: SourceText;
  readonly known: WeakSet<Span>;
}

const DECLARING: readonly Item["kind"][] = ["net", "block", "function", "let"];
const SHARED: readonly Item["kind"][] = ["assert", "train"];
const GLOBAL: readonly Item["kind"][] = ["use", "default", ...SHARED];
const CHAIN: readonly Item["kind"][] = ["element", "total", "output"];

function traitsOf(items: readonly Item[], path: string): Traits {
  const has = (kinds: readonly Item["kind"][]) => items.some(({ kind }) => kinds.includes(kind));
  const declared = items.flatMap((one) => (DECLARING.includes(one.kind) && "name" in one ? [one.name.text] : []));
  return {
    declares: has(CHAIN) ? [...declared, netNameOf(path)] : declared,
    isGlobal: has(GLOBAL),
    isShared: has(SHARED),
    isLoose: has([...CHAIN, ...GLOBAL, "let"]),
    hasChain: has(CHAIN),
    hasSettings: has(["let", "default"]),
  };
}

/** The net or block that is all of a chunk. */
function declarationIn(items: readonly Item[]): (NetDeclaration & { body: Item[] }) | BlockDeclaration | undefined {
  const [item, ...others] = items;
  if (others.length > 0 || (item?.kind !== "net" && item?.kind !== "block") || !item.body) return undefined;
  return { ...item, body: item.body };
}

/** Reads a part of the text. */
export function readChunk({ source, known }: Setting, start: number, length: number): Chunk {
  const text = source.text.slice(start, start + length);
  const { program, diagnostics, faults } = parse(new SourceText(source.path, text), { findsFaults: true });
  const { items, comments } = program;
  const spans = spansIn([items, comments, diagnostics, faults], known);
  const declaration = declarationIn(items);
  const isChain = items.every(({ kind }) => IN_CHAIN.includes(kind));
  const body = declaration
    ? declaredBody(text, headingStart(text, declaration), length)
    : isChain
      ? chainBody(text)
      : undefined;
  placeSpans(spans, source, start);
  const words = new Set(wordsOf(text));
  return { start, length, items, comments, diagnostics, faults, spans, words, body, ...traitsOf(items, source.path) };
}

const headingStart = (text: string, { kind, span }: NetDeclaration | BlockDeclaration) =>
  text.indexOf(kind, span.start);

/** What stands before lines of a body that are parsed by themselves. */
const BEFORE = "net Lines {\n";

/** What may stand in a chain outside of nets, and in a body. */
const IN_CHAIN: readonly Item["kind"][] = ["element", "total", "let", "output"];
const IN_BODY: readonly Item["kind"][] = [...IN_CHAIN, "default"];

/**
 * A declaration that is another in some lines of its body only, with the items that it has no longer; undefined where all of it has
 * to be read. `before` is the text before the change.
 */
export function patchChunk(
  { source, known }: Setting,
  before: string,
  chunk: Chunk,
  length: number,
  change: Change,
): { readonly chunk: Chunk; readonly gone: readonly Item[] } | undefined {
  const { start, body: lines } = chunk;
  if (!lines || chunk.length + change.delta !== length) return undefined;
  if (start > change.start || start + chunk.length < change.end) return undefined;
  const declaration = declarationIn(chunk.items);
  const heading = declaration && headingStart(source.text, declaration);
  const bodyStart = heading === undefined ? start : source.text.indexOf("\n", heading) + 1;
  const piece = pieceAround(before, source.text, bodyStart, start + length, lines, change);
  if (!piece) return undefined;
  const isInside = ({ start: from, end }: Span) => from >= piece.start && end <= piece.endBefore;
  // What a bracket without its partner means may depend on others, and what a body means on its heading.
  const isHeading = ({ span }: Diagnostic) => span.start < bodyStart;
  if (!chunk.faults.every(isInside) || chunk.diagnostics.some(isHeading)) return undefined;
  const text = source.text.slice(piece.start, piece.end);
  const [above, below] = declaration ? [BEFORE, "\n}"] : ["", ""];
  const parsed = parse(new SourceText(source.path, above + text + below), { findsFaults: true });
  const { program, diagnostics, faults } = parsed;
  const items = declaration ? itemsOfLines(program.items) : program.items;
  const isWritten = (span: Span) => span.start >= above.length && span.end <= above.length + text.length;
  if (faults.length > 1 || !faults.every(isWritten) || !diagnostics.every(({ span }) => isWritten(span)))
    return undefined;
  if (!items?.every(({ kind }) => (declaration ? IN_BODY : IN_CHAIN).includes(kind))) return undefined;
  const body = declaration?.body ?? chunk.items;
  const first = firstBehind(body, piece.start);
  const last = firstBehind(body, piece.endBefore);
  const crosses = (one: Item | undefined, at: number) => one !== undefined && one.span.end > at;
  if (crosses(body[first - 1], piece.start) || crosses(body[last - 1], piece.endBefore)) return undefined;

  const found = spansIn([items, program.comments, diagnostics, faults], known);
  placeSpans(found, source, piece.start - above.length);
  const isOutside = ({ span }: { readonly span: Span }) => !isInside(span);
  const comments = chunk.comments.filter(isOutside);
  const firstComment = comments.filter(({ span }) => span.start < piece.start).length;
  const kept = {
    comments: [...comments.slice(0, firstComment), ...program.comments, ...comments.slice(firstComment)],
    diagnostics: [...chunk.diagnostics.filter(isOutside), ...diagnostics],
  };
  const spans: Span[] = [];
  for (const span of chunk.spans) {
    // Those of the lines as they were are of nothing any more.
    if (span.start >= piece.start && span.end < piece.endBefore) continue;
    movedSpan(span, change);
    spans.push(span);
  }
  for (const span of found) spans.push(span);
  const changed = [...body.slice(0, first), ...items, ...body.slice(last)];
  const all = declaration ? [{ ...declaration, body: changed }] : changed;
  return {
    gone: body.slice(first, last),
    chunk: {
      ...chunk,
      ...kept,
      length,
      items: all,
      faults,
      spans,
      // Words that are gone only make more depend on what they name.
      words: new Set([...chunk.words, ...wordsOf(text)]),
      ...traitsOf(all, source.path),
    },
  };
}

/** The body of the net that lines are parsed in; undefined where they end it. */
function itemsOfLines([net, ...others]: readonly Item[]): readonly Item[] | undefined {
  return others.length === 0 && net?.kind === "net" ? net.body : undefined;
}

/** The number of items that start before an offset. */
function firstBehind(items: readonly Item[], offset: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (items[middle]!.span.start < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

const wordsOf = (text: string): readonly string[] => text.match(/[A-Za-z_]\w*/g) ?? [];
