/** What a program says of counts. A change that leaves what a net computes may lower them: fewer biases, fewer layers. */
import type { BudgetTerm } from "../ir/budget.js";
import type { Network } from "../ir/network.js";

/** Whether what is said of a network's counts may not hold any more when they are lower. */
export function isCounted({ totals, budgets }: Network): boolean {
  return totals.length > 0 || budgets.some(({ condition }) => !isUpperBound(condition));
}

function isUpperBound(term: BudgetTerm): boolean {
  if (!hasFigure(term)) return true;
  if (term.kind !== "binary") return false;
  const { operator, left, right } = term;
  switch (operator) {
    case "and":
    case "or":
      return isUpperBound(left) && isUpperBound(right);
    case "<":
    case "<=":
      return left.kind === "figure" && !hasFigure(right);
    case ">":
    case ">=":
      return right.kind === "figure" && !hasFigure(left);
    default:
      return false;
  }
}

function hasFigure(term: BudgetTerm): boolean {
  if (term.kind === "not") return hasFigure(term.operand);
  if (term.kind === "binary") return hasFigure(term.left) || hasFigure(term.right);
  return term.kind === "figure";
}
