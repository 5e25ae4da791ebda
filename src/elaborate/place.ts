/** Where something is evaluated. */
import type { Diagnostic } from "../base/diagnostics.js";
import type { TensorType } from "../ir/network.js";
import type { Scope, UNKNOWN } from "./values.js";

export type Report = (diagnostic: Diagnostic) => void;

/** Calls of functions and blocks that a program has made: short programs can ask for more than anyone waits for. */
export interface Work {
  steps: number;
  readonly limit: number;
  told: boolean;
  /** Expressions within expressions, through all functions that they call. */
  depth: number;
  /** Functions within functions. */
  calls: number;
  readonly deepest: number;
}

export interface Place {
  readonly scope: Scope;
  readonly report: Report;
  readonly work: Work;
  /** What arrives there, for `in.c`: unknown after an error, absent where nothing arrives. */
  readonly arriving?: TensorType | typeof UNKNOWN;
}

/** How many names a message lists. */
export const MOST_NAMED = 10;
