/** A picture as a flow chart of Mermaid, which many sites draw in Markdown. */
import { visible } from "../../base/visible.js";
import type { Box, Diagram, Frame } from "./diagram.js";
import { kinds, looks } from "./kinds.js";
import { labelledEdges } from "./labelled-edges.js";
import { boxTexts, frameTitle } from "./measure.js";

export function mermaidOf({ title, facts, root, boxes, edges }: Diagram): string {
  const labelled = labelledEdges({ edges, boxes });
  const used = kinds.filter((kind) => boxes.some((box) => box.kind === kind));
  return [
    "---",
    `title: ${JSON.stringify(visible([title, ...facts].join(" · ")))}`,
    "---",
    "flowchart TB",
    ...root.children.flatMap((child) => childLines(child, "  ")),
    ...edges.map(({ from, to, size }, index) => {
      const label = labelled.has(index) ? `|${quoted(size)}|` : "";
      return `  b${from} -->${label} b${to}`;
    }),
    ...used.map((kind) => {
      const { fill, stroke, border } = looks[kind];
      const style = border === "dashed" ? ",stroke-dasharray:4 3" : border === "double" ? ",stroke-width:3px" : "";
      return `  classDef ${kind} fill:${fill},stroke:${stroke},color:#000000${style}`;
    }),
    ...used.map((kind) => {
      const members = boxes.filter((box) => box.kind === kind).map(({ id }) => `b${id}`);
      return `  class ${members.join(",")} ${kind}`;
    }),
    "",
  ].join("\n");
}

/** A text in quotes; what Mermaid, its Markdown or HTML would read as more than text is written by its number. */
export function quoted(text: string): string {
  const escape = (character: string) => `#${character.codePointAt(0)!};`;
  return `"${visible(text)
    .replace(/\s+/g, " ")
    .replace(/[#"&<>;`*_~\\[\]{}|@]/g, escape)}"`;
}

function childLines(child: Box | Frame, indent: string): string[] {
  if (child.type === "box") {
    const { head, size, notes } = boxTexts(child);
    const lines = [head, size, notes].filter((text) => text !== "").map((text) => quoted(text).slice(1, -1));
    return [`${indent}b${child.id}["${lines.join("<br/>")}"]`];
  }
  const title = frameTitle(child);
  return [
    `${indent}subgraph f${child.id} [${quoted(title === "" ? " " : title)}]`,
    ...child.children.flatMap((inner) => childLines(inner, `${indent}  `)),
    `${indent}end`,
  ];
}
