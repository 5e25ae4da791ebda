/**
 * Which layers wait for memory and which for arithmetic, and the least time that a device needs (Williams, Waterman, Patterson,
 * "Roofline: an insightful visual performance model for multicore architectures", 2009): no layer is faster than its operations
 * at the peak, nor than its bytes at the full bandwidth.
 */
import { consumersOf, nodeOf, type Network, type Node, type NodeId } from "../ir/network.js";
import { operatorNamed } from "../ops/registry.js";
import { costOf, movedValues } from "./cost.js";
import type { Device } from "./devices.js";
import { PRECISIONS, type NumberFormat } from "./precisions.js";

export interface RooflineOptions {
  readonly batch?: number;
  readonly precision?: NumberFormat;
  /** Whether element-wise layers are part of the layer that they read alone, as runtimes fuse them. */
  readonly fused?: boolean;
}

export interface RooflineLayer {
  readonly node: NodeId;
  readonly flops: number;
  readonly bytes: number;
  /** Operations for each byte; undefined where nothing is moved. */
  readonly intensity?: number;
  /** Seconds, at least. */
  readonly seconds: number;
  /** What it waits for; undefined where it takes no time. */
  readonly bound?: "memory" | "compute";
  /** The layer that it is part of, where layers are fused. */
  readonly within?: NodeId;
}

export interface Roofline {
  readonly layers: readonly RooflineLayer[];
  /** Operations for each byte from which on arithmetic is what a layer waits for. */
  readonly ridge: number;
  /** For the batch. */
  readonly seconds: number;
  /** The part of them that layers wait for memory. */
  readonly memoryShare: number;
}

/** Errors: throws where a size has letters; `undefined` where the device does not compute in the format. */
export function rooflineOf(network: Network, device: Device, options: RooflineOptions = {}): Roofline | undefined {
  const { batch = 1, precision = "float32", fused = false } = options;
  const peak = device.operations[precision];
  if (peak === undefined) return undefined;
  const hosts = fused ? hostsOf(network) : new Map<NodeId, NodeId>();
  const work = network.nodes.map((node) => ({
    flops: flopsOf(network, node) * batch,
    bytes: bytesOf(network, node, batch, precision),
  }));
  for (const [id, host] of hosts) {
    // What is between them is never written; what only the guest reads beside is.
    work[host]!.flops += work[id]!.flops;
    work[id] = { flops: 0, bytes: 0 };
  }
  const layers = work.map(({ flops, bytes }, id): RooflineLayer => {
    const [compute, memory] = [flops / peak, bytes / device.bandwidth];
    const seconds = Math.max(compute, memory);
    return {
      node: id,
      flops,
      bytes,
      ...(bytes > 0 ? { intensity: flops / bytes } : {}),
      seconds,
      ...(seconds > 0 ? { bound: compute > memory ? "compute" : "memory" } : {}),
      ...(hosts.has(id) ? { within: hosts.get(id)! } : {}),
    };
  });
  const seconds = layers.reduce((sum, layer) => sum + layer.seconds, 0);
  const waiting = layers.reduce((sum, layer) => sum + (layer.bound === "memory" ? layer.seconds : 0), 0);
  return { layers, ridge: peak / device.bandwidth, seconds, memoryShare: seconds === 0 ? 0 : waiting / seconds };
}

const flopsOf = (network: Network, node: Node) => Number(costOf(network, node).flops as bigint);

/** Parameters are read once for the batch, values once for each image. */
function bytesOf(network: Network, node: Node, batch: number, precision: NumberFormat): number {
  const all = movedValues(network, node) as bigint;
  if (all === 0n) return 0;
  const { params, buffers } = costOf(network, node);
  const learnt = params + buffers;
  return Number(((all - learnt) * BigInt(batch) + learnt) * PRECISIONS[precision]);
}

/** For element-wise layers the convolution or dense layer that they follow, where nobody else reads what is in between. */
function hostsOf(network: Network): Map<NodeId, NodeId> {
  const consumers = consumersOf(network);
  const hosts = new Map<NodeId, NodeId>();
  for (const { id, op, inputs } of network.nodes) {
    const [input] = inputs;
    if (operatorNamed(op).inputs !== 1 || operatorNamed(op).storage !== "in place" || input === undefined) continue;
    const isAlone = consumers[input]!.length === 1 && !network.outputs.includes(input);
    const host = hosts.get(input) ?? input;
    const { group } = operatorNamed(nodeOf(network, host).op);
    if (isAlone && (group === "convolution" || group === "dense")) hosts.set(id, host);
  }
  return hosts;
}
