/** What the elaborator knows while it walks a net. */
import type { Diagnostic } from "../base/diagnostics.js";
import type { Claim } from "../base/quantity.js";
import type { Span } from "../base/source.js";
import type { Arguments, Node, NodeId, Step, TensorType } from "../ir/network.js";
import type { Operator } from "../ops/define.js";
import type { Annotation } from "../syntax/ast.js";
import type { Variables } from "./evaluate.js";
import type { WrittenArguments } from "./read-parts.js";

/** Limits on what a program may ask for. */
export interface Limits {
  /** Layers of one net after its repeats are written out. */
  layers: number;
}

export const defaultLimits: Limits = { layers: 1_000_000 };

/** `default` lines in force: for each operator, what is written for its parameters. Inner scopes copy and extend. */
export type Defaults = ReadonlyMap<string, WrittenArguments>;

/** The value that arrives at the next layer; undefined where an error left its size unknown. */
export interface Value {
  node: NodeId;
  type: TensorType;
  /**
   * After a wrong annotation: the type that the annotation named, or what follows from it. If the next annotation agrees
   * with it, the mistake was made before, and is not told again.
   */
  annotated?: TensorType;
}

/** A layer that leaves something open. */
export interface Incomplete {
  operator: Operator;
  mnemonic: string;
  span: Span;
  missing: string[];
  times: number;
}

/** A layer ready to be resolved: its operator and everything written about it. */
export interface LayerRequest {
  operator: Operator;
  mnemonic: string;
  name: string;
  labelled: boolean;
  span: Span;
  headSpan: Span;
  written: WrittenArguments;
  annotations: readonly Annotation[];
  claims: readonly Claim[];
  /** Something about it was refused already: what is missing may be what was meant by that. */
  faulty: boolean;
  /** How often it stands in the net, by the repeats around it. */
  times: number;
}

/** What one net is made of, while it is walked. */
export interface NetState {
  readonly name: string;
  readonly variables: Variables;
  readonly nodes: Node[];
  readonly trail: readonly Step[];
  readonly limits: Limits;
  readonly incomplete: Incomplete[];
  /** Counts and paddings that annotations supplied, by layer: what a net made with `but` starts from. */
  readonly filled: Map<string, Arguments>;
  /** The same of the net that this one is made from; its annotations are then not checked again. */
  readonly inherited?: ReadonlyMap<string, Arguments>;
  report(diagnostic: Diagnostic): void;
}
