/** The layers of a network that have weights, and how the tensors of other tools become theirs. */
import { tensorsByNode, type WeightTensor } from "../../analysis/weights.js";
import { nodeOf, type Network, type Node } from "../../ir/network.js";
import { isFixedShape } from "../../ir/shape.js";
import type { ForeignTensor, ForeignUnit, Role } from "./foreign.js";

/** The tensors of one layer; attention has two units, its projections. */
export interface OwnUnit {
  readonly node: Node;
  readonly tensors: ReadonlyMap<Role, WeightTensor>;
  /** The map that a dense layer flattens: other tools do so channels first. */
  readonly map?: readonly number[];
}

const ROLES: Readonly<Record<string, Role>> = {
  weight: "weight",
  scale: "weight",
  slope: "weight",
  qkv: "weight",
  bias: "bias",
  qkvbias: "bias",
  mean: "mean",
  variance: "variance",
};

/** In the order of the network. */
export function ownUnits(network: Network): OwnUnit[] {
  const units: OwnUnit[] = [];
  for (const [id, tensors] of tensorsByNode(network)) {
    const node = nodeOf(network, id);
    const isFirst = ({ spec }: WeightTensor) => spec.name.startsWith("qkv");
    const parts =
      node.op === "attention" ? [tensors.filter(isFirst), tensors.filter((tensor) => !isFirst(tensor))] : [tensors];
    for (const part of parts) {
      units.push({
        node,
        tensors: new Map(part.map((tensor) => [ROLES[tensor.spec.name]!, tensor])),
        map: mapOf(network, node),
      });
    }
  }
  return units;
}

/** The map behind a dense layer, looking through what keeps a vector as it is. */
function mapOf(network: Network, node: Node): readonly number[] | undefined {
  if (node.op !== "fc") return undefined;
  let source = nodeOf(network, node.inputs[0]!);
  while (["flatten", "relu", "dropout", "identity"].includes(source.op) && source.type.shape.length === 1) {
    source = nodeOf(network, source.inputs[0]!);
  }
  const { shape } = source.type;
  return shape.length > 1 && isFixedShape(shape) ? shape : undefined;
}

/** Whether the tensors of another tool are those of a layer, by what there is and by their shapes. */
export function fits(own: OwnUnit, foreign: ForeignUnit): boolean {
  if (own.tensors.size !== foreign.tensors.size) return false;
  return [...own.tensors].every(([role, tensor]) => {
    const other = foreign.tensors.get(role);
    return other !== undefined && orderOf(own, tensor, other, foreign) !== undefined;
  });
}

type Order = "as it is" | "filters first" | "out, in";

/** How the values of a tensor stand to ours; undefined where it is of another shape. */
function orderOf(own: OwnUnit, { spec }: WeightTensor, other: ForeignTensor, unit: ForeignUnit): Order | undefined {
  const { shape } = spec;
  const bare = (sizes: readonly number[]) => sizes.filter((size) => size !== 1).join();
  if (shape.length < 2) return bare(other.shape) === bare(shape) ? "as it is" : undefined;
  // What is learnt of positions has no filters.
  if (own.node.op === "posembed") return bare(other.shape) === bare(shape) ? "as it is" : undefined;
  const turned = [shape.at(-1)!, shape.at(-2)!, ...shape.slice(0, -2)];
  if (shape.length > 2) return other.shape.join() === turned.join() ? "filters first" : undefined;
  if (unit.isTransposed) return other.shape.join() === shape.join() ? "as it is" : undefined;
  // A convolution with a window of one is a dense layer at every position.
  const [outputs, inputs, ...window] = other.shape;
  return outputs === shape[1] && inputs === shape[0] && window.every((size) => size === 1) ? "out, in" : undefined;
}

/** The values of another tool's tensor in our order. */
export function ownValues(own: OwnUnit, role: Role, foreign: ForeignUnit): Float32Array {
  const tensor = own.tensors.get(role)!;
  const other = foreign.tensors.get(role)!;
  const order = orderOf(own, tensor, other, foreign)!;
  const values = other.read();
  const { shape } = tensor.spec;
  const ordered = order === "as it is" ? values : filtersLast(values, shape);
  return role === "weight" && own.map ? rowsOfMap(ordered, own.map, shape.at(-1)!) : ordered;
}

/** [out, in, window...] as [window..., in, out]. */
function filtersLast(values: Float32Array, shape: readonly number[]): Float32Array {
  const [filters, inputs] = [shape.at(-1)!, shape.at(-2)!];
  const taps = values.length / (filters * inputs);
  const result = new Float32Array(values.length);
  let position = 0;
  for (let filter = 0; filter < filters; filter++) {
    for (let input = 0; input < inputs; input++) {
      for (let tap = 0; tap < taps; tap++) result[(tap * inputs + input) * filters + filter] = values[position++]!;
    }
  }
  return result;
}

/** Rows in the order channels, height, width as height, width, channels. */
function rowsOfMap(values: Float32Array, map: readonly number[], columns: number): Float32Array {
  const channels = map.at(-1)!;
  const positions = map.slice(0, -1).reduce((a, b) => a * b, 1);
  const result = new Float32Array(values.length);
  for (let channel = 0; channel < channels; channel++) {
    for (let position = 0; position < positions; position++) {
      const from = (channel * positions + position) * columns;
      result.set(values.subarray(from, from + columns), (position * channels + channel) * columns);
    }
  }
  return result;
}
