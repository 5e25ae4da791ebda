/** Pictures of a network for pages that link their boxes to other things. */
import type { Network } from "../../ir/network.js";
import { TargetError } from "../errors.js";
import { dagreArrange } from "./dagre.js";
import { diagramOf, factsOf } from "./diagram-of.js";
import type { Kind } from "./diagram.js";
import type { PictureStyle } from "./draw.js";
import { layoutOf } from "./layout.js";
import { paintDiagram } from "./paint.js";
import { svgOf } from "./svg.js";
import { volumeFigure } from "./volume-figure.js";
import { volumesOf, type Volume } from "./volumes.js";

/** More volumes are a long row of like boxes. */
const MOST_VOLUMES = 32;

/** SVG without title and legend, whose groups tell their box, and the box of each layer. */
export interface MarkedPicture {
  readonly style: PictureStyle;
  readonly svg: string;
  /** By the layer's id. */
  readonly boxOf: readonly number[];
  /** The kinds of its boxes. */
  readonly kinds: ReadonlySet<Kind>;
}

/** The layers of a network as a graph, and its volumes too where it is a chain of a few. */
export async function markedPictures(network: Network): Promise<MarkedPicture[]> {
  const diagram = diagramOf(network);
  const graph = paintDiagram(diagram, layoutOf(diagram, await dagreArrange()), true);
  const { boxOf, boxes } = diagram;
  const pictures: MarkedPicture[] = [
    { style: "graph", svg: svgOf(graph, true), boxOf, kinds: new Set(boxes.map(({ kind }) => kind)) },
  ];
  const volumes = volumesIfChain(network);
  if (volumes && volumes.length <= MOST_VOLUMES) {
    const box = new Map(volumes.flatMap(({ nodes }, index) => nodes.map((id) => [id, index] as const)));
    const figure = volumeFigure({ title: network.name, facts: factsOf(network) }, volumes, true);
    pictures.push({
      style: "volume",
      svg: svgOf(figure, true),
      boxOf: network.nodes.map(({ id }) => box.get(id)!),
      kinds: new Set(volumes.map(({ kind }) => kind)),
    });
  }
  return pictures;
}

function volumesIfChain(network: Network): Volume[] | undefined {
  try {
    return volumesOf(network);
  } catch (error) {
    if (error instanceof TargetError) return undefined;
    throw error;
  }
}
