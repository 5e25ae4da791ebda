/** How a network is to be trained: what a `train` block says, complete by the defaults of its parts. */
import type { Span } from "../base/source.js";

/** A choice with its numbers: `sgd` with `lr` and `momentum`. */
export interface Choice {
  readonly name: string;
  readonly values: Readonly<Record<string, number>>;
}

export interface Training {
  readonly loss: Choice;
  readonly optimizer: Choice;
  readonly schedule: Choice;
  /** Images of one step. */
  readonly batch: number;
  readonly epochs: number;
  readonly span: Span;
}
