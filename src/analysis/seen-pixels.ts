/** Which positions of a network's input reach an output, axis by axis. */
import type { Network, Node, NodeId, TensorType } from "../ir/network.js";
import { fixedShape } from "../ir/shape.js";
import type { AxisReach } from "../ops/define.js";
import { operatorNamed } from "../ops/registry.js";

/** For each spatial axis which positions are read: 1 where they are. */
export type Masks = readonly Uint8Array[];

/** The sides without the channels. Errors: throws where they have letters. */
export const spatial = (type: TensorType) => fixedShape(type).slice(0, -1);
/** Every position. */
export const fullMasks = (type: TensorType): Masks => spatial(type).map((size) => new Uint8Array(size).fill(1));
/** How many positions of each axis are not read. */
export const missing = (masks: Masks): number[] =>
  masks.map((mask) => mask.length - mask.reduce((sum, bit) => sum + bit, 0));

/** The positions of a node's input that are read, when those of its output in `needed` are. Linear in both sizes. */
export function readBy(node: Node, input: TensorType, needed: Masks): Masks {
  const operator = operatorNamed(node.op);
  const reach = operator.reach?.(node.args, [input]);
  if (!reach) {
    // What keeps the size keeps each position in its place, unless it says that it does not.
    const sizes = spatial(input);
    const isSame = needed.length === sizes.length && needed.every((mask, axis) => mask.length === sizes[axis]);
    return isSame && !operator.readsAll ? needed : fullMasks(input);
  }
  return reach.map((axis, index) => readAlong(axis, fixedShape(input)[index]!, needed[index]!));
}

function readAlong(
  { window, stride, dilation, padBefore = 0 }: AxisReach,
  size: number,
  needed: Uint8Array,
): Uint8Array {
  const mask = new Uint8Array(size);
  if (dilation > 1) {
    // The taps of a dilated window leave gaps: each is marked by itself, of a window no longer than the input.
    for (let output = 0; output < needed.length; output++) {
      if (!needed[output]) continue;
      for (let tap = 0; tap < window; tap++) {
        const position = output * stride - padBefore + tap * dilation;
        if (position >= size) break;
        if (position >= 0) mask[position] = 1;
      }
    }
    return mask;
  }
  // Windows come in order: nothing before `done` has to be marked again.
  let done = 0;
  for (let output = 0; output < needed.length; output++) {
    if (!needed[output]) continue;
    const start = Math.max(done, output * stride - padBefore);
    const end = Math.min(size, output * stride - padBefore + window);
    for (let position = start; position < end; position++) mask[position] = 1;
    done = Math.max(done, end);
    if (done >= size) break;
  }
  return mask;
}

/** Whether each position of a node's input is read, when all of its output is needed: told without looking at each. */
function readsAll(node: Node, input: TensorType, output: TensorType): boolean {
  const known = allRead.get(node.args);
  if (known?.input === input && known.output === output) return known.isAll;
  const isAll = computeReadsAll(node, input, output);
  allRead.set(node.args, { input, output, isAll });
  return isAll;
}

/** By arguments: layers of blocks and rounds share them. */
const allRead = new WeakMap<Node["args"], { input: TensorType; output: TensorType; isAll: boolean }>();

function computeReadsAll(node: Node, input: TensorType, output: TensorType): boolean {
  const reach = operatorNamed(node.op).reach?.(node.args, [input]);
  if (!reach) return true;
  const [sizes, results] = [spatial(input), spatial(output)];
  return reach.every(({ window, stride, dilation, padBefore = 0 }, axis) => {
    const last = (results[axis]! - 1) * stride - padBefore + window;
    return dilation === 1 && padBefore >= 0 && (stride <= window || results[axis] === 1) && last >= sizes[axis]!;
  });
}

/** What is read of the input, from the outputs backwards. `types` are those of the nodes. */
export function seenOfInput(network: Network, input: NodeId, types: readonly TensorType[]): Masks {
  // Nearly always all is needed, and all that gives it is read: then there is nothing to mark.
  const pending: (Masks | "all" | undefined)[] = [];
  for (const id of network.outputs) pending[id] = "all";
  for (let id = network.nodes.length - 1; id > input; id--) {
    const node = network.nodes[id]!;
    const needed = pending[id];
    // Each mask is let go of when it has been used: a deep network needs no more memory than a wide layer.
    pending[id] = undefined;
    if (!needed) continue;
    for (const source of node.inputs) {
      const known = pending[source];
      if (known === "all") continue;
      const [arriving, result] = [types[source]!, types[id]!];
      if (needed === "all" && readsAll(node, arriving, result)) {
        pending[source] = "all";
        continue;
      }
      const read = readBy(node, arriving, needed === "all" ? fullMasks(result) : needed);
      pending[source] = known ? union(known, read) : read;
    }
  }
  const found = pending[input];
  if (found === "all") return fullMasks(types[input]!);
  return found ?? spatial(types[input]!).map((size) => new Uint8Array(size));
}

function union(a: Masks, b: Masks): Masks {
  return a.map((mask, axis) => mask.map((bit, position) => bit | b[axis]![position]!));
}

/** How many positions are looked at: the work of one pass. */
export function positionsOf(network: Network): number {
  let positions = 0;
  for (const { type, args } of network.nodes) {
    const dilation = args["dilation"];
    const isDilated = Array.isArray(dilation) && dilation.some((size) => (size as number) > 1);
    positions += sumOfSides(type) * (isDilated ? Math.max(...(args["window"] as number[])) : 1);
  }
  return positions;
}

function sumOfSides(type: TensorType): number {
  let sum = sides.get(type);
  if (sum === undefined) sides.set(type, (sum = spatial(type).reduce((total, side) => total + side, 0)));
  return sum;
}

/** By type, which layers share. */
const sides = new WeakMap<TensorType, number>();
