/** A picture as plain shapes, for the writers of SVG and TikZ. Lengths are in pixels, y runs downwards. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

interface Painted {
  readonly fill?: string;
  readonly stroke?: string;
  readonly strokeWidth?: number;
  readonly isDashed?: boolean;
}

export interface RectShape extends Painted {
  readonly type: "rect";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly radius?: number;
}

export interface PathShape extends Painted {
  readonly type: "path";
  readonly points: readonly Point[];
  readonly isClosed?: boolean;
  /** How far corners are rounded. */
  readonly radius?: number;
}

export interface TextShape {
  readonly type: "text";
  /** The start, middle or end of the text on its base line. */
  readonly x: number;
  readonly y: number;
  readonly anchor: "start" | "middle" | "end";
  readonly text: string;
  readonly size: number;
  readonly isBold?: boolean;
  readonly fill?: string;
}

/** Shapes that belong together, with what is told of them. */
export interface GroupShape {
  readonly type: "group";
  readonly title: string;
  /** The number of the box that they draw. */
  readonly box?: number;
  readonly shapes: readonly Shape[];
}

export type Shape = RectShape | PathShape | TextShape | GroupShape;

export interface Drawing {
  readonly title: string;
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

export const ink = "#222222";
export const paleInk = "#555555";

/** The head of an arrow whose tip is a point, seen from another. */
export function arrowHead(from: Point, tip: Point, fill = ink): PathShape {
  const length = Math.hypot(tip.x - from.x, tip.y - from.y) || 1;
  const [dx, dy] = [(tip.x - from.x) / length, (tip.y - from.y) / length];
  const back = { x: tip.x - 6 * dx, y: tip.y - 6 * dy };
  const side = (sign: number) => ({ x: back.x - sign * 3 * dy, y: back.y + sign * 3 * dx });
  return { type: "path", points: [tip, side(1), side(-1)], isClosed: true, fill };
}
