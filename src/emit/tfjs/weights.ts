/**
 * Weights in tfjs's own format: a manifest (`WeightsManifestConfig`) and binary shards. A group holds layers of some
 * 4 MiB, or one that is larger, so that a loader has no more than that in memory; a shard holds at most 4 MiB, which browsers
 * cache.
 */
import { weightTensors, type WeightSource, type WeightTensor } from "../../analysis/weights.js";
import { inputTypes, type Network } from "../../ir/network.js";
import { fixedChannels } from "../../ir/shape.js";
import { operatorNamed } from "../../ops/registry.js";
import { weightChunks, type ByteStream, type EmittedFile } from "../bytes.js";
import { liveNodes } from "../../ir/live.js";
import { isOwnDepthwise } from "./lowerings/windows.js";

/** How tfjs calls a layer's tensors. Convolutions and dense layers have the language's order there. */
const NAMES: Record<string, string> = {
  weight: "kernel",
  scale: "gamma",
  mean: "moving_mean",
  variance: "moving_variance",
  slope: "alpha",
  qkvbias: "qkv_bias",
};

function nameOf({ node, spec }: WeightTensor): string {
  if (spec.name === "bias" && operatorNamed(node.op).group === "normalisation") return "beta";
  if (spec.name === "weight" && node.op === "dwconv" && isOwnDepthwise(node)) return "depthwise_kernel";
  return NAMES[spec.name] ?? spec.name;
}

/** The shape that tfjs gives a tensor: as many values, in the same order. */
function shapeOf({ node, spec }: WeightTensor, network: Network): readonly number[] {
  if (node.op === "prelu") return [...Array<number>(node.type.shape.length - 1).fill(1), ...spec.shape];
  if (spec.name !== "weight" || node.op !== "dwconv" || !isOwnDepthwise(node)) return spec.shape;
  const channels = fixedChannels(inputTypes(network, node)[0]!);
  return [...spec.shape.slice(0, -2), channels, spec.shape.at(-1)! / channels];
}

export interface ManifestGroup {
  readonly paths: readonly string[];
  readonly weights: readonly { readonly name: string; readonly shape: readonly number[]; readonly dtype: "float32" }[];
}

export interface WeightFiles {
  readonly manifest: readonly ManifestGroup[];
  /** The shards by file name, in the order in which they are best written: each tensor is made once. */
  readonly shards: readonly EmittedFile[];
}

const SHARD_BYTES = 4 * 1024 * 1024;

/** Manifest and shards, group by group; `stem` is what the shards' names start with. */
export function tfjsWeights(network: Network, options: { weights: WeightSource; stem: string }): WeightFiles {
  const layers = new Map<number, WeightTensor[]>();
  const live = liveNodes(network);
  for (const tensor of weightTensors(network)) {
    if (!live.has(tensor.node.id)) continue;
    layers.set(tensor.node.id, [...(layers.get(tensor.node.id) ?? []), tensor]);
  }
  const groups = together([...layers.values()]).map((tensors, index) =>
    weightGroup(network, tensors, options.weights, `${options.stem}.group${index + 1}`),
  );
  return { manifest: groups.map(({ manifest }) => manifest), shards: groups.flatMap(({ shards }) => shards) };
}

/** Layers in a row together, as many as a shard has room for. */
function together(layers: readonly (readonly WeightTensor[])[]): WeightTensor[][] {
  const groups: WeightTensor[][] = [];
  let room = 0;
  for (const tensors of layers) {
    const bytes = bytesOf(tensors);
    if (groups.length > 0 && bytes <= room) groups.at(-1)!.push(...tensors);
    else {
      groups.push([...tensors]);
      room = SHARD_BYTES;
    }
    room -= bytes;
  }
  return groups;
}

const bytesOf = (tensors: readonly WeightTensor[]) => tensors.reduce((bytes, { size }) => bytes + size * 4, 0);

/** Some tensors one after the other, in shards of at most 4 MiB whose names start with `stem`. */
export function weightGroup(
  network: Network,
  tensors: readonly WeightTensor[],
  weights: WeightSource,
  stem: string,
): { manifest: ManifestGroup; shards: EmittedFile[] } {
  const total = bytesOf(tensors);
  const count = Math.ceil(total / SHARD_BYTES);
  const bytes = tensorBytes(tensors, weights);
  const shards = Array.from({ length: count }, (_, shard): EmittedFile => {
    const byteLength = Math.min(SHARD_BYTES, total - shard * SHARD_BYTES);
    return {
      path: `${stem}-shard${shard + 1}of${count}.bin`,
      data: bytes.slice(shard * SHARD_BYTES, byteLength),
    };
  });
  const manifest: ManifestGroup = {
    paths: shards.map(({ path }) => path),
    weights: tensors.map((tensor) => ({
      name: `${tensor.node.name}/${nameOf(tensor)}`,
      shape: shapeOf(tensor, network),
      dtype: "float32",
    })),
  };
  return { manifest, shards };
}

/** The bytes of tensors in a row, in parts; reading on where the last part ended makes nothing twice. */
function tensorBytes(
  tensors: readonly WeightTensor[],
  weights: WeightSource,
): { slice(start: number, length: number): ByteStream } {
  let source = all();
  let position = 0;
  let rest = new Uint8Array(0);

  function* all(): Generator<Uint8Array> {
    for (const tensor of tensors) yield* weightChunks(tensor, weights);
  }
  function* read(start: number, length: number): Generator<Uint8Array> {
    if (start < position) {
      source = all();
      position = 0;
      rest = new Uint8Array(0);
    }
    let needed = length;
    while (needed > 0) {
      if (rest.byteLength === 0) {
        const next = source.next();
        if (next.done) return;
        rest = new Uint8Array(next.value);
      }
      const skip = Math.min(start - position, rest.byteLength);
      if (skip > 0) {
        rest = rest.subarray(skip);
        position += skip;
        continue;
      }
      const part = rest.subarray(0, needed);
      rest = rest.subarray(part.byteLength);
      position += part.byteLength;
      start = position;
      needed -= part.byteLength;
      yield part;
    }
  }
  return { slice: (start, length) => ({ byteLength: length, chunks: () => read(start, length) }) };
}
