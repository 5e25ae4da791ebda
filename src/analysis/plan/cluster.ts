/** What a network is to be trained on together, and the ways to do it. */
import type { NodeId } from "../../ir/network.js";
import type { Choice } from "../../ir/training.js";
import type { Device } from "../devices.js";

/** Devices that are all alike. */
export interface Cluster {
  readonly devices: number;
  /** Bytes of each. */
  readonly memory: bigint;
  readonly device: Device;
  /** Bytes a second that each device sends while it receives as many: of the slowest connection between two of them. */
  readonly link: number;
}

export interface PlanOptions {
  /** Images of a step, of all devices together. */
  readonly batch: number;
  readonly optimizer: Pick<Choice, "name" | "values">;
  /** Of what is computed; weights, gradients and the optimizer's state stay in float32. */
  readonly precision?: "float32" | "bfloat16";
}

/**
 * Data parallel: each device has the whole model and a part of the batch. ZeRO (Rajbhandari et al., "ZeRO: Memory
 * optimizations toward training trillion parameter models", 2020): the same, but of what belongs to a parameter each device
 * keeps a part only: the optimizer's state (1), gradients too (2), and the parameters themselves (3). Pipeline: each device
 * has some of the layers (Huang et al., "GPipe", 2019), and several such pipelines may share the batch.
 */
export type Strategy = "data parallel" | "zero 1" | "zero 2" | "zero 3" | "pipeline";

/** Bytes of the device that needs most. */
export interface DeviceMemory {
  /** Parameters that it keeps. */
  readonly weights: bigint;
  /** Parameters of others that it has while it computes with them. */
  readonly gathered: bigint;
  readonly buffers: bigint;
  /** The parameters once more, in the precision of the activations. */
  readonly casts: bigint;
  readonly gradients: bigint;
  readonly optimizer: bigint;
  readonly activations: bigint;
}

/** Seconds of a step, at least: nothing is done at once that could be, and nothing waits for anything else. */
export interface StepTime {
  /** Forward, and twice that backward, by the roofline. */
  readonly compute: number;
  /** Of devices that wait for others in a pipeline. */
  readonly idle: number;
  /** What is moved between devices. */
  readonly moving: number;
  /** The optimizer, which reads and writes what belongs to each parameter. */
  readonly update: number;
}

/** One device of a pipeline. */
export interface Stage {
  /** Its first layer; 0 for the first stage. */
  readonly start: NodeId;
  readonly params: bigint;
  /** Bytes. */
  readonly memory: bigint;
  /** Seconds of one part of the batch, forward and backward. */
  readonly seconds: number;
  /** Bytes of what it gives to the next stage, of one part of the batch; 0 for the last one. */
  readonly given: bigint;
}

export interface Pipeline {
  readonly stages: readonly Stage[];
  /** Parts that the images of a step are taken in. */
  readonly microBatches: number;
}

export interface Candidate {
  readonly strategy: Strategy;
  /** Devices, or pipelines, that share the batch. */
  readonly replicas: number;
  readonly memory: DeviceMemory;
  /** Bytes: all of its parts. */
  readonly total: bigint;
  /** Bytes that the busiest device sends in a step. */
  readonly moved: bigint;
  readonly time: StepTime;
  /** Seconds: all of its parts. */
  readonly seconds: number;
  readonly fits: boolean;
  readonly pipeline?: Pipeline;
}

/** What is known of a way to train, before it is added up. */
export type Draft = Omit<Candidate, "total" | "seconds" | "fits">;

const FLOAT32 = 4n;

/** Bytes that a device sends where all of them add up `bytes`, or each gets the whole of which it has a part: in a ring. */
export function ringBytes(bytes: bigint, devices: number): bigint {
  const count = BigInt(devices);
  return (bytes * (count - 1n) + count - 1n) / count;
}

/** Seconds in which an optimizer reads a parameter, its gradient and its state, and writes the first and the last. */
export function updateSeconds(params: bigint, slots: bigint, device: Device): number {
  return Number(params * FLOAT32 * (3n + 2n * slots)) / device.bandwidth;
}

/** A whole number of parts, the last one perhaps smaller. */
export const partOf = (whole: number, parts: number): number => Math.ceil(whole / parts);
