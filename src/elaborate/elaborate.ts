/** AST to IR: names, defaults, repeats, blocks, branches and `but` resolved, every size inferred on the way. */
import { diagnose, type Diagnostic } from "../base/diagnostics.js";
import { groupDigits } from "../base/integers.js";
import type { Claim } from "../base/quantity.js";
import { cover, textOf, type Span } from "../base/source.js";
import type { Condition } from "../ir/condition.js";
import { variable, variablesOf } from "../ir/dimension.js";
import type { Budget } from "../ir/budget.js";
import type { Arguments, Network, Node, NodeId, Step, TensorType } from "../ir/network.js";
import { formatDimensions } from "../ir/shape.js";
import type { Training } from "../ir/training.js";
import { operatorOf, operators } from "../ops/registry.js";
import type { Operator } from "../ops/define.js";
import { LARGEST_SIZE } from "../ops/size.js";
import type * as ast from "../syntax/ast.js";
import { misplaced } from "../syntax/diagnostics.js";
import { lettersOf, sizeDimensions, type Letters } from "./arguments.js";
import { bindArguments } from "./bind-arguments.js";
import { readBudget, readSizeConditions } from "./budgets.js";
import { Changes, labelsOfChanges, type NetChange } from "./changes.js";
import { declareVariable } from "./declare-variable.js";
import {
  argumentsOutside,
  branchesMissing,
  changedNetInChain,
  severalInputsInChain,
  branchesNotTaken,
  capitalCount,
  channelsOfBlock,
  duplicateLabel,
  emptyBranch,
  labelFurtherDown,
  oneBranch,
  repeatNotWhole,
  reservedLabel,
  reservedLetter,
  secondInput,
  sizeWithStars,
  tooDeepBlocks,
  tooDeepNesting,
  tooManyLayers,
  tooManyRepeats,
  tooMuchWork,
  wrongAnnotation,
} from "./diagnostics.js";
import { evaluate, evaluateTruth, unknownLabelUse } from "./evaluate.js";
import { extendDefaults } from "./extend-defaults.js";
import { Frame } from "./frame.js";
import { inPlaceOf, type Circumstances, type Decided, type LayerMemo } from "./layer-memo.js";
import { labelOf } from "./labels.js";
import { canonicalLayer, lookUpLayer } from "./look-up-layer.js";
import { findUnit } from "./look-up-unit.js";
import { isCapitalised, type Declared } from "./modules.js";
import { partlyDiagnostic, type PartlyEqual } from "./partly-diagnostic.js";
import type { Place, Work } from "./place.js";
import { readLayer, readParts, type WrittenArguments } from "./read-parts.js";
import { afterWrong, annotationFixes, resolveLayer, sameSize, type Resolved } from "./resolve-layer.js";
import { openDiagnostics } from "./sketch.js";
import type { Defaults, Limits, NetState } from "./state.js";
import { isOwn, keyOfCall, MOST_ON_TAPE, play, usedOn, type Tape, type Tapes, type Told } from "./tapes.js";
import { argumentsText, callText, withTrail } from "./trail.js";
import { readTraining } from "./training.js";
import {
  describeValue,
  isLabel,
  isSymbolic,
  isUnit,
  labelKey,
  Scope,
  UNKNOWN,
  unitName,
  type Flow,
  type GivenArgument,
  type UnitValue,
  type Value,
} from "./values.js";

/** A net to elaborate: its body with what a chain of `but` changes in it. */
export interface NetRequest {
  name: string;
  documentation?: string;
  span: Span;
  items: readonly ast.Item[];
  /** Its parameters have their values here. */
  scope: Scope;
  /** `default` lines of the file that stand before it. */
  defaults: Defaults;
  /** Changes by label; the outermost `but` last. */
  changes: readonly NetChange[];
  trail: readonly Step[];
  /** For a net made with `but`: what annotations supplied in the net it is made from. */
  inherited?: ReadonlyMap<string, Arguments>;
  /** The net that the changes are made to, for messages. */
  baseName?: string;
  /** `assert` and `train` of the file, which hold for all of its nets. */
  shared?: readonly ast.Item[];
  /** For a block that nothing uses: what arrives is not known, and only what is wrong with any is told. */
  isBlock?: boolean;
  /** Whether the sides of inputs are letters, whatever numbers are written. */
  hasOpenInputs?: boolean;
  /** Is told of every link of a chain, each time that it is walked. */
  observe?: Observer;
  /** Bodies that were walked before in this program. */
  tapes?: Tapes;
  /** Layers that were decided before. */
  layers?: LayerMemo;
}

/** What came of one link of a chain, also in a net that has errors elsewhere. */
export interface Observation {
  readonly net: string;
  readonly element: ast.Element;
  /** Calls of blocks around it. */
  readonly depth: number;
  /** What arrives, and what goes on; undefined where it is not known. */
  readonly arriving: TensorType | undefined;
  readonly result: TensorType | undefined;
  /** The layers of the net so far; the link made those from `start` to `end`. */
  readonly nodes: readonly Node[];
  readonly start: number;
  readonly end: number;
}

export type Observer = (observation: Observation) => void;

export interface NetResult {
  /** Undefined where there were errors. */
  network?: Network;
  filled: ReadonlyMap<string, Arguments>;
  diagnostics: Diagnostic[];
}

/** What a layer is called, by its label or by its kind. */
interface Naming {
  readonly name: string;
  readonly label?: ast.Identifier;
  readonly digitsAreName: boolean;
  /** What it is known by where it was decided before. */
  readonly key: ast.Core | undefined;
}

/** Elaborates one net. Never throws for a mistake in the program. */
export function elaborateNet(request: NetRequest, limits: Limits, work: Work): NetResult {
  return new NetElaborator(request, limits, work).run();
}

/** Beyond these nobody reads on. */
const MOST_DIAGNOSTICS = 1_000;

class NetElaborator {
  private readonly diagnostics: Diagnostic[] = [];
  private readonly state: NetState;
  private readonly totals: Claim[] = [];
  private readonly budgets: Budget[] = [];
  private training: Training | undefined;
  private readonly inputs: NodeId[] = [];
  /** The named outputs, in the order of the text. */
  private readonly outputs: NodeId[] = [];
  /** Whether the chain ended, so far, with output lines that are fed by it. */
  private endsInOutputs = false;
  /** Whether what an output line gives is unknown. */
  private lostOutput = false;
  private readonly changes: Changes;
  /** Changes of a lower level made what is walked now, and do not apply to it. */
  private changeLevel = 0;
  private frame: Frame;
  private value: Flow | undefined;
  private sawInput = false;
  private sawLayer = false;
  private full = false;
  /** Whether an error was reported. */
  private failed = false;
  /** How often what is walked now is repeated. */
  private multiplier = 1;
  /** Braces around what is walked now, within the body of the frame. */
  private nesting = 0;
  /** Bodies around what is walked now, of brackets, branches, conditions and blocks. */
  private open = 0;
  /** Comparisons of sizes that hold for some values of the letters only. */
  private readonly partly: PartlyEqual[] = [];
  private readonly inputSpans: Span[] = [];
  /** The messages before the calls around them are told in them, the links and the calls so far: what tapes are cut from. */
  private readonly told: Told[] = [];
  private readonly observations: Observation[] = [];
  private readonly calls: Declared[] = [];
  /** The most calls and bodies around anything since a body that is taped began. */
  private deepest = { depth: 0, open: 0 };

  constructor(
    private readonly request: NetRequest,
    private readonly limits: Limits,
    work: Work,
  ) {
    // The names of the body are its own: a request may be elaborated more than once.
    const { items, trail } = request;
    const scope = request.scope.inner();
    const reserved = labelsOfChanges(request.changes);
    this.frame = new Frame({ prefix: "", items, scope, trail, depth: 0, isFed: false, reserved });
    this.changes = new Changes(request.changes);
    this.sawInput = request.isBlock === true;
    this.sawLayer = this.sawInput;
    this.state = {
      name: request.name,
      nodes: [],
      work,
      symbols: [],
      conditions: [],
      limits,
      incomplete: [],
      filled: new Map(),
      inherited: request.inherited,
      report: (diagnostic) => this.tell({ diagnostic, trail: this.frame.trail }),
    };
  }

  private tell(told: Told): void {
    if (this.diagnostics.length >= MOST_DIAGNOSTICS) return;
    this.told.push(told);
    this.diagnostics.push(withTrail(told.diagnostic, told.trail));
    if (told.diagnostic.severity === "error") this.failed = true;
  }

  private observe(observation: Observation): void {
    this.observations.push(observation);
    this.request.observe?.(observation);
  }

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
    if (!complete) return { filled, diagnostics: this.diagnostics };
    this.reportPartly();
    this.readShared();
    if (this.failed) return { filled, diagnostics: this.diagnostics };
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

  private place(scope: Scope): Place {
    const { report, work } = this.state;
    return { scope, report, work, arriving: this.value?.type ?? (this.sawLayer ? UNKNOWN : undefined) };
  }

  private get letters(): Letters {
    return lettersOf(this.state.symbols);
  }

  // Items.

  private walk(items: readonly ast.Item[], outer: Defaults, scope: Scope): void {
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

  // Elements.

  private element(element: ast.Element, defaults: Defaults, scope: Scope): void {
    const { observe, name: net } = this.request;
    const { nodes } = this.state;
    const arriving = this.value?.type;
    const start = nodes.length;
    this.link(element, defaults, scope);
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
  private braces(items: readonly ast.Item[], defaults: Defaults, scope: Scope, span: Span, nested = 0): void {
    if (!this.enter(span)) return;
    this.nesting += nested;
    this.walk(items, defaults, scope);
    this.nesting -= nested;
    this.open--;
  }

  /** One more body around what is walked; false after it was told that there are too many. */
  private enter(span: Span): boolean {
    if (this.open < this.limits.nesting) {
      this.open++;
      this.deepest.open = Math.max(this.deepest.open, this.open);
      this.deepest.depth = Math.max(this.deepest.depth, this.frame.depth);
      return true;
    }
    this.value = undefined;
    if (!this.full) this.state.report(diagnose(tooDeepNesting, span, { limit: this.limits.nesting }));
    this.full = true;
    return false;
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
    this.state.report(diagnose(tooManyLayers, span, { limit: groupDigits(this.limits.layers) }));
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
  private named(name: string | undefined, label: ast.Identifier | undefined, run: () => void): void {
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

  private declareLabel(text: string, span: Span): void {
    // Runtimes keep values by name in plain objects.
    if (text === "__proto__") this.state.report(diagnose(reservedLabel, span, { label: text }));
    const { labels } = this.frame;
    const before = labels.get(text);
    if (before && before.start !== span.start) {
      const related = [{ span: before, text: "the first one" }];
      this.state.report(diagnose(duplicateLabel, span, { label: text }, { related }));
    }
    if (!before) labels.set(text, span);
  }

  private setLabel(name: string): void {
    this.frame.scope.set(labelKey(name), { kind: "label", name, flow: this.value });
  }

  // Layers.

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
    // What is written and what stands for it are the same each time.
    const key = stated === layer ? element.core : this.request.layers?.isStandIn(stated) ? stated : undefined;
    const operator = lookUpLayer(stated, scope, this.state.report);
    if (!operator) {
      this.value = undefined;
      if (element.label) this.named(undefined, element.label, () => undefined);
      return;
    }
    const { label, digitsAreName } = labelOf(element, stated, operator);
    const name = label ? this.frame.labelledName(label.text) : this.nextName(operator.name);
    this.named(name, label, () =>
      this.plainLayer(element, stated, operator, { name, label, digitsAreName, key }, defaults, scope, isLast),
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

  /** The name that the single layer of a change takes over. */
  private heir: string | undefined;

  private nextName(kind: string): string {
    const { heir } = this;
    this.heir = undefined;
    return heir ?? this.frame.freshName(kind);
  }

  private plainLayer(
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
    const circumstances = memo && this.circumstances(operator, naming, defaults, scope, isLast);
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
    const id = this.addNode(
      element,
      layer,
      operator,
      naming,
      args,
      type,
      argSpans,
      operator.inputs === 0 ? [] : inputs,
    );
    if (id === undefined) return;
    if (operator.inputs === 0) this.addInput(id, type, scope, written, layer.head.span);
    this.value = { node: id, type, annotated: resolved.annotated };
  }

  private addNode(
    { claims }: ast.Element,
    { span }: ast.Layer,
    operator: Operator,
    { name, label }: Naming,
    args: Arguments,
    type: TensorType,
    argSpans: Node["argSpans"],
    inputs: readonly NodeId[],
  ): NodeId | undefined {
    const { nodes } = this.state;
    const id = nodes.length;
    if (id >= this.limits.layers) {
      this.refuseLayers(span);
      return undefined;
    }
    nodes.push({
      id,
      name,
      labelled: label !== undefined,
      op: operator.name,
      args,
      inputs,
      type,
      span,
      trail: this.frame.trail,
      claims: this.request.inherited || this.frame.depth > 0 ? [] : claims,
      argSpans,
    });
    return id;
  }

  /** A layer that was decided before under the same circumstances. */
  private addDecided(
    { args, type, argSpans }: Decided,
    element: ast.Element,
    layer: ast.Layer,
    operator: Operator,
    naming: Naming,
  ): void {
    const inputs = this.value ? [this.value.node] : [];
    this.value = undefined;
    if (!type) return;
    const id = this.addNode(element, layer, operator, naming, args, type, argSpans, inputs);
    if (id !== undefined) this.value = { node: id, type };
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
    { digitsAreName }: Naming,
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
    const { incomplete, filled, work, conditions } = this.state;
    return {
      told: this.diagnostics.length,
      incomplete: incomplete.length,
      filled: filled.size,
      conditions,
      steps: work.steps,
    };
  }

  private leftNoTraces(before: ReturnType<NetElaborator["traces"]>): boolean {
    const now = this.traces();
    return (
      now.told === before.told &&
      now.told < MOST_DIAGNOSTICS &&
      now.incomplete === before.incomplete &&
      now.filled === before.filled &&
      now.conditions === before.conditions
    );
  }

  /** In braces the input itself is no layer: `ADD { ... | ID }`. */
  private isInputItself(operator: Operator, label: ast.Identifier | undefined): boolean {
    const isInBraces = this.nesting > 0 || this.frame.depth > 0;
    return operator.name === operators.identity.name && !label && this.value !== undefined && isInBraces;
  }

  /** Letters for the sides of an input that are numbers. */
  private openInput(resolved: Resolved): void {
    const { shape } = resolved.type!;
    const names = OPEN_SIDES[shape.length - 1] ?? [];
    // No letter of the program has a number behind it.
    const index = String(this.inputs.length + 1);
    const open = shape.map((side, axis) => {
      const isSide = axis < shape.length - 1 && typeof side === "number";
      return isSide ? variable(`${names[axis] ?? "S"}${index}`) : side;
    });
    resolved.type = { shape: open };
    resolved.args = { ...resolved.args, shape: open };
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

  /** Whether an INPUT may stand here. In a net that is used as a block, what arrives takes its place. */
  private startInput(layer: ast.Layer, label: ast.Identifier | undefined): boolean {
    if (this.frame.isFed) {
      this.checkFed(layer);
      return false;
    }
    const isSecond = this.inputs.length > 0;
    const first = isSecond ? "has an INPUT already" : "starts with another layer";
    const args = { net: this.request.name, first };
    // Several inputs are told apart by their labels.
    if (isSecond ? !label : this.sawLayer) this.state.report(diagnose(secondInput, layer.head.span, args));
    this.sawInput = true;
    this.value = undefined;
    return true;
  }

  /** A net that is used in a chain: its INPUT says how many channels it takes, and its letters are what arrives. */
  private checkFed(layer: ast.Layer): void {
    const { report } = this.state;
    const place = this.frame.trail[0]?.span ?? layer.head.span;
    if (this.frame.fedInputs++ > 0) {
      const net = this.frame.trail[0]?.text.replace(/\(.*/, "") ?? "this net";
      if (this.frame.fedInputs === 2) report(diagnose(severalInputsInChain, place, { net }));
      this.value = undefined;
      return;
    }
    const size = layer.parts.find((part) => part.kind === "size");
    if (size?.kind !== "size" || !this.value) return;
    const { dimensions } = size.size;
    const { shape } = this.value.type;
    const channels = dimensions.at(-1);
    if (typeof channels === "number" && shape.at(-1) !== channels) {
      const args = { channels, arrives: formatDimensions(shape) };
      const related = [{ span: size.span, text: "its INPUT" }];
      report(diagnose(channelsOfBlock, place, args, { related }));
      this.value = undefined;
      return;
    }
    // Annotations are about the size that is written.
    const isSame = dimensions.length === shape.length && dimensions.every((side, axis) => side === shape[axis]);
    this.frame.isResized = !isSame;
    dimensions.forEach((side, axis) => {
      if (typeof side === "string" && shape[axis] !== undefined) this.frame.scope.set(side, shape[axis]);
    });
  }

  /** The letters of an input stand for sizes that stay open, or for parameters that have a number. */
  private newLetters(scope: Scope, span: Span): Letters {
    return (letter) => {
      const known = scope.get(letter);
      if (typeof known === "number" || isSymbolic(known)) return known;
      if (letter === "N") {
        this.state.report(diagnose(reservedLetter, span, { letter }));
      }
      return variable(letter);
    };
  }

  private addInput(id: NodeId, { shape }: TensorType, scope: Scope, written: WrittenArguments, span: Span): void {
    this.inputs.push(id);
    this.inputSpans.push(written.get("shape")?.valueSpan ?? span);
    const { symbols } = this.state;
    const before = symbols.length;
    for (const side of shape) {
      if (!isSymbolic(side)) continue;
      for (const letter of variablesOf(side)) if (!symbols.includes(letter)) symbols.push(letter);
    }
    if (symbols.length === before) return;
    // In expressions a letter is the size that it stands for.
    for (const letter of symbols.slice(before)) scope.set(letter, variable(letter));
    const asserts = [...this.request.items, ...(this.request.shared ?? [])].filter((item) => item.kind === "assert");
    this.state.conditions = readSizeConditions(asserts, symbols, this.place(scope));
  }

  /** Sizes that agree only for some values of the letters: told once, with all that has to hold. */
  private reportPartly(): void {
    if (this.partly.length === 0) return;
    const { report, symbols } = this.state;
    const order = (condition: Condition) => symbols.indexOf(condition.variable);
    const conditions = [...this.state.conditions].sort((a, b) => order(a) - order(b));
    const input = this.inputSpans[0] ?? this.request.span;
    report(partlyDiagnostic(this.request.name, input, conditions, this.partly));
  }

  // Blocks.

  /** The block, net or layer parameter that a head names; undefined where it names a layer of the language. */
  private unitOf(layer: ast.Layer, scope: Scope): UnitValue | typeof UNKNOWN | undefined {
    // A block with the name of a layer is told where it is declared.
    if (layer.branches && operatorOf(layer.mnemonic)) return undefined;
    const { text } = layer.head;
    const value = scope.get(text);
    if (value === UNKNOWN && isCapitalised(text)) return UNKNOWN;
    if (isUnit(value)) return value;
    const declared = scope.module.units.get(text);
    return declared && { kind: "unit", target: { kind: "declared", declared }, given: [] };
  }

  /**
   * A parameter that stands for a layer, with what is written where it is used: `Unit(64, 2)` is CONV3-64/2 where Unit is
   * CONV3, `LRELU(0.2)` and `POOL(window = 3)` are given on the way. A second number is the stride, as in the compact form.
   */
  private layerOfUnit(unit: UnitValue, use: ast.Layer, scope: Scope): ast.Layer {
    if (unit.target.kind !== "layer") return use;
    const { layer } = unit.target;
    const isBare = unit.given.length === 0 && !use.call && layer.parts.length === 0 && !layer.count;
    const { layers } = this.request;
    if (isBare && layers) return layers.standIn(use, layer);
    const given = this.givenArguments(use, unit, scope) ?? [];
    let position = 0;
    const parts = given.flatMap(({ name, span, value: known }): ast.Part[] => {
      const value = valueExpression(known, span);
      if (name)
        return [
          { kind: "word", text: name.text, span: name.span },
          { kind: "value", value, span },
        ];
      return [position++ === 1 ? { kind: "slash", value, span } : { kind: "value", value, span }];
    });
    return inPlaceOf(use, { ...layer, parts });
  }

  private call(element: ast.Element, layer: ast.Layer, unit: UnitValue, scope: Scope): void {
    if (unit.target.kind !== "declared") return;
    const { declared } = unit.target;
    if (declared.declaration.kind === "net" && declared.declaration.base) {
      this.callAlias(element, layer, unit, declared, scope);
      return;
    }
    const { report } = this.state;
    const name = unitName(unit);
    const { label } = element;
    element.claims.forEach((claim) => this.refuseClaim(claim));
    if (layer.branches) this.state.report(diagnose(branchesNotTaken, layer.head.span, { layer: name }));
    const isOutside = this.refuseOutside(layer, name);
    const prefix = label ? this.frame.labelledName(label.text) : this.nextName(name);
    this.use(declared);
    this.named(prefix, label, () => {
      const given = this.givenArguments(layer, unit, scope);
      const call = { block: name, name: prefix };
      const step: Step = { text: `${name}${argumentsText(given)}`, span: layer.span, call };
      const trail = [step, ...this.frame.trail];
      const isReadable = !declared.declaration.isUnreadable && !layer.call?.isUnreadable;
      if (!given || declared.isCyclic || !isReadable || isOutside) {
        this.value = undefined;
        return;
      }
      if (this.isTooMuch() || this.frame.depth >= this.limits.blockDepth) {
        this.refuseCall(layer);
        return;
      }
      const { declaration, module } = declared;
      const inner = new Scope(module, module.scope);
      const place: Place = { ...this.place(scope), scope: inner };
      const evaluateDefault = (value: ast.Expression, what: string): Value | undefined => evaluate(value, place, what);
      const callee = { name, parameters: declaration.parameters };
      const span = layer.call ? cover(layer.head.span, layer.call.span) : layer.head.span;
      if (!bindArguments(callee, given, span, inner, report, evaluateDefault) || !declaration.body) {
        this.value = undefined;
        return;
      }
      if (!this.enter(layer.span)) return;
      this.walkBody(declared, declaration.body, inner, prefix, trail);
      this.open--;
    });
    this.sawLayer = true;
    this.checkAnnotations(callText(layer.span), element.annotations);
  }

  /** The body of a block for one of its calls: walked, or played where an equal call was walked before. */
  private walkBody(
    declared: Declared,
    items: readonly ast.Item[],
    scope: Scope,
    prefix: string,
    trail: readonly Step[],
  ): void {
    const key = this.keyOf(declared, scope);
    const tape = key === undefined ? undefined : this.request.tapes?.find(declared, key);
    if (tape && this.canPlay(tape)) {
      this.play(tape, prefix, trail);
      return;
    }
    const mark = key === undefined ? undefined : this.mark();
    const outer = { frame: this.frame, nesting: this.nesting };
    const isFed = declared.declaration.kind === "net" && this.sawLayer;
    this.frame = new Frame({ prefix, items, scope, trail, depth: outer.frame.depth + 1, isFed });
    this.frame.isResized = outer.frame.isResized;
    this.nesting = 0;
    this.walk(items, declared.defaults, scope);
    const depth = this.frame.depth;
    this.frame = outer.frame;
    this.nesting = outer.nesting;
    if (key === undefined || !mark) return;
    const made = this.tapeSince(mark, prefix, trail, depth);
    if (made) this.request.tapes?.keep(declared, key, made);
  }

  /** What the walk of a body depends on; undefined where it may depend on more than that. */
  private keyOf({ declaration }: Declared, scope: Scope): string | undefined {
    const { tapes, changes, inherited, hasOpenInputs } = this.request;
    const isPlain = tapes && changes.length === 0 && !inherited && !hasOpenInputs && this.state.symbols.length === 0;
    if (!isPlain || declaration.kind !== "block" || this.full) return undefined;
    const values = declaration.parameters.map(({ kind, name }) =>
      kind === "label" ? undefined : scope.get(name.text),
    );
    const flags = [this.frame.isResized, this.sawInput, this.sawLayer];
    return keyOfCall(values, this.value, this.state.nodes[0]?.type, flags);
  }

  /** Where the lists of the net stand before a body is walked. */
  private mark() {
    const { frame, open, deepest, lostOutput, told, observations, calls } = this;
    const { nodes, work } = this.state;
    this.deepest = { depth: frame.depth, open };
    return {
      producer: this.value && nodes[this.value.node],
      lostOutput,
      deepest,
      depth: frame.depth,
      open,
      steps: work.steps,
      nodes: nodes.length,
      told: told.length,
      observations: observations.length,
      calls: calls.length,
      others: this.others,
    };
  }

  /** Entries of the lists that a body may not add to, else it is not the same for every call. */
  private get others(): number {
    const { incomplete, filled, symbols } = this.state;
    const { partly, inputs, outputs } = this;
    return incomplete.length + filled.size + symbols.length + partly.length + inputs.length + outputs.length;
  }

  /** What was walked since the mark; undefined where another call would not give the same. */
  private tapeSince(
    mark: ReturnType<NetElaborator["mark"]>,
    prefix: string,
    trail: readonly Step[],
    depth: number,
  ): Tape | undefined {
    const { nodes, work } = this.state;
    const { deepest, told, observations, calls } = this;
    this.deepest = {
      depth: Math.max(deepest.depth, mark.deepest.depth),
      open: Math.max(deepest.open, mark.deepest.open),
    };
    const isSame =
      !this.full &&
      this.lostOutput === mark.lostOutput &&
      !work.told &&
      this.diagnostics.length < MOST_DIAGNOSTICS &&
      nodes.length - mark.nodes <= MOST_ON_TAPE &&
      this.others === mark.others;
    if (!isSame) return undefined;
    for (let at = mark.told; at < told.length; at++) if (!isOwn(told[at]!, prefix, mark.producer)) return undefined;
    return {
      lists: { nodes, told, observations, calls },
      start: { nodes: mark.nodes, told: mark.told, observations: mark.observations, calls: mark.calls },
      end: {
        nodes: nodes.length,
        told: told.length,
        observations: observations.length,
        calls: calls.length,
      },
      prefix,
      trail,
      depth,
      value: this.value,
      steps: work.steps - mark.steps,
      deepest: { depth: deepest.depth - mark.depth, open: deepest.open - mark.open },
      sawInput: this.sawInput,
    };
  }

  /** Whether no limit is met on the way. */
  private canPlay({ start, end, steps, deepest }: Tape): boolean {
    const { nodes, work } = this.state;
    const { limits } = this;
    return (
      nodes.length + end.nodes - start.nodes <= limits.layers &&
      work.steps + steps <= work.limit &&
      this.frame.depth + deepest.depth <= limits.blockDepth &&
      this.open + deepest.open <= limits.nesting
    );
  }

  private play(tape: Tape, prefix: string, trail: readonly Step[]): void {
    const { nodes, work } = this.state;
    const { depth, open } = tape.deepest;
    this.value = play(tape, {
      nodes,
      prefix,
      trail,
      arriving: this.value?.node,
      depth: this.frame.depth + 1,
      net: this.request.name,
      tell: (told) => this.tell(told),
      observe: this.request.observe && ((observation) => this.observe(observation)),
    });
    for (const declared of usedOn(tape)) this.use(declared);
    work.steps += tape.steps;
    this.sawInput ||= tape.sawInput;
    this.sawLayer = true;
    this.deepest = {
      depth: Math.max(this.deepest.depth, this.frame.depth + depth),
      open: Math.max(this.deepest.open, this.open + open),
    };
  }

  /** A net that is another under a new name stands for that one; one that is changed is a network by itself. */
  private callAlias(element: ast.Element, layer: ast.Layer, unit: UnitValue, declared: Declared, scope: Scope): void {
    const { declaration, module } = declared;
    const { base, changes } = declaration as ast.NetDeclaration;
    const { report } = this.state;
    this.use(declared);
    const inner = new Scope(module, module.scope);
    const place: Place = { ...this.place(scope), scope: inner };
    const given = this.givenArguments(layer, unit, scope);
    const callee = { name: unitName(unit), parameters: declaration.parameters };
    const evaluateDefault = (value: ast.Expression, what: string): Value | undefined => evaluate(value, place, what);
    if (changes) report(diagnose(changedNetInChain, layer.head.span, { net: callee.name, base: base!.name.text }));
    const target = findUnit(base!.name, module.scope);
    const isBound = !changes && given && bindArguments(callee, given, layer.head.span, inner, report, evaluateDefault);
    // What is wrong with the base is told where it is declared.
    if (!isBound || target?.target.kind !== "declared" || this.isTooMuch()) {
      this.value = undefined;
      this.sawLayer = true;
      return;
    }
    const use: ast.Layer = { ...layer, call: { arguments: base!.arguments, span: base!.span } };
    this.call(element, use, target, inner);
  }

  private use(declared: Declared): void {
    declared.isUsed = true;
    this.calls.push(declared);
  }

  private refuseCall({ span }: ast.Layer): void {
    this.value = undefined;
    if (this.full) return;
    if (this.frame.depth < this.limits.blockDepth) {
      this.refuseWork(span);
      return;
    }
    this.full = true;
    this.state.report(diagnose(tooDeepBlocks, span, { limit: this.limits.blockDepth }));
  }

  /** Counts a call or a numbered round, and tells whether there were too many. */
  private isTooMuch(): boolean {
    const { work } = this.state;
    return work.steps++ >= work.limit;
  }

  private refuseWork(span: Span): void {
    const { report, work } = this.state;
    this.full = true;
    if (!work.told) report(diagnose(tooMuchWork, span, { limit: groupDigits(work.limit) }));
    work.told = true;
  }

  /** `Bottleneck 64`, `Bottleneck-64`: arguments stand in parentheses. */
  private refuseOutside(layer: ast.Layer, name: string): boolean {
    if (!layer.count && layer.parts.length === 0) return false;
    const parts = layer.parts.filter(({ kind }) => kind !== "remark");
    const spans = [layer.count?.span, ...parts.map((part) => part.span)].filter((span) => span !== undefined);
    const [first] = spans;
    if (!first) return false;
    const inside = layer.call?.arguments.map((argument) => textOf(argument.span)) ?? [];
    const texts = spans.map((span) => textOf(span).replace(/^\(|\)$/g, ""));
    // `stride 2` is an argument with its name.
    const values = [...inside, ...texts].join(", ").replace(/(^|, )([a-z]\w*), (?=[\d(])/g, "$1$2 = ");
    const written = `${name}(${values})`;
    const span = cover(first, spans.at(-1)!);
    const edits = [{ span: cover(layer.head.span, span), text: `${textOf(layer.head.span)}(${values})` }];
    const fixes = [{ title: `write ${written}`, edits }];
    this.state.report(diagnose(argumentsOutside, span, { name, written }, { fixes }));
    return true;
  }

  private givenArguments(layer: ast.Layer, unit: UnitValue, scope: Scope): GivenArgument[] | undefined {
    if (!layer.call || layer.call.arguments.length === 0) return [...unit.given];
    const place = this.place(scope);
    let fine = true;
    const given = layer.call.arguments.flatMap(({ name, value, span }): GivenArgument[] => {
      const found = evaluate(value, place, `an argument of ${unitName(unit)}`);
      if (found === undefined) fine = false;
      return found === undefined ? [] : [{ name, value: found, span }];
    });
    return fine ? [...unit.given, ...given] : undefined;
  }

  // Changes and annotations.

  private checkChanges(): void {
    if (this.request.changes.length === 0) return;
    // Layers behind an unknown size have no node; their labels are still known.
    const labels = [...this.frame.labels.keys()];
    const known = [...new Set([...labels, ...this.state.nodes.map((node) => node.name)])];
    const net = this.request.baseName ?? this.request.name;
    this.changes.unused(net, known, labels).forEach(this.state.report);
  }

  /** Annotations of a group, a block, or alone between two dashes. */
  private checkAnnotations(what: string, annotations: readonly ast.Annotation[]): void {
    if (this.request.inherited || this.frame.isResized) return;
    for (const { size, span } of annotations) {
      const shape = sizeDimensions(size, 1, this.letters, this.state.report);
      if (!shape || !this.value) continue;
      const { type, annotated } = this.value;
      if (sameSize(shape, type.shape, this.state.conditions)) {
        this.value = { ...this.value, annotated: undefined };
      } else if (!annotated || !sameSize(shape, annotated.shape, this.state.conditions)) {
        const found = formatDimensions(type.shape);
        const fixes = annotationFixes(found, span);
        const args = { layer: what, found, annotated: formatDimensions(shape) };
        this.state.report(diagnose(wrongAnnotation, span, args, { fixes }));
        this.value = { ...this.value, ...afterWrong(type, { shape }) };
      }
    }
  }
}

/** A layer's name before a count is no longer than that. */
const LONGEST_HEAD = 40;

/** Letters for sides, by how many there are. */
const OPEN_SIDES: Record<number, readonly string[]> = { 1: ["L"], 2: ["H", "W"], 3: ["D", "H", "W"] };

/** What an annotation behind something is about, in messages. */
const WHAT = { group: "the group", conditional: "the condition", labelled: "what the label names" };

/** A value that was evaluated elsewhere, as an expression of its place. What is no number is refused where it is used. */
function valueExpression(value: Value, span: Span): ast.Expression {
  if (typeof value === "number") return { kind: "number", value, text: textOf(span), span };
  return value === UNKNOWN ? { kind: "unreadable", span } : { kind: "invalid", text: describeValue(value), span };
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

function firstElement(items: readonly ast.Item[]): ast.Element | undefined {
  return items.find((item): item is ast.Element => item.kind === "element");
}
