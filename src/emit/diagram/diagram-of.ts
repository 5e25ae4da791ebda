/** The picture of a network: its calls of blocks opened to a depth, all else in boxes. */
import { costOf, totalCost } from "../../analysis/cost.js";
import { plural } from "../../base/integers.js";
import { quantityLike } from "../../base/quantity.js";
import { layerText } from "../../analysis/layer-text.js";
import { formatCount, formatDimension, isSame, type Count } from "../../ir/dimension.js";
import { nodeOf, type Network, type Node, type NodeId } from "../../ir/network.js";
import { formatDimensions } from "../../ir/shape.js";
import { operatorNamed } from "../../ops/registry.js";
import type { Box, Diagram, Edge, Frame } from "./diagram.js";
import { layerCount, layersOf, type Part } from "./parts.js";
import { treeOf } from "./tree.js";

export interface DiagramOptions {
  /** How many levels of calls are opened; by default as many as keep the picture legible. */
  readonly depth?: number;
  /** Whether like parts in a row are one part, marked with their number; they are where it is left out. */
  readonly isFolded?: boolean;
}

/** What a figure leaves to the program: details that change no size. */
const UNTOLD = /^(no bias|eps |momentum )/;

/** Boxes that a picture whose depth is not given has at most. */
const MOST_BOXES = 64;

export function diagramOf(network: Network, { depth, isFolded = true }: DiagramOptions = {}): Diagram {
  const tree = treeOf(network, isFolded);
  const opened = depth ?? legibleDepth(tree.parts, tree.height);
  const boxes: Box[] = [];
  const boxOf = new Map<NodeId, number>();
  let frames = 1;

  const open = (part: Part, levels: number): Box | Frame => {
    const { what, times } = part;
    if (what.type === "layer" || (what.type === "call" && levels === 0)) {
      const id = boxes.length;
      for (const { first } of layersOf(part)) boxOf.set(first.id, id);
      const box = boxFor(network, part, id);
      boxes.push(box);
      return box;
    }
    const id = frames++;
    const title = what.type === "call" ? callTitle(what) : "";
    const inner = what.type === "call" ? levels - 1 : levels;
    return { type: "frame", id, title, times, children: what.parts.map((child) => open(child, inner)) };
  };

  const children = tree.parts.map((part) => open(part, opened));
  return {
    title: network.name,
    facts: factsOf(network),
    root: { type: "frame", id: 0, title: "", times: 1, children },
    boxes,
    boxOf: network.nodes.map(({ id }) => boxOf.get(tree.shownFor(id))!),
    edges: edgesOf(network, boxOf, tree.shownFor),
  };
}

/** The deepest level of calls with boxes that are not too many. */
function legibleDepth(parts: readonly Part[], height: number): number {
  const count = (part: Part, levels: number): number => {
    const { what } = part;
    if (what.type === "layer" || (what.type === "call" && levels === 0)) return 1;
    const inner = what.type === "call" ? levels - 1 : levels;
    return what.parts.reduce((sum, child) => sum + count(child, inner), 0);
  };
  const boxes = (levels: number) => parts.reduce((sum, part) => sum + count(part, levels), 0);
  let depth = 0;
  while (depth < height && boxes(depth + 1) <= MOST_BOXES) depth++;
  return depth;
}

function boxFor(network: Network, part: Part, id: number): Box {
  const { what, times } = part;
  const layers = layerCount(part);
  if (what.type !== "layer") {
    const call = what as Extract<Part["what"], { type: "call" }>;
    const [first, last] = resultsOf(network, part);
    const size = sizeText(first, last);
    const notes = [plural(layers, "layer"), ...outputNote(network, part.gives)];
    const label = call.label === undefined ? {} : { label: call.label };
    return { type: "box", id, kind: "block", head: call.text, notes, ...label, size, times, layers };
  }
  const { first, last } = what;
  const { head, attributes } = layerText(network, first);
  const kind = operatorNamed(first.op).group;
  const label = first.labelled ? { label: first.name.split(".").at(-1)! } : {};
  // The text of an input is its size.
  const isInput = network.inputs.includes(first.id);
  const size = isInput ? "" : sizeText(first, last);
  return {
    type: "box",
    id,
    kind,
    head,
    notes: [...attributes.filter((text) => text !== size && !UNTOLD.test(text)), ...outputNote(network, [first.id])],
    ...label,
    size,
    times,
    layers,
  };
}

/** Of several outputs each is marked; a single one is where the picture ends. */
function outputNote(network: Network, ids: readonly NodeId[]): string[] {
  return network.outputs.length > 1 && ids.some((id) => network.outputs.includes(id)) ? ["output"] : [];
}

/** What the first and the last of a call's copies give: the layer whose value is read elsewhere. */
function resultsOf(network: Network, part: Part): [Node, Node] {
  const layers = [...layersOf(part)];
  const given = part.gives[0];
  const last = given === undefined ? layers.at(-1)!.last : nodeOf(network, given);
  const found = layers.find((layer) => layer.last.id === last.id);
  return [found?.first ?? last, last];
}

const callTitle = ({ text, label }: { text: string; label?: string }) =>
  label === undefined ? text : `${label}: ${text}`;

/** `56x56x64`; `56x56x64…256` where copies in a row differ in the channels. */
function sizeText(first: Node, last: Node): string {
  const [a, b] = [first.type.shape, last.type.shape];
  const text = formatDimensions(a);
  const [from, to] = [a.at(-1)!, b.at(-1)!];
  return isSame(from, to) ? text : `${text}…${formatDimension(to)}`;
}

function edgesOf(network: Network, boxOf: ReadonlyMap<NodeId, number>, shownFor: (id: NodeId) => NodeId): Edge[] {
  const edges = new Map<string, Edge>();
  for (const node of network.nodes) {
    // What a copy reads, the first of them shows.
    if (shownFor(node.id) !== node.id) continue;
    const to = boxOf.get(node.id)!;
    for (const input of node.inputs) {
      const value = shownFor(input);
      const from = boxOf.get(value)!;
      const size = formatDimensions(nodeOf(network, input).type.shape);
      if (from !== to) edges.set(`${value} ${to}`, { from, to, value, size });
    }
  }
  return [...edges.values()].sort((a, b) => a.to - b.to || a.from - b.from || a.value - b.value);
}

export function factsOf(network: Network): string[] {
  const { params, macs } = totalCost(network.nodes.map((node) => costOf(network, node)));
  const sizes = (ids: readonly NodeId[]) =>
    ids.map((id) => formatDimensions(nodeOf(network, id).type.shape)).join(", ");
  return [
    `input ${sizes(network.inputs)}`,
    `output ${sizes(network.outputs)}`,
    `${quantity(params)} parameters`,
    `${quantity(macs)} multiply-accumulates`,
  ];
}

/** To three digits, rounded. */
const quantity = (count: Count) => (typeof count === "bigint" ? quantityLike(count, 3) : formatCount(count));
