/** Layers of boxes by dagre, for the parts of a picture that branch. Loaded when a picture is laid out. */
import type { Point } from "./drawing.js";
import type { Arrange, Arranged, Element, Wire } from "./elements.js";

const NODE_GAP = 14;
const RANK_GAP = 24;
/** Keeps what has to stand at the border in the rank beside it. */
const BORDER_WEIGHT = 1_000;
const SMALLEST = 8;

export async function dagreArrange(): Promise<Arrange> {
  const { Graph, layout } = await import("@dagrejs/dagre");
  return (elements, wires, tops, bottoms) => {
    const graph = new Graph({ multigraph: true });
    graph.setGraph({ rankdir: "TB", nodesep: NODE_GAP, edgesep: 14, ranksep: RANK_GAP, marginx: 0, marginy: 0 });
    graph.setDefaultEdgeLabel(() => ({}));
    // Ports are points; dagre keeps lines away from what has a width.
    for (const { name, width, height } of elements) graph.setNode(name, { width: Math.max(width, SMALLEST), height });
    for (const [index, { from, to, label }] of wires.entries()) {
      const size = label ? { width: label.width, height: label.height, labelpos: "c" as const } : {};
      graph.setEdge(from, to, { ...size, weight: 1 }, String(index));
    }
    // Another border joins several, so that all of them stand in one rank.
    const join = (names: readonly string[], border: string, isTop: boolean): void => {
      if (names.length < 2 && elements.length < 2) return;
      graph.setNode(border, { width: 1, height: 0 });
      for (const name of names) {
        const ends: [string, string] = isTop ? [border, name] : [name, border];
        graph.setEdge(...ends, { weight: BORDER_WEIGHT }, `${border} ${name}`);
      }
      for (const { name } of elements) {
        const isFree = (isTop ? graph.inEdges(name) : graph.outEdges(name))?.length === 0;
        if (!isFree || names.includes(name)) continue;
        const ends: [string, string] = isTop ? [border, name] : [name, border];
        graph.setEdge(...ends, { weight: 0 }, `${border} ${name}`);
      }
    };
    if (tops.length > 0) join(tops, "border top", true);
    if (bottoms.length > 0) join(bottoms, "border bottom", false);
    layout(graph);
    return arrangedFrom(graph, elements, wires);
  };
}

interface Placing {
  node(name: string): { x?: number; y?: number };
  edge(from: string, to: string, name: string): { points?: Point[]; x?: number; y?: number };
}

function arrangedFrom(graph: Placing, elements: readonly Element[], wires: readonly Wire[]): Arranged {
  const centres = new Map<string, Point>();
  for (const { name } of elements) {
    const { x = 0, y = 0 } = graph.node(name);
    centres.set(name, mirrored({ x, y }));
  }
  const routes = wires.map(({ from, to, label }, index) => {
    const { points = [], x = 0, y = 0 } = graph.edge(from, to, String(index));
    // The first and the last point are on the borders, which the caller knows better.
    return { points: points.slice(1, -1).map(mirrored), ...(label ? { label: mirrored({ x, y }) } : {}) };
  });
  return { centres, routes };
}

/** Dagre has the first of several branches on the right; people write it on the left. */
const mirrored = ({ x, y }: Point): Point => ({ x: -x, y });
