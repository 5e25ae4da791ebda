/** The syntax tree: what was written, with its places. Nothing is decided here. */
import type { Claim } from "../base/quantity.js";
import type { SourceText, Span } from "../base/source.js";

export interface Program {
  kind: "program";
  source: SourceText;
  items: Item[];
  comments: Comment[];
}

export interface Comment {
  text: string;
  span: Span;
}

export type Item = NetDeclaration | DefaultDeclaration | TotalClaim | Element;

/** `net Name(parameters) { ... }` or `net Name = Base(arguments) but { ... }`. */
export interface NetDeclaration {
  kind: "net";
  name: Identifier;
  parameters: NetParameter[];
  body?: Item[];
  base?: Reference;
  changes?: Change[];
  /** The `##` lines before it. */
  documentation?: string;
  span: Span;
}

export interface NetParameter {
  name: Identifier;
  default?: Expression;
}

/** `CONV1: 7x7 stride 2` inside `but { ... }`. */
export interface Change {
  label: Identifier;
  parts: Part[];
  span: Span;
}

/** `default CONV 5x5 /1 pad 0`: holds from here to the end of the braces around it. */
export interface DefaultDeclaration {
  kind: "default";
  layer: Layer;
  span: Span;
}

/** `TOTAL params: 138M parameters`. */
export interface TotalClaim {
  kind: "total";
  claims: Claim[];
  span: Span;
}

/** One link of a chain, with what stands around it. */
export interface Element {
  kind: "element";
  label?: Identifier;
  core: Core;
  repeats: Expression[];
  /** Annotations that name the size of its result, before or after it. */
  annotations: Annotation[];
  claims: Claim[];
  span: Span;
}

/** `check` is an annotation that stands alone between two dashes: it names the size that arrives there. */
export type Core = Layer | Group | Check;

export interface Check {
  kind: "check";
  span: Span;
}

export interface Group {
  kind: "group";
  items: Element[];
  span: Span;
}

/** A layer, or the use of a net (a `Name` with arguments). */
export interface Layer {
  kind: "layer";
  head: Identifier;
  /** `CONV` of `CONV1x7`, `MAXPOOL` of `MAX POOL2`: the spelling without digits. */
  mnemonic: string;
  /** `[1, 7]` of `CONV1x7`. */
  digits?: number[];
  /** Whether the head is written in capitals, as layers are. */
  capitals: boolean;
  /** Whether a colon follows the head, as on slides: `CONV1: 96 11x11 filters`. */
  colon: boolean;
  /** `64` of `CONV3-64`. */
  count?: Expression;
  parts: Part[];
  /** The braces behind a merging layer, where they are written: `ADD { a | b }`. */
  branches?: Span;
  span: Span;
}

/** What follows a layer's head, in the order written; the elaborator, who knows the operator, reads meaning into it. */
export type Part =
  | { kind: "word"; text: string; span: Span }
  | { kind: "value"; value: Expression; span: Span }
  | { kind: "size"; size: Size; span: Span }
  /** `(a, b, c)`: one expression in parentheses is a value. */
  | { kind: "tuple"; values: Expression[]; span: Span }
  /** `/2`: the stride. */
  | { kind: "slash"; value: Expression; span: Span }
  | { kind: "remark"; text: string; span: Span }
  | { kind: "times"; span: Span }
  /** `stride = 2`, which is read and refused. */
  | { kind: "equals"; span: Span };

/** `227x227x3`; a letter stands for a size that is not fixed. */
export interface Size {
  dimensions: (number | string)[];
  text: string;
  span: Span;
}

/** `[55x55x96]`, `[4096]`. */
export interface Annotation {
  size: Size;
  span: Span;
}

export interface Reference {
  name: Identifier;
  arguments: Expression[];
  span: Span;
}

export interface Identifier {
  text: string;
  span: Span;
}

export type BinaryOperator = "+" | "-" | "*" | "/" | "//" | "%" | "^";

export type Expression =
  | { kind: "number"; value: number; text: string; span: Span }
  | { kind: "variable"; name: string; span: Span }
  | { kind: "binary"; operator: BinaryOperator; left: Expression; right: Expression; span: Span }
  | { kind: "negate"; operand: Expression; span: Span }
  | { kind: "call"; name: string; arguments: Expression[]; span: Span }
  /** A parenthesised expression that stood alone: it may turn out to be a one-word remark. */
  | { kind: "parenthesised"; inner: Expression; span: Span }
  | { kind: "hole"; span: Span }
  /** What the parser has told about already. */
  | { kind: "unreadable"; span: Span }
  /** What should be an expression and is not, kept for the message: a size, a word in capitals. */
  | { kind: "invalid"; text: string; span: Span };
