/** What names stand for while a program is elaborated, and the scopes that hold them. */
import type { Span } from "../base/source.js";
import { Expression } from "../ir/dimension.js";
import type { NodeId, TensorType } from "../ir/network.js";
import type { Operator } from "../ops/define.js";
import type * as ast from "../syntax/ast.js";
import type { Declared, Module } from "./modules.js";

/** The value that arrives at the next layer; undefined elsewhere where an error left its size unknown. */
export interface Flow {
  node: NodeId;
  type: TensorType;
  /**
   * After a wrong annotation: the type that the annotation named, or what follows from it. If the next annotation agrees
   * with it, the mistake was made before, and is not told again.
   */
  annotated?: TensorType;
}

/** A parameter of a family that has no value yet, or what depends on one: no mistake, and nothing is told of it. */
export const UNKNOWN = Symbol("unknown");

/** A block, net or layer as a value, with the arguments that it was given on the way. */
export interface UnitValue {
  readonly kind: "unit";
  readonly target:
    | { readonly kind: "declared"; readonly declared: Declared }
    | { readonly kind: "layer"; readonly operator: Operator; readonly layer: ast.Layer };
  readonly given: readonly GivenArgument[];
}

/** `@e1` as a value; its flow is undefined where an error left it unknown. */
export interface LabelValue {
  readonly kind: "label";
  readonly name: string;
  readonly flow?: Flow;
}

/** A number, a truth, a size with letters, a block, a label. */
export type Value = number | boolean | Expression | UnitValue | LabelValue | typeof UNKNOWN;

/** An argument with its value, where it was written. */
export interface GivenArgument {
  readonly name?: ast.Identifier;
  readonly value: Value;
  readonly span: Span;
}

/** Names in force at a place: those of the braces around it, outwards to the file. */
export class Scope {
  private own: Map<string, Value> | undefined;
  private places: Map<string, Span> | undefined;

  constructor(
    readonly module: Module,
    private readonly parent?: Scope,
  ) {}

  get(name: string): Value | undefined {
    return this.own?.get(name) ?? this.parent?.get(name);
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  /** Whether these braces themselves, not those around them, have the name. */
  hasOwn(name: string): boolean {
    return this.own?.has(name) === true;
  }

  set(name: string, value: Value, place?: Span): void {
    this.own ??= new Map();
    this.own.set(name, value);
    if (!place) return;
    this.places ??= new Map();
    this.places.set(name, place);
  }

  /** Where a name was declared by a `let` line; undefined where it was not. */
  placeOf(name: string): Span | undefined {
    return this.hasOwn(name) ? this.places?.get(name) : this.parent?.placeOf(name);
  }

  /** Names that can be written here, nearest first; labels with their `@`. */
  names(): string[] {
    return [...(this.own?.keys() ?? []), ...(this.parent?.names() ?? [])];
  }

  inner(): Scope {
    return new Scope(this.module, this);
  }
}

/** How blocks, nets and layers are called. */
export const isCapitalised = (name: string) => /^[A-Z]/.test(name);

/** The key of a label parameter among the names of a scope. */
export const labelKey = (name: string): string => `@${name}`;

export function isUnit(value: Value | undefined): value is UnitValue {
  return typeof value === "object" && "kind" in value && value.kind === "unit";
}

export function isLabel(value: Value | undefined): value is LabelValue {
  return typeof value === "object" && "kind" in value && value.kind === "label";
}

/** A size with letters in it. */
export function isSymbolic(value: Value | undefined): value is Expression {
  return value instanceof Expression;
}

/** What a value is, in words. */
export function describeValue(value: Value): string {
  if (value === UNKNOWN) return "unknown";
  if (isUnit(value)) return value.target.kind === "layer" ? `the layer ${unitName(value)}` : unitName(value);
  if (isLabel(value)) return `@${value.name}`;
  return String(value);
}

/** `Bottleneck`, `RELU6`. */
export function unitName({ target }: UnitValue): string {
  return target.kind === "layer" ? target.layer.head.text : target.declared.declaration.name.text;
}
