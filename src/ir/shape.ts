/** Shapes of fixed and open sides: as text, compared, and held to be fixed where only that will do. */
import { formatDimension, isFixed, isSame, variablesOf, type Dimension } from "./dimension.js";
import { isSimple } from "./expression.js";
import type { TensorType } from "./network.js";

/** A size as it is written in the language: `227x227x3`, `floor(H/2)xWx64`, `(2*floor(H/8))xWx64`. */
export function formatDimensions(shape: readonly Dimension[]): string {
  if (shape.length === 1) return formatDimension(shape[0]!);
  return shape.map(formatSide).join("x");
}

/** One side so that it can stand before an operator: compound expressions are in parentheses. */
export function formatSide(size: Dimension): string {
  return isFixed(size) || isSimple(size) ? formatDimension(size) : `(${formatDimension(size)})`;
}

/** Whether two shapes are written alike. */
export function sameDimensions(a: readonly Dimension[], b: readonly Dimension[]): boolean {
  return a.length === b.length && a.every((size, axis) => isSame(size, b[axis]!));
}

export function isFixedShape(shape: readonly Dimension[]): shape is readonly number[] {
  return shape.every(isFixed);
}

/** The letters of shapes, in the order in which they first stand. */
export function symbolsOf(shapes: readonly (readonly Dimension[])[]): string[] {
  return [...new Set(shapes.flat().flatMap((size) => variablesOf(size)))];
}

/** The shape, where it has to be fixed. Errors: throws on an open one, which is a mistake in the compiler. */
export function fixedShape({ shape }: TensorType): readonly number[] {
  if (!isFixedShape(shape)) throw new Error(`the size ${formatDimensions(shape)} is not fixed here`);
  return shape;
}

/** The channels, where they have to be fixed. Errors: as `fixedShape`. */
export function fixedChannels({ shape }: TensorType): number {
  return fixedShape({ shape: shape.slice(-1) })[0]!;
}
