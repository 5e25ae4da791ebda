/** A figure with its title above and its legend below. */
import { ink, paleInk, type Drawing, type Point, type Shape } from "./drawing.js";
import { clipped, inLines, textWidth } from "./text-width.js";

export interface LegendEntry {
  readonly name: string;
  readonly fill: string;
  readonly stroke: string;
  readonly border?: "dashed" | "double";
}

export interface Figure {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

const MARGIN = 16;
const BARE_MARGIN = 4;
const TITLE_TEXT = 17;
const FACT_TEXT = 11;
const LEGEND_TEXT = 10.5;
const SWATCH = 12;
const MOST_FACT = 80;
/** A narrow figure leaves room for its title all the same. */
const NARROWEST = 330;

export function withTitle(
  figure: Figure,
  { title, facts, legend }: { title: string; facts: readonly string[]; legend: readonly LegendEntry[] },
): Drawing {
  const shortFacts = facts.map((fact) => clipped(fact, MOST_FACT));
  const shortTitle = clipped(title, MOST_FACT);
  const inner = Math.max(
    figure.width,
    NARROWEST,
    textWidth(shortTitle, TITLE_TEXT, true),
    ...shortFacts.map((fact) => textWidth(fact, FACT_TEXT)),
  );
  const width = inner + 2 * MARGIN;
  const shapes: Shape[] = [
    {
      type: "text",
      x: width / 2,
      y: MARGIN + 14,
      anchor: "middle",
      text: shortTitle,
      size: TITLE_TEXT,
      isBold: true,
      fill: ink,
    },
  ];
  let y = MARGIN + 14;
  const separator = "  ·  ";
  for (const line of inLines(
    shortFacts,
    (fact) => textWidth(fact, FACT_TEXT),
    textWidth(separator, FACT_TEXT),
    inner,
  )) {
    y += 16;
    shapes.push({
      type: "text",
      x: width / 2,
      y,
      anchor: "middle",
      text: line.join(separator),
      size: FACT_TEXT,
      fill: paleInk,
    });
  }
  const top = y + 16;
  const left = (width - figure.width) / 2;
  shapes.push(...figure.shapes.map((shape) => movedShape(shape, { x: left, y: top })));
  y = top + figure.height + 20;
  const entryWidth = ({ name }: LegendEntry) => SWATCH + 5 + textWidth(name, LEGEND_TEXT);
  for (const line of inLines(legend, entryWidth, 16, inner)) {
    const total = line.reduce((sum, entry) => sum + entryWidth(entry), 16 * (line.length - 1));
    let x = (width - total) / 2;
    for (const entry of line) {
      shapes.push(...swatch(entry, x, y));
      x += entryWidth(entry) + 16;
    }
    y += 18;
  }
  return { title, description: facts.join("; "), width, height: y + MARGIN - 6, shapes };
}

/** The figure alone, with what it is called for who cannot see it. */
export function withoutTitle(
  { width, height, shapes }: Figure,
  { title, facts }: { title: string; facts: readonly string[] },
): Drawing {
  const moved = shapes.map((shape) => movedShape(shape, { x: BARE_MARGIN, y: BARE_MARGIN }));
  return {
    title,
    description: facts.join("; "),
    width: width + 2 * BARE_MARGIN,
    height: height + 2 * BARE_MARGIN,
    shapes: moved,
  };
}

function swatch({ name, fill, stroke, border }: LegendEntry, x: number, y: number): Shape[] {
  const size = { width: SWATCH, height: SWATCH };
  return [
    { type: "rect", x, y, ...size, radius: 2, fill, stroke, isDashed: border === "dashed" },
    ...(border === "double"
      ? [
          {
            type: "rect",
            x: x + 2.5,
            y: y + 2.5,
            width: SWATCH - 5,
            height: SWATCH - 5,
            stroke,
            strokeWidth: 0.6,
          } as const,
        ]
      : []),
    { type: "text", x: x + SWATCH + 5, y: y + 10, anchor: "start", text: name, size: LEGEND_TEXT, fill: ink },
  ];
}

export function movedShape(shape: Shape, by: Point): Shape {
  switch (shape.type) {
    case "group":
      return { ...shape, shapes: shape.shapes.map((inner) => movedShape(inner, by)) };
    case "path":
      return { ...shape, points: shape.points.map(({ x, y }) => ({ x: x + by.x, y: y + by.y })) };
    default:
      return { ...shape, x: shape.x + by.x, y: shape.y + by.y };
  }
}
