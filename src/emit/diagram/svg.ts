/** A drawing as SVG: one file that needs nothing else. */
import { visible } from "../../base/visible.js";
import type { Drawing, PathShape, Point, Shape } from "./drawing.js";

const FONT = "Helvetica, Arial, 'Liberation Sans', sans-serif";

/** With `isMarked` the groups that draw a box say which (`data-box`), and have their title as a label. */
export function svgOf({ title, description, width, height, shapes }: Drawing, isMarked = false): string {
  const size = `width="${number(width)}" height="${number(height)}" viewBox="0 0 ${number(width)} ${number(height)}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" font-family="${FONT}">`,
    `<title>${escapeXml(title)}</title>`,
    `<desc>${escapeXml(description)}</desc>`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    ...shapes.map((shape) => shapeText(shape, isMarked)),
    "</svg>",
    "",
  ].join("\n");
}

/** Text between tags and in attributes; characters that XML does not have are replaced. */
export function escapeXml(text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return visible(text)
    .replace(/[\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
    .replace(/[&<>"']/g, (character) => entities[character]!);
}

/** One digit behind the point is more than is seen. */
const number = (value: number) => String(Math.round(value * 10) / 10 || 0);

function shapeText(shape: Shape, isMarked: boolean): string {
  switch (shape.type) {
    case "group": {
      const inner = shape.shapes.map((member) => shapeText(member, isMarked)).join("\n");
      const title = escapeXml(shape.title);
      return isMarked && shape.box !== undefined
        ? `<g data-box="${shape.box}" role="img" aria-label="${title}">\n${inner}\n</g>`
        : `<g><title>${title}</title>\n${inner}\n</g>`;
    }
    case "rect": {
      const place = `x="${number(shape.x)}" y="${number(shape.y)}"`;
      const size = `width="${number(shape.width)}" height="${number(shape.height)}"`;
      const radius = shape.radius ? ` rx="${number(shape.radius)}"` : "";
      return `<rect ${place} ${size}${radius}${paintText(shape)}/>`;
    }
    case "path":
      return `<path d="${pathText(shape)}"${paintText(shape)}/>`;
    case "text": {
      const anchor = shape.anchor === "start" ? "" : ` text-anchor="${shape.anchor}"`;
      const weight = shape.isBold ? ` font-weight="bold"` : "";
      const place = `x="${number(shape.x)}" y="${number(shape.y)}" font-size="${number(shape.size)}"`;
      return `<text ${place}${anchor}${weight} fill="${shape.fill ?? "#000000"}">${escapeXml(shape.text)}</text>`;
    }
  }
}

function paintText({ fill, stroke, strokeWidth = 1, isDashed }: Exclude<Shape, { type: "group" | "text" }>): string {
  const line = stroke ? ` stroke="${stroke}" stroke-width="${number(strokeWidth)}"` : "";
  return ` fill="${fill ?? "none"}"${line}${isDashed ? ` stroke-dasharray="4 2.5"` : ""}`;
}

function pathText({ points, isClosed, radius = 0 }: PathShape): string {
  const at = ({ x, y }: Point) => `${number(x)} ${number(y)}`;
  const [start, ...rest] = points;
  const pieces = rest.map((corner, index) => {
    const [before, after] = [points[index]!, rest[index + 1]];
    if (!after || radius === 0) return `L${at(corner)}`;
    return `L${at(towards(corner, before, radius))}Q${at(corner)} ${at(towards(corner, after, radius))}`;
  });
  return `M${at(start!)}${pieces.join("")}${isClosed ? "Z" : ""}`;
}

/** The point on the way from a corner to another point, at most half of it. */
function towards(corner: Point, other: Point, distance: number): Point {
  const length = Math.hypot(other.x - corner.x, other.y - corner.y) || 1;
  const part = Math.min(distance / length, 0.5);
  return { x: corner.x + (other.x - corner.x) * part, y: corner.y + (other.y - corner.y) * part };
}
