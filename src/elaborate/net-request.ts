/** A net to elaborate, and what comes of it. */
import type { Diagnostic } from "../base/diagnostics.js";
import type { Span } from "../base/source.js";
import type { Arguments, Network, Node, Step, TensorType } from "../ir/network.js";
import type * as ast from "../syntax/ast.js";
import type { NetChange } from "./changes.js";
import type { LayerMemo } from "./layer-memo.js";
import type { Defaults } from "./state.js";
import type { Tapes } from "./tapes.js";
import type { Scope } from "./values.js";

/** A net to elaborate: its body with what a chain of `but` changes in it. */
export interface NetRequest {
  name: string;
  documentation?: string;
  span: Span;
  items: readonly ast.Item[];
  /** Its parameters have their values here. */
  scope: Scope;
  /** `default` lines of the file that stand before it. */
  defaults: Defaults;
  /** Changes by label; the outermost `but` last. */
  changes: readonly NetChange[];
  trail: readonly Step[];
  /** For a net made with `but`: what annotations supplied in the net it is made from. */
  inherited?: ReadonlyMap<string, Arguments>;
  /** The net that the changes are made to, for messages. */
  baseName?: string;
  /** `assert` and `train` of the file, which hold for all of its nets. */
  shared?: readonly ast.Item[];
  /** For a block that nothing uses: what arrives is not known, and only what is wrong with any is told. */
  isBlock?: boolean;
  /** Whether the sides of inputs are letters, whatever numbers are written. */
  hasOpenInputs?: boolean;
  /** Is told of every link of a chain, each time that it is walked. */
  observe?: Observer;
  /** Bodies that were walked before in this program. */
  tapes?: Tapes;
  /** Layers that were decided before. */
  layers?: LayerMemo;
}

/** What came of one link of a chain, also in a net that has errors elsewhere. */
export interface Observation {
  readonly net: string;
  readonly element: ast.Element;
  /** Calls of blocks around it. */
  readonly depth: number;
  /** What arrives, and what goes on; undefined where it is not known. */
  readonly arriving: TensorType | undefined;
  readonly result: TensorType | undefined;
  /** The layers of the net so far; the link made those from `start` to `end`. */
  readonly nodes: readonly Node[];
  readonly start: number;
  readonly end: number;
}

export type Observer = (observation: Observation) => void;

export interface NetResult {
  /** Undefined where there were errors. */
  network?: Network;
  /** The inputs of a net with errors, as far as they were read. */
  inputs?: readonly Node[];
  filled: ReadonlyMap<string, Arguments>;
  diagnostics: Diagnostic[];
}
