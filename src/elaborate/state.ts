/** What the elaborator knows while it walks a net. */
import type { Diagnostic } from "../base/diagnostics.js";
import type { Claim } from "../base/quantity.js";
import type { Span } from "../base/source.js";
import type { Condition } from "../ir/condition.js";
import type { Arguments, Node } from "../ir/network.js";
import type { Operator } from "../ops/define.js";
import type { Annotation } from "../syntax/ast.js";
import { LARGEST_SOURCE } from "../syntax/decode.js";
import type { Letters } from "./arguments.js";
import type { Place, Work } from "./place.js";
import type { WrittenArguments } from "./read-parts.js";

/** Limits on what a program may ask for. */
export interface Limits {
  /** Layers of one net after its repeats and blocks are written out. */
  layers: number;
  /** Blocks within blocks. */
  blockDepth: number;
  /** Brackets, branches and blocks within each other, in all. */
  nesting: number;
  /** How often `*n` may repeat. */
  repeats: number;
  /** Bytes of a file. */
  fileSize: number;
  /** Files that use files that use files. */
  importDepth: number;
  /** Calls of functions and blocks. */
  calls: number;
}

export const defaultLimits: Limits = {
  layers: 1_000_000,
  blockDepth: 64,
  nesting: 400,
  repeats: 1_000_000,
  fileSize: LARGEST_SOURCE,
  importDepth: 16,
  calls: 10_000_000,
};

/** `default` lines in force: for each operator, what is written for its parameters. Inner scopes copy and extend. */
export type Defaults = ReadonlyMap<string, WrittenArguments>;

export const NO_DEFAULTS: Defaults = new Map();

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
  place: Place;
  /** What the letters of sizes stand for here. */
  letters: Letters;
  /** Of a merging layer where each of its branches ends. */
  branchSpans?: readonly Span[];
  /** Whether annotations are about another size than the one that arrives: they fill counts, and are not checked. */
  isResized?: boolean;
}

/** What one net is made of, while it is walked. */
export interface NetState {
  readonly name: string;
  readonly nodes: Node[];
  readonly work: Work;
  /** Letters of the inputs, in order. */
  readonly symbols: string[];
  /** What has to hold of the letters for all sizes to agree. */
  conditions: readonly Condition[];
  readonly limits: Limits;
  readonly incomplete: Incomplete[];
  /** Counts and paddings that annotations supplied, by layer: what a net made with `but` starts from. */
  readonly filled: Map<string, Arguments>;
  /** How often one was supplied, also of a name that had one. */
  fills: number;
  /** The same of the net that this one is made from; its annotations are then not checked again. */
  readonly inherited?: ReadonlyMap<string, Arguments>;
  report(diagnostic: Diagnostic): void;
}
