/** What is known of the declarations of a program from elaborating it before, for editors, where little changes at a time. */
import type { Diagnostic } from "../base/diagnostics.js";
import type { Observation } from "./net-request.js";
import type { LayerMemo } from "./layer-memo.js";
import type { Tapes } from "./tapes.js";

/** All that came of elaborating a declaration. */
export interface Remembered {
  readonly value: unknown;
  /** What was told, before what others had told was taken out. */
  readonly reported: readonly Diagnostic[];
  /** The blocks and nets of the file that were called. */
  readonly used: readonly string[];
  readonly observations: readonly Observation[];
  /** Calls that were made. */
  readonly steps: number;
}

/** Keys name a declaration and what was done with it: `net ResNet50`. */
export interface Memory {
  /** What layers were decided to be. */
  readonly layers: LayerMemo;
  /** Bodies of blocks that were walked. */
  readonly tapes: Tapes;
  /** Undefined where the declaration, or anything that it may depend on, has changed. */
  recall(key: string): Remembered | undefined;
  keep(key: string, remembered: Remembered): void;
}
