/** Operators on values. Whole numbers are exact or refused; sizes with letters are compared for all their values. */
import { arithmetic, comparison } from "../base/arithmetic.js";
import { agreement } from "../ir/agreement.js";
import { floorDivide, isFixed, minus, plus, times, type Dimension } from "../ir/dimension.js";
import { MOST_PARTS } from "../ops/infer.js";
import type { BinaryOperator } from "../syntax/ast.js";
import { isSymbolic, UNKNOWN, type Value } from "./values.js";

/** The result, or what is wrong: `problem` is what was wanted, `found` the side that is not it, absent for both sides. */
export type Applied = { value: Value } | { problem: string; found?: Value } | { isUndecided: true };

export function applyBinary(operator: BinaryOperator, left: Value, right: Value): Applied {
  if (left === UNKNOWN || right === UNKNOWN) return { value: UNKNOWN };
  if (operator === "==" || operator === "!=") {
    if (typeof left === "boolean" && typeof right === "boolean")
      return { value: (left === right) === (operator === "==") };
  }
  for (const side of [left, right]) {
    if (typeof side !== "number" && !isSymbolic(side)) return { problem: "made of numbers", found: side };
  }
  if (typeof left === "number" && typeof right === "number") return applyNumbers(operator, left, right);
  try {
    const applied = applySymbolic(operator, left as Dimension, right as Dimension);
    const isLong = "value" in applied && isSymbolic(applied.value) && applied.value.parts > MOST_PARTS;
    return isLong ? { problem: "simple enough to be carried on: give INPUT numbers" } : applied;
  } catch (error) {
    if (error instanceof RangeError) return { problem: "below 2^53, so that it is exact" };
    throw error;
  }
}

function applyNumbers(operator: BinaryOperator, left: number, right: number): Applied {
  const compared = comparison(operator, left, right);
  if (compared !== undefined) return { value: compared };
  const value = arithmetic(operator, left, right);
  if (!Number.isFinite(value)) return { problem: "a number" };
  // Doubles hold whole numbers up to 2^53; beyond that a result would be rounded without a word.
  const rounded =
    Number.isInteger(left) && Number.isInteger(right) && Number.isInteger(value) && !Number.isSafeInteger(value);
  return rounded ? { problem: "below 2^53, so that it is exact" } : { value };
}

/** Sizes with letters: what holds for all of their values is decided, the rest is refused. */
function applySymbolic(operator: BinaryOperator, left: Dimension, right: Dimension): Applied {
  const whole = [left, right].every((side) => !isFixed(side) || Number.isInteger(side));
  if (!whole) return { problem: "made of whole numbers", found: isFixed(left) ? left : right };
  switch (operator) {
    case "+":
      return { value: plus(left, right) };
    case "-":
      return { value: minus(left, right) };
    case "*":
      return { value: times(left, right) };
    case "==":
    case "!=": {
      const found = agreement(left, right);
      if (found.kind === "when" || found.kind === "undecided") return { isUndecided: true };
      return { value: (found.kind === "always") === (operator === "==") };
    }
    case "<":
    case "<=":
    case ">":
    case ">=": {
      const difference = minus(left, right);
      return isFixed(difference) ? applyNumbers(operator, difference, 0) : { isUndecided: true };
    }
  }
  if (!isFixed(right) || right < 1) return { problem: "divided by whole numbers from 1", found: right };
  switch (operator) {
    case "//":
      return { value: floorDivide(left, right) };
    case "%":
      return { value: minus(left, times(right, floorDivide(left, right))) };
    case "/": {
      const quotient = floorDivide(left, right);
      const exact = agreement(times(quotient, right), left).kind === "always";
      return exact ? { value: quotient } : { problem: "whole for every size of the input (// rounds down)" };
    }
    default:
      return { problem: "made of + - * // %" };
  }
}
