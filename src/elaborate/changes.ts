/** What `but { ... }` changes: the lines that are about a layer, and those that are about none. */
import { diagnose, type Diagnostic } from "../base/diagnostics.js";
import { closest } from "../base/suggest.js";
import type * as ast from "../syntax/ast.js";
import { changeOfDropped, unknownLabel } from "./diagnostics.js";
import { labelsIn } from "./labels.js";
import { MOST_NAMED } from "./place.js";
import type { Defaults } from "./state.js";
import type { Scope } from "./values.js";

/** A line of `but { ... }` with the names that it means. */
export interface NetChange {
  readonly change: ast.Change;
  readonly scope: Scope;
  /** `default` lines that hold where it stands. */
  readonly defaults: Defaults;
  /** How far out its `but` stands: of several, the outer ones change what the inner ones have made. */
  readonly level: number;
}

type ChangeOf<K extends ast.Change["kind"]> = NetChange & { readonly change: Extract<ast.Change, { kind: K }> };

/** The labels that changes bring with their chains. */
export function labelsOfChanges(changes: readonly NetChange[]): ReadonlySet<string> {
  return new Set(changes.flatMap(({ change }) => ("chain" in change ? [...labelsIn(change.chain)] : [])));
}

/** What is to be done with one layer, block or group. */
export interface Structure {
  readonly dropped: boolean;
  readonly replacement?: ChangeOf<"replace">;
  readonly before: readonly ChangeOf<"insert">[];
  readonly after: readonly ChangeOf<"insert">[];
}

const NOTHING: readonly never[] = [];
const UNCHANGED: Structure = { dropped: false, before: [], after: [] };

export class Changes {
  private readonly used = new Set<NetChange>();
  /** Names of what was dropped or replaced. */
  private readonly gone = new Set<string>();
  private readonly byLabel = new Map<string, NetChange[]>();

  constructor(private readonly all: readonly NetChange[]) {
    for (const change of all) {
      const { text } = change.change.label;
      this.byLabel.set(text, [...(this.byLabel.get(text) ?? []), change]);
    }
  }

  /** The changes of a layer by its full name or its label; those from `level` on are looked at. */
  private of(name: string, label: string | undefined, level: number): NetChange[] {
    const named = this.byLabel.get(name) ?? [];
    const labelled = label !== undefined && label !== name ? (this.byLabel.get(label) ?? []) : [];
    return [...named, ...labelled].filter((change) => change.level >= level);
  }

  private use<K extends NetChange>(found: K[]): K[] {
    found.forEach((change) => this.used.add(change));
    return found;
  }

  /** Attributes that are changed, the outermost `but` last. */
  settings(name: string, label: string | undefined, level: number): readonly ChangeOf<"set">[] {
    if (this.all.length === 0) return NOTHING;
    const found = this.of(name, label, level);
    return this.use(found.filter((candidate): candidate is ChangeOf<"set"> => candidate.change.kind === "set"));
  }

  structure(name: string, label: string | undefined, level: number): Structure {
    if (this.all.length === 0) return UNCHANGED;
    const found = this.use(this.of(name, label, level).filter(({ change }) => change.kind !== "set"));
    if (found.length === 0) return UNCHANGED;
    found
      .filter(({ change }) => change.kind !== "insert")
      .forEach(() => [name, label ?? name].forEach((one) => this.gone.add(one)));
    const inserts = found.filter((candidate): candidate is ChangeOf<"insert"> => candidate.change.kind === "insert");
    return {
      dropped: found.some(({ change }) => change.kind === "drop"),
      replacement: found.findLast((candidate): candidate is ChangeOf<"replace"> => candidate.change.kind === "replace"),
      before: inserts.filter(({ change }) => change.where === "before"),
      after: inserts.filter(({ change }) => change.where === "after"),
    };
  }

  /** A line about a layer that the net does not have. `known` are the names that it has, labels first. */
  unused(net: string, known: readonly string[], labels: readonly string[]): Diagnostic[] {
    return this.all.flatMap((change) => {
      if (this.used.has(change)) return [];
      const { text, span } = change.change.label;
      if (this.gone.has(text)) return [diagnose(changeOfDropped, span, { label: text })];
      const suggestion = closest(text, known);
      const fixes = suggestion ? [{ title: `did you mean ${suggestion}?`, edits: [{ span, text: suggestion }] }] : [];
      const shown = known.length > 20 ? labels : known;
      const args = { label: text, net, known: shown.slice(0, MOST_NAMED) };
      return [diagnose(unknownLabel, span, args, { fixes })];
    });
  }
}
