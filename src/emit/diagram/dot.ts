/** A picture for Graphviz: `dot -Tpdf net.dot`. */
import { visible } from "../../base/visible.js";
import type { Box, Diagram, Frame } from "./diagram.js";
import { looks } from "./kinds.js";
import { labelledEdges } from "./labelled-edges.js";
import { boxTexts, frameTitle } from "./measure.js";

export function dotOf({ title, facts, root, edges, boxes }: Diagram): string {
  const labelled = labelledEdges({ edges, boxes });
  return [
    `digraph ${quoted(title)} {`,
    `  graph [label=${quoted([title, facts.join("; ")].join("\n"))}, labelloc=t, fontname="Helvetica", fontsize=14, rankdir=TB, nodesep=0.25, ranksep=0.3];`,
    `  node [shape=box, style="filled,rounded", fontname="Helvetica", fontsize=11, margin="0.12,0.06", height=0.3];`,
    `  edge [fontname="Helvetica", fontsize=9, arrowsize=0.6];`,
    ...root.children.flatMap((child) => childLines(child, "  ")),
    ...edges.map(({ from, to, size }, index) => {
      const label = labelled.has(index) ? ` [label=${quoted(` ${size}`)}]` : "";
      return `  b${from} -> b${to}${label};`;
    }),
    "}",
    "",
  ].join("\n");
}

/** A string of the language; line breaks are centred. */
function quoted(text: string): string {
  const escaped = visible(text)
    .replace(/&/g, "&amp;")
    .replace(/\\/g, "\\\\")
    .replace(/"/g, '\\"')
    .replace(/\n/g, "\\n");
  return `"${escaped}"`;
}

function childLines(child: Box | Frame, indent: string): string[] {
  if (child.type === "box") return [indent + boxLine(child)];
  return [
    `${indent}subgraph cluster_${child.id} {`,
    `${indent}  label=${quoted(frameTitle(child))}; style="filled,rounded"; fillcolor="#f6f7fa"; color="#8894ad"; fontsize=11; labeljust=l;`,
    ...child.children.flatMap((inner) => childLines(inner, `${indent}  `)),
    `${indent}}`,
  ];
}

function boxLine(box: Box): string {
  const { head, size, notes } = boxTexts(box);
  const { fill, stroke, border } = looks[box.kind];
  const label = quoted([head, size, notes].filter((text) => text !== "").join("\n"));
  const style = border === "dashed" ? `, style="filled,rounded,dashed"` : border === "double" ? ", peripheries=2" : "";
  return `b${box.id} [label=${label}, fillcolor="${fill}", color="${stroke}"${style}];`;
}
