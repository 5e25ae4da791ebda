/** Two networks side by side, layer by layer: what was changed, added and removed, and what it costs. */
import { formatDimensions } from "../ir/shape.js";
import type { Network, Node, NodeId } from "../ir/network.js";
import { costOf, totalCost, type Cost } from "./cost.js";
import { layerText } from "./layer-text.js";

export type LayerStatus =
  /** The same layer, reading the same layers. */
  | "same"
  /** The same, with another size, because what comes in has another. */
  | "resized"
  | "changed"
  | "added"
  | "removed";

export interface DiffedLayer {
  readonly name: string;
  /** As it is written. */
  readonly layer: string;
  readonly output: string;
  readonly cost: Cost;
}

export interface DiffRow {
  readonly status: LayerStatus;
  readonly before?: DiffedLayer;
  readonly after?: DiffedLayer;
  /** What was changed: `11x11 to 7x7`. */
  readonly changes: readonly string[];
}

export interface NetworkDiff {
  readonly before: string;
  readonly after: string;
  readonly rows: readonly DiffRow[];
  /** Whether every layer is the same, of the same size. */
  readonly isSame: boolean;
  readonly totals: { readonly before: Cost; readonly after: Cost };
}

/** Cells of the table that two networks are aligned by, up to which it is filled; beyond only names are compared. */
const MOST_CELLS = 4_000_000;

export function diffOf(a: Network, b: Network): NetworkDiff {
  const costs = [a, b].map((network) => network.nodes.map((node) => costOf(network, node)));
  const partners = align(a, b);
  const backwards = new Map([...partners].map(([before, after]) => [after, before]));
  const rows: DiffRow[] = [];
  const told = (network: Network, { id, name, type }: Node, which: 0 | 1): DiffedLayer => ({
    name,
    layer: textOf(network, network.nodes[id]!),
    output: formatDimensions(type.shape),
    cost: costs[which]![id]!,
  });
  let next = 0;
  const removedUpTo = (end: NodeId) => {
    for (; next < end; next++) {
      if (!partners.has(next)) rows.push({ status: "removed", before: told(a, a.nodes[next]!, 0), changes: [] });
    }
  };
  for (const node of b.nodes) {
    const partner = backwards.get(node.id);
    if (partner === undefined) {
      rows.push({ status: "added", after: told(b, node, 1), changes: [] });
      continue;
    }
    removedUpTo(partner);
    next = partner + 1;
    const before = told(a, a.nodes[partner]!, 0);
    const after = told(b, node, 1);
    const changes = changesOf(a, b, a.nodes[partner]!, node, partners);
    const status = changes.length > 0 ? "changed" : before.output !== after.output ? "resized" : "same";
    rows.push({ status, before, after, changes });
  }
  removedUpTo(a.nodes.length);
  return {
    before: a.name,
    after: b.name,
    rows,
    isSame: rows.every(({ status }) => status === "same"),
    totals: { before: totalCost(costs[0]!), after: totalCost(costs[1]!) },
  };
}

function textOf(network: Network, node: Node): string {
  const { head, attributes } = layerText(network, node);
  return [head, ...attributes].join(" ");
}

/** What differs between two layers that stand for each other. */
function changesOf(a: Network, b: Network, before: Node, after: Node, partners: ReadonlyMap<NodeId, NodeId>): string[] {
  const texts = [textOf(a, before), textOf(b, after)];
  const changes = texts[0] === texts[1] ? [] : [`${texts[0]!} to ${texts[1]!}`];
  const reads = before.inputs.map((id) => partners.get(id));
  const isSameInputs = reads.length === after.inputs.length && reads.every((id, index) => id === after.inputs[index]);
  // What stands in between was added or removed itself; only branches can read something else.
  const isMerged = before.inputs.length > 1 || after.inputs.length > 1;
  if (!isSameInputs && isMerged) {
    const names = (network: Network, ids: readonly NodeId[]) => ids.map((id) => network.nodes[id]!.name).join(", ");
    changes.push(`reads ${names(a, before.inputs)}, then ${names(b, after.inputs)}`);
  }
  return changes;
}

/** For layers of the first network those of the second that stand for them, both in order. */
function align(a: Network, b: Network): Map<NodeId, NodeId> {
  const partners = new Map<NodeId, NodeId>();
  const isAlike = (x: Node, y: Node) => x.op === y.op && x.name === y.name;
  let start = 0;
  while (start < Math.min(a.nodes.length, b.nodes.length) && isAlike(a.nodes[start]!, b.nodes[start]!)) {
    partners.set(start, start);
    start++;
  }
  let [endA, endB] = [a.nodes.length, b.nodes.length];
  while (endA > start && endB > start && isAlike(a.nodes[endA - 1]!, b.nodes[endB - 1]!)) {
    partners.set(--endA, --endB);
  }
  const [first, second] = [a.nodes.slice(start, endA), b.nodes.slice(start, endB)];
  const found = first.length * second.length <= MOST_CELLS ? byTable(first, second) : byName(first, second);
  for (const [x, y] of found) partners.set(x + start, y + start);
  return partners;
}

/** How well two layers stand for each other; layers of other operators do not. */
function likeness(x: Node, y: Node): number {
  if (x.op !== y.op) return 0;
  return 2 + (x.name === y.name ? 2 : 0) + (JSON.stringify(x.args) === JSON.stringify(y.args) ? 1 : 0);
}

/** The alignment of two rows of layers with the most likeness (Needleman, Wunsch, 1970). */
function byTable(a: readonly Node[], b: readonly Node[]): [number, number][] {
  const width = b.length + 1;
  const best = new Int32Array((a.length + 1) * width);
  for (let x = a.length - 1; x >= 0; x--) {
    for (let y = b.length - 1; y >= 0; y--) {
      const like = likeness(a[x]!, b[y]!);
      const both = like === 0 ? -1 : like + best[(x + 1) * width + y + 1]!;
      best[x * width + y] = Math.max(both, best[(x + 1) * width + y]!, best[x * width + y + 1]!);
    }
  }
  const pairs: [number, number][] = [];
  for (let [x, y] = [0, 0]; x < a.length && y < b.length;) {
    const like = likeness(a[x]!, b[y]!);
    const here = best[x * width + y]!;
    if (like > 0 && here === like + best[(x + 1) * width + y + 1]!) pairs.push([x++, y++]);
    else if (here === best[(x + 1) * width + y]!) x++;
    else y++;
  }
  return pairs;
}

/** Layers of one name, as long as they come in the same order. */
function byName(a: readonly Node[], b: readonly Node[]): [number, number][] {
  const places = new Map(b.map(({ name }, index) => [name, index]));
  const pairs: [number, number][] = [];
  let after = -1;
  a.forEach(({ name, op }, x) => {
    const y = places.get(name);
    if (y === undefined || y <= after || b[y]!.op !== op) return;
    pairs.push([x, y]);
    after = y;
  });
  return pairs;
}
