/** What is laid out in a frame: elements, the links between them, and the lines that come of it. */
import type { Point } from "./drawing.js";

/** A box, a frame, or a port: a point in which a value enters or leaves. */
export interface Element {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Size of its result, where it has one. */
  readonly size?: string;
  /** Where values enter and leave, from the left; in the middle where it is not told. */
  readonly ins?: ReadonlyMap<string, number>;
  readonly outs?: ReadonlyMap<string, number>;
}

/** A value from one element to another. */
export interface Link {
  readonly from: string;
  readonly to: string;
  readonly value: string;
  readonly size: string;
}

/** A link as it is laid out, with the room that its label takes. */
export interface Wire {
  readonly from: string;
  readonly to: string;
  readonly label?: { readonly width: number; readonly height: number };
}

export interface Arranged {
  /** Middles of the elements by their names. */
  readonly centres: ReadonlyMap<string, Point>;
  /** For each wire the points between its ends, and where its label is. */
  readonly routes: readonly { readonly points: readonly Point[]; readonly label?: Point }[];
}

/** Places elements that branch; `tops` and `bottoms` are those at the borders. */
export type Arrange = (
  elements: readonly Element[],
  wires: readonly Wire[],
  tops: readonly string[],
  bottoms: readonly string[],
) => Arranged;

/** The links of a piece: within it, into it, and the one value that leaves it. */
export interface PieceLinks {
  readonly inner: readonly Link[];
  readonly entering: readonly Link[];
  readonly leaving?: Link;
  /** Whether the value that enters leaves as well. */
  readonly passes: boolean;
}

/** A line of a value on its way; with a head where it ends at a box. */
export interface Line {
  readonly points: readonly Point[];
  readonly hasHead: boolean;
  /** Which element of its frame it leads to among others, with which value, and from how far left. */
  readonly arrival?: { readonly to: string; readonly value: string; readonly from: number };
  /** A size beside it, around a point. */
  readonly label?: { readonly text: string; readonly at: Point };
}

/** Whether it is a point in which a value comes or goes. */
export const isPort = ({ name }: Element) => /^(in|out|entry|exit)\b/.test(name);
