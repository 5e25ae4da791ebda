/** Which sizes of the input a network takes, and which of them without losing pixels. */
import type { BudgetTerm } from "../ir/budget.js";
import { holds } from "../ir/condition.js";
import { isFixed, substitute, variable, variablesOf, type Dimension } from "../ir/dimension.js";
import { nodeOf, type Network, type NodeId, type TensorType } from "../ir/network.js";
import { isFixedShape } from "../ir/shape.js";
import { bindNetwork, typesAt } from "./bind.js";
import { verdictOf } from "./budgets.js";
import { missing, seenOfInput } from "./seen-pixels.js";

/** What is known of one side of the input, or of a letter. */
export interface SideSizes {
  /** `height`, or `H`. */
  readonly name: string;
  /** The size in the program, where it has one. */
  readonly current?: number;
  /** The smallest size that every layer takes. */
  readonly smallest?: number;
  /** Sizes up to `limit` of which every pixel reaches an output. */
  readonly fitting: readonly number[];
  /** Sizes up to `limit` that work. */
  readonly working: readonly number[];
}

export interface InputSizes {
  readonly net: string;
  readonly sides: readonly SideSizes[];
  /** The largest size that was tried. */
  readonly limit: number;
}

const NAMES: Record<number, readonly string[]> = {
  1: ["length"],
  2: ["height", "width"],
  3: ["depth", "height", "width"],
};

/** A side that is varied while the others stay. */
interface Side {
  readonly name: string;
  readonly letter: string;
  readonly current?: number;
}

/** Below this every size is looked at pixel by pixel, and around the program's own as many. */
const NEAR = 512;

/**
 * Tries all sizes of each side by itself from 1 to `limit`. Which pixels are lost is looked at for sizes up to 512 and within
 * 512 of the program's own. The other sides stay as they are; letters that are open have the smallest value that works for
 * all of them at once. `open` is the network with letters for its sides, where it has layers that go by them.
 */
export function inputSizes(network: Network, open?: Network, limit = limitOf(network)): InputSizes {
  const varied = open ?? network;
  const { shapes, sides } = sidesOf(varied, network);
  const base = baseOf(varied, sides, shapes, limit);
  const found = sides.map((side): SideSizes => {
    const { name, current } = side;
    const working: number[] = [];
    const fitting: number[] = [];
    for (let size = 1; size <= limit; size++) {
      const types = typesWith(varied, shapes, new Map([...base, [side.letter, size]]));
      if (!types) continue;
      working.push(size);
      const isNear = size <= NEAR || (current !== undefined && Math.abs(size - current) <= NEAR);
      if (isNear && lostOf(varied, types).every((count) => count === 0)) fitting.push(size);
    }
    return { name, current, smallest: working[0], working, fitting };
  });
  return { net: network.name, sides: found, limit };
}

function limitOf(network: Network): number {
  const sizes = network.inputs.flatMap((id) => nodeOf(network, id).type.shape.slice(0, -1));
  return Math.max(NEAR, ...sizes.map((size) => (typeof size === "number" ? size + NEAR : 0)));
}

/**
 * The sides of all inputs, with a letter for each: its own, or one that stands for a number. `written` is the network with
 * the numbers of the program.
 */
function sidesOf(network: Network, written: Network): { shapes: Map<NodeId, readonly Dimension[]>; sides: Side[] } {
  const sides: Side[] = [];
  const shapes = new Map<NodeId, readonly Dimension[]>();
  network.inputs.forEach((id, index) => {
    const { name, type } = nodeOf(network, id);
    const numbers = nodeOf(written, written.inputs[index]!).type.shape;
    const spatial = type.shape.slice(0, -1);
    const shape = spatial.map((size, axis) => {
      const current = numbers[axis]!;
      const [own] = variablesOf(size);
      const letter = own ?? `${id}.${axis}`;
      if (sides.some((side) => side.letter === letter)) return size;
      const of = network.inputs.length > 1 ? `${name}'s ` : "";
      const side = of + (NAMES[spatial.length]?.[axis] ?? `side ${axis + 1}`);
      sides.push(isFixed(current) ? { name: side, letter, current } : { name: letter, letter });
      return own ? size : variable(letter);
    });
    shapes.set(id, [...shape, type.shape.at(-1)!]);
  });
  return { shapes, sides };
}

/** A value of every letter at which the network works: for open ones the smallest that all can have. */
function baseOf(
  network: Network,
  sides: readonly Side[],
  shapes: ReadonlyMap<NodeId, readonly Dimension[]>,
  limit: number,
): Map<string, number> {
  const at = (size: number) => new Map(sides.map(({ letter, current }) => [letter, current ?? size]));
  for (let size = 1; size <= limit; size++) if (typesWith(network, shapes, at(size))) return at(size);
  return at(limit);
}

/** The types of all layers; undefined where the network does not work with the sizes. */
function typesWith(
  network: Network,
  shapes: ReadonlyMap<NodeId, readonly Dimension[]>,
  sizes: ReadonlyMap<string, number>,
): readonly TensorType[] | undefined {
  const fits = network.conditions.every((condition) => holds(condition, sizes.get(condition.variable) ?? 0));
  if (!fits) return undefined;
  const fixed = new Map([...shapes].map(([id, shape]) => [id, shape.map((side) => substitute(side, sizes))]));
  // Arguments may have letters too: they are given their numbers first.
  const letters = new Map([...sizes].filter(([letter]) => network.symbols.includes(letter)));
  const bound = letters.size > 0 ? bindNetwork(network, letters) : { network };
  if ("fault" in bound) return undefined;
  const found = typesAt(bound.network, fixed);
  if ("fault" in found) return undefined;
  // Bounds that the program asserts of its letters.
  const isRefused = bound.network.budgets.some((budget) => {
    const verdict = isAboutSizes(budget.condition) ? verdictOf(bound.network, budget) : undefined;
    return verdict?.kind === "fails";
  });
  if (isRefused) return undefined;
  const isSound = found.types.every(({ shape }) => isFixedShape(shape) && shape.every((size) => size > 0));
  return isSound ? found.types : undefined;
}

/** Whether a condition compares letters of the input and numbers alone. */
function isAboutSizes(term: BudgetTerm): boolean {
  if (term.kind === "binary") return isAboutSizes(term.left) && isAboutSizes(term.right);
  if (term.kind === "not") return isAboutSizes(term.operand);
  return term.kind !== "figure";
}

/** Positions of each input that reach no output, side by side. */
function lostOf(network: Network, types: readonly TensorType[]): number[] {
  return network.inputs.flatMap((id) => missing(seenOfInput(network, id, types)));
}

/** `32, 64, 96, ...`: the step between sizes from some size on, and that size. Undefined where there is none. */
export function stepOf(sizes: readonly number[]): { from: number; step: number } | undefined {
  const last = sizes.length - 1;
  if (last < 2) return undefined;
  const step = sizes[last]! - sizes[last - 1]!;
  let start = last;
  while (start > 0 && step === sizes[start]! - sizes[start - 1]!) start--;
  return last - start >= 3 ? { from: sizes[start]!, step } : undefined;
}
