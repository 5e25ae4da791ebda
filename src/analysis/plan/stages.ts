/** Where a pipeline may be cut, and the cuts that share the work out evenly. */
import { sum } from "../../base/integers.js";
import { nodeOf, type Network, type NodeId } from "../../ir/network.js";
import { operatorNamed } from "../../ops/registry.js";
import { stretchesOf } from "../memory/order.js";
import type { Tape } from "../memory/tape.js";
import { costOf } from "../cost.js";

/** Layers in a row that stay together. */
export interface Piece {
  readonly start: NodeId;
  /** The layers of it that compute something, in order. */
  readonly steps: readonly NodeId[];
  readonly params: bigint;
  /** Running statistics. */
  readonly buffers: bigint;
  /** Bytes of what its layers keep for their gradients, of one part of the batch. */
  readonly kept: bigint;
  /** Bytes of what the next one reads, of one part of the batch. */
  readonly given: bigint;
}

/** Of more places neighbours are taken together first: the search looks at pairs of them. */
const MOST_PIECES = 256;

/** Groups whose layers are modules of their own in the emitted code: in front of them a script can cut. */
const CUT_BEFORE: ReadonlySet<string> = new Set(["convolution", "dense", "normalisation"]);

/** The network as pieces between which one value is all that goes on, each but the first beginning with a layer that learns. */
export function piecesOf(network: Network, tape: Tape): Piece[] {
  const stretches = joined(stretchesOf(tape.storages), ([first]) => {
    const node = nodeOf(network, first!);
    return CUT_BEFORE.has(operatorNamed(node.op).group) && costOf(network, node).params > 0n;
  });
  const size = Math.ceil(stretches.length / MOST_PIECES);
  const groups = joined(stretches, (_, index) => index % size === 0);
  return groups.map((steps, index): Piece => {
    const start = index === 0 ? 0 : steps[0]!;
    const next = groups[index + 1]?.[0] ?? network.nodes.length;
    const costs = network.nodes.slice(start, next).map((node) => costOf(network, node));
    return {
      start,
      steps,
      params: sum(costs.map(({ params }) => params)),
      buffers: sum(costs.map(({ buffers }) => buffers)),
      kept: tape.savedBy(steps),
      given: index === groups.length - 1 ? 0n : tape.bytesOf(tape.storages.of[steps.at(-1)!]!),
    };
  });
}

/** Lists that do not begin a new one are added to the one before. */
function joined(
  lists: readonly (readonly NodeId[])[],
  begins: (list: readonly NodeId[], index: number) => boolean,
): NodeId[][] {
  const found: NodeId[][] = [];
  lists.forEach((list, index) => {
    if (index === 0 || begins(list, index)) found.push([...list]);
    else found.at(-1)!.push(...list);
  });
  return found;
}

/** What a stage from one piece up to another comes to; infinite where it cannot be. */
export type StageCost = (from: number, to: number, stage: number) => number;

/**
 * The first pieces of the stages, so that the costliest stage costs least, and of those the cuts at the smallest values; none
 * where each way has a stage that cannot be.
 */
export function balanced(pieces: readonly Piece[], stages: number, costOfStage: StageCost): number[] | undefined {
  interface Way {
    readonly cost: number;
    readonly given: number;
    readonly starts: readonly number[];
  }
  const count = pieces.length;
  const none: Way = { cost: Infinity, given: Infinity, starts: [] };
  /** For so many stages: the best way to have the pieces before one. */
  let best: Way[] = Array.from({ length: count + 1 }, (_, end) =>
    end === 0 ? { cost: 0, given: 0, starts: [] } : none,
  );
  for (let stage = 0; stage < stages; stage++) {
    best = best.map((_, end) => {
      let found = none;
      for (let start = end - 1; start >= stage; start--) {
        const before = best[start]!;
        const cost = Math.max(before.cost, costOfStage(start, end, stage));
        const given = before.given + (start > 0 ? Number(pieces[start - 1]!.given) : 0);
        if (cost < found.cost || (cost === found.cost && given < found.given)) {
          found = { cost, given, starts: [...before.starts, start] };
        }
      }
      return found;
    });
  }
  const { cost, starts } = best[count]!;
  return cost === Infinity ? undefined : [...starts];
}
