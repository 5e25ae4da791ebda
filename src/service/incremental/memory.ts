/**
 * What is kept of a text between two versions of it. A declaration that was not edited is not parsed again; a net is elaborated
 * again where it, or anything that it names, directly or not, was edited. The answers are those that a fresh compilation gives.
 */
import type { Diagnostic } from "../../base/diagnostics.js";
import { SourceText, type Span } from "../../base/source.js";
import type { CompileMemory } from "../../compile.js";
import type { Observation } from "../../elaborate/net-request.js";
import { netNameOf } from "../../elaborate/elaborate-program.js";
import type { Remembered } from "../../elaborate/memory.js";
import { LayerMemo } from "../../elaborate/layer-memo.js";
import { Tapes } from "../../elaborate/tapes.js";
import type { Network } from "../../ir/network.js";
import type { Finding } from "../../lint/lint-program.js";
import type { Comment, Element, Item } from "../../syntax/ast.js";
import { parse, type ParseResult } from "../../syntax/parse.js";
import { elementsOf } from "../walk.js";
import { patchChunk, readChunk, type Chunk } from "./chunk.js";
import { changeBetween, chunkStarts, type Change } from "./chunks.js";
import { moveSpans, shiftSpans, spansIn, spansOfNetwork } from "./spans.js";

interface Entry extends Remembered {
  readonly spans: readonly Span[];
  /** The walks of each link. */
  readonly walks: ReadonlyMap<Element, readonly Observation[]>;
}

/** Mistakes in the text beyond which it is read as a whole: of many only some are told. */
const MOST_MISTAKES = 20;

/** Places of layers, also of such that are no more, beyond which all is read anew. */
const MOST_PLACES = 100_000;

/** Walks of one link that are kept for a net: of blocks that are called more often the first ones. */
const MOST_WALKS = 16;

/** Functions, and what they read. */
const READ_BY_CALLS: readonly Item["kind"][] = ["function", "let"];

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

  /** The chunks in which a word stands. */
  private readonly mentions = new Map<string, Set<Chunk>>();
  /** The entries that walked a link at some time. */
  private readonly walkers = new Map<Element, Set<string>>();
  /** The entries that the last compilation asked for, in order. */
  private order = new Map<string, number>();

  /** What came of a link, each time that it was walked. */
  observationsOf(element: Element): readonly Observation[] {
    const found: { readonly place: number; readonly walks: readonly Observation[] }[] = [];
    for (const key of this.walkers.get(element) ?? []) {
      const place = this.order.get(key);
      const walks = this.entries.get(key)?.walks.get(element);
      if (place !== undefined && walks) found.push({ place, walks });
    }
    const [first] = found;
    if (found.length <= 1) return first?.walks ?? [];
    return found.sort((a, b) => a.place - b.place).flatMap(({ walks }) => walks);
  }

  parse(latest: SourceText): ParseResult {
    this.order = new Map();
    const { source, chunks: old } = this;
    if (!source || this.places.length > MOST_PLACES) return this.parseAll(latest);
    const before = source.text;
    const change = changeBetween(before, latest.text);
    source.becomes(latest);
    const starts = movedStarts(old, before, latest.text, change) ?? chunkStarts(latest.text);
    const first = keptBefore(old, starts, change);
    const behind = keptBehind(old, starts, change, first);
    const gone = old.slice(first, old.length - behind);
    const edited = this.edited(source, before, gone, starts, first, starts.length - behind, change);
    const moved = behind > 0 ? old.slice(-behind) : [];
    const chunks = [...old.slice(0, first), ...edited, ...moved];
    this.forget(gone, edited, chunks);
    for (const chunk of moved) {
      shiftSpans(chunk.spans, change.delta);
      chunk.start += change.delta;
    }
    moveSpans(this.places, source, change);
    for (const kept of [this.entries, this.found, this.linted])
      for (const { spans } of kept.values()) moveSpans(spans, source, change);
    this.chunks = chunks;
    return this.whole(source);
  }

  /** The chunks from one start to another, which are not as they were. `before` is the text before the change. */
  private edited(
    source: SourceText,
    before: string,
    gone: readonly Chunk[],
    starts: readonly number[],
    from: number,
    to: number,
    change: Change,
  ): readonly Chunk[] {
    const setting = { source, known: this.known };
    const lengthOf = (index: number) => (starts[index + 1] ?? source.text.length) - starts[index]!;
    const [only] = gone;
    const isOne = only !== undefined && only.start === starts[from] && gone.length === 1 && to - from === 1;
    const patched = isOne ? patchChunk(setting, before, only, lengthOf(from), change) : undefined;
    if (patched) {
      this.dropLinks(patched.gone);
      return [patched.chunk];
    }
    for (const { items } of gone) this.dropLinks(items);
    return starts.slice(from, to).map((start, index) => readChunk(setting, start, lengthOf(from + index)));
  }

  /** Nothing from before is of use. */
  private parseAll(source: SourceText): ParseResult {
    const starts = chunkStarts(source.text);
    this.reset();
    this.source = source;
    const { known } = this;
    this.chunks = starts.map((start, index) =>
      readChunk({ source, known }, start, (starts[index + 1] ?? source.text.length) - start),
    );
    this.index([], this.chunks);
    return this.whole(source);
  }

  private reset(): void {
    this.source = undefined;
    this.chunks = [];
    this.mentions.clear();
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
    const items: Item[] = [];
    const comments: Comment[] = [];
    const diagnostics: Diagnostic[] = [];
    for (const chunk of this.chunks) {
      for (const item of chunk.items) items.push(item);
      for (const comment of chunk.comments) comments.push(comment);
      for (const diagnostic of chunk.diagnostics) diagnostics.push(diagnostic);
    }
    if (diagnostics.length > MOST_MISTAKES) {
      this.reset();
      return parse(source);
    }
    return { program: { kind: "program", source, items, comments }, diagnostics, faults: [] };
  }

  /** Links that were edited are never asked for again. */
  private dropLinks(items: readonly Item[]): void {
    for (const element of elementsOf(items)) this.walkers.delete(element);
  }

  /** Keeps in which chunks each word stands. */
  private index(gone: readonly Chunk[], edited: readonly Chunk[]): void {
    for (const chunk of gone)
      for (const word of chunk.words) {
        const known = this.mentions.get(word);
        if (known?.delete(chunk) && known.size === 0) this.mentions.delete(word);
      }
    for (const chunk of edited)
      for (const word of chunk.words) {
        const known = this.mentions.get(word);
        if (known) known.add(chunk);
        else this.mentions.set(word, new Set([chunk]));
      }
  }

  /** What depends on something that was edited is not known any more. */
  private forget(gone: readonly Chunk[], edited: readonly Chunk[], all: readonly Chunk[]): void {
    const touched = [...gone, ...edited];
    // A name in another case is told where it is declared, and nowhere else.
    const changed = new Set(touched.flatMap(({ declares }) => declares.flatMap(bothCases)));
    const loose = netNameOf(this.source!.path);
    const hasChain = changed.has(loose);
    if (touched.some(({ isLoose }) => isLoose)) changed.add(loose);
    this.index(gone, edited);
    // What is added on the way is gone through, too.
    for (const name of changed)
      for (const { declares } of this.mentions.get(name) ?? []) for (const one of declares) changed.add(one);
    const mentions = ({ words }: Chunk) => [...changed].some((name) => words.has(name));
    if (touched.some(({ isGlobal, items }) => isGlobal || items.some(({ kind }) => READ_BY_CALLS.includes(kind))))
      this.layers.forgetCalls();
    const readsAll = (chunk: Chunk) => (chunk.isShared && hasChain) || (chunk.isGlobal && mentions(chunk));
    const [settings, before] = [settingsOfChain(all), settingsOfChain(this.chunks)];
    const isMoved = settings.length !== before.length || settings.some((chunk, index) => chunk !== before[index]);
    if (isMoved || touched.some(({ isGlobal }) => isGlobal) || all.some(readsAll)) {
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

/** `Unit` and `unit`. */
function bothCases(name: string): string[] {
  const first = name[0]!;
  return [name, (/[a-z]/.test(first) ? first.toUpperCase() : first.toLowerCase()) + name.slice(1)];
}

/**
 * Where the chunks start after an edit in a line of a body, which changes nothing else; undefined where it might. To look for them in
 * all of the text takes as long as to parse a declaration.
 */
function movedStarts(old: readonly Chunk[], before: string, after: string, change: Change): number[] | undefined {
  const { start, end, delta } = change;
  const isIndented = /[ \t]/.test(before[before.lastIndexOf("\n", start - 1) + 1] ?? "");
  if (!isIndented || start === 0 || before[start - 1] === "\n") return undefined;
  const hasSigns = MEANS_STARTS.test(before.slice(start, end)) || MEANS_STARTS.test(after.slice(start, end + delta));
  const around = old.findLast((chunk) => chunk.start <= start);
  const [item] = around?.items ?? [];
  if (hasSigns || around?.body === undefined || (item?.span.start ?? Infinity) > start) return undefined;
  // Behind the brace that ends the body a sign may be the last before the next declaration.
  if (before.lastIndexOf("\n}", around.start + around.length) < end) return undefined;
  return old.map((chunk) => (chunk.start <= start ? chunk.start : chunk.start + delta));
}

/** Signs by which declarations are told from what is in them. */
const MEANS_STARTS = /[\n#"()[\]{}]/;

/** The chunks with `let` and `default` lines that belong to the chain outside of nets, and that blocks do not see. */
function settingsOfChain(chunks: readonly Chunk[]): readonly Chunk[] {
  const first = chunks.findIndex(({ hasChain }) => hasChain);
  return first < 0 ? [] : chunks.slice(first).filter(({ hasSettings }) => hasSettings);
}

/** How many chunks at the start are the same, and before the change. */
function keptBefore(old: readonly Chunk[], starts: readonly number[], change: Change): number {
  let count = 0;
  for (; count < old.length && count + 1 < starts.length; count++) {
    const { start, length } = old[count]!;
    if (starts[count] !== start || starts[count + 1] !== start + length || start + length > change.start) break;
  }
  return count;
}

/** How many at the end are the same, and behind the change. */
function keptBehind(old: readonly Chunk[], starts: readonly number[], change: Change, before: number): number {
  let count = 0;
  for (; count < Math.min(old.length, starts.length) - before; count++) {
    const { start } = old.at(-1 - count)!;
    if (starts.at(-1 - count) !== start + change.delta || start < change.end) break;
  }
  return count;
}
