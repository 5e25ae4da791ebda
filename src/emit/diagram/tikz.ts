/** A drawing as a LaTeX document of its own, with basic TikZ. */
import type { Drawing, PathShape, Point, Shape } from "./drawing.js";

/** A pixel in points: text of twelve pixels is nine points high. */
const SCALE = 0.75;

export function tikzOf({ title, shapes }: Drawing): string {
  const colours = new Map<string, string>();
  const colour = (hex: string): string => {
    const name = colours.get(hex) ?? `colour${colours.size + 1}`;
    colours.set(hex, name);
    return name;
  };
  const body = shapes.map((shape) => shapeText(shape, colour));
  return [
    `% ${title.replace(/[^\w .-]/g, "?")}`,
    "\\documentclass[border=4pt]{standalone}",
    "\\usepackage{fix-cm}",
    "\\usepackage{tikz}",
    ...[...colours].map(([hex, name]) => `\\definecolor{${name}}{HTML}{${hex.slice(1).toUpperCase()}}`),
    "\\begin{document}",
    `\\begin{tikzpicture}[x=${SCALE}pt, y=-${SCALE}pt, font=\\sffamily, every node/.style={inner sep=0pt, outer sep=0pt}]`,
    ...body,
    "\\end{tikzpicture}",
    "\\end{document}",
    "",
  ].join("\n");
}

/** Text that LaTeX sets as it is; what it has no character for becomes a question mark. */
export function escapeTex(text: string): string {
  const commands: Record<string, string> = {
    "\\": "\\textbackslash{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
    "<": "\\textless{}",
    ">": "\\textgreater{}",
    "|": "\\textbar{}",
    '"': "\\textquotedbl{}",
    "×": "$\\times$",
    "…": "\\ldots{}",
    "·": "$\\cdot$",
    "−": "$-$",
    "-": "{-}",
  };
  return text.replace(/[^A-Za-z0-9 .,:;()/+*=!?@`'[\]]/gu, (character) => {
    if (commands[character]) return commands[character];
    return /[#$%&_{}]/.test(character) ? `\\${character}` : "?";
  });
}

const number = (value: number) => String(Math.round(value * 10) / 10 || 0);
const at = ({ x, y }: Point) => `(${number(x)},${number(y)})`;

function shapeText(shape: Shape, colour: (hex: string) => string): string {
  switch (shape.type) {
    case "group":
      return shape.shapes.map((inner) => shapeText(inner, colour)).join("\n");
    case "rect": {
      const { x, y, width, height, radius = 0 } = shape;
      const options = optionsText(shape, colour, radius);
      return `\\path[${options}] ${at({ x, y })} rectangle ${at({ x: x + width, y: y + height })};`;
    }
    case "path": {
      const points = shape.points.map(at).join(" -- ");
      return `\\path[${optionsText(shape, colour, shape.radius ?? 0)}] ${points}${shape.isClosed ? " -- cycle" : ""};`;
    }
    case "text": {
      const anchor = { start: "base west", middle: "base", end: "base east" }[shape.anchor];
      const size = `\\fontsize{${number(shape.size * SCALE)}}{${number(shape.size)}}\\selectfont`;
      const weight = shape.isBold ? "\\bfseries" : "";
      const options = `anchor=${anchor}, text=${colour(shape.fill ?? "#000000")}`;
      return `\\node[${options}] at ${at(shape)} {${size}${weight} ${escapeTex(shape.text)}};`;
    }
  }
}

function optionsText(
  shape: Exclude<Shape, { type: "group" | "text" }>,
  colour: (hex: string) => string,
  radius: number,
) {
  const { fill, stroke, strokeWidth = 1, isDashed } = shape as PathShape;
  return [
    ...(fill ? [`fill=${colour(fill)}`] : []),
    ...(stroke ? [`draw=${colour(stroke)}`, `line width=${number(strokeWidth * SCALE)}pt`] : []),
    ...(isDashed ? ["dash pattern=on 3pt off 2pt"] : []),
    ...(radius > 0 ? [`rounded corners=${number(radius * SCALE)}pt`] : []),
  ].join(", ");
}
