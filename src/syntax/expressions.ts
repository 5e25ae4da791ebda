/** What stands within expressions and layers, for whoever looks through all of it. */
import type * as ast from "./ast.js";

const NONE: readonly ast.Expression[] = [];

/** The expressions directly within an expression. */
export function expressionsWithin(expression: ast.Expression): readonly ast.Expression[] {
  switch (expression.kind) {
    case "binary":
      return [expression.left, expression.right];
    case "negate":
    case "not":
      return [expression.operand];
    case "conditional":
      return [expression.condition, expression.whenTrue, expression.whenFalse];
    case "call":
      return expression.arguments.map(({ value }) => value);
    case "unit":
      return expression.call?.arguments.map(({ value }) => value) ?? [];
    case "parenthesised":
      return [expression.inner];
    default:
      return NONE;
  }
}

/** The expressions of what follows a layer's head. */
export function expressionsOfParts(parts: readonly ast.Part[]): readonly ast.Expression[] {
  return parts.flatMap((part) => {
    if (part.kind === "value" || part.kind === "slash") return [part.value];
    return part.kind === "tuple" ? part.values : [];
  });
}

/** The expressions directly within a layer: its count, its arguments and those of its parts. */
export function expressionsOfLayer({ count, call, parts }: ast.Layer): readonly ast.Expression[] {
  // As nearly all layers are: all of them are gone through for each keystroke.
  if (!call && parts.length === 0) return count ? [count] : NONE;
  const given = call?.arguments.map(({ value }) => value) ?? [];
  return [...(count ? [count] : []), ...given, ...expressionsOfParts(parts)];
}
