/**
 * What is in memory while a network is trained: each layer forward, then each backward, as frameworks that record what was
 * computed do it. Numbers are bytes of a batch.
 */
import { evaluateCount } from "../../ir/dimension.js";
import { inputTypes, nodeOf, type Network, type Node, type NodeId } from "../../ir/network.js";
import { operatorNamed } from "../../ops/registry.js";
import { isViewInTraining, readOf, storagesOf, type Storages } from "./storages.js";

export interface TapeOptions {
  readonly batch: bigint;
  /** Bytes of a value. */
  readonly bytes: bigint;
}

/** What one layer keeps for its gradient. */
export interface KeptOf {
  /** Storages that others may keep too. */
  readonly storages: readonly number[];
  /** Bytes of its own. */
  readonly own: bigint;
}

/** One layer that runs forward, again for its gradients, or backward, with the most that is there meanwhile. */
export interface TapeMoment {
  readonly node: NodeId;
  readonly pass: "forward" | "again" | "backward";
  readonly most: bigint;
}

const FLOAT32 = 4n;

export class Tape {
  readonly storages: Storages;
  /** The layers in the order in which they run. */
  readonly steps: readonly NodeId[];
  live = 0n;
  peak = 0n;
  readonly moments: TapeMoment[] = [];
  /** The most that was there since the last moment. */
  private most = 0n;
  private isForwardDone = false;
  private readonly kept: readonly (KeptOf | undefined)[];
  /** How many layers that have run keep a storage; what is in memory has an entry. */
  private readonly holders = new Map<number, number>();
  private readonly gradients = new Set<number>();

  constructor(
    private readonly network: Network,
    private readonly options: TapeOptions,
  ) {
    this.storages = storagesOf(network, isViewInTraining);
    this.steps = this.storages.steps;
    this.kept = network.nodes.map((node) => (this.storages.of[node.id] === -1 ? undefined : this.keptOf(node)));
    this.storages.all.forEach(({ isInput }, index) => {
      if (isInput) this.hold(index);
    });
  }

  bytesOf(storage: number): bigint {
    return this.storages.all[storage]!.values * this.options.batch * this.options.bytes;
  }

  private keptOf(node: Node): KeptOf {
    const inputs = inputTypes(this.network, node);
    const {
      inputs: reads,
      output,
      values,
      bytes,
      statistics,
    } = operatorNamed(node.op).keeps?.(node.args, inputs, node.type) ?? {};
    const { batch, bytes: size } = this.options;
    const count = (value: typeof values) => (value === undefined ? 0n : evaluateCount(value, new Map()));
    return {
      storages: [
        ...new Set([...(reads ? readOf(this.storages, node) : []), ...(output ? [this.storages.of[node.id]!] : [])]),
      ],
      own: count(values) * batch * size + count(bytes) * batch + count(statistics) * FLOAT32,
    };
  }

  /** What layers keep for their gradients, each storage once: of all of them it is what PyTorch's saved-tensor hooks see. */
  savedBy(steps: readonly NodeId[]): bigint {
    const storages = new Set(steps.flatMap((id) => this.kept[id]!.storages));
    const own = steps.reduce((bytes, id) => bytes + this.kept[id]!.own, 0n);
    return [...storages].reduce((bytes, index) => bytes + this.bytesOf(index), own);
  }

  /** Runs layers forward; with `keeps`, what their gradients need is kept. `needed` are storages that are read afterwards. */
  forward(steps: readonly NodeId[], keeps: boolean, needed: ReadonlySet<number>): void {
    const waiting = new Map<number, number>();
    const made = new Set(steps.map((id) => this.storages.of[id]!));
    const reads = new Map(steps.map((id) => [id, readOf(this.storages, nodeOf(this.network, id))]));
    for (const read of reads.values()) for (const index of read) waiting.set(index, (waiting.get(index) ?? 0) + 1);
    for (const id of steps) {
      const own = this.storages.of[id]!;
      this.hold(own);
      const kept = this.kept[id]!;
      if (keeps) {
        for (const index of kept.storages) this.hold(index);
        this.add(kept.own);
      }
      for (const index of reads.get(id)!) {
        const left = waiting.get(index)! - 1;
        waiting.set(index, left);
        // What came in belongs to whoever made it.
        if (left === 0 && made.has(index) && !needed.has(index)) this.release(index);
      }
      if (!waiting.has(own) && !needed.has(own)) this.release(own);
      this.note(id, this.isForwardDone ? "again" : "forward");
    }
  }

  /** Runs layers backward, the last one first; what they kept is let go. */
  backward(steps: readonly NodeId[]): void {
    this.isForwardDone = true;
    for (const id of [...steps].reverse()) {
      const own = this.storages.of[id]!;
      for (const index of readOf(this.storages, nodeOf(this.network, id))) this.addGradient(index);
      if (this.gradients.delete(own)) this.live -= this.bytesOf(own);
      const kept = this.kept[id]!;
      for (const index of kept.storages) this.release(index);
      this.live -= kept.own;
      this.note(id, "backward");
    }
  }

  /** The gradient of what a layer reads: made at the first of its readers, added to at the others. */
  addGradient(index: number): void {
    if (this.storages.all[index]!.isInput) return;
    const bytes = this.bytesOf(index);
    this.add(bytes);
    if (this.gradients.has(index)) this.live -= bytes;
    this.gradients.add(index);
  }

  /** Lets a storage go that was needed after its pass. */
  release(index: number): void {
    const left = this.holders.get(index)! - 1;
    if (left > 0) {
      this.holders.set(index, left);
      return;
    }
    this.holders.delete(index);
    this.live -= this.bytesOf(index);
  }

  hold(index: number): void {
    const holders = this.holders.get(index) ?? 0;
    this.holders.set(index, holders + 1);
    if (holders === 0) this.add(this.bytesOf(index));
  }

  private add(bytes: bigint): void {
    this.live += bytes;
    if (this.live > this.peak) this.peak = this.live;
    if (this.live > this.most) this.most = this.live;
  }

  private note(node: NodeId, pass: TapeMoment["pass"]): void {
    this.moments.push({ node, pass, most: this.most });
    this.most = this.live;
  }
}
