/** What a network needs while it runs: parameters, and one block of memory in which the values of layers share places. */
import { sum } from "../../base/integers.js";
import type { Network, NodeId } from "../../ir/network.js";
import { costOf, totalCost } from "../cost.js";
import { PRECISIONS, type NumberFormat } from "../precisions.js";
import { arenaOf } from "./arena.js";
import { runningOf } from "./running.js";
import { scheduleOf } from "./schedule.js";

export interface InferenceOptions {
  readonly batch?: number;
  readonly precision?: NumberFormat;
}

/** Where the value of a layer lies. Bytes. */
export interface PlacedValue {
  readonly node: NodeId;
  readonly offset: bigint;
  readonly bytes: bigint;
  /** The step that makes it, or -1 for an input, and the last one that reads it, by the order of `steps`. */
  readonly from: number;
  readonly to: number;
}

/** Bytes, for a batch. */
export interface InferenceMemory {
  readonly weights: bigint;
  readonly buffers: bigint;
  /** The values of all layers together: what slides add up. */
  readonly sum: bigint;
  /** The most that is needed at once when layers run in the order of the text. */
  readonly asWritten: bigint;
  /** The same in the best order that was found. */
  readonly peak: bigint;
  /** Whether no order needs less. */
  readonly isLeast: boolean;
  /** No order needs less than this: what one layer reads and gives. */
  readonly bound: bigint;
  /** The block of memory that all values find a place in. */
  readonly arena: bigint;
  readonly total: bigint;
  /** The layers that compute something, in the best order, with what is there while each runs. */
  readonly steps: readonly { readonly node: NodeId; readonly live: bigint; readonly isInPlace: boolean }[];
  readonly plan: readonly PlacedValue[];
}

/**
 * Layers that change no value (FLATTEN, DROPOUT) take none, element-wise ones take the place of what they read where nobody
 * else needs it. Inputs are counted, and not written to. Errors: throws where a size has letters.
 */
export function inferenceMemory(network: Network, options: InferenceOptions = {}): InferenceMemory {
  const { batch = 1, precision = "float32" } = options;
  const bytes = PRECISIONS[precision];
  const each = BigInt(batch) * bytes;
  const { storages, best } = runningOf(network);
  const arena = arenaOf(storages, best);
  const position = new Map(best.moments.map(({ node }, index) => [node, index]));
  const { params, buffers, activations } = totalCost(network.nodes.map((node) => costOf(network, node)));
  const parts = { weights: params * bytes, buffers: buffers * bytes, arena: arena.values * each };
  return {
    ...parts,
    sum: (activations as bigint) * each,
    asWritten: scheduleOf(network, storages).peak * each,
    peak: best.peak * each,
    isLeast: best.isLeast,
    bound: best.bound * each,
    total: sum(Object.values(parts)),
    steps: best.moments.map(({ node, live, inPlace }) => ({
      node,
      live: live * each,
      isInPlace: inPlace !== undefined,
    })),
    plan: arena.placements.flatMap(({ storages: inside, offset }) =>
      inside.map((index): PlacedValue => {
        const { node, values, readers, isOutput } = storages.all[index]!;
        const from = position.get(node) ?? -1;
        const to = isOutput ? best.moments.length - 1 : Math.max(from, ...readers.map((id) => position.get(id)!));
        return { node, offset: offset * each, bytes: values * each, from, to };
      }),
    ),
  };
}
