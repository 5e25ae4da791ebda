/**
 * What a step of training needs: parameters, their gradients, what the optimizer keeps of them, and the most that values of
 * layers and their gradients take at once.
 */
import { sum } from "../../base/integers.js";
import type { Network, NodeId } from "../../ir/network.js";
import type { Choice } from "../../ir/training.js";
import { costOf, totalCost } from "../cost.js";
import { waysToCut } from "./checkpoints.js";
import { Tape, type TapeMoment } from "./tape.js";

export type Precision = "float32" | "float16" | "bfloat16";

export interface TrainingOptions {
  readonly batch: number;
  readonly optimizer: Pick<Choice, "name" | "values">;
  /** Of activations; parameters, their gradients and the optimizer's state are float32, as with `torch.autocast`. */
  readonly precision?: Precision;
  /**
   * Into how many pieces the network is cut at most, of which only the ends are kept: each but the last one is computed again
   * for its gradients. It is not cut where that saves nothing.
   */
  readonly checkpoints?: number | "sqrt";
}

/** Bytes. */
export interface TrainingMemory {
  readonly weights: bigint;
  /** Running statistics. */
  readonly buffers: bigint;
  readonly gradients: bigint;
  readonly optimizer: bigint;
  /** The parameters once more, in the precision of the activations. */
  readonly casts: bigint;
  /** What layers keep for their gradients where nothing is computed again. */
  readonly saved: bigint;
  /** The most that is there at once of values and their gradients. */
  readonly activations: bigint;
  readonly total: bigint;
  /** Multiply-accumulates that are done again because of checkpoints, for one image. */
  readonly recomputed: bigint;
  /** How many pieces there are; 1 where it is not cut. */
  readonly pieces: number;
}

const FLOAT32 = 4n;

/** Numbers that an optimizer keeps for each parameter, as PyTorch's do. */
export function optimizerSlots({ name, values }: TrainingOptions["optimizer"]): bigint {
  const momentum = (values["momentum"] ?? 0) > 0 ? 1n : 0n;
  switch (name) {
    case "adam":
    case "adamw":
      return 2n;
    case "rmsprop":
      return 1n + momentum;
    default:
      return momentum;
  }
}

/** Errors: throws where a size has letters. */
export function trainingMemory(network: Network, options: TrainingOptions): TrainingMemory {
  const { precision = "float32", batch } = options;
  const bytes = bytesOf(options);
  const { params, buffers } = totalCost(network.nodes.map((node) => costOf(network, node)));
  const { pieces, activations, saved, again } = activationsOf(network, options, BigInt(batch), bytes);
  const parts = {
    weights: params * FLOAT32,
    buffers: buffers * FLOAT32,
    gradients: params * FLOAT32,
    optimizer: params * FLOAT32 * optimizerSlots(options.optimizer),
    casts: precision === "float32" ? 0n : params * bytes,
    activations,
  };
  return {
    ...parts,
    saved,
    total: sum(Object.values(parts)),
    recomputed: sum(again.map((id) => costOf(network, network.nodes[id]!).macs as bigint)),
    pieces,
  };
}

/**
 * The same step of training layer by layer: forward, and backward again, with the most that values and their gradients take
 * while each runs. The largest is `activations` of `trainingMemory`. Errors: throws where a size has letters.
 */
export function trainingTimeline(network: Network, options: TrainingOptions): readonly TapeMoment[] {
  return activationsOf(network, options, BigInt(options.batch), bytesOf(options)).moments;
}

const bytesOf = ({ precision = "float32" }: TrainingOptions) => (precision === "float32" ? FLOAT32 : 2n);

interface Activations {
  readonly moments: readonly TapeMoment[];
  readonly pieces: number;
  readonly activations: bigint;
  readonly saved: bigint;
  /** The layers that are computed twice. */
  readonly again: readonly NodeId[];
}

function activationsOf(network: Network, options: TrainingOptions, batch: bigint, bytes: bigint): Activations {
  const whole = new Tape(network, { batch, bytes });
  const saved = whole.savedBy(whole.steps);
  let best = runThrough(network, whole, [whole.steps]);
  if (options.checkpoints !== undefined) {
    for (const pieces of waysToCut(whole, options.checkpoints)) {
      const found = runThrough(network, new Tape(network, { batch, bytes }), pieces);
      if (found.activations < best.activations) best = found;
    }
  }
  return { ...best, saved };
}

/** A step of training in pieces, of which all but the last one are computed again. */
function runThrough(network: Network, tape: Tape, pieces: readonly (readonly NodeId[])[]): Omit<Activations, "saved"> {
  const readIn = readersByPiece(tape, pieces);
  const outputs = new Set(network.outputs.map((id) => tape.storages.of[id]!));
  pieces.forEach((steps, index) => {
    const isLast = index === pieces.length - 1;
    // What later pieces read is kept until they are done.
    const needed = new Set([
      ...outputs,
      ...[...readIn].filter(([, by]) => by.last > index).map(([storage]) => storage),
    ]);
    tape.forward(steps, isLast, needed);
  });
  for (const storage of outputs) tape.addGradient(storage);
  for (let index = pieces.length - 1; index >= 0; index--) {
    if (index < pieces.length - 1) tape.forward(pieces[index]!, true, new Set());
    tape.backward(pieces[index]!);
    for (const [storage, by] of readIn) if (by.first === index) tape.release(storage);
  }
  return {
    moments: tape.moments,
    pieces: pieces.length,
    activations: tape.peak,
    again: pieces.slice(0, -1).flat(),
  };
}

/** The first and the last piece that reads a storage of an earlier piece, or an input. */
function readersByPiece(
  tape: Tape,
  pieces: readonly (readonly NodeId[])[],
): Map<number, { first: number; last: number }> {
  const pieceOf = new Map(pieces.flatMap((steps, index) => steps.map((id) => [id, index] as const)));
  const found = new Map<number, { first: number; last: number }>();
  tape.storages.all.forEach(({ node, readers, isInput }, storage) => {
    const own = isInput ? -1 : pieceOf.get(node)!;
    const others = readers.map((id) => pieceOf.get(id)!).filter((piece) => piece !== own);
    if (others.length > 0) found.set(storage, { first: Math.min(...others), last: Math.max(...others) });
  });
  return found;
}
