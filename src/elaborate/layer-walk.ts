/** Layers of a chain: what each is decided to be, and the nodes that come of them. */
import { diagnose, type Diagnostic } from "../base/diagnostics.js";
import type { Claim } from "../base/quantity.js";
import { cover, type Span } from "../base/source.js";
import type { Node, NodeId } from "../ir/network.js";
import { operators } from "../ops/registry.js";
import type { Operator } from "../ops/define.js";
import type * as ast from "../syntax/ast.js";
import { branchesMissing, branchesNotTaken, emptyBranch, oneBranch } from "./diagnostics.js";
import { type Circumstances, type Decided, type LayerMemo } from "./layer-memo.js";
import { readLayer, readParts, type WrittenArguments } from "./read-parts.js";
import { resolveLayer } from "./resolve-layer.js";
import type { Defaults } from "./state.js";
import { isUnit, type Flow, type Scope } from "./values.js";
import { InputWalk } from "./input-walk.js";
import { MOST_DIAGNOSTICS } from "./net-walk.js";

/** What a layer is called, by its label or by its kind. */
export interface Naming {
  readonly name: string;
  readonly label?: ast.Identifier;
  readonly digitsAreName: boolean;
  /** What it is known by where it was decided before. */
  readonly key: ast.Core | undefined;
}

const NO_CLAIMS: readonly Claim[] = [];

export abstract class LayerWalk extends InputWalk {
  /** Items in braces or brackets. */
  protected abstract braces(
    items: readonly ast.Item[],
    defaults: Defaults,
    scope: Scope,
    span: Span,
    nested?: number,
  ): void;

  /** Whether a link was one that was decided before, which is all that most of them are. */
  protected addFamiliar(element: ast.Element, defaults: Defaults, scope: Scope): boolean {
    const { layers, changes, inherited } = this.request;
    const { core } = element;
    const isPlain = layers && changes.length === 0 && !inherited && this.state.symbols.length === 0;
    if (!isPlain || core.kind !== "layer") return false;
    const { text } = core.head;
    const value = scope.get(text);
    // A name of the program may stand for something else.
    const stated = isUnit(value) ? layers.standInOf(core, value) : value === undefined ? core : undefined;
    const link = stated && layers.plainLink(element, stated);
    if (!link || (stated === core && scope.module.units.has(text))) return false;
    const { layer, operator, digitsAreName, cell } = link;
    const decided = layers.recallIn(cell, this.circumstances(operator, digitsAreName, defaults, scope, true));
    if (!decided || decided.steps > 0) return false;
    this.sawLayer = true;
    const name = this.nextName(operator.name);
    this.addDecided(decided, element, layer, operator, { name, digitsAreName, key: stated });
    return true;
  }

  protected plainLayer(
    element: ast.Element,
    layer: ast.Layer,
    operator: Operator,
    naming: Naming,
    defaults: Defaults,
    scope: Scope,
    isLast: boolean,
  ): void {
    const { label, name } = naming;
    const faultsBefore = this.diagnostics.length;
    const { report } = this.state;
    const settings = this.changes.settings(name, label?.text, this.changeLevel);
    const memo = settings.length > 0 ? undefined : this.memoFor(operator, naming);
    const circumstances = memo && this.circumstances(operator, naming.digitsAreName, defaults, scope, isLast);
    const decided = circumstances && memo?.layers.recall(memo.key, circumstances);
    if (decided && this.state.work.steps + decided.steps <= this.state.work.limit) {
      this.sawLayer = true;
      this.state.work.steps += decided.steps;
      this.addDecided(decided, element, layer, operator, naming);
      return;
    }
    const before = memo && this.traces();
    const written = readLayer(layer, operator, naming.digitsAreName, scope, report);
    for (const { change, scope: meant } of settings) {
      const changed: WrittenArguments = new Map();
      readParts(change.parts, operator, layer.mnemonic, changed, meant, report);
      for (const [parameter, value] of changed) written.set(parameter, { ...value, scope: meant });
    }
    if (this.isInputItself(operator, label)) {
      this.checkAnnotations("ID", element.annotations);
      return;
    }
    if (operator.inputs === 0 && !this.startInput(layer, label)) return;
    const flows = this.flowsInto(layer, operator, defaults, scope, this.diagnostics.length > faultsBefore);
    this.sawLayer = true;
    const resolved = resolveLayer(
      {
        operator,
        mnemonic: layer.mnemonic,
        name,
        labelled: label !== undefined,
        span: layer.branches ? cover(layer.head.span, layer.head.span) : layer.span,
        headSpan: layer.head.span,
        written,
        // Of a repeated layer only the last one gives the annotated size.
        annotations: isLast ? element.annotations : [],
        claims: element.claims,
        faulty: this.diagnostics.length > faultsBefore,
        times: this.multiplier,
        place: this.place(scope),
        letters: operator.inputs === 0 ? this.newLetters(scope, sizeSpanOf(layer, element)) : this.letters,
        branchSpans: flows?.spans,
        isResized: this.frame.isResized,
      },
      defaults.get(operator.name),
      flows?.flows,
      this.state,
    );
    const isPlain = before && this.leftNoTraces(before) && !resolved.partly && !resolved.annotated;
    if (isPlain && circumstances && resolved.args) {
      const { args, type } = resolved;
      const argSpans = spansOf(written, operator, element.annotations);
      memo?.layers.keep(memo.key, circumstances, {
        args,
        type,
        argSpans,
        steps: this.state.work.steps - before.steps,
      });
    }
    const inputs = (flows?.flows ?? []).map(({ node }) => node);
    this.value = undefined;
    if (!resolved.args || !resolved.type) return;
    if (operator.inputs === 0 && this.request.hasOpenInputs) this.openInput(resolved);
    if (resolved.partly) this.partly.push(...resolved.partly.map((text) => ({ span: layer.head.span, text })));
    // Behind an error an annotation may name a size that comes from nowhere.
    const argSpans = spansOf(written, operator, element.annotations);
    const { args, type } = resolved;
    const isFed = operator.inputs !== 0;
    this.request.layers?.keepPlaces(Object.values(argSpans));
    const node = this.node({ args, type, argSpans }, element, layer, operator, naming, isFed ? inputs : []);
    if (!this.add(node)) return;
    if (!isFed) this.addInput(node.id, type, scope, written, layer.head.span);
    this.value = { node: node.id, type, annotated: resolved.annotated };
  }

  private node(
    { args, type, argSpans }: Pick<Node, "args" | "type" | "argSpans">,
    { claims }: ast.Element,
    { span }: ast.Layer,
    operator: Operator,
    { name, label }: Naming,
    inputs: readonly NodeId[],
  ): Node {
    return {
      id: this.state.nodes.length,
      name,
      labelled: label !== undefined,
      op: operator.name,
      args,
      inputs,
      type,
      span,
      trail: this.frame.trail,
      claims: this.request.inherited || this.frame.depth > 0 ? NO_CLAIMS : claims,
      argSpans,
    };
  }

  /** False where the net has too many layers, which is told. */
  private add(node: Node): boolean {
    const { nodes } = this.state;
    if (nodes.length < this.limits.layers) return nodes.push(node) > 0;
    this.refuseLayers(node.span);
    return false;
  }

  /** A layer that was decided before under the same circumstances. */
  private addDecided(
    decided: Decided,
    element: ast.Element,
    layer: ast.Layer,
    operator: Operator,
    naming: Naming,
  ): void {
    const { value } = this;
    const { type, node: latest } = decided;
    this.value = undefined;
    if (!type) return;
    let node = latest;
    if (!latest || !this.isSameNode(latest, naming, value)) {
      node = this.node({ ...decided, type }, element, layer, operator, naming, value ? [value.node] : []);
      if (this.frame.depth === 0) decided.node = node;
    }
    if (this.add(node!)) this.value = { node: node!.id, type };
  }

  /** Whether a node that was made of a layer before is what would be made of it now. */
  private isSameNode({ id, name, labelled, inputs, trail }: Node, naming: Naming, arriving: Flow | undefined): boolean {
    const { nodes } = this.state;
    return (
      this.frame.depth === 0 &&
      id === nodes.length &&
      name === naming.name &&
      labelled === (naming.label !== undefined) &&
      inputs[0] === arriving?.node &&
      trail === this.frame.trail
    );
  }

  /** Where it is kept what a layer is decided to be; undefined where that may depend on more than is compared. */
  private memoFor(operator: Operator, { label, key }: Naming): { layers: LayerMemo; key: ast.Layer } | undefined {
    const { layers, inherited } = this.request;
    const isPlain = layers && !inherited && operator.inputs === 1 && this.state.symbols.length === 0;
    if (!isPlain || key?.kind !== "layer" || this.isInputItself(operator, label)) return undefined;
    return { layers, key };
  }

  private circumstances(
    operator: Operator,
    digitsAreName: boolean,
    defaults: Defaults,
    scope: Scope,
    isLast: boolean,
  ): Circumstances {
    return {
      defaults: defaults.get(operator.name),
      scope,
      arriving: this.value,
      axes: this.state.nodes[0]?.type.shape.length ?? 0,
      flags: Number(isLast) + 2 * Number(digitsAreName) + 4 * Number(this.frame.isResized),
    };
  }

  /** What a layer that was decided without a word leaves as it was. */
  private traces() {
    const { incomplete, fills, work, conditions } = this.state;
    return {
      told: this.diagnostics.length,
      incomplete: incomplete.length,
      fills,
      conditions,
      steps: work.steps,
    };
  }

  private leftNoTraces(before: ReturnType<LayerWalk["traces"]>): boolean {
    const now = this.traces();
    return (
      now.told === before.told &&
      now.told < MOST_DIAGNOSTICS &&
      now.incomplete === before.incomplete &&
      now.fills === before.fills &&
      now.conditions === before.conditions
    );
  }

  /** In braces the input itself is no layer: `ADD { ... | ID }`. */
  private isInputItself(operator: Operator, label: ast.Identifier | undefined): boolean {
    const isInBraces = this.nesting > 0 || this.frame.depth > 0;
    return operator.name === operators.identity.name && !label && this.value !== undefined && isInBraces;
  }

  /** What a layer reads: what arrives, or what its branches give; undefined where that is unknown. */
  private flowsInto(
    layer: ast.Layer,
    operator: Operator,
    defaults: Defaults,
    scope: Scope,
    isFaulty: boolean,
  ): { flows: Flow[]; spans?: Span[] } | undefined {
    const { report } = this.state;
    const args = { layer: layer.mnemonic };
    if (operator.inputs !== "many") {
      if (layer.branches) report(diagnose(branchesNotTaken, layer.head.span, args));
      return this.value && !layer.branches ? { flows: [this.value] } : undefined;
    }
    const chains = layer.branches?.chains ?? [];
    if (chains.every(({ items }) => items.length === 0)) {
      if (!isFaulty) report(diagnose(branchesMissing, layer.head.span, args));
      return undefined;
    }
    if (chains.length === 1) report(diagnose(oneBranch, layer.head.span, args));
    const input = this.value;
    const flows: (Flow | undefined)[] = [];
    const spans: Span[] = [];
    for (const chain of chains) {
      const elements = chain.items.filter((item) => item.kind === "element");
      if (elements.length === 0 && !chain.isUnreadable) report(emptyBranchDiagnostic(layer.mnemonic, chain.span));
      this.value = input;
      this.braces(chain.items, defaults, scope.inner(), chain.span, 1);
      flows.push(elements.length === 0 ? undefined : this.value);
      spans.push(elements.at(-1)?.core.span ?? chain.span);
    }
    this.value = undefined;
    return flows.includes(undefined) || chains.length === 1 ? undefined : { flows: flows as Flow[], spans };
  }
}

/** `{ CONV3-64 | }`: between two signs, behind the first of which a chain is missing. */
function emptyBranchDiagnostic(layer: string, span: Span): Diagnostic {
  const { source, start } = span;
  const edits = [{ span: { source, start: start + 1, end: start + 1 }, text: " ID" }];
  return diagnose(emptyBranch, span, { layer }, { fixes: [{ title: "write ID for the input itself", edits }] });
}

/** Where a layer's arguments stand; an input's size may be its annotation. */
function spansOf(
  written: WrittenArguments,
  operator: Operator,
  annotations: readonly ast.Annotation[],
): Record<string, Span> {
  const spans = Object.fromEntries([...written].map(([name, { valueSpan }]) => [name, valueSpan]));
  const [annotation] = annotations;
  if (operator.inputs === 0 && operator.size && annotation) spans[operator.size] ??= annotation.size.span;
  return spans;
}

/** Where the size of an input stands. */
function sizeSpanOf(layer: ast.Layer, { annotations }: ast.Element): Span {
  const size = layer.parts.find((part) => part.kind === "size");
  return size?.span ?? annotations[0]?.size.span ?? layer.head.span;
}
