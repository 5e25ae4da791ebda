/** Code as data: what a layer becomes in a target, with its numbers apart from the text around them. */

export type Literal = number | boolean | string | null | readonly Literal[];

/** A value in code, and what it is called where it becomes a parameter: `out_channels`. */
export interface Value {
  readonly role: string;
  readonly value: Literal;
  /**
   * An argument by its keyword: `, stride=2` with its comma, and nothing where the value is always that of the default. So
   * layers that differ in it alone are made alike.
   */
  readonly keyword?: { readonly name: string; readonly default?: Literal };
}

export type Piece =
  /** Text of our own, never of the program. */
  | string
  | Value
  /** The value that the layer reads at a position, or the values of all of its inputs. */
  | { readonly reads: number }
  /** The layer itself, as it is called where it was made; with a suffix, a layer that only helps it. */
  | { readonly own: true; readonly suffix?: string };

/** One layer in code. */
export interface LayerCode {
  /** The expression that makes the layer, where there is something to make. */
  readonly make?: readonly Piece[];
  /** The expression of its result. */
  readonly apply: readonly Piece[];
}

/** Pieces from a template string: `code`nn.ReLU(${x})``. */
export function code(texts: TemplateStringsArray, ...pieces: readonly (Piece | readonly Piece[])[]): Piece[] {
  const all: Piece[] = [];
  texts.forEach((text, index) => {
    if (text !== "") all.push(text);
    const piece = pieces[index];
    if (Array.isArray(piece)) all.push(...(piece as readonly Piece[]));
    else if (piece !== undefined) all.push(piece as Piece);
  });
  return all;
}

export const value = (role: string, literal: Literal): Value => ({ role, value: literal });

export function keyword(name: string, literal: Literal, byDefault?: Literal): Value {
  return { role: name, value: literal, keyword: { name, default: byDefault } };
}

export const reads = (position: number): Piece => ({ reads: position });

export const own: Piece = { own: true };

/** Pieces with a text between them. */
export function joined(items: readonly (Piece | readonly Piece[])[], separator: string): Piece[] {
  return items.flatMap((item, index) => [
    ...(index > 0 ? [separator] : []),
    ...(Array.isArray(item) ? (item as readonly Piece[]) : [item as Piece]),
  ]);
}

export function isValue(piece: Piece): piece is Value {
  return typeof piece === "object" && "role" in piece;
}
