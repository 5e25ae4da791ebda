/** Boxes in space: channels run to the right, the height upwards, the width away from who looks. */
import type { PathShape, Point, Shape } from "./drawing.js";
import type { Volume } from "./volumes.js";

export interface Solid {
  /** The side that faces the reader: channels by height. */
  readonly front: { readonly width: number; readonly height: number };
  /** How far the width runs to the right, and up. */
  readonly run: number;
  readonly rise: number;
  readonly slabs: number;
  /** All of it. */
  readonly width: number;
  readonly height: number;
}

/** The largest sizes of a figure, in pixels. */
const TALLEST = 140;
const DEEPEST = 48;
const TALLEST_VECTOR = 130;
const SHORTEST_VECTOR = 22;
const VECTOR = { width: 8, run: 5, rise: 4 };
const SMALLEST = 5;
/** Directions of the width on paper. */
const RUN = 0.42;
const RISE = 0.34;
const BETWEEN = 5;
/** Like volumes that are drawn one by one; the caption counts them. */
const MOST_SLABS = 3;

export interface Scale {
  side(size: number): number;
  channels(count: number): number;
  vector(count: number): number;
}

/** Roots for maps and a logarithm for vectors: a figure shows 3 channels and 4096 values side by side. */
export function solidScale(volumes: readonly Volume[]): Scale {
  const maps = volumes.flatMap(({ sides, channels }) => (sides ? [{ sides, channels }] : []));
  const largest = Math.max(1, ...maps.flatMap(({ sides }) => sides));
  const most = Math.max(1, ...maps.map(({ channels }) => channels));
  const longest = Math.max(1, ...volumes.map(({ sides, channels }) => (sides ? 0 : channels)));
  return {
    side: (size) => Math.max(SMALLEST, TALLEST * Math.sqrt(size / largest)),
    channels: (count) => Math.max(3, DEEPEST * Math.sqrt(count / most)),
    vector: (count) =>
      SHORTEST_VECTOR + ((TALLEST_VECTOR - SHORTEST_VECTOR) * Math.log(count + 1)) / Math.log(longest + 1),
  };
}

export function solidOf({ sides, channels, times }: Volume, scale: Scale): Solid {
  const slabs = Math.min(times, MOST_SLABS);
  const front = sides
    ? { width: scale.channels(channels), height: scale.side(sides[0]) }
    : { width: VECTOR.width, height: scale.vector(channels) };
  const [run, rise] = sides ? [scale.side(sides[1]) * RUN, scale.side(sides[1]) * RISE] : [VECTOR.run, VECTOR.rise];
  const step = front.width + BETWEEN;
  return { front, run, rise, slabs, width: (slabs - 1) * step + front.width + run, height: front.height + rise };
}

/** Its sides that are seen, from the upper left corner of all of it on. */
export function cuboid({ front, run, rise, slabs }: Solid, at: Point, fill: string, stroke: string): Shape[] {
  const shapes: Shape[] = [];
  // The last is furthest to the right: those before it hide nothing of its front.
  for (let slab = slabs - 1; slab >= 0; slab--) {
    const x = at.x + slab * (front.width + BETWEEN);
    const y = at.y + rise;
    const right = x + front.width;
    const side = (points: readonly Point[], colour: string): PathShape => ({
      type: "path",
      points,
      isClosed: true,
      fill: colour,
      stroke,
      strokeWidth: 0.9,
    });
    shapes.push(
      side(
        [
          { x, y },
          { x: x + run, y: y - rise },
          { x: right + run, y: y - rise },
          { x: right, y },
        ],
        mixed(fill, "#ffffff", 0.45),
      ),
      side(
        [
          { x: right, y },
          { x: right + run, y: y - rise },
          { x: right + run, y: y - rise + front.height },
          { x: right, y: y + front.height },
        ],
        mixed(fill, stroke, 0.22),
      ),
      { type: "rect", x, y, ...front, fill, stroke, strokeWidth: 0.9 },
    );
  }
  // Nearer slabs stand in front of those behind them.
  return shapes;
}

export interface Face {
  readonly middle: Point;
  /** The ends of its edge that is furthest away. */
  readonly upper: Point;
  readonly lower: Point;
  /** The corners of a part of it, given as shares of its height and width. */
  part(height: number, width: number): Point[];
}

/** The side of the last slab that is turned to what follows: height by width. */
export function faceOf({ front, run, rise, width }: Solid, at: Point): Face {
  const left = at.x + width - run;
  const point = (across: number, down: number): Point => ({
    x: left + run * across,
    y: at.y + rise * (1 - across) + front.height * down,
  });
  return {
    middle: point(0.5, 0.5),
    upper: point(1, 0),
    lower: point(1, 1),
    part: (height, wide) => {
      const tall = Math.min(1, Math.max(height, 4 / front.height));
      const broad = Math.min(1, Math.max(wide, 4 / run));
      const [down, across] = [(1 - tall) * 0.4, (1 - broad) * 0.55];
      return [
        point(across, down),
        point(across + broad, down),
        point(across + broad, down + tall),
        point(across, down + tall),
      ];
    },
  };
}

/** A colour on the way to another. */
function mixed(from: string, to: string, part: number): string {
  const channels = [1, 3, 5].map((start) => {
    const [a, b] = [from, to].map((hex) => Number.parseInt(hex.slice(start, start + 2), 16));
    return Math.round(a! + (b! - a!) * part)
      .toString(16)
      .padStart(2, "0");
  });
  return `#${channels.join("")}`;
}
