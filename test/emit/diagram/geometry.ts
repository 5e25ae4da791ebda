/** Whether a drawing is legible: what is where, and what lies over what. */
import type { Drawing, Point, Shape, TextShape } from "../../../src/emit/diagram/drawing.js";
import { textWidth } from "../../../src/emit/diagram/text-width.js";

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Rounding is no overlap. */
const SLACK = 0.01;

export function overlap(a: Area, b: Area): boolean {
  return (
    a.x + a.width > b.x + SLACK &&
    b.x + b.width > a.x + SLACK &&
    a.y + a.height > b.y + SLACK &&
    b.y + b.height > a.y + SLACK
  );
}

export function isWithin(inner: Area, outer: Area): boolean {
  return (
    inner.x >= outer.x - SLACK &&
    inner.y >= outer.y - SLACK &&
    inner.x + inner.width <= outer.x + outer.width + SLACK &&
    inner.y + inner.height <= outer.y + outer.height + SLACK
  );
}

/** Whether a straight line goes through the inside of an area. */
export function crosses([a, b]: readonly [Point, Point], area: Area): boolean {
  const inset = 1;
  let [from, to] = [0, 1];
  const sides: [number, number, number][] = [
    [b.x - a.x, area.x + inset - a.x, area.x + area.width - inset - a.x],
    [b.y - a.y, area.y + inset - a.y, area.y + area.height - inset - a.y],
  ];
  for (const [way, low, high] of sides) {
    if (way === 0) {
      if (low > 0 || high < 0) return false;
      continue;
    }
    const [enter, leave] = [low / way, high / way].sort((p, q) => p - q);
    from = Math.max(from, enter!);
    to = Math.min(to, leave!);
  }
  return from < to;
}

export function areaOf({ x, y, anchor, text, size, isBold }: TextShape): Area {
  const width = textWidth(text, size, isBold);
  const left = anchor === "start" ? x : anchor === "middle" ? x - width / 2 : x - width;
  return { x: left, y: y - size * 0.75, width, height: size };
}

export function shapesIn(shapes: readonly Shape[]): Exclude<Shape, { type: "group" }>[] {
  return shapes.flatMap((shape) => (shape.type === "group" ? shapesIn(shape.shapes) : [shape]));
}

/** Texts of a drawing that lie over each other, or over its edge. */
export function textFaults({ width, height, shapes }: Drawing): string[] {
  const texts = shapesIn(shapes).filter((shape) => shape.type === "text");
  const page = { x: 0, y: 0, width, height };
  return texts.flatMap((text, index) => {
    const area = areaOf(text);
    const over = texts.slice(index + 1).filter((other) => overlap(area, areaOf(other)));
    return [
      ...(isWithin(area, page) ? [] : [`${text.text} is cut off`]),
      ...over.map((other) => `${text.text} lies over ${other.text}`),
    ];
  });
}
