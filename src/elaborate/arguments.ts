/** Written values to arguments: evaluated, checked against the parameter's kind and range, spread over the axes. */
import { diagnose } from "../base/diagnostics.js";
import { textOf } from "../base/source.js";
import { isFixed, variable, type Dimension } from "../ir/dimension.js";
import type { Argument, Padding } from "../ir/network.js";
import type { Parameter } from "../ops/define.js";
import { LARGEST_SIZE } from "../ops/size.js";
import { evenPadding } from "../ops/window.js";
import type { Expression, Size } from "../syntax/ast.js";
import { symbolicSize, wrongValue } from "./diagnostics.js";
import { evaluateDimension, evaluateInteger, evaluateNumber } from "./evaluate.js";
import type { Place, Report } from "./place.js";
import { UNKNOWN } from "./values.js";
import type { Written } from "./read-parts.js";

export interface Evaluated {
  argument: Argument;
  /** The third number of a window such as `5x5x3`: the channels that it claims to see. */
  depth?: number;
}

/** `what` names the value in messages: `the stride of CONV`. `axes` is the number of spatial axes. */
export function evaluateWritten(
  written: Written,
  parameter: Parameter,
  what: string,
  axes: number,
  place: Place,
  letters: Letters,
): Evaluated | undefined {
  const { report } = place;
  const refuse = (wanted: string, meant?: string): undefined => {
    const args = { what, wanted, found: textOf(written.valueSpan) };
    const fixes = meant ? [{ title: `write ${meant}`, edits: [{ span: written.valueSpan, text: meant }] }] : [];
    report(diagnose(wrongValue, written.valueSpan, args, { fixes }));
    return undefined;
  };
  /** Of a wrong number of axes, unless it is not known how many there are. */
  const refuseAxes = (wanted: string): undefined => (place.arriving === UNKNOWN ? undefined : refuse(wanted));
  const whole = (expression: Expression, minimum: number) => evaluateInteger(expression, place, what, minimum);
  const dimension = (expression: Expression, minimum: number) =>
    parameter.symbolic
      ? evaluateDimension(expression, place, what, minimum)
      : evaluateInteger(expression, place, what, minimum);
  const { value } = written;

  switch (parameter.kind) {
    case "flag":
      return value.kind === "flag" ? { argument: value.on } : refuse("a word alone");
    case "integer": {
      if (value.kind !== "expression") return refuse("one whole number");
      const argument = whole(value.expression, parameter.minimum ?? 1);
      return argument === undefined ? undefined : { argument };
    }
    case "number": {
      if (value.kind !== "expression") return refuse("one number");
      const argument = evaluateNumber(value.expression, place, what);
      if (argument === undefined) return undefined;
      const { minimum = Number.NEGATIVE_INFINITY, below = Number.POSITIVE_INFINITY } = parameter;
      if (!(argument >= minimum)) return refuse(`a number from ${minimum}`);
      if (argument < below) return { argument };
      // 50 for 0.5: in percent.
      const isPercent = below === 1 && argument > 1 && argument < 100 && Number.isInteger(argument);
      return refuse(`below ${below}`, isPercent ? String(argument / 100) : undefined);
    }
    case "shape": {
      const dimensions = dimensionsOf(written, dimension, letters, report);
      return dimensions && { argument: dimensions };
    }
    case "axes": {
      const dimensions = dimensionsOf(written, dimension, parameter.symbolic ? letters : NO_LETTERS, report);
      if (!dimensions) return undefined;
      if (dimensions.length === 1) return { argument: Array<Dimension>(axes).fill(dimensions[0]!) };
      if (dimensions.length === axes) return { argument: dimensions };
      const withDepth = dimensions.length === axes + 1 && parameter.noun === "window";
      const depth = dimensions.at(-1)!;
      if (withDepth && isFixed(depth)) return { argument: dimensions.slice(0, -1), depth };
      return refuseAxes(`one number, or ${axes} joined by x`);
    }
    case "padding": {
      const argument = paddingOf(written, axes, whole, refuseAxes, report);
      return argument && { argument };
    }
  }
}

type Whole = (expression: Expression, minimum: number) => number | undefined;
type Sized = (expression: Expression, minimum: number) => Dimension | undefined;

/** Which letters a size may have, and what they stand for; undefined where a letter stands for nothing here. */
export type Letters = (letter: string) => Dimension | undefined;

const NO_LETTERS: Letters = () => undefined;

/** The letters of a net's inputs. */
export function lettersOf(symbols: readonly string[]): Letters {
  return (letter) => (symbols.includes(letter) ? variable(letter) : undefined);
}

/** Whole numbers from 1, written as one number, as a size or joined by `x`. */
function dimensionsOf(
  { value, valueSpan }: Written,
  sized: Sized,
  letters: Letters,
  report: Report,
): Dimension[] | undefined {
  if (value.kind === "size") return sizeDimensions(value.size, 1, letters, report);
  if (value.kind === "expression" || value.kind === "axes") {
    const expressions = value.kind === "axes" ? value.expressions : [value.expression];
    const sizes: Dimension[] = [];
    for (const expression of expressions) {
      const size = sized(expression, 1);
      if (size === undefined) return undefined;
      sizes.push(size);
    }
    return sizes;
  }
  report(diagnose(wrongValue, valueSpan, { what: "a size", wanted: "numbers joined by x", found: textOf(valueSpan) }));
  return undefined;
}

/** The sides of a size; letters without a meaning and numbers out of range are reported. */
export function sizeDimensions(size: Size, minimum: number, letters: Letters, report: Report): Dimension[] | undefined {
  const unknown = size.dimensions.filter(
    (dimension): dimension is string => typeof dimension === "string" && letters(dimension) === undefined,
  );
  if (unknown.length > 0) {
    report(diagnose(symbolicSize, size.span, { size: size.text, letters: [...new Set(unknown)] }));
    return undefined;
  }
  const sizes = size.dimensions.map((dimension) => (typeof dimension === "string" ? letters(dimension)! : dimension));
  const isBad = (found: Dimension) =>
    isFixed(found) && (!Number.isInteger(found) || found < minimum || found > LARGEST_SIZE);
  const bad = sizes.find(isBad);
  if (bad === undefined) return sizes;
  const wanted = (bad as number) > LARGEST_SIZE ? `numbers up to ${LARGEST_SIZE}` : `whole numbers from ${minimum}`;
  report(diagnose(wrongValue, size.span, { what: "a size", wanted: `made of ${wanted}`, found: size.text }));
  return undefined;
}

/** A size that has to be made of numbers. */
export function sizeNumbers(size: Size, minimum: number, report: Report): number[] | undefined {
  return sizeDimensions(size, minimum, NO_LETTERS, report) as number[] | undefined;
}

function paddingOf(
  { value }: Written,
  axes: number,
  whole: Whole,
  refuse: (wanted: string) => undefined,
  report: Report,
): Padding | undefined {
  if (value.kind === "word") return { kind: value.text === "same" ? "same" : "half" };
  if (value.kind === "size") {
    const numbers = sizeNumbers(value.size, 0, report);
    if (!numbers) return undefined;
    if (numbers.length !== axes) return refuse(`one number, or ${axes} joined by x`);
    return { kind: "explicit", before: numbers, after: numbers };
  }
  if (value.kind === "expression") {
    const size = whole(value.expression, 0);
    return size === undefined ? undefined : evenPadding(size, axes);
  }
  if (value.kind === "tuple" || value.kind === "axes") {
    const numbers = value.expressions.map((expression) => whole(expression, 0));
    if (numbers.includes(undefined)) return undefined;
    const pads = numbers as number[];
    if (value.kind === "axes" && pads.length === axes) return { kind: "explicit", before: pads, after: pads };
    // (top, left, bottom, right): all the starts, then all the ends.
    if (pads.length === 2 * axes) return { kind: "explicit", before: pads.slice(0, axes), after: pads.slice(axes) };
    return refuse(`${2 * axes} numbers: (top, left, bottom, right)`);
  }
  return refuse("a number, half or same");
}
