/**
 * What layers were decided to be, so that a layer that is met again under the same circumstances - in the next round of a
 * repeat, in another net that has the block, in the same text after an edit elsewhere - is not read and inferred once more.
 */
import type { Span } from "../base/source.js";
import type { Arguments, Node, TensorType } from "../ir/network.js";
import type { Operator } from "../ops/define.js";
import { operatorOf, operators } from "../ops/registry.js";
import type * as ast from "../syntax/ast.js";
import { expressionsWithin } from "../syntax/expressions.js";
import { labelOf } from "./labels.js";
import { canonicalLayer } from "./look-up-layer.js";
import type { Report } from "./place.js";
import type { WrittenArguments } from "./read-parts.js";
import { UNKNOWN, type Flow, type Scope, type UnitValue } from "./values.js";

/** A layer that was decided without a word to the user. */
export interface Decided {
  readonly args: Arguments;
  /** Undefined where it was not known what arrives. */
  readonly type: TensorType | undefined;
  readonly argSpans: Readonly<Record<string, Span>>;
  /** Calls of functions that were made. */
  readonly steps: number;
  /** The latest node that was made of it: one that would be the same is not made again. */
  node?: Node;
}

/** What is known of one layer of the text. */
export interface Cell {
  /** The names whose values it may depend on; undefined where it depends on more than names. */
  readonly names: readonly string[] | undefined;
  /** Those that it was decided with. */
  defaults: WrittenArguments | undefined;
  readonly decided: Map<string, Decided>;
  /** Of a layer without names the latest one: mostly it is asked for again. */
  latest?: {
    readonly arriving: TensorType | undefined;
    readonly axes: number;
    readonly flags: number;
    readonly decided: Decided;
  };
}

/** A link that is one layer without a label, of one input: what of it is the same wherever it is walked. */
export interface PlainLink {
  readonly layer: ast.Layer;
  readonly operator: Operator;
  readonly digitsAreName: boolean;
  readonly cell: Cell;
}

/** All that a layer depends on beside its text and the values of its names. */
export interface Circumstances {
  readonly defaults: WrittenArguments | undefined;
  readonly scope: Scope;
  readonly arriving: Flow | undefined;
  /** Axes of what the net reads, by which layers go where it is not known what arrives. */
  readonly axes: number;
  readonly flags: number;
}

/** The default values behind a `default` line that reads no variable. */
interface Extended {
  readonly outer: WrittenArguments | undefined;
  readonly words: readonly string[];
  readonly all: WrittenArguments;
}

/** Circumstances of one layer that are kept. */
const MOST_KEPT = 1_024;

export class LayerMemo {
  private cells = new WeakMap<ast.Core, Cell>();
  private calling = new WeakMap<ast.Core, Cell>();
  private readonly links = new WeakMap<ast.Layer, PlainLink | null>();
  private readonly extended = new WeakMap<ast.DefaultDeclaration, Extended>();

  private readonly standIns = new WeakMap<ast.Layer, Map<string, ast.Layer>>();
  private readonly areStandIns = new WeakSet<ast.Layer>();

  /** `keepPlaces` is told of the places that what is kept holds. */
  constructor(readonly keepPlaces: (spans: readonly Span[]) => void = () => undefined) {}

  /** The layer that a parameter stands for, where it is used: the same each time. */
  private standIn(use: ast.Layer, layer: ast.Layer): ast.Layer {
    let known = this.standIns.get(use);
    if (!known) this.standIns.set(use, (known = new Map()));
    let found = known.get(layer.head.text);
    if (!found) {
      found = inPlaceOf(use, layer);
      known.set(layer.head.text, found);
      this.areStandIns.add(found);
    }
    return found;
  }

  /** The same of a value, where it is a layer with nothing given. */
  standInOf(use: ast.Layer, { target, given }: UnitValue): ast.Layer | undefined {
    if (target.kind !== "layer" || given.length > 0 || use.call) return undefined;
    const { layer } = target;
    return layer.parts.length === 0 && !layer.count ? this.standIn(use, layer) : undefined;
  }

  isStandIn(layer: ast.Layer): boolean {
    return this.areStandIns.has(layer);
  }

  /**
   * What of a link is the same wherever it is walked; undefined for one that is more than a layer. `stated` is the layer that
   * is written, or what stands for it.
   */
  plainLink(element: ast.Element, stated: ast.Layer): PlainLink | undefined {
    const known = this.links.get(stated);
    if (known !== undefined) return known ?? undefined;
    const link = this.readLink(element, stated);
    this.links.set(stated, link ?? null);
    return link;
  }

  private readLink(element: ast.Element, stated: ast.Layer): PlainLink | undefined {
    const { label, repeats } = element;
    if (label || repeats.length > 0 || stated.branches || !stated.capitals) return undefined;
    const layer = canonicalLayer(stated);
    const operator = operatorOf(layer.mnemonic);
    if (operator?.inputs !== 1 || operator.name === operators.identity.name) return undefined;
    const naming = labelOf(element, layer, operator);
    const cell = this.cellOf(stated);
    const isPlain = !naming.label && cell.names && this.cells.has(stated);
    return isPlain ? { layer, operator, digitsAreName: naming.digitsAreName, cell } : undefined;
  }

  /** Functions, or what they read, are others now. */
  forgetCalls(): void {
    this.calling = new WeakMap();
  }

  /** What a layer was decided to be under the same circumstances. */
  recall(core: ast.Layer, circumstances: Circumstances): Decided | undefined {
    return this.recallIn(this.cellOf(core), circumstances);
  }

  /** The same of a layer whose cell is known. */
  recallIn(cell: Cell, circumstances: Circumstances): Decided | undefined {
    const { defaults, arriving, axes, flags } = circumstances;
    if (cell.defaults !== defaults) return undefined;
    const { latest } = cell;
    if (latest && latest.arriving === arriving?.type && latest.flags === flags && !arriving?.annotated) {
      if (arriving || latest.axes === axes) return latest.decided;
    }
    const key = keyOf(cell, circumstances);
    const decided = key === undefined ? undefined : cell.decided.get(key);
    if (decided) keepLatest(cell, circumstances, decided);
    return decided;
  }

  /** Keeps what a layer was decided to be, where that depends on nothing else. */
  keep(core: ast.Layer, circumstances: Circumstances, decided: Decided): void {
    const cell = this.cellOf(core);
    const key = keyOf(cell, circumstances);
    if (key === undefined) return;
    if (cell.defaults !== circumstances.defaults || cell.decided.size >= MOST_KEPT) {
      cell.decided.clear();
      cell.latest = undefined;
    }
    cell.defaults = circumstances.defaults;
    cell.decided.set(key, decided);
    keepLatest(cell, circumstances, decided);
    this.keepPlaces(Object.values(decided.argSpans));
  }

  private cellOf(core: ast.Layer): Cell {
    const known = this.cells.get(core) ?? this.calling.get(core);
    if (known) return known;
    const reader = new NameReader();
    reader.layer(core);
    const names = reader.isPlain ? [...reader.names] : undefined;
    const cell: Cell = { names, defaults: undefined, decided: new Map() };
    (reader.calls ? this.calling : this.cells).set(core, cell);
    return cell;
  }

  /** The default values of an operator once a `default` line is added to those before it, by `read` where that is not known. */
  extend(
    item: ast.DefaultDeclaration,
    outer: WrittenArguments | undefined,
    scope: Scope,
    report: Report,
    read: (report: Report) => WrittenArguments,
  ): WrittenArguments {
    const known = this.extended.get(item);
    if (known && known.outer === outer && !known.words.some((name) => scope.has(name))) return known.all;
    let isTold = false;
    const all = read((diagnostic) => {
      isTold = true;
      report(diagnostic);
    });
    const reader = new NameReader();
    reader.layer(item.layer);
    const words = [...reader.names];
    if (!isTold && reader.isPlain && !reader.calls && !words.some((name) => scope.has(name))) {
      this.extended.set(item, { outer, words, all });
      this.keepPlaces([...all.values()].flatMap(({ span, valueSpan }) => [span, valueSpan]));
    }
    return all;
  }
}

function keepLatest(cell: Cell, { arriving, axes, flags }: Circumstances, decided: Decided): void {
  if (cell.names?.length === 0) cell.latest = { arriving: arriving?.type, axes, flags, decided };
}

/** The circumstances as a text; undefined where they cannot be compared. */
function keyOf({ names }: Cell, { scope, arriving, axes, flags }: Circumstances): string | undefined {
  if (!names || arriving?.annotated) return undefined;
  let key = String(flags);
  if (!arriving) key += `?${axes}`;
  for (const side of arriving?.type.shape ?? []) {
    if (typeof side !== "number") return undefined;
    key += `x${side}`;
  }
  for (const name of names) {
    const value = scope.get(name);
    if (typeof value === "object") return undefined;
    key += value === UNKNOWN ? " ?" : ` ${value}`;
  }
  return key;
}

/** A layer with what is written where something else stands for it. */
export function inPlaceOf(use: ast.Layer, layer: ast.Layer): ast.Layer {
  const head = { text: layer.head.text, span: use.head.span };
  const count = use.count ?? layer.count;
  return { ...layer, head, count, parts: [...layer.parts, ...use.parts], branches: use.branches, span: use.span };
}

/** Collects the names that a layer may read. */
class NameReader {
  readonly names = new Set<string>();
  /** Whether nothing but values of names, and what arrives, is read. */
  isPlain = true;
  calls = false;

  layer({ count, call, parts, branches }: ast.Layer): void {
    if (branches || call?.isUnreadable) this.isPlain = false;
    if (count) this.expression(count);
    for (const { name, value } of call?.arguments ?? []) {
      if (name) this.names.add(name.text);
      this.expression(value);
    }
    for (const part of parts) this.part(part);
  }

  private part(part: ast.Part): void {
    switch (part.kind) {
      case "word":
        this.names.add(part.text);
        break;
      case "value":
      case "slash":
        this.expression(part.value);
        break;
      case "tuple":
        for (const value of part.values) this.expression(value);
        break;
      case "size":
        // Letters stand for sizes of the input, which are no numbers.
        if (part.size.dimensions.some((side) => typeof side === "string")) this.isPlain = false;
        break;
      case "equals":
        this.isPlain = false;
        break;
      case "remark":
      case "times":
        break;
    }
  }

  private expression(node: ast.Expression): void {
    switch (node.kind) {
      case "variable":
        this.names.add(node.name);
        break;
      case "call":
        this.calls = true;
        break;
      case "unit":
      case "label":
      case "hole":
      case "unreadable":
      case "invalid":
        this.isPlain = false;
        break;
    }
    for (const inner of expressionsWithin(node)) this.expression(inner);
  }
}
