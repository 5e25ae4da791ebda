/** What fits into a memory: the largest batch, and the largest input. */
import { isFixed } from "../../ir/dimension.js";
import type { Network } from "../../ir/network.js";
import { bindNetwork, networkAt, type BindFault } from "../bind.js";
import type { NumberFormat } from "../precisions.js";
import { inferenceMemory } from "./inference.js";
import { trainingMemory, type TrainingOptions } from "./training.js";

export interface FitOptions {
  /** Bytes. */
  readonly memory: bigint;
  /** How it is trained; without it, what running it needs. */
  readonly training?: Omit<TrainingOptions, "batch">;
  /** Of a network that only runs. */
  readonly precision?: NumberFormat;
}

export interface Fit {
  readonly net: string;
  /** Bytes that one image needs, and each further one. */
  readonly first: bigint;
  readonly perImage: bigint;
  /** The largest batch; 0 where not even one image fits. */
  readonly batch: bigint;
  /** Bytes of that batch. */
  readonly needed: bigint;
  /** The sides of the largest input at batch 1; undefined where none fits or it has none. */
  readonly largest?: readonly number[];
}

/** Sides that are tried at most. */
const LARGEST_SIDE = 16_384;

/** Networks that halve their maps take only multiples of a number: from a side that does not work so many smaller ones are tried. */
const STEP = 64;

/**
 * `open` is the network with letters for the sides of its input, where it has layers that go by them. Errors: throws where a
 * size of `network` has letters.
 */
export function fitOf(network: Network, options: FitOptions, open?: Network): Fit {
  const { memory } = options;
  const first = bytesOf(network, 1, options);
  const perImage = bytesOf(network, 2, options) - first;
  // All but what the whole batch shares grows with each image.
  const batch = first > memory ? 0n : perImage === 0n ? 1n : (memory - first) / perImage + 1n;
  return {
    net: network.name,
    first,
    perImage,
    batch,
    needed: batch === 0n ? first : first + perImage * (batch - 1n),
    largest: largestInput(network, options, open),
  };
}

function bytesOf(network: Network, batch: number, { training, precision }: FitOptions): bigint {
  if (training) return trainingMemory(network, { ...training, batch }).total;
  return inferenceMemory(network, { batch, precision }).total;
}

/** The longest sides of the input grow together, the others stay. Larger inputs need more: it is found by halving. */
function largestInput(network: Network, options: FitOptions, open?: Network): readonly number[] | undefined {
  const [input, ...others] = network.inputs as [number, ...number[]];
  const { shape } = network.nodes[input]!.type;
  const sides = shape.slice(0, -1);
  if (others.length > 0 || sides.length === 0 || !sides.every(isFixed)) return undefined;
  const longest = Math.max(...sides);
  const sidesAt = (length: number) => sides.map((side) => (side === longest ? length : side));
  const at = (length: number) =>
    open && sides.every((side) => side === longest)
      ? bindNetwork(open, new Map(open.symbols.map((letter) => [letter, length])))
      : networkAt(network, new Map([[input, [...sidesAt(length), shape.at(-1)!]]]));
  // Its own size works in any case.
  let best: readonly number[] | undefined = bytesOf(network, 1, options) <= options.memory ? sides : undefined;
  let [low, high] = [1, LARGEST_SIDE];
  while (low <= high) {
    const middle = Math.floor((low + high) / 2);
    const found = workingUpTo(middle, low, at);
    // Nothing near works: it is too small for the layers.
    if (!found) low = middle + 1;
    else if (bytesOf(found.network, 1, options) <= options.memory) [best, low] = [sidesAt(found.length), middle + 1];
    else high = found.length - 1;
  }
  return best;
}

/** The network with the largest side up to a length that its layers take. */
function workingUpTo(
  length: number,
  least: number,
  at: (length: number) => { network: Network } | BindFault,
): { network: Network; length: number } | undefined {
  for (let side = length; side >= Math.max(least, length - STEP); side--) {
    const found = at(side);
    if (!("fault" in found)) return { network: found.network, length: side };
  }
  return undefined;
}
