/** What a network is made of, as pictures show it: layers, calls of blocks, and rows of like parts. */
import type { Span } from "../../base/source.js";
import type { Node, NodeId } from "../../ir/network.js";
import type { Group } from "../outline/groups.js";

/** A layer, a call of a block, or a repeated part of a chain; `times` of them in a row. */
export interface Part {
  readonly times: number;
  /** Equal for parts that are made alike. */
  readonly key: number;
  /** Where it is written: the copies of a repeat share it. */
  readonly span: Span;
  /** What the first one reads, and what the last one gives to others. */
  readonly reads: readonly NodeId[];
  readonly gives: readonly NodeId[];
  readonly what: LayerPart | CallPart | RowPart;
}

export interface LayerPart {
  readonly type: "layer";
  /** The layer in the first and in the last of what is folded. */
  readonly first: Node;
  readonly last: Node;
}

export interface CallPart {
  readonly type: "call";
  readonly group: Group;
  /** As it is written with its values: `Bottleneck(64, 2)`. */
  readonly text: string;
  readonly label?: string;
  readonly parts: readonly Part[];
}

export interface RowPart {
  readonly type: "row";
  readonly parts: readonly Part[];
}

/** The layers of a part, those of the first of its copies. */
export function* layersOf(part: Part): Generator<LayerPart> {
  if (part.what.type === "layer") yield part.what;
  else for (const inner of part.what.parts) yield* layersOf(inner);
}

/** How many layers of the network one of it stands for. */
export function layerCount({ what }: Part): number {
  if (what.type === "layer") return 1;
  return what.parts.reduce((sum, part) => sum + part.times * layerCount(part), 0);
}
