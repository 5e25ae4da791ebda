/** The calls of blocks that a network is made of, as a tree: what code with a class or a function for each block is written from. */
import { nodeOf, type Network, type Node, type NodeId } from "../../ir/network.js";

export interface Group {
  /** Name of the block; that of the net for the root. */
  readonly block: string;
  /** What the names of its layers start with; empty for the root. */
  readonly name: string;
  readonly members: readonly Member[];
  /** Values of other groups that it reads, in the order in which they are first read. */
  readonly reads: readonly NodeId[];
  /** Its values that are read elsewhere, or are outputs. */
  readonly results: readonly NodeId[];
  /** How many groups are nested in it, at most. */
  readonly height: number;
}

export type Member = { readonly node: Node } | { readonly group: Group };

interface OpenGroup {
  readonly block: string;
  readonly name: string;
  readonly members: (Node | OpenGroup)[];
}

/** The tree of a network's layers, without those that `isUsed` leaves out and without its inputs. */
export function groupsOf(network: Network, isUsed: (node: Node) => boolean): Group {
  const root: OpenGroup = { block: network.name, name: "", members: [] };
  let path: OpenGroup[] = [root];
  for (const node of network.nodes) {
    if (network.inputs.includes(node.id) || !isUsed(node)) continue;
    const calls = [...node.trail].reverse().flatMap(({ call }) => (call ? [call] : []));
    let depth = 0;
    while (depth < calls.length && path[depth + 1]?.name === calls[depth]!.name) depth++;
    path = path.slice(0, depth + 1);
    for (const call of calls.slice(depth)) {
      const group: OpenGroup = { ...call, members: [] };
      path.at(-1)!.members.push(group);
      path.push(group);
    }
    path.at(-1)!.members.push(node);
  }
  const readers = readersOf(network, isUsed);
  return closed(root, network, readers);
}

/** The nodes that read each value; an output is read by nobody in the network, which is -1. */
function readersOf(network: Network, isUsed: (node: Node) => boolean): ReadonlyMap<NodeId, readonly NodeId[]> {
  const readers = new Map<NodeId, NodeId[]>(network.outputs.map((id) => [id, [-1]]));
  for (const node of network.nodes) {
    if (!isUsed(node)) continue;
    for (const input of node.inputs) {
      const known = readers.get(input);
      if (known) known.push(node.id);
      else readers.set(input, [node.id]);
    }
  }
  return readers;
}

function closed(open: OpenGroup, network: Network, readers: ReadonlyMap<NodeId, readonly NodeId[]>): Group {
  const members = open.members.map((member): Member => {
    return "members" in member ? { group: closed(member, network, readers) } : { node: member };
  });
  const inside = new Set(members.flatMap(nodesIn));
  const reads = members.flatMap(readBy).filter((id) => !inside.has(id));
  const results = [...inside].filter((id) => readers.get(id)?.some((reader) => !inside.has(reader)));
  const heights = members.map((member) => ("group" in member ? member.group.height + 1 : 0));
  return {
    block: open.block,
    name: open.name,
    members,
    reads: [...new Set(reads)],
    results: results.sort((a, b) => nodeOf(network, a).id - nodeOf(network, b).id),
    height: Math.max(0, ...heights),
  };
}

function nodesIn(member: Member): NodeId[] {
  return "node" in member ? [member.node.id] : member.group.members.flatMap(nodesIn);
}

/** What a member reads from outside of itself. */
export function readBy(member: Member): readonly NodeId[] {
  return "node" in member ? member.node.inputs : member.group.reads;
}

/** What a member gives to others. */
export function givenBy(member: Member): readonly NodeId[] {
  return "node" in member ? [member.node.id] : member.group.results;
}

/** The groups of a tree, those that are nested in others first. */
export function allGroups(root: Group): Group[] {
  const nested = root.members.flatMap((member) => ("group" in member ? allGroups(member.group) : []));
  return [...nested, root];
}
