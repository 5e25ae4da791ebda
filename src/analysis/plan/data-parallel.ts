/** Every device has all layers and a part of the batch; of what belongs to a parameter it has all, or a part too. */
import type { Network } from "../../ir/network.js";
import { optimizerSlots, trainingMemory } from "../memory/training.js";
import { rooflineOf } from "../roofline.js";
import { partOf, ringBytes, updateSeconds, type Cluster, type Draft, type PlanOptions } from "./cluster.js";
import { largestShareOfRows, largestShareOfTensors, unitsOf } from "./shards.js";

const FLOAT32 = 4n;

/** Backward is twice the work of forward: a gradient for what was read, and one for the weights. */
export const PASSES = 3;

/**
 * Data parallel, and ZeRO's stages. None where there are fewer images than devices. Errors: throws where a size has letters,
 * or the device does not compute in the precision.
 */
export function dataParallel(network: Network, cluster: Cluster, options: PlanOptions): Draft[] {
  const { devices, device, link } = cluster;
  if (options.batch < devices) return [];
  const { optimizer, precision = "float32" } = options;
  const batch = partOf(options.batch, devices);
  const memory = trainingMemory(network, { batch, optimizer, precision });
  const { weights, buffers, gradients, casts, activations } = memory;
  const params = weights / FLOAT32;
  const slots = optimizerSlots(optimizer);
  const compute = rooflineOf(network, device, { batch, precision })!.seconds * PASSES;
  const draft = (strategy: Draft["strategy"], of: Draft["memory"], moved: bigint, updated: bigint): Draft => ({
    strategy,
    replicas: devices,
    memory: of,
    moved,
    time: { compute, idle: 0, moving: Number(moved) / link, update: updateSeconds(updated, slots, device) },
  });
  const whole = { weights, gathered: 0n, buffers, casts, gradients, optimizer: memory.optimizer, activations };
  // Running statistics are those of the first device, which gives them to all others; FSDP leaves each device its own.
  const statistics = ringBytes(buffers, devices);
  const added = 2n * ringBytes(gradients, devices) + statistics;
  const drafts = [draft("data parallel", whole, added, params)];
  if (devices === 1) return drafts;

  const largest = largestShareOfTensors(network, devices);
  const state = { optimizer: largest * FLOAT32 * slots };
  // What each device has changed it gives to all others.
  drafts.push(draft("zero 1", { ...whole, ...state }, added + ringBytes(weights, devices), largest));

  const { rest, others } = unitsOf(network);
  const shard = largestShareOfRows(network, devices);
  const sharded = {
    ...whole,
    weights: shard * FLOAT32,
    optimizer: shard * FLOAT32 * slots,
    // Beside its own part a device has the gradient of the unit that it works on.
    gradients: (shard + most([rest, ...others])) * FLOAT32,
  };
  const gather = ringBytes(weights, devices);
  const scatter = ringBytes(gradients, devices);
  drafts.push(draft("zero 2", { ...sharded, gathered: weights }, gather + scatter, shard));
  // The next unit is gathered while one is computed with.
  const pairs = others.map((unit, index) => unit + (others[index + 1] ?? 0n));
  const gathered = (rest + most(pairs)) * FLOAT32;
  drafts.push(draft("zero 3", { ...sharded, gathered }, 2n * gather + scatter, shard));
  return drafts;
}

const most = (values: readonly bigint[]): bigint => values.reduce((a, b) => (b > a ? b : a), 0n);
