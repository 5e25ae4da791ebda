/** Written values to arguments: evaluated, checked against the parameter's kind and range, spread over the axes. */
import { diagnose } from "../base/diagnostics.js";
import { textOf } from "../base/source.js";
import type { Argument, Padding } from "../ir/network.js";
import type { Parameter } from "../ops/define.js";
import { LARGEST_SIZE } from "../ops/size.js";
import { evenPadding } from "../ops/window.js";
import type { Expression, Size } from "../syntax/ast.js";
import { symbolicSize, wrongValue } from "./diagnostics.js";
import { evaluate, evaluateInteger, type Report, type Variables } from "./evaluate.js";
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
  variables: Variables,
  report: Report,
): Evaluated | undefined {
  const refuse = (wanted: string): undefined => {
    report(diagnose(wrongValue, written.valueSpan, { what, wanted, found: textOf(written.valueSpan) }));
    return undefined;
  };
  const whole = (expression: Expression, minimum: number) =>
    evaluateInteger(expression, variables, what, minimum, report);
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
      const argument = evaluate(value.expression, variables, what, report);
      if (argument === undefined || Number.isNaN(argument)) return undefined;
      const { minimum = Number.NEGATIVE_INFINITY, below = Number.POSITIVE_INFINITY } = parameter;
      if (!(argument >= minimum)) return refuse(`a number from ${minimum}`);
      return argument < below ? { argument } : refuse(`below ${below}`);
    }
    case "shape": {
      const dimensions = dimensionsOf(written, whole, report);
      return dimensions && { argument: dimensions };
    }
    case "axes": {
      const dimensions = dimensionsOf(written, whole, report);
      if (!dimensions) return undefined;
      if (dimensions.length === 1) return { argument: Array<number>(axes).fill(dimensions[0]!) };
      if (dimensions.length === axes) return { argument: dimensions };
      const withDepth = dimensions.length === axes + 1 && parameter.noun === "window";
      if (withDepth) return { argument: dimensions.slice(0, -1), depth: dimensions.at(-1)! };
      return refuse(`one number, or ${axes} joined by x`);
    }
    case "padding": {
      const argument = paddingOf(written, axes, whole, refuse, report);
      return argument && { argument };
    }
  }
}

type Whole = (expression: Expression, minimum: number) => number | undefined;

/** Whole numbers from 1, written as one number, as a size or joined by `x`. */
function dimensionsOf({ value, valueSpan }: Written, whole: Whole, report: Report): number[] | undefined {
  if (value.kind === "size") return sizeNumbers(value.size, 1, report);
  if (value.kind === "expression" || value.kind === "axes") {
    const expressions = value.kind === "axes" ? value.expressions : [value.expression];
    const numbers = expressions.map((expression) => whole(expression, 1));
    return numbers.includes(undefined) ? undefined : (numbers as number[]);
  }
  report(diagnose(wrongValue, valueSpan, { what: "a size", wanted: "numbers joined by x", found: textOf(valueSpan) }));
  return undefined;
}

/** The numbers of a size; letters and numbers out of range are reported. */
export function sizeNumbers(size: Size, minimum: number, report: Report): number[] | undefined {
  const letters = size.dimensions.filter((dimension) => typeof dimension === "string");
  if (letters.length > 0) {
    report(diagnose(symbolicSize, size.span, { size: size.text, letters: [...new Set(letters)] }));
    return undefined;
  }
  const numbers = size.dimensions as number[];
  const bad = numbers.find((number) => !Number.isInteger(number) || number < minimum || number > LARGEST_SIZE);
  if (bad === undefined) return numbers;
  const wanted = bad > LARGEST_SIZE ? `numbers up to ${LARGEST_SIZE}` : `whole numbers from ${minimum}`;
  report(diagnose(wrongValue, size.span, { what: "a size", wanted: `made of ${wanted}`, found: size.text }));
  return undefined;
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
