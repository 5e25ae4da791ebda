/** `assert` lines: budgets over figures of the whole network, and what the letters of its input have to fulfil. */
import { diagnose } from "../base/diagnostics.js";
import { closest } from "../base/suggest.js";
import { textOf } from "../base/source.js";
import { figures, type Budget, type BudgetTerm, type Figure } from "../ir/budget.js";
import { commonPeriod, intersect, residueCondition, type Condition } from "../ir/condition.js";
import { variable } from "../ir/dimension.js";
import type { AssertDeclaration, Expression, Item } from "../syntax/ast.js";
import { unknownFigure, wrongTruth, wrongValue } from "./diagnostics.js";
import { evaluate, evaluateInteger } from "./evaluate.js";
import { MOST_NAMED, type Place, type Work } from "./place.js";
import { describeValue, Scope, UNKNOWN } from "./values.js";

const FIGURES: ReadonlySet<string> = new Set(figures);
const isFigure = (name: string): name is Figure => FIGURES.has(name);

/** What figures are called elsewhere. */
const SYNONYMS: Record<string, Figure> = {
  memory: "peak.memory",
  ram: "peak.memory",
  size: "params.memory",
  parameters: "params",
  mults: "macs",
  madds: "macs",
  ops: "flops",
  depth: "layers",
};
const TRUTHS = new Set(["==", "!=", "<", "<=", ">", ">=", "and", "or"]);

/** Reads one line; undefined after an error was reported. Unless all is known, an unknown letter is no mistake. */
export function readBudget(
  item: AssertDeclaration,
  place: Place,
  symbols: readonly string[],
  isComplete = true,
): Budget | undefined {
  const condition = new BudgetReader(place, symbols, isComplete).term(item.condition);
  const batch = item.batch ? evaluateInteger(item.batch, place, "the batch", 1) : 1;
  if (!condition || batch === undefined) return undefined;
  const isTruth =
    condition.kind === "truth" ||
    condition.kind === "not" ||
    (condition.kind === "binary" && TRUTHS.has(condition.operator));
  const text = textOf(item.condition.span);
  if (isTruth) return { condition, batch, text, span: item.condition.span };
  place.report(diagnose(wrongTruth, item.condition.span, { found: text, value: "a number" }));
  return undefined;
}

class BudgetReader {
  constructor(
    private readonly place: Place,
    private readonly symbols: readonly string[],
    private readonly isComplete: boolean,
  ) {}

  term(node: Expression): BudgetTerm | undefined {
    switch (node.kind) {
      case "number":
        if (!/^[\d_]+$/.test(node.text)) return this.value(node);
        return { kind: "quantity", value: BigInt(node.text.replaceAll("_", "")), bytes: false, text: node.text };
      case "quantity":
        return { kind: "quantity", value: node.value, bytes: node.bytes, text: node.text };
      case "parenthesised":
        return this.term(node.inner);
      case "variable":
      case "member":
        if (isFigure(node.name)) return { kind: "figure", figure: node.name, span: node.span };
        return this.isKnown(node) ? this.value(node) : this.unknown(node.name, node.span);
      case "unit":
        if (!this.symbols.includes(node.name.text))
          return this.place.scope.has(node.name.text) ? this.value(node) : this.unknown(node.name.text, node.span);
        return { kind: "size", size: variable(node.name.text), text: node.name.text };
      case "not": {
        const operand = this.term(node.operand);
        return operand && { kind: "not", operand };
      }
      case "binary": {
        const left = this.term(node.left);
        const right = this.term(node.right);
        if (!left || !right) return undefined;
        const isZero =
          (right.kind === "quantity" && right.value === 0n) || (right.kind === "number" && right.value === 0);
        if (isZero && ["/", "//", "%"].includes(node.operator)) {
          const args = { what: "a divisor", wanted: "other than 0", found: "0" };
          this.place.report(diagnose(wrongValue, node.right.span, args));
          return undefined;
        }
        return { kind: "binary", operator: node.operator, left, right };
      }
      default:
        return this.value(node);
    }
  }

  private isKnown(node: Extract<Expression, { kind: "variable" | "member" }>): boolean {
    return node.kind === "variable" && (this.place.scope.has(node.name) || /^(true|false)$/.test(node.name));
  }

  private value(node: Expression): BudgetTerm | undefined {
    const value = evaluate(node, this.place, "an assertion");
    if (value === undefined || value === UNKNOWN) return undefined;
    if (typeof value === "number") return { kind: "number", value };
    if (typeof value === "boolean") return { kind: "truth", value };
    this.place.report(diagnose(wrongTruth, node.span, { found: textOf(node.span), value: describeValue(value) }));
    return undefined;
  }

  private unknown(name: string, span: Expression["span"]): undefined {
    if (!this.isComplete && /^[A-Z]$/.test(name)) return undefined;
    const known = [...figures, ...this.place.scope.names().filter((found) => /^[a-z]/.test(found))];
    const suggestion = (Object.hasOwn(SYNONYMS, name) ? SYNONYMS[name] : undefined) ?? closest(name, known);
    const fixes = suggestion ? [{ title: `did you mean ${suggestion}?`, edits: [{ span, text: suggestion }] }] : [];
    this.place.report(diagnose(unknownFigure, span, { name, known: known.slice(0, MOST_NAMED) }, { fixes }));
    return undefined;
  }
}

/** Larger ones are not looked for among the values of a letter. */
const LARGEST_MODULUS = 10_000;

/**
 * What assertions say of the remainders of letters: `assert H % 8 == 0`. Each part of a conjunction that is about one
 * letter alone is tried for all remainders; what is no matter of the remainder alone (`H >= 32`) is left to be checked where
 * the size is known.
 */
export function readSizeConditions(items: readonly Item[], symbols: readonly string[], place: Place): Condition[] {
  const parts = items.flatMap((item) => (item.kind === "assert" ? conjuncts(item.condition) : []));
  const conditions = parts.flatMap((part): Condition[] => {
    const letters = symbols.filter((symbol) => mentions(part, symbol));
    const modulus = commonPeriod(divisors(part)) ?? 1;
    if (letters.length !== 1 || hasFigure(part) || modulus === 1 || modulus > LARGEST_MODULUS) return [];
    const [letter] = letters;
    const residues: number[] = [];
    for (let residue = 0; residue < modulus; residue++) {
      const found = ROUNDS.map((round) => round * modulus + residue).filter((size) => size > 0);
      const holding = found.filter((size) => holdsAt(part, letter!, size, place)).length;
      // What holds for some sizes of a remainder is a bound: it is checked where the size is known.
      if (holding > 0 && holding < found.length) return [];
      if (holding > 0) residues.push(residue);
    }
    return residues.length === 0 ? [] : [residueCondition(letter!, modulus, residues)];
  });
  return intersect(conditions);
}

/** Where remainders are tried: near, where a bound would matter, and far. */
const ROUNDS = [0, 1, 2, 7, 100, 1_000, 10_000];

const silent: Place["report"] = () => undefined;

function holdsAt(part: Expression, letter: string, value: number, place: Place): boolean {
  const scope = new Scope(place.scope.module, place.scope);
  scope.set(letter, value);
  const work: Work = { ...place.work, steps: 0, limit: 1_000, told: true };
  // What is wrong with the line is told when it is read as a budget.
  return evaluate(part, { scope, work, report: silent }, "an assertion") === true;
}

function conjuncts(node: Expression): Expression[] {
  if (node.kind === "parenthesised") return conjuncts(node.inner);
  if (node.kind !== "binary" || node.operator !== "and") return [node];
  return [...conjuncts(node.left), ...conjuncts(node.right)];
}

function children(node: Expression): Expression[] {
  switch (node.kind) {
    case "parenthesised":
      return [node.inner];
    case "negate":
    case "not":
      return [node.operand];
    case "binary":
      return [node.left, node.right];
    case "conditional":
      return [node.condition, node.whenTrue, node.whenFalse];
    case "call":
      return node.arguments.map(({ value }) => value);
    default:
      return [];
  }
}

function mentions(node: Expression, letter: string): boolean {
  return (node.kind === "unit" && node.name.text === letter) || children(node).some((child) => mentions(child, letter));
}

function hasFigure(node: Expression): boolean {
  const isOne = (node.kind === "variable" || node.kind === "member") && isFigure(node.name);
  return isOne || children(node).some(hasFigure);
}

/** The numbers that are divided by. */
function divisors(node: Expression): number[] {
  const own =
    node.kind === "binary" && ["%", "//", "/"].includes(node.operator) && node.right.kind === "number"
      ? [node.right.value]
      : [];
  return [...own.filter((value) => Number.isInteger(value) && value > 0), ...children(node).flatMap(divisors)];
}
