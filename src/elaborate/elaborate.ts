/** AST to IR: names, defaults, repeats and `but` resolved, every size inferred on the way. */
import { diagnose, type Diagnostic } from "../base/diagnostics.js";
import { groupDigits } from "../base/integers.js";
import { closest } from "../base/suggest.js";
import type { Claim } from "../base/quantity.js";
import { cover, textOf, type Span } from "../base/source.js";
import type { Arguments, Network, NodeId, Step } from "../ir/network.js";
import { formatDimensions, symbolsOf } from "../ir/shape.js";
import type { Operator } from "../ops/define.js";
import { LARGEST_SIZE } from "../ops/size.js";
import type * as ast from "../syntax/ast.js";
import { misplaced, notInThisVersion } from "../syntax/diagnostics.js";
import { sizeNumbers } from "./arguments.js";
import {
  duplicateLabel,
  repeatNotWhole,
  reservedLabel,
  secondInput,
  sizeWithStars,
  tooManyLayers,
  unknownLabel,
  wrongAnnotation,
} from "./diagnostics.js";
import { evaluate, MOST_NAMED, type Variables } from "./evaluate.js";
import { labelOf, labelsIn } from "./labels.js";
import { lookUpLayer } from "./look-up-layer.js";
import { readLayer, readParts, type WrittenArguments } from "./read-parts.js";
import { afterWrong, resolveLayer, sameSize } from "./resolve-layer.js";
import { openDiagnostics } from "./sketch.js";
import type { Defaults, Limits, NetState, Value } from "./state.js";

/** A net to elaborate: its body with what a chain of `but` changes in it. */
export interface NetRequest {
  name: string;
  documentation?: string;
  span: Span;
  items: readonly ast.Item[];
  variables: Variables;
  /** `default` lines of the file that stand before it. */
  defaults: Defaults;
  /** Changes by label; the outermost `but` last. */
  changes: readonly NetChange[];
  trail: readonly Step[];
  /** For a net made with `but`: what annotations supplied in the net it is made from. */
  inherited?: ReadonlyMap<string, Arguments>;
  /** The net that the changes are made to, for messages. */
  baseName?: string;
}

/** A line of `but { ... }` with the variables that it means. */
export interface NetChange extends ast.Change {
  readonly variables: Variables;
}

export interface NetResult {
  /** Undefined where there were errors. */
  network?: Network;
  filled: ReadonlyMap<string, Arguments>;
  diagnostics: Diagnostic[];
}

/** Elaborates one net. Never throws for a mistake in the program. */
export function elaborateNet(request: NetRequest, limits: Limits): NetResult {
  return new NetElaborator(request, limits).run();
}

/** Beyond these nobody reads on. */
const MOST_DIAGNOSTICS = 1_000;

class NetElaborator {
  private readonly diagnostics: Diagnostic[] = [];
  private readonly state: NetState;
  private readonly totals: Claim[] = [];
  private readonly labels = new Map<string, Span>();
  private readonly counters = new Map<string, number>();
  private readonly takenNames: ReadonlySet<string>;
  private readonly usedChanges = new Set<NetChange>();
  /** Positions in the repeats around the current layer, for the names of labelled layers. */
  private readonly rounds: number[] = [];
  private readonly inputs: NodeId[] = [];
  private value: Value | undefined;
  private sawInput = false;
  private sawLayer = false;
  private full = false;
  /** Whether an error was reported. */
  private failed = false;
  /** How often what is walked now is repeated. */
  private multiplier = 1;

  constructor(
    private readonly request: NetRequest,
    limits: Limits,
  ) {
    this.takenNames = labelsIn(request.items);
    this.state = {
      name: request.name,
      variables: request.variables,
      nodes: [],
      trail: request.trail,
      limits,
      incomplete: [],
      filled: new Map(),
      inherited: request.inherited,
      report: (diagnostic) => {
        if (this.diagnostics.length >= MOST_DIAGNOSTICS) return;
        this.diagnostics.push(this.withTrail(diagnostic));
        if (diagnostic.severity === "error") this.failed = true;
      },
    };
  }

  /** What led here from another declaration: `in B = F(0)`. */
  private withTrail(diagnostic: Diagnostic): Diagnostic {
    const steps = this.request.trail.map(({ text, span }) => ({ span, text: `in ${text}` }));
    return steps.length === 0 ? diagnostic : { ...diagnostic, related: [...diagnostic.related, ...steps] };
  }

  run(): NetResult {
    this.walk(this.request.items, this.request.defaults);
    const start = firstElement(this.request.items)?.span ?? this.request.span;
    // In a net that cannot be read, what looks open may be what could not be read.
    if (!this.failed || this.sawInput) {
      openDiagnostics(this.request.name, this.sawInput, this.state.incomplete, start).forEach(this.state.report);
    }
    this.checkChanges();
    const { nodes, filled } = this.state;
    const complete = !this.failed && this.value && nodes.length > 0;
    if (!complete) return { filled, diagnostics: this.diagnostics };
    const network: Network = {
      name: this.request.name,
      documentation: this.request.documentation,
      nodes,
      inputs: this.inputs,
      outputs: [this.value!.node],
      symbols: symbolsOf(this.inputs.map((id) => nodes[id]!.type.shape)),
      conditions: [],
      totals: this.request.inherited ? [] : this.totals,
      span: this.request.span,
    };
    return { network, filled, diagnostics: this.diagnostics };
  }

  private walk(items: readonly ast.Item[], outer: Defaults): void {
    let defaults = outer;
    for (const item of items) {
      if (this.full) return;
      if (item.kind === "default") defaults = extendDefaults(defaults, item, this.request.variables, this.state.report);
      else if (item.kind === "total") this.totals.push(...item.claims);
      else if (item.kind === "element") this.element(item, defaults);
      // A net inside of a net is reported where nets are collected.
    }
  }

  private element(element: ast.Element, defaults: Defaults): void {
    let times = 1;
    const { core } = element;
    if (this.isProduct(element)) return;
    let unclear = false;
    for (const repeat of element.repeats) {
      const count = this.repeatCount(repeat);
      if (count === undefined) unclear = true;
      else times = Math.min(times * count, LARGEST_SIZE);
    }
    if (core.kind === "group") element.claims.forEach((claim) => this.refuseClaim(claim));
    if (core.kind === "check") {
      this.checkAnnotations("what arrives here", element.annotations);
      return;
    }
    if (core.kind === "group" && element.label) this.declareLabel(element.label.text, element.label.span);
    const outerMultiplier = this.multiplier;
    this.multiplier = Math.min(this.multiplier * times, LARGEST_SIZE);
    for (let round = 1; round <= times && !this.full; round++) {
      if (times > 1) this.rounds.push(round);
      const before = this.state.nodes.length;
      if (core.kind === "group") this.walk(core.items, defaults);
      else this.layer(element, core, defaults, round === times);
      if (times > 1) this.rounds.pop();
      const grown = this.state.nodes.length - before;
      // A round that adds nothing is like all others: what is wrong with it is told, and nothing is nothing.
      if (grown === 0) break;
      if (round === 1 && before + grown * times > this.state.limits.layers) this.refuseLayers(core.span);
    }
    this.multiplier = outerMultiplier;
    // How often is not known, so neither is what comes out.
    if (unclear) this.value = undefined;
    if (core.kind === "group") this.checkAnnotations("the group", element.annotations);
  }

  private refuseClaim(claim: Claim): void {
    const args = { what: "a claim", where: "behind a group", mend: "write it behind a layer, or in a TOTAL line" };
    this.state.report(diagnose(misplaced, claim.span, args));
  }

  /** `INPUT 224*224*3`: a size as a product, which would repeat the input. */
  private isProduct({ core, repeats }: ast.Element): boolean {
    const [first] = core.kind === "layer" && core.mnemonic === "INPUT" ? core.parts : [];
    if (repeats.length === 0 || first?.kind !== "value" || first.value.kind !== "number") return false;
    const size = [first.value, ...repeats].map((factor) => textOf(factor.span)).join("x");
    const span = cover(first.span, repeats.at(-1)!.span);
    const fixes = [{ title: `write INPUT ${size}`, edits: [{ span, text: size }] }];
    this.state.report(diagnose(sizeWithStars, span, { size }, { fixes }));
    this.sawInput = true;
    this.value = undefined;
    return true;
  }

  private refuseLayers(span: Span): void {
    if (this.full) return;
    this.full = true;
    this.state.report(diagnose(tooManyLayers, span, { limit: groupDigits(this.state.limits.layers) }));
  }

  private repeatCount(expression: ast.Expression): number | undefined {
    const wrong = (found: string): undefined => {
      this.state.report(diagnose(repeatNotWhole, expression.span, { found }));
      return undefined;
    };
    if (expression.kind === "unreadable") return undefined;
    if (expression.kind === "invalid" || expression.kind === "hole") return wrong(textOf(expression.span));
    const value = evaluate(expression, this.request.variables, "a repeat", this.state.report);
    if (value === undefined || Number.isNaN(value)) return undefined;
    if (Number.isInteger(value) && value >= 0 && value <= LARGEST_SIZE) return value;
    const text = textOf(expression.span);
    return wrong(text === String(value) ? text : `${text} = ${value}`);
  }

  private layer(element: ast.Element, layer: ast.Layer, defaults: Defaults, last: boolean): void {
    const operator = lookUpLayer(layer, this.state.report);
    if (!operator || layer.branches) {
      if (operator && layer.branches)
        this.state.report(diagnose(notInThisVersion, layer.head.span, { word: `${layer.mnemonic} { ... }` }));
      this.value = undefined;
      if (operator?.inputs === 0) this.sawInput = true;
      return;
    }
    const { label, digitsAreName } = labelOf(element, layer, operator);
    if (label) this.declareLabel(label.text, label.span);
    const name = label ? this.labelledName(label.text) : this.freshName(operator.name);
    const faultsBefore = this.diagnostics.length;
    const written = readLayer(layer, operator, digitsAreName, this.request.variables, this.state.report);
    this.applyChanges(name, label?.text, operator, layer.mnemonic, written);

    if (operator.inputs === 0) {
      const first = this.sawInput ? "has an INPUT already" : "starts with another layer";
      const args = { net: this.request.name, first };
      if (this.sawInput || this.sawLayer) this.state.report(diagnose(secondInput, layer.head.span, args));
      this.sawInput = true;
    }
    this.sawLayer = true;
    const resolved = resolveLayer(
      {
        operator,
        mnemonic: layer.mnemonic,
        name,
        labelled: label !== undefined,
        span: layer.span,
        headSpan: layer.head.span,
        written,
        // Of a repeated layer only the last one gives the annotated size.
        annotations: last ? element.annotations : [],
        claims: element.claims,
        faulty: this.diagnostics.length > faultsBefore,
        times: this.multiplier,
      },
      defaults.get(operator.name),
      this.value,
      this.state,
    );
    const input = this.value;
    this.value = undefined;
    if (!resolved.args || !resolved.type) return;
    if (this.state.nodes.length >= this.state.limits.layers) {
      this.refuseLayers(layer.span);
      return;
    }
    const id = this.state.nodes.length;
    this.state.nodes.push({
      id,
      name,
      labelled: label !== undefined,
      op: operator.name,
      args: resolved.args,
      // Behind an error an annotation may name a size that comes from nowhere.
      inputs: input && operator.inputs > 0 ? [input.node] : [],
      type: resolved.type,
      span: layer.span,
      trail: this.request.trail,
      claims: this.request.inherited ? [] : element.claims,
      argSpans: spansOf(written, operator, element.annotations),
    });
    if (operator.inputs === 0) this.inputs.push(id);
    this.value = { node: id, type: resolved.type, annotated: resolved.annotated };
  }

  private declareLabel(text: string, span: Span): void {
    // Runtimes keep values by name in plain objects.
    if (text === "__proto__") this.state.report(diagnose(reservedLabel, span, { label: text }));
    const before = this.labels.get(text);
    if (before && before.start !== span.start) {
      const related = [{ span: before, text: "the first one" }];
      this.state.report(diagnose(duplicateLabel, span, { label: text }, { related }));
    }
    if (!before) this.labels.set(text, span);
  }

  private labelledName(label: string): string {
    return [label, ...this.rounds].join(".");
  }

  /** `conv1`, `conv2` ...: counted for each operator, so that a further layer of another kind changes no name. */
  private freshName(operator: string): string {
    const base = operator === "identity" ? "id" : operator;
    let name: string;
    do {
      const next = (this.counters.get(base) ?? 0) + 1;
      this.counters.set(base, next);
      name = base === "input" && next === 1 ? base : `${base}${next}`;
    } while (this.takenNames.has(name));
    return name;
  }

  /** A change names a layer by its label, in all rounds of a repeat, or by the name that reports give it. */
  private applyChanges(
    name: string,
    label: string | undefined,
    operator: Operator,
    mnemonic: string,
    written: WrittenArguments,
  ): void {
    for (const change of this.request.changes) {
      if (change.label.text !== name && change.label.text !== label) continue;
      this.usedChanges.add(change);
      const changed: WrittenArguments = new Map();
      const { variables } = change;
      readParts(change.parts, operator, mnemonic, changed, variables, this.state.report);
      for (const [parameter, value] of changed) written.set(parameter, { ...value, variables });
    }
  }

  private checkChanges(): void {
    // Layers behind an unknown size have no node; their labels are still known.
    const known = [...new Set([...this.labels.keys(), ...this.state.nodes.map((node) => node.name)])];
    for (const change of this.request.changes) {
      if (this.usedChanges.has(change)) continue;
      const { text, span } = change.label;
      const suggestion = closest(text, known);
      const fixes = suggestion ? [{ title: `did you mean ${suggestion}?`, edits: [{ span, text: suggestion }] }] : [];
      const shown = known.length > 20 ? [...this.labels.keys()] : known;
      const args = { label: text, net: this.request.baseName ?? this.request.name, known: shown.slice(0, MOST_NAMED) };
      this.state.report(diagnose(unknownLabel, span, args, { fixes }));
    }
  }

  /** Annotations of a group, or alone between two dashes. */
  private checkAnnotations(what: string, annotations: readonly ast.Annotation[]): void {
    if (this.request.inherited) return;
    for (const { size, span } of annotations) {
      const shape = sizeNumbers(size, 1, this.state.report);
      if (!shape || !this.value) continue;
      const { type, annotated } = this.value;
      if (sameSize(shape, type.shape)) {
        this.value = { ...this.value, annotated: undefined };
      } else if (!annotated || !sameSize(shape, annotated.shape)) {
        const found = formatDimensions(type.shape);
        const fixes = [{ title: `write [${found}]`, edits: [{ span, text: `[${found}]` }] }];
        const args = { layer: what, found, annotated: formatDimensions(shape) };
        this.state.report(diagnose(wrongAnnotation, span, args, { fixes }));
        this.value = { ...this.value, ...afterWrong(type, { shape }) };
      }
    }
  }
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

function firstElement(items: readonly ast.Item[]): ast.Element | undefined {
  return items.find((item): item is ast.Element => item.kind === "element");
}

/** Adds a `default` line to those in force. */
export function extendDefaults(
  defaults: Defaults,
  item: ast.DefaultDeclaration,
  variables: Variables,
  report: NetState["report"],
): Defaults {
  const operator = lookUpLayer(item.layer, report);
  if (!operator) return defaults;
  const written = readLayer(item.layer, operator, false, variables, report);
  return new Map([...defaults, [operator.name, new Map([...(defaults.get(operator.name) ?? []), ...written])]]);
}
