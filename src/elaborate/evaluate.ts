/** Expressions to numbers. */
import { diagnose, type Diagnostic } from "../base/diagnostics.js";
import { closest } from "../base/suggest.js";
import { textOf } from "../base/source.js";
import type { Expression } from "../syntax/ast.js";
import { LARGEST_SIZE } from "../ops/size.js";
import { notWhole, unknownFunction, unknownVariable, wrongArity, wrongValue } from "./diagnostics.js";

/** Values by name; NaN for a parameter of a family that has none yet: what depends on it is unknown, and no mistake. */
export type Variables = ReadonlyMap<string, number>;
export type Report = (diagnostic: Diagnostic) => void;

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
};

/** How many names a message lists. */
export const MOST_NAMED = 10;

/** The value of an expression; undefined after an error was reported. `what` names it in messages: `the stride of CONV`. */
export function evaluate(
  expression: Expression,
  variables: Variables,
  what: string,
  report: Report,
): number | undefined {
  let open = false;
  const visit = (node: Expression): number | undefined => {
    switch (node.kind) {
      case "number":
        return node.value;
      case "parenthesised":
        return visit(node.inner);
      case "variable": {
        const value = variables.get(node.name);
        if (value === undefined) reportUnknown(node.name, node.span);
        if (Number.isNaN(value)) open = true;
        return value;
      }
      case "negate": {
        const value = visit(node.operand);
        return value === undefined ? undefined : -value;
      }
      case "binary": {
        const left = visit(node.left);
        const right = visit(node.right);
        if (left === undefined || right === undefined) return undefined;
        if (["/", "//", "%"].includes(node.operator) && right === 0) {
          report(diagnose(wrongValue, node.right.span, { what: "a divisor", wanted: "other than 0", found: "0" }));
          return undefined;
        }
        return applyOperator(node.operator, left, right);
      }
      case "call": {
        const apply = Object.hasOwn(FUNCTIONS, node.name) ? FUNCTIONS[node.name] : undefined;
        const values = node.arguments.map(visit);
        if (!apply) report(diagnose(unknownFunction, node.span, { name: node.name }));
        if (!apply || values.includes(undefined)) return undefined;
        const takesAny = node.name === "min" || node.name === "max";
        if (values.length === 0 || (values.length > 1 && !takesAny)) {
          const wanted = takesAny ? "one number or more" : "one number";
          report(diagnose(wrongArity, node.span, { name: node.name, wanted, found: values.length }));
          return undefined;
        }
        return apply(...(values as number[]));
      }
      case "unreadable":
        return undefined;
      case "hole":
      case "invalid": {
        const found = node.kind === "hole" ? "?" : node.text;
        report(
          diagnose(wrongValue, node.span, {
            what,
            wanted: "a number, a variable or an expression in parentheses",
            found,
          }),
        );
        return undefined;
      }
    }
  };
  const reportUnknown = (name: string, span: Expression["span"]) => {
    const known = [...variables.keys()].slice(0, MOST_NAMED);
    const suggestion = closest(name, known);
    const fixes = suggestion ? [{ title: `did you mean ${suggestion}?`, edits: [{ span, text: suggestion }] }] : [];
    report(diagnose(unknownVariable, span, { name, known }, { fixes }));
  };
  const result = visit(expression);
  if (result === undefined || open || Number.isFinite(result))
    return open && result !== undefined ? Number.NaN : result;
  report(diagnose(wrongValue, expression.span, { what, wanted: "a number", found: textOf(expression.span) }));
  return undefined;
}

function applyOperator(operator: string, left: number, right: number): number {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
    case "//":
      return Math.floor(left / right);
    case "%":
      return left - right * Math.floor(left / right);
    default:
      return left ** right;
  }
}

/** A whole number from `minimum`; undefined after an error was reported. */
export function evaluateInteger(
  expression: Expression,
  variables: Variables,
  what: string,
  minimum: number,
  report: Report,
): number | undefined {
  const value = evaluate(expression, variables, what, report);
  if (value === undefined || Number.isNaN(value)) return undefined;
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
