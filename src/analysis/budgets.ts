/** Whether assertions hold: exact arithmetic over figures, numbers and bytes. */
import { arithmetic, comparison } from "../base/arithmetic.js";
import { figuresInBytes, type Budget, type BudgetTerm, type Figure } from "../ir/budget.js";
import { Expression, type Count } from "../ir/dimension.js";
import type { Network } from "../ir/network.js";
import { figureOf } from "./figures.js";

/** A figure that a budget compares, with its value. */
export interface FigureValue {
  readonly figure: Figure;
  readonly value: Count;
  readonly bytes: boolean;
  /** Whether it is the most that the figure can be, where letters leave open what it is. */
  readonly isBound: boolean;
}

export type Verdict =
  | { readonly kind: "holds" }
  | { readonly kind: "fails"; readonly figures: readonly FigureValue[] }
  /** It depends on letters of the input. */
  | { readonly kind: "open"; readonly figures: readonly FigureValue[] }
  /** Bytes are compared with a count. */
  | { readonly kind: "mixed"; readonly figure: Figure; readonly text: string };

/** Numbers of assertions: exact where they are whole. */
type Term = bigint | number | boolean | undefined;

class Mixed extends Error {
  constructor(
    readonly figure: Figure,
    readonly text: string,
  ) {
    super(text);
  }
}

export function verdictOf(network: Network, { condition, batch }: Budget): Verdict {
  const figures = figuresIn(condition).map((figure): FigureValue => {
    const value = figureOf(network, figure, batch);
    const isBound = figure === "peak.memory" && value instanceof Expression;
    return { figure, value, bytes: figuresInBytes.has(figure), isBound };
  });
  const valueOf = (figure: Figure) => figures.find((found) => found.figure === figure)!.value;
  try {
    const value = evaluate(condition, valueOf);
    if (value === undefined) return { kind: "open", figures };
    return value ? { kind: "holds" } : { kind: "fails", figures };
  } catch (error) {
    if (error instanceof Mixed) return { kind: "mixed", figure: error.figure, text: error.text };
    throw error;
  }
}

function figuresIn(term: BudgetTerm): Figure[] {
  switch (term.kind) {
    case "figure":
      return [term.figure];
    case "not":
      return figuresIn(term.operand);
    case "binary":
      return [...new Set([...figuresIn(term.left), ...figuresIn(term.right)])];
    default:
      return [];
  }
}

const settled = (count: Count): Term => (count instanceof Expression ? undefined : count);

function evaluate(term: BudgetTerm, valueOf: (figure: Figure) => Count): Term {
  switch (term.kind) {
    case "number":
      return Number.isSafeInteger(term.value) ? BigInt(term.value) : term.value;
    case "quantity":
      return term.value;
    case "truth":
      return term.value;
    case "figure":
      return settled(valueOf(term.figure));
    case "size":
      return typeof term.size === "number" ? BigInt(term.size) : undefined;
    case "not": {
      const value = evaluate(term.operand, valueOf);
      return value === undefined ? undefined : !value;
    }
    case "binary":
      checkUnits(term);
      return binary(term.operator, evaluate(term.left, valueOf), evaluate(term.right, valueOf));
  }
}

/** `params < 64MB` compares a count with bytes. */
function checkUnits({ operator, left, right }: Extract<BudgetTerm, { kind: "binary" }>): void {
  if (!["<", "<=", ">", ">=", "==", "!="].includes(operator)) return;
  for (const [figure, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (figure.kind !== "figure" || other.kind !== "quantity") continue;
    if (other.bytes !== figuresInBytes.has(figure.figure)) throw new Mixed(figure.figure, other.text);
  }
}

function binary(operator: string, left: Term, right: Term): Term {
  if (operator === "and") return left === false || right === false ? false : left === undefined ? undefined : right;
  if (operator === "or") return left === true || right === true ? true : left === undefined ? undefined : right;
  if (left === undefined || right === undefined) return undefined;
  const compared = comparison(operator, left as bigint | number, right as bigint | number);
  if (compared !== undefined) return compared;
  if (typeof left === "bigint" && typeof right === "bigint") return exact(operator, left, right);
  return arithmetic(operator, Number(left), Number(right));
}

function exact(operator: string, a: bigint, b: bigint): Term {
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "^":
      return b >= 0n && b < 64n ? a ** b : Number(a) ** Number(b);
  }
  if (b === 0n) return Number.NaN;
  const quotient = floorOf(a, b);
  if (operator === "//") return quotient;
  if (operator === "%") return a - b * quotient;
  return a % b === 0n ? a / b : Number(a) / Number(b);
}

function floorOf(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}
