/** The operators of expressions on numbers. */

/** `//` rounds down and `%` has the sign of its divisor. Any other operator is `^`. */
export function arithmetic(operator: string, left: number, right: number): number {
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

/** What a comparison says, of numbers of either kind by value; undefined for another operator. */
export function comparison(operator: string, left: number | bigint, right: number | bigint): boolean | undefined {
  switch (operator) {
    // What is no number equals nothing.
    case "==":
      return left <= right && left >= right;
    case "!=":
      return !(left <= right && left >= right);
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    default:
      return undefined;
  }
}
