/**
 * What is kept of a text between two versions of it. A declaration that was not edited is not parsed again; a net is elaborated
 * again where it, or anything that it names, directly or not, was edited. The answers are those that a fresh compilation gives.
 */
import type { Diagnostic } from "../../base/diagnostics.js";
import { SourceText, type Span } from "../../base/source.js";
import type { CompileMemory } from "../../compile.js";
import type { Observation } from "../../elaborate/net-request.js";
import type { Remembered } from "../../elaborate/memory.js";
import { LayerMemo } from "../../elaborate/layer-memo.js";
import { Tapes } from "../../elaborate/tapes.js";
import type { Network } from "../../ir/network.js";
import type { Finding } from "../../lint/lint-program.js";
import type { Comment, Element, Item } from "../../syntax/ast.js";
import { parse, type ParseResult } from "../../syntax/parse.js";
import { elementsOf } from "../walk.js";
import { changeBetween, chunkStarts, type Change } from "./chunks.js";
import { BEFORE, parseLines, pieceAround } from "./pieces.js";
import { moveSpans, placeSpans, shiftSpans, spansIn, spansOfNetwork } from "./spans.js";

/** A part of the text with what was read of it. */
interface Chunk {
  start: number;
  readonly length: number;
  readonly items: readonly Item[];
  readonly comments: readonly Comment[];
  readonly diagnostics: readonly Diagnostic[];
  readonly spans: Span[];
  /** How often only lines of it were read, which leaves places behind. */
  readonly pieces: number;
  /** Blocks, nets and functions that it declares. */
  readonly declares: readonly string[];
  readonly words: ReadonlySet<string>;
  /** Whether all nets may depend on it. */
  readonly isGlobal: boolean;
}

interface Entry extends Remembered {
  readonly spans: readonly Span[];
  /** The walks of each link. */
  readonly walks: ReadonlyMap<Element, readonly Observation[]>;
}

/** Mistakes in the text beyond which it is read as a whole: of many only some are told. */
const MOST_MISTAKES = 20;

/** Places of layers, also of such that are no more, beyond which all is read anew. */
const MOST_PLACES = 100_000;

/** Lines that are read by themselves until the declaration around them is read anew. */
const MOST_PIECES = 1_000;

/** Walks of one link that are kept for a net: of blocks that are called more often the first ones. */
const MOST_WALKS = 16;

const DECLARING = new Set(["net", "block", "function"]);

export class IncrementalMemory implements CompileMemory {
  private source: SourceText | undefined;
  private chunks: readonly Chunk[] = [];
  private known = new WeakSet<Span>();
  private readonly entries = new Map<string, Entry>();
  private readonly found = new Map<
    Network,
    { readonly diagnostics: readonly Diagnostic[]; readonly spans: readonly Span[] }
  >();
  private readonly linted = new Map<
    Network,
    { readonly key: string; readonly findings: readonly Finding[]; readonly spans: readonly Span[] }
  >();
  private readonly files = new Map<string, { readonly text: string; readonly result: ParseResult }>();

  readonly layers = new LayerMemo((spans) => this.keepPlaces(spans));
  readonly tapes = new Tapes();
  /** Places that layers hold beside those of the tree. */
  private places: Span[] = [];

  /** The entries that walked a link at some time. */
  private readonly walkers = new Map<Element, Set<string>>();
  /** The entries that the last compilation asked for, in order. */
  private order = new Map<string, number>();

  /** What came of a link, each time that it was walked. */
  observationsOf(element: Element): Observation[] {
    const keys = [...(this.walkers.get(element) ?? [])].filter((key) => this.order.has(key));
    keys.sort((a, b) => this.order.get(a)! - this.order.get(b)!);
    return keys.flatMap((key) => this.entries.get(key)?.walks.get(element) ?? []);
  }

  parse(latest: SourceText): ParseResult {
    this.order = new Map();
    const starts = chunkStarts(latest.text);
    const { source } = this;
    if (!starts || !source || this.places.length > MOST_PLACES) return this.parseAll(latest, starts);
    const before = source.text;
    const change = changeBetween(before, latest.text);
    source.becomes(latest);
    const old = new Map(this.chunks.map((chunk) => [chunk.start, chunk]));
    const kept = new Set<Chunk>();
    const edited: Chunk[] = [];
    const patched = new Set<Chunk>();
    const chunks = starts.map((start, index): Chunk => {
      const length = (starts[index + 1] ?? latest.text.length) - start;
      const known = keptChunk(old, change, start, length);
      if (known) {
        kept.add(known);
        return known;
      }
      const around = old.get(start);
      const lines = around && this.readLines(source, before, around, length, change);
      if (lines) patched.add(around);
      const chunk = lines ?? this.read(source, start, length);
      edited.push(chunk);
      return chunk;
    });
    const gone = this.chunks.filter((chunk) => !kept.has(chunk));
    for (const chunk of gone) if (!patched.has(chunk)) this.dropLinks(chunk.items);
    this.forget(gone, edited, chunks);
    for (const chunk of kept) {
      if (chunk.start < change.end) continue;
      shiftSpans(chunk.spans, change.delta);
      chunk.start += change.delta;
    }
    const remembered = [...this.entries.values(), ...this.found.values(), ...this.linted.values()];
    for (const { spans } of [{ spans: this.places }, ...remembered]) moveSpans(spans, source, change);
    this.chunks = chunks;
    return this.whole(source);
  }

  /** Nothing from before is of use. */
  private parseAll(source: SourceText, starts: readonly number[] | undefined): ParseResult {
    this.reset();
    if (!starts) return parse(source);
    this.source = source;
    this.chunks = starts.map((start, index) =>
      this.read(source, start, (starts[index + 1] ?? source.text.length) - start),
    );
    return this.whole(source);
  }

  private reset(): void {
    this.source = undefined;
    this.chunks = [];
    this.forgetAll();
    this.known = new WeakSet();
    this.places = [];
  }

  private forgetAll(): void {
    this.entries.clear();
    this.found.clear();
    this.linted.clear();
    this.walkers.clear();
    this.tapes.clear();
  }

  private whole(source: SourceText): ParseResult {
    const { chunks } = this;
    if (chunks.reduce((sum, { diagnostics }) => sum + diagnostics.length, 0) > MOST_MISTAKES) {
      this.reset();
      return parse(source);
    }
    return {
      program: {
        kind: "program",
        source,
        items: chunks.flatMap(({ items }) => items),
        comments: chunks.flatMap(({ comments }) => comments),
      },
      diagnostics: chunks.flatMap(({ diagnostics }) => diagnostics),
    };
  }

  private read(source: SourceText, start: number, length: number): Chunk {
    const text = source.text.slice(start, start + length);
    const { program, diagnostics } = parse(new SourceText(source.path, text));
    const { items, comments } = program;
    const spans = spansIn([items, comments, diagnostics], this.known);
    placeSpans(spans, source, start);
    return {
      start,
      length,
      items,
      comments,
      diagnostics,
      spans,
      declares: items.flatMap((item) => (DECLARING.has(item.kind) && "name" in item ? [item.name.text] : [])),
      words: new Set(wordsOf(text)),
      pieces: 0,
      isGlobal: items.some(({ kind }) => !DECLARING.has(kind)),
    };
  }

  /** A declaration that is another in some lines of its body only; undefined where all of it has to be read. */
  private readLines(
    source: SourceText,
    before: string,
    chunk: Chunk,
    length: number,
    change: Change,
  ): Chunk | undefined {
    if (chunk.length + change.delta !== length || chunk.diagnostics.length > 0) return undefined;
    if (chunk.pieces >= MOST_PIECES || chunk.start > change.start || chunk.start + chunk.length < change.end)
      return undefined;
    const [item, ...others] = chunk.items;
    if (others.length > 0 || (item?.kind !== "net" && item?.kind !== "block") || !item.body) return undefined;
    const piece = pieceAround(before, source.text, chunk.start, chunk.start + length, change);
    const text = piece && source.text.slice(piece.start, piece.end);
    const lines = text && parseLines(source.path, text);
    if (!lines) return undefined;
    const { body } = item;
    const isIn = ({ span }: Item) => span.start >= piece.start && span.start < piece.endBefore;
    const first = body.findIndex(isIn);
    const last = body.findLastIndex(isIn);
    if (first < 0 || body.slice(first, last + 1).some((one) => !isIn(one) || one.span.end > piece.endBefore))
      return undefined;
    this.dropLinks(body.slice(first, last + 1));
    const spans = spansIn(lines, this.known);
    placeSpans(spans, source, piece.start - BEFORE.length);
    moveSpans(chunk.spans, source, change);
    const changed = { ...item, body: [...body.slice(0, first), ...lines, ...body.slice(last + 1)] };
    for (const span of spans) chunk.spans.push(span);
    // Words that are gone only make more depend on what they name.
    return {
      ...chunk,
      length,
      items: [changed],
      words: new Set([...chunk.words, ...wordsOf(text)]),
      pieces: chunk.pieces + 1,
    };
  }

  /** Links that were edited are never asked for again. */
  private dropLinks(items: readonly Item[]): void {
    for (const element of elementsOf(items)) this.walkers.delete(element);
  }

  /** What depends on something that was edited is not known any more. */
  private forget(gone: readonly Chunk[], edited: readonly Chunk[], all: readonly Chunk[]): void {
    const touched = [...gone, ...edited];
    // A name in another case is told where it is declared, and nowhere else.
    const changed = new Set(touched.flatMap(({ declares }) => declares.flatMap(bothCases)));
    const mentions = (words: ReadonlySet<string>, names: Iterable<string> = changed) => {
      for (const name of names) if (words.has(name)) return true;
      return false;
    };
    for (let news: readonly string[] = [...changed]; news.length > 0;) {
      const further: string[] = [];
      for (const { declares, words } of all) {
        if (declares.every((name) => changed.has(name)) || !mentions(words, news)) continue;
        for (const name of declares) if (!changed.has(name)) further.push(name);
        for (const name of further) changed.add(name);
      }
      news = further;
    }
    if (touched.some(({ isGlobal, items }) => isGlobal || items.some(({ kind }) => kind === "function")))
      this.layers.forgetCalls();
    if (touched.some(({ isGlobal }) => isGlobal) || all.some(({ isGlobal, words }) => isGlobal && mentions(words))) {
      this.forgetAll();
      return;
    }
    this.tapes.forget(changed);
    // Messages offer names that exist.
    const names = (chunks: readonly Chunk[]) => chunks.flatMap(({ declares }) => declares).join();
    const hasOtherNames = names(gone) !== names(edited);
    for (const [key, { value, reported }] of this.entries) {
      const name = key.slice(key.indexOf(" ") + 1);
      if (!changed.has(name) && !(hasOtherNames && reported.length > 0)) continue;
      this.entries.delete(key);
      const { network } = (value ?? {}) as { network?: Network };
      if (!network) continue;
      this.found.delete(network);
      this.linted.delete(network);
    }
  }

  parseFile(path: string, text: string): ParseResult {
    const known = this.files.get(path);
    if (known?.text === text) return known.result;
    // What was walked may be of the file as it was.
    if (known) this.tapes.clear();
    const result = parse(new SourceText(path, text));
    this.files.set(path, { text, result });
    return result;
  }

  private keepPlaces(spans: readonly Span[]): void {
    for (const span of spans) {
      if (this.known.has(span) || span.source.path !== this.source?.path) continue;
      this.known.add(span);
      this.places.push(span);
    }
  }

  recall(key: string): Remembered | undefined {
    const known = this.entries.get(key);
    if (known) this.order.set(key, this.order.size);
    return known;
  }

  keep(key: string, remembered: Remembered): void {
    const { value, reported, observations } = remembered;
    const walks = new Map<Element, Observation[]>();
    for (const observation of observations) {
      const { element } = observation;
      const known = walks.get(element);
      if (!known) walks.set(element, [observation]);
      else if (known.length < MOST_WALKS) known.push(observation);
    }
    for (const element of walks.keys()) {
      const keys = this.walkers.get(element);
      if (keys) keys.add(key);
      else this.walkers.set(element, new Set([key]));
    }
    this.order.set(key, this.order.size);
    const { network } = (value ?? {}) as { network?: Network };
    const spans = [...spansOfNetwork(network, this.known), ...spansIn(reported, this.known)];
    this.entries.set(key, { ...remembered, observations: [], walks, spans });
  }

  /** What the linter finds in a network, by `check` where it was not looked at before with the same `key`. */
  lintedBefore(network: Network, key: string, check: () => readonly Finding[]): readonly Finding[] {
    const known = this.linted.get(network);
    if (known?.key === key) return known.findings;
    const findings = check();
    const diagnostics = findings.map(({ diagnostic }) => diagnostic);
    this.linted.set(network, { key, findings, spans: spansIn(diagnostics, this.known) });
    return findings;
  }

  checked(network: Network, check: (network: Network) => Diagnostic[]): readonly Diagnostic[] {
    const known = this.found.get(network);
    if (known) return known.diagnostics;
    const diagnostics = check(network);
    this.found.set(network, { diagnostics, spans: spansIn(diagnostics, this.known) });
    return diagnostics;
  }
}

const wordsOf = (text: string): readonly string[] => text.match(/[A-Za-z_]\w*/g) ?? [];

/** `Unit` and `unit`. */
function bothCases(name: string): string[] {
  const first = name[0]!;
  return [name, (/[a-z]/.test(first) ? first.toUpperCase() : first.toLowerCase()) + name.slice(1)];
}

/** The part of the text before that stands at a place now, where the change is outside of it. */
function keptChunk(old: ReadonlyMap<number, Chunk>, change: Change, start: number, length: number): Chunk | undefined {
  const before = old.get(start);
  if (before && before.length === length && start + length <= change.start) return before;
  const behind = old.get(start - change.delta);
  return behind && behind.length === length && behind.start >= change.end ? behind : undefined;
}
