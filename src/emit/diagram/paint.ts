/** A laid-out picture as shapes: frames, lines, boxes, the title above and the legend below. */
import type { Box, Diagram } from "./diagram.js";
import { arrowHead, ink, paleInk, type Drawing, type Shape } from "./drawing.js";
import type { Line } from "./elements.js";
import { kinds, looks } from "./kinds.js";
import type { Layout, Placed } from "./layout.js";
import { BOX_PADDING, boxTexts, FRAME_HEAD, frameTitle, HEAD_TEXT, NOTE_TEXT, SIZE_TEXT } from "./measure.js";
import { withoutTitle, withTitle, type LegendEntry } from "./page.js";
import { textWidth } from "./text-width.js";

const FRAME = { fill: "#f6f7fa", head: "#dfe4ee", stroke: "#8894ad" };

/** With `isBare` it has neither title nor legend, for a page that has both. */
export function paintDiagram(diagram: Diagram, layout: Layout, isBare = false): Drawing {
  const shapes: Shape[] = [
    ...layout.frames.map(frameShape),
    ...layout.lines.flatMap(lineShapes),
    ...layout.boxes.map(({ box, ...placed }) => boxShape(box, placed)),
    ...layout.lines.flatMap(labelShapes),
  ];
  const used = new Set(diagram.boxes.map(({ kind }) => kind));
  const legend = kinds.filter((kind) => used.has(kind)).map((kind): LegendEntry => looks[kind]);
  const { width, height } = layout;
  const { title, facts } = diagram;
  return isBare
    ? withoutTitle({ width, height, shapes }, { title, facts })
    : withTitle({ width, height, shapes }, { title, facts, legend });
}

function frameShape({ frame, x, y, width, height }: Layout["frames"][number]): Shape {
  const title = frameTitle(frame);
  return {
    type: "group",
    title,
    shapes: [
      { type: "rect", x, y, width, height, radius: 5, fill: FRAME.fill, stroke: FRAME.stroke },
      { type: "rect", x, y, width, height: FRAME_HEAD, radius: 5, fill: FRAME.head, stroke: FRAME.stroke },
      {
        type: "text",
        x: x + width / 2,
        y: y + FRAME_HEAD - 5.5,
        anchor: "middle",
        text: title,
        size: HEAD_TEXT,
        isBold: true,
        fill: ink,
      },
    ],
  };
}

function lineShapes({ points, hasHead }: Line): Shape[] {
  const [from, tip] = points.slice(-2);
  const line: Shape = { type: "path", points, stroke: ink, strokeWidth: 1.1, radius: 6 };
  if (!hasHead) return [line];
  // The line ends within the head, so that its tip stays sharp.
  const length = Math.hypot(tip!.x - from!.x, tip!.y - from!.y) || 1;
  const part = Math.max(0, 1 - 4 / length);
  const end = { x: from!.x + (tip!.x - from!.x) * part, y: from!.y + (tip!.y - from!.y) * part };
  return [{ ...line, points: [...points.slice(0, -1), end] }, arrowHead(from!, tip!)];
}

function labelShapes({ label }: Line): Shape[] {
  if (!label) return [];
  const width = textWidth(label.text, NOTE_TEXT) + 6;
  const { x, y } = label.at;
  return [
    { type: "rect", x: x - width / 2, y: y - 7, width, height: 14, fill: "#ffffff" },
    { type: "text", x, y: y + 3.5, anchor: "middle", text: label.text, size: NOTE_TEXT, fill: paleInk },
  ];
}

function boxShape(box: Box, { x, y, width, height }: Placed): Shape {
  const { fill, stroke, border } = looks[box.kind];
  const { head, size, notes } = boxTexts(box);
  const base = y + 16;
  const inner: Shape[] =
    border === "double"
      ? [
          {
            type: "rect",
            x: x + 2.5,
            y: y + 2.5,
            width: width - 5,
            height: height - 5,
            radius: 2,
            stroke,
            strokeWidth: 0.6,
          },
        ]
      : [];
  const isAlone = size === "";
  const left = isAlone ? x + width / 2 : x + BOX_PADDING;
  const shapes: Shape[] = [
    { type: "rect", x, y, width, height, radius: 4, fill, stroke, isDashed: border === "dashed" },
    ...inner,
    {
      type: "text",
      x: left,
      y: base,
      anchor: isAlone ? "middle" : "start",
      text: head,
      size: HEAD_TEXT,
      isBold: true,
      fill: "#000000",
    },
  ];
  if (!isAlone)
    shapes.push({
      type: "text",
      x: x + width - BOX_PADDING,
      y: base,
      anchor: "end",
      text: size,
      size: SIZE_TEXT,
      fill: "#222222",
    });
  if (notes !== "")
    shapes.push({
      type: "text",
      x: x + BOX_PADDING,
      y: y + 31,
      anchor: "start",
      text: notes,
      size: NOTE_TEXT,
      fill: "#333333",
    });
  return {
    type: "group",
    box: box.id,
    title: [box.head, ...box.notes, box.size].filter((text) => text !== "").join(", "),
    shapes,
  };
}
