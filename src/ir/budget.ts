/** What a program asserts about its cost: `assert params < 5M`. */
import type { Span } from "../base/source.js";
import type { Dimension } from "./dimension.js";

/** A figure of the whole network that an assertion may name. */
export const figures = [
  "params",
  "weights",
  "biases",
  "buffers",
  "macs",
  "flops",
  "activations",
  "layers",
  "peak.memory",
  "params.memory",
] as const;

export type Figure = (typeof figures)[number];

/** Figures that are bytes; the others are counts. */
export const figuresInBytes: ReadonlySet<Figure> = new Set(["peak.memory", "params.memory"]);

/** The condition with everything decided but the figures and the letters of sizes. */
export type BudgetTerm =
  | { readonly kind: "number"; readonly value: number }
  /** `5M`, `64MB`: exact, and whether it is bytes. */
  | { readonly kind: "quantity"; readonly value: bigint; readonly bytes: boolean; readonly text: string }
  | { readonly kind: "truth"; readonly value: boolean }
  | { readonly kind: "figure"; readonly figure: Figure; readonly span: Span }
  | { readonly kind: "size"; readonly size: Dimension; readonly text: string }
  | { readonly kind: "not"; readonly operand: BudgetTerm }
  | { readonly kind: "binary"; readonly operator: string; readonly left: BudgetTerm; readonly right: BudgetTerm };

export interface Budget {
  readonly condition: BudgetTerm;
  /** Images at once, for figures of memory. */
  readonly batch: number;
  /** The condition as it is written. */
  readonly text: string;
  readonly span: Span;
}
