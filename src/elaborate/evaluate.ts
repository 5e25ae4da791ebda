/** Expressions to values: numbers, truths, sizes with letters, blocks and labels. */
import { diagnose, type Diagnostic } from "../base/diagnostics.js";
import { closest } from "../base/suggest.js";
import { textOf } from "../base/source.js";
import { formatDimension } from "../ir/dimension.js";
import type { BinaryOperator, Expression, Identifier } from "../syntax/ast.js";
import { operatorOf } from "../ops/registry.js";
import { LARGEST_SIZE } from "../ops/size.js";
import { applyBinary } from "./arithmetic.js";
import { applyArguments, bindArguments } from "./bind-arguments.js";
import {
  nothingArrives,
  notCapitals,
  notWhole,
  tooDeepBlocks,
  tooMuchWork,
  undecided,
  unknownFunction,
  unknownMember,
  unknownParameter,
  unknownUse,
  unknownVariable,
  wrongArity,
  wrongTruth,
  wrongValue,
} from "./diagnostics.js";
import { useFixes } from "./look-up-layer.js";
import { findUnit, unitOf } from "./look-up-unit.js";
import { MOST_NAMED, type Place } from "./place.js";
import {
  describeValue,
  isLabel,
  isSymbolic,
  isUnit,
  labelKey,
  Scope,
  UNKNOWN,
  unitName,
  type GivenArgument,
  type Value,
} from "./values.js";

/** The functions of one number; `min` and `max` take any count. */
const FUNCTIONS: Record<string, (...values: number[]) => number> = {
  min: Math.min,
  max: Math.max,
  floor: Math.floor,
  ceil: Math.ceil,
  // Half away from zero, as people round.
  round: (value) => Math.sign(value) * Math.round(Math.abs(value)),
  abs: Math.abs,
  log2: Math.log2,
  sqrt: Math.sqrt,
};

/** Expressions within expressions, each of which is walked within the one around it. */
const DEEPEST = 2_000;

/** What the sides of a size are called elsewhere, by their first letters. */
const SIDES = ["height", "width", "channels", "depth", "length", "h", "w", "c", "d", "l"];

/** The value of an expression; undefined after an error was reported. `what` names it in messages: `the stride of CONV`. */
export function evaluate(expression: Expression, place: Place, what: string): Value | undefined {
  return new Evaluator(place, what).visit(expression);
}

class Evaluator {
  constructor(
    private readonly place: Place,
    private readonly what: string,
  ) {}

  visit(node: Expression): Value | undefined {
    const { work } = this.place;
    if (work.depth >= DEEPEST) return this.refuseDepth(node);
    work.depth++;
    const value = this.valueOf(node);
    work.depth--;
    return value;
  }

  private refuseDepth({ span }: Expression): undefined {
    const { report, work } = this.place;
    if (!work.told) report(diagnose(tooDeepBlocks, span, { limit: work.deepest }));
    work.told = true;
    return undefined;
  }

  private valueOf(node: Expression): Value | undefined {
    const { scope } = this.place;
    switch (node.kind) {
      case "number":
        return this.exact(node.value, node);
      case "quantity":
        return this.exact(Number(node.value), node);
      case "parenthesised":
        return this.visit(node.inner);
      case "variable": {
        if (node.name === "true" || node.name === "false") return node.name === "true";
        const value = scope.get(node.name);
        return value ?? this.unknownName(node.name, node.span);
      }
      case "member":
        return this.member(node);
      case "label": {
        const value = scope.get(labelKey(node.label.text));
        return value ?? this.unknownLabel(node.label);
      }
      case "unit":
        return this.unit(node);
      case "negate": {
        const value = this.visit(node.operand);
        return value === undefined ? undefined : this.binary("-", 0, value, node);
      }
      case "not": {
        const value = this.truth(node.operand);
        return typeof value === "boolean" ? !value : value;
      }
      case "conditional": {
        const condition = this.truth(node.condition);
        if (condition === undefined) return undefined;
        if (condition === UNKNOWN) {
          const both = [this.visit(node.whenTrue), this.visit(node.whenFalse)];
          return both.includes(undefined) ? undefined : UNKNOWN;
        }
        return this.visit(condition ? node.whenTrue : node.whenFalse);
      }
      case "binary":
        return this.operator(node);
      case "call":
        return this.call(node);
      case "unreadable":
        return undefined;
      case "hole":
        return this.refuse("a number, a variable or an expression in parentheses", "?", node);
      case "invalid":
        return this.refuse("a number, a variable or an expression in parentheses", node.text, node);
    }
  }

  /** Doubles hold whole numbers up to 2^53: a longer one would be another number. */
  private exact(value: number, node: Expression): number | undefined {
    const isExact = !Number.isInteger(value) || Number.isSafeInteger(value);
    return isExact ? value : this.refuse("below 2^53, so that it is exact", textOf(node.span), node);
  }

  private refuse(wanted: string, found: string, node: { span: Expression["span"] }): undefined {
    this.place.report(diagnose(wrongValue, node.span, { what: this.what, wanted, found }));
    return undefined;
  }

  private operator(node: Extract<Expression, { kind: "binary" }>): Value | undefined {
    if (node.operator === "and" || node.operator === "or") {
      const left = this.truth(node.left);
      // The right side of what is decided is not looked at: `in.h > 1 and 8 % (in.h - 1) == 0`.
      if (left === (node.operator === "or")) return left;
      const right = this.truth(node.right);
      if (left === undefined || right === undefined) return undefined;
      return left === UNKNOWN && right !== (node.operator === "or") ? UNKNOWN : right;
    }
    const left = this.visit(node.left);
    const right = this.visit(node.right);
    if (left === undefined || right === undefined) return undefined;
    if (["/", "//", "%"].includes(node.operator) && right === 0) {
      const args = { what: "a divisor", wanted: "other than 0", found: "0" };
      this.place.report(diagnose(wrongValue, node.right.span, args));
      return undefined;
    }
    return this.binary(node.operator, left, right, node);
  }

  private binary(operator: BinaryOperator, left: Value, right: Value, node: Expression): Value | undefined {
    const result = applyBinary(operator, left, right);
    if ("value" in result) return result.value;
    if ("isUndecided" in result) {
      this.place.report(diagnose(undecided, node.span, { text: textOf(node.span) }));
      return undefined;
    }
    const found = result.found === undefined ? textOf(node.span) : describeValue(result.found);
    return this.refuse(
      result.problem,
      found,
      result.found === undefined ? node : this.sideOf(node, left, result.found),
    );
  }

  /** The side of an operator that holds a value. */
  private sideOf(node: Expression, left: Value, found: Value): Expression {
    if (node.kind !== "binary") return node;
    return found === left ? node.left : node.right;
  }

  /** `in.h`, `in.w`, `in.c`; `in.d` of volumes and `in.l` of signals. */
  private member(node: Extract<Expression, { kind: "member" }>): Value | undefined {
    const [object, name] = node.name.split(".") as [string, string];
    const { arriving } = this.place;
    if (object !== "in" || !["h", "w", "c", "d", "l"].includes(name)) {
      const meant = SIDES.find((side) => name.toLowerCase().startsWith(side));
      const written = meant && `in.${meant[0]!}`;
      const fixes = written ? [{ title: `write ${written}`, edits: [{ span: node.span, text: written }] }] : [];
      const known = ["in.h", "in.w", "in.c"];
      this.place.report(diagnose(unknownMember, node.span, { name: node.name, known }, { fixes }));
      return undefined;
    }
    if (arriving === UNKNOWN) return UNKNOWN;
    if (!arriving) {
      this.place.report(diagnose(nothingArrives, node.span, { name: node.name }));
      return undefined;
    }
    const { shape } = arriving;
    const axes: Record<number, string> = { 1: "c", 2: "lc", 3: "hwc", 4: "dhwc" };
    const index = (axes[shape.length] ?? "").indexOf(name);
    if (index >= 0) return shape[index]!;
    const known = [...(axes[shape.length] ?? "")].map((axis) => `in.${axis}`);
    this.place.report(diagnose(unknownMember, node.span, { name: node.name, known }));
    return undefined;
  }

  /** A block, a net, a layer; or the letter of a size. */
  private unit(node: Extract<Expression, { kind: "unit" }>): Value | undefined {
    const { scope, report } = this.place;
    const known = scope.get(node.name.text);
    if (known !== undefined && !isUnit(known)) return known;
    // One capital letter is a side of the input, where there is no block of that name.
    if (!known && !node.call && /^[A-Z]$/.test(node.name.text) && !findUnit(node.name, scope))
      return this.unknownName(node.name.text, node.span);
    const unit = known ?? unitOf(node.name, scope, report);
    if (!unit || !node.call) return unit;
    const given = this.arguments(node.call.arguments);
    if (!given) return undefined;
    if (unit.target.kind === "layer") return { ...unit, given: [...unit.given, ...given] };
    const { parameters } = unit.target.declared.declaration;
    return { ...unit, given: applyArguments({ name: unitName(unit), parameters }, unit.given, given, report) };
  }

  private arguments(list: readonly { name?: Identifier; value: Expression; span: Expression["span"] }[]) {
    const given = list.map(({ name, value, span }): GivenArgument | undefined => {
      const found = this.visit(value);
      return found === undefined ? undefined : { name, value: found, span };
    });
    return given.includes(undefined) ? undefined : (given as GivenArgument[]);
  }

  private call(node: Extract<Expression, { kind: "call" }>): Value | undefined {
    const { report, work, scope } = this.place;
    if (work.steps++ >= work.limit) {
      if (!work.told) report(diagnose(tooMuchWork, node.span, { limit: work.limit }));
      work.told = true;
      return undefined;
    }
    const given = this.arguments(node.arguments);
    const name = node.name.text;
    const declared = scope.module.functions.get(name);
    if (declared) {
      if (!given) return undefined;
      // What is wrong with it is told where it stands.
      if (declared.isCyclic || declared.declaration.body.kind === "unreadable") return UNKNOWN;
      const inner = new Scope(declared.module, declared.module.scope);
      const { parameters, body } = declared.declaration;
      const callee = { name, parameters };
      const inside: Place = { ...this.place, scope: inner };
      const bound = bindArguments(callee, given, node.span, inner, report, (value, what) =>
        evaluate(value, inside, what),
      );
      if (!bound) return undefined;
      if (work.calls >= work.deepest) return this.refuseDepth(node);
      work.calls++;
      const value = new Evaluator(inside, this.what).visit(body);
      work.calls--;
      return value;
    }
    const apply = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (!apply) {
      const known = [...scope.module.functions.keys(), ...Object.keys(FUNCTIONS)];
      if (scope.module.isTold(name)) return undefined;
      const suggestion = closest(name, known);
      const edits = [{ span: node.name.span, text: suggestion ?? "" }];
      const fixes = suggestion ? [{ title: `did you mean ${suggestion}?`, edits }] : useFixes(name, scope);
      report(diagnose(unknownFunction, node.name.span, { name, known: known.slice(0, 2 * MOST_NAMED) }, { fixes }));
      return undefined;
    }
    if (!given) return undefined;
    const named = given.find((argument) => argument.name !== undefined)?.name;
    if (named) {
      report(diagnose(unknownParameter, named.span, { callee: name, parameter: named.text, known: [] }));
      return undefined;
    }
    const takesAny = name === "min" || name === "max";
    if (given.length === 0 || (given.length > 1 && !takesAny)) {
      const wanted = takesAny ? "one number or more" : "one number";
      report(diagnose(wrongArity, node.span, { name, wanted, found: given.length }));
      return undefined;
    }
    if (given.some(({ value }) => value === UNKNOWN)) return UNKNOWN;
    const wrong = given.find(({ value }) => typeof value !== "number");
    if (wrong) return this.refuse("a number", describeValue(wrong.value), wrong);
    const result = apply(...given.map(({ value }) => value as number));
    return Number.isFinite(result) ? result : this.refuse("a number", textOf(node.span), node);
  }

  private truth(expression: Expression): boolean | typeof UNKNOWN | undefined {
    const value = this.visit(expression);
    if (value === undefined || value === UNKNOWN || typeof value === "boolean") return value;
    const args = { found: textOf(expression.span), value: describeValue(value) };
    this.place.report(diagnose(wrongTruth, expression.span, args));
    return undefined;
  }

  private unknownName(name: string, span: Expression["span"]): undefined {
    const { scope, report } = this.place;
    const all = scope.names();
    const isLetter = /^[A-Z]$/.test(name);
    const names = [...new Set(all)].filter((known) => (isLetter ? /^[A-Za-z_]/ : /^[a-z_]/).test(known));
    const replace = (title: string, text: string) => [{ title, edits: [{ span, text }] }];
    const known = names.slice(0, MOST_NAMED);
    const capitals = name.toUpperCase();
    const suggestion = closest(name, names);
    if (operatorOf(capitals) && !suggestion) {
      const fixes = replace(`write ${capitals}`, capitals);
      report(diagnose(notCapitals, span, { name, written: capitals }, { fixes }));
      return undefined;
    }
    const fixes = all.includes(labelKey(name))
      ? replace(`did you mean @${name}?`, `@${name}`)
      : suggestion
        ? replace(`did you mean ${suggestion}?`, suggestion)
        : [];
    const isFunction = scope.module.functions.has(name) || Object.hasOwn(FUNCTIONS, name);
    const notes = isFunction ? [`${name} is a function: its arguments stand in parentheses that touch it`] : [];
    report(diagnose(unknownVariable, span, { name, known }, { fixes, notes }));
    return undefined;
  }

  private unknownLabel({ text, span }: Identifier): undefined {
    this.place.report(unknownLabelUse(text, span, this.place.scope));
    return undefined;
  }
}

/** `@skp`: the diagnostic of a label that does not stand before its use. */
export function unknownLabelUse(label: string, span: Expression["span"], scope: Scope): Diagnostic {
  const names = [...new Set(scope.names())].flatMap((name) => (name.startsWith("@") ? [name.slice(1)] : []));
  const suggestion = closest(label, names);
  const fixes = suggestion ? [{ title: `did you mean @${suggestion}?`, edits: [{ span, text: suggestion }] }] : [];
  const known = names.slice(0, MOST_NAMED).map((name) => `@${name}`);
  return diagnose(unknownUse, span, { label, known }, { fixes });
}

/** A truth; undefined after an error was reported. */
export function evaluateTruth(expression: Expression, place: Place): boolean | typeof UNKNOWN | undefined {
  const value = evaluate(expression, place, "a condition");
  if (value === undefined || value === UNKNOWN || typeof value === "boolean") return value;
  const args = { found: textOf(expression.span), value: describeValue(value) };
  place.report(diagnose(wrongTruth, expression.span, args));
  return undefined;
}

/** A number; undefined after an error was reported, and also where it is not known yet. */
export function evaluateNumber(expression: Expression, place: Place, what: string): number | undefined {
  const value = evaluate(expression, place, what);
  if (value === undefined || value === UNKNOWN) return undefined;
  if (typeof value === "number") return value;
  place.report(wrongKind(expression, value, what, "a number"));
  return undefined;
}

function wrongKind(expression: Expression, value: Value, what: string, wanted: string): Diagnostic {
  const found = isSymbolic(value) ? `${formatDimension(value)}, which is open` : describeValue(value);
  return diagnose(wrongValue, expression.span, {
    what,
    wanted,
    found: isUnit(value) || isLabel(value) ? textOf(expression.span) : found,
  });
}

/** A whole number from `minimum`; undefined after an error was reported, and where it is not known yet. */
export function evaluateInteger(
  expression: Expression,
  place: Place,
  what: string,
  minimum: number,
): number | undefined {
  const value = evaluateNumber(expression, place, what);
  return value === undefined ? undefined : wholeNumber(value, expression, place, what, minimum);
}

/** As `evaluateInteger`, with sizes that have letters in them. */
export function evaluateDimension(expression: Expression, place: Place, what: string, minimum: number) {
  const value = evaluate(expression, place, what);
  if (value === undefined || value === UNKNOWN) return undefined;
  if (isSymbolic(value)) return value;
  if (typeof value === "number") return wholeNumber(value, expression, place, what, minimum);
  place.report(wrongKind(expression, value, what, "a number"));
  return undefined;
}

function wholeNumber(
  value: number,
  expression: Expression,
  { report }: Place,
  what: string,
  minimum: number,
): number | undefined {
  const text = textOf(expression.span);
  if (!Number.isInteger(value)) {
    report(diagnose(notWhole, expression.span, { what, expression: text, value: String(Number(value.toFixed(6))) }));
    return undefined;
  }
  if (value < minimum || value > LARGEST_SIZE) {
    const wanted = value < minimum ? `a whole number from ${minimum}` : `at most ${LARGEST_SIZE}`;
    report(
      diagnose(wrongValue, expression.span, { what, wanted, found: expression.kind === "number" ? text : `${value}` }),
    );
    return undefined;
  }
  return value;
}
