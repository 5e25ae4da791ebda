/** A picture of a network as the text of a file. */
import type { Network } from "../../ir/network.js";
import { TargetError } from "../errors.js";
import { dagreArrange } from "./dagre.js";
import { diagramOf, factsOf, type DiagramOptions } from "./diagram-of.js";
import { dotOf } from "./dot.js";
import type { Drawing } from "./drawing.js";
import { layoutOf } from "./layout.js";
import { mermaidOf } from "./mermaid.js";
import { paintDiagram } from "./paint.js";
import { svgOf } from "./svg.js";
import { tikzOf } from "./tikz.js";
import { volumeFigure } from "./volume-figure.js";
import { volumesOf } from "./volumes.js";

export const pictureFormats = ["svg", "dot", "mmd", "tex"] as const;
export type PictureFormat = (typeof pictureFormats)[number];

export const pictureStyles = ["graph", "volume"] as const;
export type PictureStyle = (typeof pictureStyles)[number];

export interface DrawOptions extends DiagramOptions {
  /** The layers and what flows between them, or the volumes of a chain. */
  readonly style?: PictureStyle;
}

/** Errors: `TargetError` for volumes of what is no chain, or in a format that has none. */
export async function draw(network: Network, format: PictureFormat, options: DrawOptions = {}): Promise<string> {
  const { style = "graph", ...rest } = options;
  if (style === "volume") return writtenVolumes(network, format);
  const diagram = diagramOf(network, rest);
  if (format === "dot") return dotOf(diagram);
  if (format === "mmd") return mermaidOf(diagram);
  return written(paintDiagram(diagram, layoutOf(diagram, await dagreArrange())), format);
}

function writtenVolumes(network: Network, format: PictureFormat): string {
  if (format === "dot" || format === "mmd") {
    throw new TargetError(`.${format} has boxes and lines alone: volumes are written as .svg or .tex`);
  }
  return written(volumeFigure({ title: network.name, facts: factsOf(network) }, volumesOf(network)), format);
}

const written = (drawing: Drawing, format: "svg" | "tex") => (format === "svg" ? svgOf(drawing) : tikzOf(drawing));
