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

export type Item =
  | NetDeclaration
  | BlockDeclaration
  | FunctionDeclaration
  | LetDeclaration
  | UseDeclaration
  | DefaultDeclaration
  | OutputDeclaration
  | AssertDeclaration
  | TrainDeclaration
  | TotalClaim
  | Element;

/** `net Name(parameters) { ... }` or `net Name = Base(arguments) but { ... }`. */
export interface NetDeclaration {
  kind: "net";
  name: Identifier;
  parameters: Parameter[];
  body?: Item[];
  base?: Reference;
  changes?: Change[];
  /** The `##` lines before it. */
  documentation?: string;
  /** Set where it could not be read in full: what its parameters are is not known. */
  isUnreadable?: true;
  span: Span;
}

/** `block Bottleneck(c, s = 1) { ... }`. */
export interface BlockDeclaration {
  kind: "block";
  name: Identifier;
  parameters: Parameter[];
  body: Item[];
  documentation?: string;
  isUnreadable?: true;
  span: Span;
}

/** A parameter: a value (`c`), what stands for a block, net or layer (`Unit`), or a label (`@skip`). */
export interface Parameter {
  kind: "value" | "unit" | "label";
  name: Identifier;
  default?: Expression;
}

/** `fn divisible(v, d = 8) = ...`. */
export interface FunctionDeclaration {
  kind: "function";
  name: Identifier;
  parameters: Parameter[];
  body: Expression;
  documentation?: string;
  span: Span;
}

/** `let c = in.c`: from here to the end of the braces around it. */
export interface LetDeclaration {
  kind: "let";
  name: Identifier;
  value: Expression;
  span: Span;
}

/** `use "./blocks.cnn"`, `use std`. */
export interface UseDeclaration {
  kind: "use";
  /** The path, or the name of a shipped module. */
  target: string;
  isPath: boolean;
  targetSpan: Span;
  /** Set where it does not say what it uses, which was told. */
  isUnreadable?: true;
  span: Span;
}

/** `output name = chain`. */
export interface OutputDeclaration {
  kind: "output";
  name: Identifier;
  chain: Element[];
  span: Span;
}

/** `assert params < 5M`, `assert peak.memory <= 64MB at batch 1`. */
export interface AssertDeclaration {
  kind: "assert";
  condition: Expression;
  batch?: Expression;
  span: Span;
}

/** `train { loss crossentropy ... }`. */
export interface TrainDeclaration {
  kind: "train";
  settings: Setting[];
  span: Span;
}

/** `optimizer sgd lr 1e-2`: its words and numbers as written. */
export interface Setting {
  key: Identifier;
  words: SettingWord[];
  span: Span;
}

export type SettingWord = { kind: "word"; text: string; span: Span } | { kind: "value"; value: Expression; span: Span };

/** A line of `but { ... }`. */
export type Change =
  /** `CONV1: 7x7 stride 2`. */
  | { kind: "set"; label: Identifier; parts: Part[]; span: Span }
  | { kind: "drop"; label: Identifier; span: Span }
  | { kind: "replace"; label: Identifier; chain: Element[]; span: Span }
  | { kind: "insert"; where: "after" | "before"; label: Identifier; chain: Element[]; span: Span };

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
  /** `i` of `*3 as i`: the number of the round, from 1. */
  counter?: Identifier;
  /** Annotations that name the size of its result, before or after it. */
  annotations: Annotation[];
  claims: Claim[];
  span: Span;
}

/** `check` is an annotation that stands alone between two dashes: it names the size that arrives there. */
export type Core = Layer | Group | Check | LabelUse | Conditional;

/** `@e1`: goes on from what the label names. */
export interface LabelUse {
  kind: "labelled";
  label: Identifier;
  span: Span;
}

/** `if cond { ... } else if cond { ... } else { ... }`. */
export interface Conditional {
  kind: "conditional";
  branches: { condition: Expression; items: Item[] }[];
  otherwise?: Item[];
  span: Span;
}

export interface Check {
  kind: "check";
  span: Span;
}

export interface Group {
  kind: "group";
  items: Item[];
  span: Span;
}

/** A layer, or the use of a block, a net or a parameter that stands for one (`Bottleneck(64, 2)`). */
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
  /** `(64, s = 2)`: parentheses that touch the head. */
  call?: Call;
  parts: Part[];
  /** `{ a | b }` behind a merging layer. */
  branches?: Branches;
  span: Span;
}

export interface Branches {
  chains: { items: Item[]; isUnreadable?: boolean; span: Span }[];
  span: Span;
}

export interface Call {
  arguments: Argument[];
  /** Set where they could not be read in full. */
  isUnreadable?: true;
  span: Span;
}

/** `64`, or `groups = 32`. */
export interface Argument {
  name?: Identifier;
  value: Expression;
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
  arguments: Argument[];
  span: Span;
}

export interface Identifier {
  text: string;
  span: Span;
}

export type BinaryOperator =
  "+" | "-" | "*" | "/" | "//" | "%" | "^" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "and" | "or";

export type Expression =
  | { kind: "number"; value: number; text: string; span: Span }
  /** `5M`, `64MB`: exact. */
  | { kind: "quantity"; value: bigint; bytes: boolean; text: string; span: Span }
  | { kind: "variable"; name: string; span: Span }
  /** `in.c`, `peak.memory`. */
  | { kind: "member"; name: string; span: Span }
  /** `Bottleneck`, `Bottleneck(groups = 32)`, `RELU6`, or the letter of a size. */
  | { kind: "unit"; name: Identifier; call?: Call; span: Span }
  /** `@e1`. */
  | { kind: "label"; label: Identifier; span: Span }
  | { kind: "binary"; operator: BinaryOperator; left: Expression; right: Expression; span: Span }
  | { kind: "negate"; operand: Expression; span: Span }
  | { kind: "not"; operand: Expression; span: Span }
  | { kind: "conditional"; condition: Expression; whenTrue: Expression; whenFalse: Expression; span: Span }
  | { kind: "call"; name: Identifier; arguments: Argument[]; span: Span }
  /** A parenthesised expression that stood alone: it may turn out to be a one-word remark. */
  | { kind: "parenthesised"; inner: Expression; span: Span }
  | { kind: "hole"; span: Span }
  /** What the parser has told about already. */
  | { kind: "unreadable"; span: Span }
  /** What should be an expression and is not, kept for the message: a size, a text in quotes. */
  | { kind: "invalid"; text: string; span: Span };
