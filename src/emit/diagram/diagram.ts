/** A picture of a network as data: boxes in frames, and what flows between them. Where things stand is decided later. */
import type { OperatorGroup } from "../../ops/define.js";

/** What a box is coloured by; every group of operators, what feeds the network, and calls of blocks. */
export type Kind = OperatorGroup | "block";

export interface Box {
  readonly type: "box";
  /** Boxes are numbered in the order of the network. */
  readonly id: number;
  readonly kind: Kind;
  /** The layer as people write it (`CONV3-64/2`), or the call of a block. */
  readonly head: string;
  /** What of it is not the default, and what else is to be known: `pad 0`, `output`. */
  readonly notes: readonly string[];
  /** The name that the program gives it. */
  readonly label?: string;
  /** Size of its result; of several that differ in one side, `56x56x64…256`. */
  readonly size: string;
  /** How many of them stand in a row; each reads the one before. */
  readonly times: number;
  /** Layers in one of them: more than one for a block. */
  readonly layers: number;
}

/** An opened call of a block, or a part of a chain that is repeated. */
export interface Frame {
  readonly type: "frame";
  /** Frames are numbered from 0, which is the network itself. */
  readonly id: number;
  /** Empty for a part of a chain. */
  readonly title: string;
  readonly times: number;
  readonly children: readonly (Box | Frame)[];
}

/** A value that flows from one box into another. */
export interface Edge {
  readonly from: number;
  readonly to: number;
  /** Which of the values of `from` it is: equal ones are drawn as one line that forks. */
  readonly value: number;
  readonly size: string;
}

export interface Diagram {
  /** The name of the network. */
  readonly title: string;
  /** Its sizes and costs, one phrase each. */
  readonly facts: readonly string[];
  readonly root: Frame;
  /** All boxes, by their ids. */
  readonly boxes: readonly Box[];
  /** The box that each layer is in, or is folded into, by the layer's id. */
  readonly boxOf: readonly number[];
  /** In the order of the boxes that they lead to. */
  readonly edges: readonly Edge[];
}

/** ` ×3`; nothing for one. */
export const timesText = (times: number) => (times > 1 ? ` ×${times}` : "");
