/** Calls of blocks and of nets, walked or played again, and parameters that stand for layers. */
import { diagnose } from "../base/diagnostics.js";
import { cover, textOf, type Span } from "../base/source.js";
import type { Step } from "../ir/network.js";
import { operatorOf } from "../ops/registry.js";
import type * as ast from "../syntax/ast.js";
import { bindArguments } from "./bind-arguments.js";
import { argumentsOutside, changedNetInChain, branchesNotTaken, tooDeepBlocks } from "./diagnostics.js";
import { evaluate } from "./evaluate.js";
import { Frame } from "./frame.js";
import { inPlaceOf } from "./layer-memo.js";
import { findUnit } from "./look-up-unit.js";
import type { Declared } from "./modules.js";
import type { Place } from "./place.js";
import type { Defaults } from "./state.js";
import { hasGiven, isSaidAlike, keyOfCall, MOST_ON_TAPE, play, usedOn, type Tape } from "./tapes.js";
import { argumentsText, callText } from "./trail.js";
import {
  describeValue,
  isCapitalised,
  isUnit,
  Scope,
  UNKNOWN,
  unitName,
  type GivenArgument,
  type UnitValue,
  type Value,
} from "./values.js";
import { LayerWalk } from "./layer-walk.js";
import { MOST_DIAGNOSTICS } from "./net-walk.js";

export abstract class CallWalk extends LayerWalk {
  protected abstract walk(items: readonly ast.Item[], outer: Defaults, scope: Scope): void;
  protected abstract named(name: string | undefined, label: ast.Identifier | undefined, run: () => void): void;

  /** The block, net or layer parameter that a head names; undefined where it names a layer of the language. */
  protected unitOf(layer: ast.Layer, scope: Scope): UnitValue | typeof UNKNOWN | undefined {
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
  protected layerOfUnit(unit: UnitValue, use: ast.Layer, scope: Scope): ast.Layer {
    if (unit.target.kind !== "layer") return use;
    const { layer } = unit.target;
    const bare = this.request.layers?.standInOf(use, unit);
    if (bare) return bare;
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

  protected call(element: ast.Element, layer: ast.Layer, unit: UnitValue, scope: Scope): void {
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
    if (element.annotations.length > 0) this.checkAnnotations(callText(layer.span), element.annotations);
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
    const tape = key === undefined ? undefined : this.request.tapes?.find(declared.declaration, key);
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
    const tellsPlaces = made !== undefined && made.end.told > made.start.told && hasGiven(key);
    if (made && !tellsPlaces) this.request.tapes?.keep(declared.declaration, key, made);
  }

  /** What the walk of a body depends on; undefined where it may depend on more than that. */
  private keyOf({ declaration }: Declared, scope: Scope): string | undefined {
    const { tapes, changes, inherited, hasOpenInputs } = this.request;
    const isPlain = tapes && changes.length === 0 && !inherited && !hasOpenInputs && this.state.symbols.length === 0;
    if (!isPlain || declaration.kind !== "block" || this.full) return undefined;
    const flags = Number(this.frame.isResized) + 2 * Number(this.sawInput) + 4 * Number(this.sawLayer);
    return keyOfCall(declaration.parameters, scope, this.value, this.state.nodes[0]?.type, flags);
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
    const { incomplete, fills, symbols } = this.state;
    const { partly, inputs, outputs } = this;
    return incomplete.length + fills + symbols.length + partly.length + inputs.length + outputs.length;
  }

  /** What was walked since the mark; undefined where another call would not give the same. */
  private tapeSince(
    mark: ReturnType<CallWalk["mark"]>,
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
    for (let at = mark.told; at < told.length; at++)
      if (!isSaidAlike(told[at]!, prefix, mark.producer)) return undefined;
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
    const { units } = this.request.scope.module;
    for (const unit of usedOn(tape)) {
      const declared = units.get(unit.name.text);
      if (declared?.declaration === unit) declared.isUsed = true;
      this.calls.push(unit);
    }
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
    this.calls.push(declared.declaration);
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
}

/** A value that was evaluated elsewhere, as an expression of its place. What is no number is refused where it is used. */
function valueExpression(value: Value, span: Span): ast.Expression {
  if (typeof value === "number") return { kind: "number", value, text: textOf(span), span };
  return value === UNKNOWN ? { kind: "unreadable", span } : { kind: "invalid", text: describeValue(value), span };
}
