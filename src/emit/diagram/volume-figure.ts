/** Volumes as boxes in space, one after the other, with the windows through which they are read. */
import {
  arrowHead,
  ink,
  paleInk,
  type Drawing,
  type PathShape,
  type Point,
  type Shape,
  type TextShape,
} from "./drawing.js";
import { timesText, type Diagram } from "./diagram.js";
import { kinds, looks } from "./kinds.js";
import { movedShape, withoutTitle, withTitle } from "./page.js";
import { clipped, textWidth } from "./text-width.js";
import { cuboid, faceOf, solidOf, solidScale, type Solid } from "./solids.js";
import type { Volume } from "./volumes.js";

const HEAD_TEXT = 10.5;
const SMALL_TEXT = 9.5;
const GAP = 26;
const ROW_GAP = 26;
const MOST_TEXT = 30;
/** A figure that is wider has another row. */
const WIDEST = 1180;

interface Slot {
  readonly box: number;
  readonly volume: Volume;
  readonly solid: Solid;
  readonly texts: readonly { readonly text: string; readonly isBold?: boolean; readonly isPale?: boolean }[];
  readonly width: number;
}

/** With `isBare` it has neither title nor legend; its boxes are numbered as the volumes are. */
export function volumeFigure(
  { title, facts }: Pick<Diagram, "title" | "facts">,
  volumes: readonly Volume[],
  isBare = false,
): Drawing {
  const scale = solidScale(volumes);
  const slots = volumes.map((volume, box): Slot => {
    const solid = solidOf(volume, scale);
    const texts = textsOf(volume);
    const widths = texts.map(({ text, isBold }) => textWidth(text, isBold ? HEAD_TEXT : SMALL_TEXT, isBold));
    return { box, volume, solid, texts, width: Math.max(solid.width, ...widths) };
  });
  const rows = inRows(slots);
  const shapes: Shape[] = [];
  let width = 0;
  let y = 0;
  rows.forEach((row, index) => {
    const drawn = rowShapes(row, index < rows.length - 1);
    shapes.push(...drawn.shapes.map((shape) => movedShape(shape, { x: 0, y })));
    width = Math.max(width, drawn.width);
    y += drawn.height + ROW_GAP;
  });
  const used = new Set(volumes.map(({ kind }) => kind));
  const legend = kinds.filter((kind) => used.has(kind)).map((kind) => ({ ...looks[kind], border: undefined }));
  const figure = { width, height: y - ROW_GAP, shapes };
  return isBare ? withoutTitle(figure, { title, facts }) : withTitle(figure, { title, facts, legend });
}

function textsOf({ head, label, size, notes, times }: Volume): Slot["texts"] {
  return [
    ...(label === undefined ? [] : [{ text: clipped(label, MOST_TEXT), isBold: true }]),
    { text: clipped(head, MOST_TEXT) + timesText(times), isBold: label === undefined },
    { text: clipped(size, MOST_TEXT) },
    ...notes.map((note) => ({ text: clipped(note, MOST_TEXT), isPale: true })),
  ];
}

/** Rows of about one width. */
function inRows(slots: readonly Slot[]): Slot[][] {
  const total = slots.reduce((sum, { width }) => sum + width + GAP, 0);
  const most = (total / Math.ceil(total / WIDEST)) * 1.02;
  const rows: Slot[][] = [];
  let used = Number.POSITIVE_INFINITY;
  for (const slot of slots) {
    if (used + slot.width / 2 > most) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1)!.push(slot);
    used += slot.width + GAP;
  }
  return rows;
}

function rowShapes(row: readonly Slot[], goesOn: boolean): { shapes: Shape[]; width: number; height: number } {
  const tallest = Math.max(...row.map(({ solid }) => solid.height));
  const shapes: Shape[] = [];
  const connections: Shape[] = [];
  let x = 0;
  let before: Placed | undefined;
  for (const slot of row) {
    const at = { x: x + (slot.width - slot.solid.width) / 2, y: (tallest - slot.solid.height) / 2 };
    const placed = { slot, at };
    const { fill, stroke } = looks[slot.volume.kind];
    const title = slot.texts.map(({ text }) => text).join(", ");
    shapes.push({ type: "group", box: slot.box, title, shapes: cuboid(slot.solid, at, fill, stroke) });
    shapes.push(...captions(slot, x + slot.width / 2, tallest + 16));
    if (before) connections.push(...connection(before, placed));
    before = placed;
    x += slot.width + GAP;
  }
  if (goesOn && before) {
    const from = faceOf(before.slot.solid, before.at).middle;
    const tip = { x: x - GAP + 20, y: from.y };
    connections.push(line([from, tip]), arrowHead(from, tip));
  }
  const lines = Math.max(...row.map(({ texts }) => texts.length));
  return { shapes: [...shapes, ...connections], width: x - GAP + (goesOn ? 20 : 0), height: tallest + 10 + lines * 13 };
}

interface Placed {
  readonly slot: Slot;
  readonly at: Point;
}

function captions({ texts }: Slot, x: number, y: number): TextShape[] {
  return texts.map(({ text, isBold, isPale }, index) => ({
    type: "text",
    x,
    y: y + index * 13,
    anchor: "middle",
    text,
    size: isBold ? HEAD_TEXT : SMALL_TEXT,
    isBold,
    fill: isPale ? paleInk : ink,
  }));
}

const line = (points: readonly Point[], isDashed = false): PathShape => ({
  type: "path",
  points,
  stroke: isDashed ? paleInk : ink,
  strokeWidth: isDashed ? 0.7 : 1,
  isDashed,
});

/** The window of the next volume with lines to a point of it; lines to the ends of a vector; or an arrow. */
function connection(before: Placed, next: Placed): Shape[] {
  const { volume } = next.slot;
  const face = faceOf(before.slot.solid, before.at);
  const target = next.at;
  const front = next.slot.solid.front;
  const sides = before.slot.volume.sides;
  if (volume.window && sides && volume.kind !== "block") {
    const [height, width] = volume.window.map((side, axis) => Math.min(1, side / sides[axis]!));
    const corners = face.part(height!, width!);
    // One that reads all of a map leaves it its colour.
    const fill = height! < 1 || width! < 1 ? "#ffffff" : undefined;
    const tip = {
      x: target.x + Math.min(4, front.width / 2),
      y: target.y + next.slot.solid.rise + front.height * 0.42,
    };
    return [
      ...corners.map((corner) => line([corner, tip], true)),
      { type: "path", points: corners, isClosed: true, fill, stroke: ink, strokeWidth: 0.9 },
      { type: "rect", x: tip.x - 1.5, y: tip.y - 1.5, width: 3, height: 3, fill: ink },
    ];
  }
  if (volume.kind === "dense" && !volume.sides) {
    const top = { x: target.x, y: target.y + next.slot.solid.rise };
    return [line([face.upper, top], true), line([face.lower, { x: top.x, y: top.y + front.height }], true)];
  }
  const tip = { x: target.x - 1, y: target.y + next.slot.solid.rise + front.height / 2 };
  const from = { x: face.middle.x, y: tip.y };
  return [line([from, tip]), arrowHead(from, tip)];
}
