/** AST to IR: names, defaults, repeats, blocks, branches and `but` resolved, every size inferred on the way. */
import { diagnose } from "../base/diagnostics.js";
import { groupDigits } from "../base/integers.js";
import type { Claim } from "../base/quantity.js";
import { cover, textOf, type Span } from "../base/source.js";
import type { Budget } from "../ir/budget.js";
import type { Network, NodeId } from "../ir/network.js";
import type { Training } from "../ir/training.js";
import { operators } from "../ops/registry.js";
import { LARGEST_SIZE } from "../ops/size.js";
import type * as ast from "../syntax/ast.js";
import { readBudget } from "./budgets.js";
import type { NetChange } from "./changes.js";
import { declareVariable } from "./declare-variable.js";
import { capitalCount, labelFurtherDown, repeatNotWhole, sizeWithStars, tooManyRepeats } from "./diagnostics.js";
import { evaluate, evaluateTruth, unknownLabelUse } from "./evaluate.js";
import { extendDefaults } from "./extend-defaults.js";
import { labelOf } from "./labels.js";
import { canonicalLayer, lookUpLayer } from "./look-up-layer.js";
import { findUnit } from "./look-up-unit.js";
import type { Work } from "./place.js";
import { openDiagnostics } from "./sketch.js";
import type { Defaults, Limits } from "./state.js";
import { readTraining } from "./training.js";
import { type Scope, describeValue, isLabel, isSymbolic, isUnit, labelKey, UNKNOWN } from "./values.js";
import { CallWalk } from "./call-walk.js";
import type { NetRequest, NetResult } from "./net-request.js";

/** Elaborates one net. Never throws for a mistake in the program. */
export function elaborateNet(request: NetRequest, limits: Limits, work: Work): NetResult {
  return new NetElaborator(request, limits, work).run();
}

class NetElaborator extends CallWalk {
  private readonly totals: Claim[] = [];
  private readonly budgets: Budget[] = [];
  private training: Training | undefined;
  /** Whether the chain ended, so far, with output lines that are fed by it. */
  private endsInOutputs = false;

  run(): NetResult {
    this.walk(this.request.items, this.request.defaults, this.frame.scope);
    // Of a net with changes the lines belong to another.
    const isChanged = this.request.changes.length > 0;
    const first = isChanged ? undefined : firstElement(this.request.items)?.span;
    const start = first ?? this.request.span;
    // In a net that cannot be read, what looks open may be what could not be read.
    if (!this.failed || this.sawInput) {
      openDiagnostics(this.request.name, this.sawInput, this.state.incomplete, start, !isChanged).forEach(
        this.state.report,
      );
    }
    this.checkChanges();
    const { nodes, filled, symbols } = this.state;
    const outputs = this.outputNodes();
    const complete = !this.failed && nodes.length > 0 && outputs && outputs.length > 0;
    const inputs = this.inputs.map((id) => nodes[id]!);
    if (!complete) return { inputs, filled, diagnostics: this.diagnostics };
    this.reportPartly();
    this.readShared();
    if (this.failed) return { inputs, filled, diagnostics: this.diagnostics };
    const network: Network = {
      name: this.request.name,
      documentation: this.request.documentation,
      nodes,
      inputs: this.inputs,
      outputs,
      symbols,
      conditions: this.state.conditions,
      totals: this.request.inherited ? [] : this.totals,
      budgets: this.budgets,
      training: this.training,
      span: this.request.span,
    };
    return { network, filled, diagnostics: this.diagnostics };
  }

  /** What the chain ends with, and the named outputs; undefined where one of them is unknown. */
  private outputNodes(): readonly NodeId[] | undefined {
    if (!this.value || this.lostOutput) return undefined;
    if (this.endsInOutputs) return this.outputs;
    const last = this.value.node;
    const isTold = this.outputs.includes(last);
    return [...(isTold ? [] : [this.isInput(last) ? this.copyOf(last) : last]), ...this.outputs];
  }

  private isInput(id: NodeId): boolean {
    return this.state.nodes[id]?.op === operators.input.name;
  }

  /** An identity of a value: a target cannot give out what comes in. */
  private copyOf(id: NodeId, name = this.frame.freshName("identity"), labelled = false): NodeId {
    const { nodes } = this.state;
    const source = nodes[id]!;
    nodes.push({
      ...source,
      id: nodes.length,
      name,
      labelled,
      op: operators.identity.name,
      args: {},
      inputs: [id],
      claims: [],
      argSpans: {},
    });
    return nodes.length - 1;
  }

  protected walk(items: readonly ast.Item[], outer: Defaults, scope: Scope): void {
    let defaults = outer;
    const isBody = this.frame.depth === 0 && this.nesting === 0;
    for (const item of items) {
      if (this.full) return;
      switch (item.kind) {
        case "default":
          defaults = extendDefaults(defaults, item, scope, this.state.report, this.request.layers);
          break;
        case "let":
          // Those of a file have their values already.
          if (scope !== scope.module.scope) declareVariable(item, scope, this.place(scope));
          break;
        case "output":
          this.output(item, defaults, scope);
          break;
        case "total":
          if (isBody) this.totals.push(...item.claims);
          break;
        case "train":
          if (isBody) this.training = readTraining(item, this.place(scope));
          break;
        case "assert":
          if (isBody) this.budget(item, scope);
          break;
        case "element":
          this.endsInOutputs = false;
          this.element(item, defaults, scope);
          break;
        // Declarations are collected before; where one is misplaced, that is told there.
      }
    }
  }

  private budget(item: ast.AssertDeclaration, scope: Scope): void {
    // The letters of an INPUT that could not be read are not known.
    const isComplete = !this.failed && this.state.incomplete.length === 0 && this.inputs.length > 0;
    const budget = readBudget(item, this.place(scope), this.state.symbols, isComplete);
    if (budget) this.budgets.push(budget);
  }

  /** `assert` and `train` lines beside the nets of the file. */
  private readShared(): void {
    const { scope } = this.frame;
    for (const item of this.request.shared ?? []) {
      if (item.kind === "assert") this.budget(item, scope);
      if (item.kind === "train") this.training ??= readTraining(item, this.place(scope));
    }
  }

  /** `output aux = chain`: fed by what arrives here, which then goes on as if nothing had been said. */
  private output(item: ast.OutputDeclaration, defaults: Defaults, scope: Scope): void {
    const { value } = this;
    this.declareLabel(item.name.text, item.name.span);
    const [last] = item.chain.slice(-1);
    // The last layer carries the name, where it can.
    const carries =
      last?.core.kind === "layer" && !last.label && last.repeats.length === 0 && this.isPlainLayer(last.core, scope);
    const chain: ast.Item[] = carries ? [...item.chain.slice(0, -1), { ...last, label: item.name }] : item.chain;
    if (carries) this.frame.labels.delete(item.name.text);
    this.walk(chain, defaults, scope);
    if (this.value) {
      this.setLabel(item.name.text);
      this.outputs.push(this.namedOutput(this.value.node, this.frame.labelledName(item.name.text)));
    } else {
      this.lostOutput = true;
    }
    this.value = value;
    this.endsInOutputs = item.chain[0]?.core.kind !== "labelled";
  }

  /** The node of an output under its name: the node itself where it is called so, else a copy. */
  private namedOutput(id: NodeId, name: string): NodeId {
    const { nodes } = this.state;
    if (nodes[id]?.name === name) return id;
    // A change may stand behind the layer that carried the name.
    const before = nodes.findLastIndex((node) => node.name === name);
    if (before >= 0)
      nodes[before] = { ...nodes[before]!, name: this.frame.freshName(nodes[before]!.op), labelled: false };
    return this.copyOf(id, name, true);
  }

  private isPlainLayer(layer: ast.Layer, scope: Scope): boolean {
    return layer.capitals && findUnit(layer.head, scope)?.target.kind !== "declared" && !layer.colon;
  }

  private element(element: ast.Element, defaults: Defaults, scope: Scope): void {
    const { observe, name: net } = this.request;
    const { nodes } = this.state;
    const arriving = this.value?.type;
    const start = nodes.length;
    if (!this.addFamiliar(element, defaults, scope)) this.link(element, defaults, scope);
    if (!observe) return;
    const result = this.value?.type;
    this.observe({ net, element, depth: this.frame.depth, arriving, result, nodes, start, end: nodes.length });
  }

  private link(element: ast.Element, defaults: Defaults, scope: Scope): void {
    let times = 1;
    const { core } = element;
    if (this.isProduct(element)) return;
    let unclear = false;
    for (const repeat of element.repeats) {
      const count = this.repeatCount(repeat, scope);
      if (count === undefined) unclear = true;
      else times = Math.min(times * count, LARGEST_SIZE);
    }
    if (core.kind !== "layer") element.claims.forEach((claim) => this.refuseClaim(claim));
    if (core.kind === "check") {
      this.checkAnnotations("what arrives here", element.annotations);
      return;
    }
    // What is left out leaves its label on what arrives there.
    if (times === 0 && element.label) this.named(undefined, element.label, () => undefined);
    const { rounds } = this.frame;
    const outerMultiplier = this.multiplier;
    this.multiplier = Math.min(this.multiplier * times, LARGEST_SIZE);
    for (let round = 1; round <= times && !this.full; round++) {
      if (times > 1) rounds.push(round);
      const before = this.state.nodes.length;
      this.core(element, core, defaults, this.roundScope(element, scope, round), round === times);
      if (times > 1) rounds.pop();
      const grown = this.state.nodes.length - before;
      // Rounds that know their number differ.
      if (element.counter) {
        if (this.isTooMuch()) this.refuseWork(core.span);
        continue;
      }
      // A round that adds nothing is like all others: what is wrong with it is told, and nothing is nothing.
      if (grown === 0) break;
      if (round === 1 && before + grown * times > this.limits.layers) this.refuseLayers(core.span);
    }
    this.multiplier = outerMultiplier;
    // How often is not known, so neither is what comes out.
    if (unclear) this.value = undefined;
    if (core.kind !== "layer") this.checkAnnotations(WHAT[core.kind], element.annotations);
  }

  /** `*3 as i`: each round knows its number. */
  private roundScope({ counter }: ast.Element, scope: Scope, round: number): Scope {
    if (!counter) return scope;
    const inner = scope.inner();
    inner.set(counter.text, round);
    return inner;
  }

  private core(
    element: ast.Element,
    core: Exclude<ast.Core, ast.Check>,
    defaults: Defaults,
    scope: Scope,
    isLast: boolean,
  ): void {
    const { label } = element;
    switch (core.kind) {
      case "layer":
        this.layer(element, canonicalLayer(core), defaults, scope, isLast);
        break;
      case "labelled":
        this.goOnFrom(core, scope);
        if (label) this.named(undefined, label, () => undefined);
        break;
      case "group":
        this.named(undefined, label, () => this.braces(core.items, defaults, scope.inner(), core.span));
        break;
      case "conditional":
        this.named(undefined, label, () => this.conditional(core, defaults, scope));
        break;
    }
  }

  /** Items in braces or brackets. */
  protected braces(items: readonly ast.Item[], defaults: Defaults, scope: Scope, span: Span, nested = 0): void {
    if (!this.enter(span)) return;
    this.nesting += nested;
    this.walk(items, defaults, scope);
    this.nesting -= nested;
    this.open--;
  }

  private conditional(core: ast.Conditional, defaults: Defaults, scope: Scope): void {
    for (const { condition, items } of core.branches) {
      const holds = evaluateTruth(condition, this.place(scope));
      if (holds === true) {
        this.braces(items, defaults, scope.inner(), core.span, 1);
        return;
      }
      if (holds !== false) {
        this.walkUnknown(core, defaults, scope);
        return;
      }
    }
    if (core.otherwise) this.braces(core.otherwise, defaults, scope.inner(), core.span, 1);
  }

  /** Which way is taken is not known: all are read for what is wrong with them, and what comes out is unknown. */
  private walkUnknown(core: ast.Conditional, defaults: Defaults, scope: Scope): void {
    const { branches, otherwise } = core;
    for (const items of [...branches.map((branch) => branch.items), otherwise ?? []]) {
      this.value = undefined;
      this.sawLayer = true;
      this.braces(items, defaults, scope.inner(), core.span, 1);
    }
    this.value = undefined;
  }

  /** `@e1`. */
  private goOnFrom({ label }: ast.LabelUse, scope: Scope): void {
    const found = scope.get(labelKey(label.text));
    if (isLabel(found)) {
      this.value = found.flow;
    } else {
      this.value = undefined;
      if (found === undefined) this.refuseLabel(label, scope);
    }
    this.sawLayer = true;
    this.sawInput ||= found !== undefined;
  }

  private refuseLabel({ text, span }: ast.Identifier, scope: Scope): void {
    const isLater = this.frame.declares(text);
    this.state.report(isLater ? diagnose(labelFurtherDown, span, { label: text }) : unknownLabelUse(text, span, scope));
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

  private repeatCount(expression: ast.Expression, scope: Scope): number | undefined {
    const { span } = expression;
    const wrong = (found: string): undefined => {
      this.state.report(diagnose(repeatNotWhole, span, { found }));
      return undefined;
    };
    if (expression.kind === "unreadable") return undefined;
    if (expression.kind === "invalid" || expression.kind === "hole") return wrong(textOf(span));
    const value = evaluate(expression, this.place(scope), "a repeat");
    if (value === undefined || value === UNKNOWN) return undefined;
    const text = textOf(span);
    if (typeof value !== "number") return wrong(isUnit(value) || isLabel(value) ? text : describeValue(value));
    if (!Number.isInteger(value) || value < 0 || value > LARGEST_SIZE) {
      return wrong(text === String(value) ? text : `${text} = ${value}`);
    }
    if (value <= this.limits.repeats) return value;
    this.state.report(diagnose(tooManyRepeats, span, { limit: groupDigits(this.limits.repeats) }));
    return undefined;
  }

  /**
   * Runs what makes a layer, block or group, with what `but` says about it: dropped, replaced, something before or behind
   * it. The label names what comes of it, without what is inserted behind.
   */
  protected named(name: string | undefined, label: ast.Identifier | undefined, run: () => void): void {
    if (label) this.declareLabel(label.text, label.span);
    const level = this.changeLevel;
    const fullName = name ?? (label ? this.frame.labelledName(label.text) : "");
    const structure = this.changes.structure(fullName, label?.text, level);
    const { dropped, replacement, before, after } = structure;
    for (const insert of before) this.walkChange(insert.change.chain, insert, fullName);
    if (replacement) this.walkChange(this.relabelled(replacement.change.chain, label), replacement, fullName, true);
    else if (!dropped) run();
    if (label) this.setLabel(label.text);
    for (const insert of after) this.walkChange(insert.change.chain, insert, fullName);
  }

  /** A single layer that takes the place of a labelled one takes its label too. */
  private relabelled(chain: readonly ast.Element[], label: ast.Identifier | undefined): readonly ast.Element[] {
    const [only] = chain;
    if (!label || chain.length !== 1 || only!.label || only!.core.kind === "labelled") return chain;
    this.frame.labels.delete(label.text);
    return [{ ...only!, label }];
  }

  /** What a change puts beside the layer called `name`, or in its place. */
  private walkChange(chain: readonly ast.Element[], change: NetChange, name: string, replaces = false): void {
    const outer = { level: this.changeLevel, frame: this.frame };
    this.changeLevel = change.level + 1;
    this.frame = this.frame.guestAt(name);
    // A single layer in the place of one without a label has its name.
    const [only] = chain;
    const isPlain = only?.core.kind === "layer" && !only.label && only.repeats.length === 0;
    if (replaces && chain.length === 1 && isPlain) this.heir = name;
    this.walk(chain, change.defaults, change.scope.inner());
    this.heir = undefined;
    this.frame = outer.frame;
    this.changeLevel = outer.level;
  }

  private layer(element: ast.Element, layer: ast.Layer, defaults: Defaults, scope: Scope, isLast: boolean): void {
    if (this.isCapitalCount(layer, scope)) return;
    const unit = this.unitOf(layer, scope);
    if (unit === UNKNOWN) {
      // A parameter of a family that stands for a block.
      this.value = undefined;
      this.sawLayer = true;
      if (element.label) this.named(undefined, element.label, () => undefined);
      return;
    }
    if (unit?.target.kind === "declared") {
      this.call(element, layer, unit, scope);
      return;
    }
    const stated = unit?.target.kind === "layer" ? this.layerOfUnit(unit, layer, scope) : layer;
    const found = lookUpLayer(stated, scope, this.state.report);
    if (!found) {
      this.value = undefined;
      if (element.label) this.named(undefined, element.label, () => undefined);
      return;
    }
    const { operator, layer: meant } = found;
    // What is written and what stands for it are the same each time; what is told is to be told again.
    const isKept = meant === stated && (stated === layer || this.request.layers?.isStandIn(stated));
    const key = isKept ? (stated === layer ? element.core : stated) : undefined;
    const { label, digitsAreName } = labelOf(element, meant, operator);
    const name = label ? this.frame.labelledName(label.text) : this.nextName(operator.name);
    this.named(name, label, () =>
      this.plainLayer(element, meant, operator, { name, label, digitsAreName, key }, defaults, scope, isLast),
    );
  }

  /** `CONV3-H`: the letter of a size as a count, which is told. */
  private isCapitalCount({ head }: ast.Layer, scope: Scope): boolean {
    const value = scope.get(head.text);
    const isTold = value === UNKNOWN && scope.placeOf(head.text) !== undefined;
    if (typeof value !== "number" && !isSymbolic(value) && !isTold) return false;
    const { source, start } = head.span;
    const layer = /\w+(?=-$)/.exec(source.text.slice(Math.max(0, start - LONGEST_HEAD), start))?.[0];
    if (!layer || !/^[A-Z]{2}/.test(layer)) return false;
    const edits = [{ span: head.span, text: `(${head.text})` }];
    const fixes = [{ title: `write ${layer}-(${head.text})`, edits }];
    if (!isTold) this.state.report(diagnose(capitalCount, head.span, { layer, name: head.text }, { fixes }));
    // What the layer before it lacks is this.
    if (this.state.incomplete.at(-1)?.span.end === start - 1) this.state.incomplete.pop();
    this.value = undefined;
    return true;
  }

  private checkChanges(): void {
    if (this.request.changes.length === 0) return;
    // Layers behind an unknown size have no node; their labels are still known.
    const labels = [...this.frame.labels.keys()];
    const known = [...new Set([...labels, ...this.state.nodes.map((node) => node.name)])];
    const net = this.request.baseName ?? this.request.name;
    this.changes.unused(net, known, labels).forEach(this.state.report);
  }
}

/** A layer's name before a count is no longer than that. */
const LONGEST_HEAD = 40;

/** What an annotation behind something is about, in messages. */
const WHAT = { group: "the group", conditional: "the condition", labelled: "what the label names" };

function firstElement(items: readonly ast.Item[]): ast.Element | undefined {
  return items.find((item): item is ast.Element => item.kind === "element");
}
