/** The values of a network while it runs, as stretches of memory: which layers share one, and who reads it. */
import { product } from "../../base/integers.js";
import type { Network, Node, NodeId } from "../../ir/network.js";
import { liveNodes } from "../../ir/live.js";
import { fixedShape } from "../../ir/shape.js";
import { operatorNamed } from "../../ops/registry.js";

/** A stretch of memory, as large as the value that is in it. */
export interface Storage {
  /** The layer whose value it holds first. */
  readonly node: NodeId;
  /** Values of one image. */
  readonly values: bigint;
  /** The layers that read it, in order; those that give the same values under another name are not among them. */
  readonly readers: readonly NodeId[];
  /** Given from outside, and so not written to. */
  readonly isInput: boolean;
  /** Read from outside when all is done. */
  readonly isOutput: boolean;
}

export interface Storages {
  readonly all: readonly Storage[];
  /** The storage of each layer's value, by the layer's id, as a position in `all`; -1 for what is not computed. */
  readonly of: readonly number[];
  /** The layers that compute something, in the order of the text. */
  readonly steps: readonly NodeId[];
}

/** Whether a layer gives what it reads while a model runs: what only acts in training, and what is only another shape. */
export function isView({ op }: Node): boolean {
  const { storage, group } = operatorNamed(op);
  return storage === "view" || group === "regularisation";
}

/** Whether a layer gives what it reads, or some of it, while a model is trained: what is kept of it is then all of it. */
export function isViewInTraining({ op }: Node): boolean {
  const { storage } = operatorNamed(op);
  return storage === "view" || storage === "part";
}

/** Errors: throws where a size has letters. */
export function storagesOf(network: Network, shares: (node: Node) => boolean = isView): Storages {
  const all: (Storage & { readers: NodeId[]; isOutput: boolean })[] = [];
  const of: number[] = [];
  const steps: NodeId[] = [];
  const live = liveNodes(network);
  for (const node of network.nodes) {
    const isInput = network.inputs.includes(node.id);
    if (!isInput && !live.has(node.id)) {
      // Nothing that is given depends on it: it is not computed.
      of.push(-1);
      continue;
    }
    if (!isInput && shares(node)) {
      of.push(of[node.inputs[0]!]!);
      continue;
    }
    of.push(all.length);
    all.push({
      node: node.id,
      values: product(fixedShape(node.type)),
      readers: [],
      isInput,
      isOutput: false,
    });
    if (isInput) continue;
    steps.push(node.id);
    for (const storage of new Set(node.inputs.map((id) => of[id]!))) all[storage]!.readers.push(node.id);
  }
  for (const id of network.outputs) all[of[id]!]!.isOutput = true;
  return { all, of, steps };
}

/** The storages that a layer reads, each once. */
export function readOf({ of }: Storages, node: Node): number[] {
  return [...new Set(node.inputs.map((id) => of[id]!))];
}

/**
 * The storage that a layer can write its result into: of what it reads the first that nobody needs any more. Whether a
 * layer is the last that reads something depends on the order.
 */
export function placeOf(
  storages: Storages,
  node: Node,
  isLastReader: (storage: number) => boolean,
): number | undefined {
  if (operatorNamed(node.op).storage !== "in place") return undefined;
  const { values } = storages.all[storages.of[node.id]!]!;
  return readOf(storages, node).find((index) => {
    const storage = storages.all[index]!;
    return !storage.isInput && !storage.isOutput && storage.values === values && isLastReader(index);
  });
}
