/** The tree of a network's calls with like parts in a row folded: what pictures of it are made from. */
import { layerText } from "../../analysis/layer-text.js";
import type { Span } from "../../base/source.js";
import { consumersOf, nodeOf, type Network, type Node, type NodeId } from "../../ir/network.js";
import { formatDimensions } from "../../ir/shape.js";
import { givenBy, groupsOf, readBy, type Group, type Member } from "../outline/groups.js";
import type { Part } from "./parts.js";
import { foldRows } from "./rows.js";

export interface Tree {
  readonly parts: readonly Part[];
  /** How many calls are nested in each other, at most. */
  readonly height: number;
  /** The layer that stands for each layer in the picture: itself, or the one of the first copy. */
  shownFor(id: NodeId): NodeId;
}

/** Numbers for texts: equal ones for equal texts. */
class Keys {
  private readonly known = new Map<string, number>();

  of(...parts: readonly unknown[]): number {
    const text = JSON.stringify(parts);
    const key = this.known.get(text) ?? this.known.size;
    this.known.set(text, key);
    return key;
  }
}

export function treeOf(network: Network, isFolded: boolean): Tree {
  const root = groupsOf(network, () => true);
  const keys = new Keys();
  const readers = consumersOf(network).map(({ length }) => length);
  for (const id of network.outputs) readers[id]!++;
  const copies = new Map<NodeId, NodeId>();

  const partOf = (member: Member, around: Group): Part => {
    if ("node" in member) return layerPart(member.node, around);
    const { group } = member;
    const parts = partsOf(group);
    const places = placesOf(parts, group);
    const wiring = parts.map(({ key, times, reads }) => [key, times, reads.map((id) => places.get(id))]);
    const { text, span } = callOf(group);
    const label = localName(group.name, around);
    const isLabelled = !new RegExp(`^${group.block}\\d*$`).test(label);
    const key = keys.of(
      group.block,
      isLabelled && label,
      wiring,
      group.results.map((id) => places.get(id)),
    );
    return {
      times: 1,
      key,
      span,
      reads: readBy(member),
      gives: givenBy(member),
      what: { type: "call", group, text, ...(isLabelled ? { label } : {}), parts: unwrapped(parts) },
    };
  };

  const layerPart = (node: Node, around: Group): Part => {
    const { head, attributes } = layerText(network, node);
    const { shape } = node.type;
    const name = node.labelled && localName(node.name, around);
    return {
      times: 1,
      key: keys.of(head, attributes, name, shape.length, formatDimensions(shape.slice(0, -1))),
      span: node.span,
      reads: node.inputs,
      gives: [node.id],
      what: { type: "layer", first: node, last: node },
    };
  };

  const partsOf = (group: Group): readonly Part[] => {
    const parts = group.members.map((member) => partOf(member, group));
    return isFolded ? foldRows(parts, { readers, copies, keyOf: (...key) => keys.of(...key) }) : parts;
  };

  const inputs = network.inputs.map((id) => layerPart(nodeOf(network, id), root));
  return { parts: [...inputs, ...partsOf(root)], height: root.height, shownFor };

  function shownFor(id: NodeId): NodeId {
    let shown = id;
    for (let next = copies.get(shown); next !== undefined; next = copies.get(shown)) shown = next;
    return shown;
  }
}

const localName = (name: string, around: Group) => (around.name === "" ? name : name.slice(around.name.length + 1));

/** What is in a call that is all that another one consists of: the outer one is enough to show. */
function unwrapped(parts: readonly Part[]): readonly Part[] {
  const [{ what, times }] = parts as [Part];
  const isWrapped = parts.length === 1 && times === 1 && what.type === "call" && what.label === undefined;
  return isWrapped ? what.parts : parts;
}

/** Where the values of a group come from, without the names of this call: by which part, or from outside. */
function placesOf(parts: readonly Part[], group: Group): ReadonlyMap<NodeId, string> {
  const places = new Map<NodeId, string>();
  group.reads.forEach((id, index) => places.set(id, `given ${index}`));
  parts.forEach(({ gives }, part) => gives.forEach((id, index) => places.set(id, `${part}.${index}`)));
  return places;
}

/** The call that a group is, as the first of its layers remembers it. */
function callOf(group: Group): { text: string; span: Span } {
  let first: Member = group.members[0]!;
  while ("group" in first) first = first.group.members[0]!;
  const step = first.node.trail.find(({ call }) => call?.name === group.name);
  return { text: step?.text ?? group.block, span: step?.span ?? first.node.span };
}
