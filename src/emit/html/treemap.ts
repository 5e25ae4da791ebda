/** The shares of a network's cost as areas: a rectangle for each layer, in those of the calls of blocks that it is in. */
import { costOf } from "../../analysis/cost.js";
import { PRECISIONS, type NumberFormat } from "../../analysis/precisions.js";
import { sum } from "../../base/integers.js";
import { nodeOf, type Network, type Node, type NodeId } from "../../ir/network.js";
import { groupsOf, type Group, type Member } from "../outline/groups.js";

export const measures = ["params", "macs", "memory"] as const;
export type Measure = (typeof measures)[number];

/** A rectangle; sides are fractions of the whole, from the upper left corner on. */
export interface Tile {
  /** What has no share has no area. */
  readonly value: bigint;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Call extends Tile {
  readonly name: string;
  readonly place: number;
  /** Whether there is room for its name above what is in it. */
  readonly isNamed: boolean;
}

export interface Treemap {
  readonly total: bigint;
  /** By the layers' ids. */
  readonly layers: readonly Tile[];
  /** The calls of blocks in the order of the program, outer ones before those in them. */
  readonly calls: readonly Call[];
}

/** Shape that the layout is made for, in pixels; a page stretches it. */
const WIDTH = 1200;
const HEIGHT = 460;
/** Room for the name of a call, where it is large enough to have one. */
const HEAD = 17;
const NAMED = { width: 56, height: 40 };
/** Around what is in a call; a page draws lines between neighbours. */
const GAP = 1;

interface Branch {
  readonly name: string;
  readonly node?: NodeId;
  /** Of a call: which one it is in the program, from 0. */
  readonly place?: number;
  readonly value: bigint;
  readonly children?: readonly Branch[];
}

/** What a layer counts: its parameters, its multiply-accumulates, or the bytes of its result. Sizes have to be numbers. */
export function valueOf(network: Network, node: Node, measure: Measure, precision: NumberFormat): bigint {
  const cost = costOf(network, node);
  const count = measure === "memory" ? cost.activations : cost[measure];
  return (count as bigint) * (measure === "memory" ? PRECISIONS[precision] : 1n);
}

export async function treemapOf(network: Network, measure: Measure, precision: NumberFormat): Promise<Treemap> {
  const { hierarchy, treemap, treemapSquarify } = await import("d3-hierarchy");
  const leaf = ({ id, name }: Node): Branch => {
    return { name, node: id, value: valueOf(network, nodeOf(network, id), measure, precision) };
  };
  let calledBefore = 0;
  const branch = ({ name, members }: Group): Branch => {
    const place = calledBefore++;
    const children = members.map((member: Member) => ("node" in member ? leaf(member.node) : branch(member.group)));
    return { name, place, children, value: sum(children.map(({ value }) => value)) };
  };
  const root = branch(groupsOf(network, () => true));
  const inputs = network.inputs.map((id) => leaf(nodeOf(network, id)));
  const whole = { ...root, children: [...inputs, ...(root.children ?? [])] };
  const tree = hierarchy<Branch>(whole, ({ children }) => children)
    // Areas need no exact numbers.
    .sum(({ node, value }) => (node === undefined ? 0 : Number(value)))
    .sort((a, b) => b.value! - a.value!);
  const isNamed = ({ x0, x1, y0, y1 }: { x0: number; x1: number; y0: number; y1: number }) =>
    x1 - x0 >= NAMED.width && y1 - y0 >= NAMED.height;
  const laidOut = treemap<Branch>()
    .tile(treemapSquarify)
    .size([WIDTH, HEIGHT])
    .paddingOuter((place) => (place.depth === 0 ? 0 : GAP))
    .paddingTop((place) => (place.depth === 0 ? 0 : isNamed(place) ? HEAD : GAP))(tree);
  const layers: Tile[] = [];
  const calls: Call[] = [];
  laidOut.each(({ data, x0, y0, x1, y1, depth }) => {
    // What has no share has no place either: the layout divides by it.
    const tile =
      data.value === 0n
        ? { value: 0n, x: 0, y: 0, width: 0, height: 0 }
        : { value: data.value, x: x0 / WIDTH, y: y0 / HEIGHT, width: (x1 - x0) / WIDTH, height: (y1 - y0) / HEIGHT };
    if (data.node !== undefined) layers[data.node] = tile;
    else if (depth > 0)
      calls.push({ ...tile, name: data.name, place: data.place!, isNamed: isNamed({ x0, x1, y0, y1 }) });
  });
  return { total: sum(layers.map(({ value }) => value)), layers, calls: calls.sort((a, b) => a.place - b.place) };
}
