/** A picture of a network as the text of a file. */
import type { Network } from "../../ir/network.js";
import { dagreArrange } from "./dagre.js";
import { diagramOf, type DiagramOptions } from "./diagram-of.js";
import { layoutOf } from "./layout.js";
import { paintDiagram } from "./paint.js";
import { svgOf } from "./svg.js";
import { tikzOf } from "./tikz.js";

export async function drawSvg(network: Network, options: DiagramOptions = {}): Promise<string> {
  const diagram = diagramOf(network, options);
  return svgOf(paintDiagram(diagram, layoutOf(diagram, await dagreArrange())));
}
export async function drawTex(network: Network, options: DiagramOptions = {}): Promise<string> {
  const diagram = diagramOf(network, options);
  return tikzOf(paintDiagram(diagram, layoutOf(diagram, await dagreArrange())));
}
