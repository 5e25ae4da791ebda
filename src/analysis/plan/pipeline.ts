/** Each device has some of the layers; the batch goes through in parts, one forward, one backward in turn (1F1B). */
import { sum } from "../../base/integers.js";
import type { Network } from "../../ir/network.js";
import { Tape } from "../memory/tape.js";
import { optimizerSlots } from "../memory/training.js";
import { PRECISIONS } from "../precisions.js";
import { rooflineOf } from "../roofline.js";
import {
  partOf,
  ringBytes,
  updateSeconds,
  type Cluster,
  type DeviceMemory,
  type Draft,
  type PlanOptions,
  type Stage,
} from "./cluster.js";
import { PASSES } from "./data-parallel.js";
import { balanced, piecesOf, type Piece } from "./stages.js";

const FLOAT32 = 4n;

/** Parts of the batch for each stage: from four on there is little waiting (Huang et al., section 3.3). */
const PARTS_A_STAGE = 4;

/** Longer pipelines mostly wait. */
const MOST_STAGES = 64;

/**
 * Pipelines of each length that divides the devices; none where there is no place to cut. Errors: throws where a size has
 * letters, or the device does not compute in the precision.
 */
export function pipelines(network: Network, cluster: Cluster, options: PlanOptions): Draft[] {
  const { devices } = cluster;
  return Array.from({ length: Math.min(devices, MOST_STAGES) }, (_, index) => index + 1)
    .filter((length) => length > 1 && devices % length === 0 && options.batch >= devices / length)
    .flatMap((length) => pipelineOf(network, cluster, options, length) ?? []);
}

function pipelineOf(network: Network, cluster: Cluster, options: PlanOptions, length: number): Draft | undefined {
  const { devices, device, link } = cluster;
  const { optimizer, precision = "float32" } = options;
  const replicas = devices / length;
  const batch = partOf(options.batch, replicas);
  const size = partOf(batch, Math.min(batch, PARTS_A_STAGE * length));
  const microBatches = partOf(batch, size);
  const tape = () => new Tape(network, { batch: BigInt(size), bytes: PRECISIONS[precision] });
  const pieces = piecesOf(network, tape());
  if (pieces.length < length) return undefined;

  const slots = optimizerSlots(optimizer);
  const bytes = precision === "float32" ? 0n : PRECISIONS[precision];
  const inFlight = (stage: number) => Math.min(microBatches, length - stage);
  const roofline = rooflineOf(network, device, { batch: size, precision })!;
  const seconds = pieces.map(({ start }, index) => {
    const layers = roofline.layers.slice(start, pieces[index + 1]?.start);
    return PASSES * layers.reduce((all, layer) => all + layer.seconds, 0);
  });
  const work = between(seconds);
  const starts = cutsOf(pieces, length, work, FLOAT32 * (2n + slots) + bytes, inFlight, cluster.memory);
  const stages = starts.map((from, index) => {
    const own = pieces.slice(from, starts[index + 1]);
    const params = sum(own.map((piece) => piece.params));
    const parts: DeviceMemory = {
      weights: params * FLOAT32,
      gathered: 0n,
      buffers: sum(own.map(({ buffers }) => buffers)) * FLOAT32,
      casts: params * bytes,
      gradients: params * FLOAT32,
      optimizer: params * FLOAT32 * slots,
      activations: activationsOf(network, own, pieces[from - 1], tape(), inFlight(index)),
    };
    const stage: Stage = {
      start: own[0]!.start,
      params,
      memory: sum(Object.values(parts)),
      seconds: work(from, from + own.length),
      given: own.at(-1)!.given,
    };
    // The gradients of one part are as many bytes as what was given.
    const sent = (stage.given + (pieces[from - 1]?.given ?? 0n)) * BigInt(microBatches);
    return { stage, parts, moved: sent + 2n * ringBytes(parts.gradients, replicas) };
  });
  const slowest = Math.max(...stages.map(({ stage }) => stage.seconds));
  const compute = (stages.reduce((all, { stage }) => all + stage.seconds, 0) / length) * microBatches;
  const moved = largest(stages.map((found) => found.moved));
  return {
    strategy: "pipeline",
    replicas,
    memory: stages.reduce((a, b) => (b.stage.memory > a.stage.memory ? b : a)).parts,
    moved,
    time: {
      compute,
      idle: slowest * (microBatches + length - 1) - compute,
      moving: Number(moved) / link,
      update: updateSeconds(largest(stages.map(({ stage }) => stage.params)), slots, device),
    },
    pipeline: { stages: stages.map(({ stage }) => stage), microBatches },
  };
}

/**
 * The first piece of each stage: the slowest one is as fast as it can be where all fit into the memory; where they cannot, the
 * one that needs most needs as little as it can.
 */
function cutsOf(
  pieces: readonly Piece[],
  length: number,
  work: (from: number, to: number) => number,
  bytesOfParam: bigint,
  inFlight: (stage: number) => number,
  memory: bigint,
): readonly number[] {
  // To choose among cuts, rounded figures do.
  const learnt = between(pieces.map(({ params }) => Number(params * bytesOfParam)));
  const kept = between(pieces.map((piece) => Number(piece.kept)));
  const needs = (from: number, to: number, stage: number) => learnt(from, to) + kept(from, to) * inFlight(stage);
  const room = Number(memory);
  const fitting = balanced(pieces, length, (...stage) =>
    needs(...stage) > room ? Infinity : work(stage[0], stage[1]),
  );
  return fitting ?? balanced(pieces, length, needs)!;
}

/** The sum of the values from one index up to another. */
function between(values: readonly number[]): (from: number, to: number) => number {
  const sums = [0];
  for (const value of values) sums.push(sums.at(-1)! + value);
  return (from, to) => sums[to]! - sums[from]!;
}

const largest = (values: readonly bigint[]): bigint => values.reduce((a, b) => (b > a ? b : a), 0n);

/** Bytes of what a stage keeps of all parts that are on their way, with one of them going backward. */
function activationsOf(
  network: Network,
  pieces: readonly Piece[],
  before: Piece | undefined,
  tape: Tape,
  inFlight: number,
): bigint {
  const steps = pieces.flatMap((piece) => piece.steps);
  const { storages } = tape;
  if (before) {
    // It is given what the stage before made, and not what the network is given.
    storages.all.forEach(({ isInput }, index) => isInput && tape.release(index));
    tape.hold(storages.of[before.steps.at(-1)!]!);
  }
  const results = new Set(
    pieces.at(-1)!.given > 0n ? [storages.of[steps.at(-1)!]!] : network.outputs.map((id) => storages.of[id]!),
  );
  tape.forward(steps, true, results);
  const kept = tape.live;
  for (const storage of results) tape.addGradient(storage);
  tape.backward(steps);
  return kept * BigInt(inFlight - 1) + tape.peak;
}
