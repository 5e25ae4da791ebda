/** Arguments to parameters: positions first, then names, defaults last. */
import { diagnose, type Related } from "../base/diagnostics.js";
import { plural } from "../base/integers.js";
import { closest } from "../base/suggest.js";
import { cover, type Span } from "../base/source.js";
import type { Expression, Parameter } from "../syntax/ast.js";
import { argumentTwice, missingArgument, unknownParameter, wrongArgumentKind, wrongArguments } from "./diagnostics.js";
import type { Report } from "./place.js";
import {
  describeValue,
  isLabel,
  isUnit,
  labelKey,
  UNKNOWN,
  type GivenArgument,
  type Scope,
  type Value,
} from "./values.js";

/** What takes arguments: a block, a net or a function. */
export interface Callee {
  readonly name: string;
  readonly parameters: readonly Parameter[];
}

/**
 * The arguments of one application behind those of earlier ones: positions fill, in order, the parameters that have no value
 * yet, and from then on are known by their names. What is given by name twice in one application is reported; in a later one
 * it takes the place of what was given before.
 */
export function applyArguments(
  callee: Callee,
  earlier: readonly GivenArgument[],
  given: readonly GivenArgument[],
  report: Report,
): GivenArgument[] {
  const taken = new Set(earlier.map(({ name }) => name?.text));
  const free = callee.parameters.filter(({ name }) => !taken.has(name.text));
  const here = new Set<string>();
  const named = given.map((argument): GivenArgument => {
    const parameter = argument.name ? undefined : free.shift();
    const name = argument.name ?? (parameter && { text: parameter.name.text, span: argument.span });
    if (name && here.has(name.text)) {
      report(diagnose(argumentTwice, argument.span, { callee: callee.name, parameter: name.text }));
      return { ...argument, name, value: UNKNOWN };
    }
    if (name) here.add(name.text);
    return { ...argument, name };
  });
  return [...earlier, ...named];
}

/** The value of a default, in the scope of the callee. */
export type EvaluateDefault = (expression: Expression, what: string) => Value | undefined;

/**
 * Sets the parameters of a callee in `scope`; false after an error was reported. Arguments of a partial application come
 * first in `given`. A parameter without a value stays open where `openStay` is set (a family), else it is an error.
 */
export function bindArguments(
  callee: Callee,
  given: readonly GivenArgument[],
  span: Span,
  scope: Scope,
  report: Report,
  evaluate: EvaluateDefault,
  openStay = false,
): boolean {
  const { parameters, name } = callee;
  // Of two parameters of one name nobody knows which is meant, which was told.
  if (!areDifferent(parameters)) return false;
  /** By the position of the parameter. */
  const values: (GivenArgument | undefined)[] = parameters.map(() => undefined);
  for (const argument of given) {
    if (!argument.name) continue;
    const { text } = argument.name;
    const index = parameters.findIndex((candidate) => candidate.name.text === text);
    if (index < 0) {
      report(unknownArgument(callee, argument.name));
      return false;
    }
    const before = values[index];
    if (before && isWithin(before.span, span) && isWithin(argument.span, span)) {
      report(diagnose(argumentTwice, argument.span, { callee: name, parameter: text }));
      return false;
    }
    // Of a partial application a later call may change what was given by name.
    values[index] = argument;
  }
  let next = 0;
  for (const argument of given) {
    if (argument.name) continue;
    for (let taken = values[next]; taken; taken = values[++next]) {
      // `F(1, c = 2)` where c is the first: said twice in one call.
      if (taken.span.start > argument.span.start && isWithin(taken.span, span)) {
        report(diagnose(argumentTwice, taken.span, { callee: name, parameter: parameters[next]!.name.text }));
        return false;
      }
    }
    if (next >= parameters.length) {
      const args = { callee: name, wanted: arity(parameters), found: given.length };
      report(diagnose(wrongArguments, span, args, { related: declared(callee) }));
      return false;
    }
    values[next++] = argument;
  }
  const isMissing = (parameter: Parameter, index: number) => !values[index] && !parameter.default;
  if (!openStay && parameters.some(isMissing)) {
    const args = { callee: name, missing: parameters.filter(isMissing).map(keyOf) };
    report(diagnose(missingArgument, span, args, { related: declared(callee) }));
    return false;
  }
  let fine = true;
  for (const [index, parameter] of parameters.entries()) {
    const argument = values[index];
    const value = argument
      ? argument.value
      : parameter.default
        ? evaluate(parameter.default, `the parameter ${parameter.name.text}`)
        : UNKNOWN;
    // Where one is of the wrong kind, others may be because their order is another.
    const silent = fine ? report : SILENT;
    const fits =
      value !== undefined && checkKind(callee, parameter, value, argument?.span ?? parameter.name.span, silent);
    if (!fits) fine = false;
    scope.set(keyOf(parameter), fits ? value : UNKNOWN);
  }
  return fine;
}

/** Whether no two parameters have one name. Lists of parameters are those of declarations, which are called often. */
function areDifferent(parameters: readonly Parameter[]): boolean {
  if (different.has(parameters)) return true;
  const isSo = new Set(parameters.map(keyOf)).size === parameters.length;
  if (isSo) different.add(parameters);
  return isSo;
}

const different = new WeakSet<readonly Parameter[]>();

const SILENT: Report = () => undefined;

/** How a parameter is found in a scope. */
export function keyOf({ kind, name }: Parameter): string {
  return kind === "label" ? labelKey(name.text) : name.text;
}

const isWithin = (inner: Span, outer: Span) =>
  inner.source === outer.source && inner.start >= outer.start && inner.end <= outer.end;

function checkKind(callee: Callee, parameter: Parameter, value: Value, span: Span, report: Report): boolean {
  if (value === UNKNOWN) return true;
  const isLetter = parameter.kind === "unit" && parameter.name.text.length === 1;
  const fits = {
    value: !isUnit(value) && !isLabel(value),
    unit: isUnit(value) || (isLetter && typeof value === "number"),
    label: isLabel(value),
  }[parameter.kind];
  if (fits) return true;
  const wanted = { value: "a number", unit: "a block, a net or a layer", label: "a label such as @e1" }[parameter.kind];
  const args = { callee: callee.name, parameter: keyOf(parameter), wanted, found: describeValue(value) };
  const { name } = parameter;
  const written = isLabel(value)
    ? `@${name.text}`
    : name.text[0]![isUnit(value) ? "toUpperCase" : "toLowerCase"]() + name.text.slice(1);
  const kind = isLabel(value) ? "a label" : isUnit(value) ? "a block, a net or a layer" : "a number";
  const notes = [`a parameter that takes ${kind} is written ${written}`];
  const related = [{ span: name.span, text: "the parameter" }];
  report(diagnose(wrongArgumentKind, span, args, { notes, related: name.span.start === span.start ? [] : related }));
  return false;
}

/** Where the parameters of a callee stand. */
function declared({ parameters }: Callee): Related[] {
  const [first, last] = [parameters[0], parameters.at(-1)];
  if (!first || !last) return [];
  const span = cover(first.name.span, last.default ? last.default.span : last.name.span);
  return [{ span, text: "its parameters" }];
}

function unknownArgument({ name, parameters }: Callee, { text, span }: { text: string; span: Span }) {
  const known = parameters.map((parameter) => parameter.name.text);
  const suggestion = closest(text, known);
  const fixes = suggestion ? [{ title: `did you mean ${suggestion}?`, edits: [{ span, text: suggestion }] }] : [];
  const args = { callee: name, parameter: text, known };
  return diagnose(unknownParameter, span, args, { fixes, related: declared({ name, parameters }) });
}

/** `no arguments`, `at most 3 arguments`. */
function arity(parameters: readonly Parameter[]): string {
  const most = plural(parameters.length, "argument");
  if (parameters.length === 0) return "no arguments";
  return parameters.some((parameter) => parameter.default) ? `at most ${most}` : most;
}
