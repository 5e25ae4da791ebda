/** Numbers as Python's libraries take them. */
import type { Literal } from "../outline/pieces.js";

/** One number where all axes have it. */
export function axesValue(values: readonly number[]): Literal {
  return values.every((size) => size === values[0]) ? values[0]! : values;
}
