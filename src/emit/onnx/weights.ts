/**
 * Weights in ONNX's order, as byte streams.
 *
 * The language flattens a map height, width, channels; ONNX keeps maps channels first and flattens channels, height,
 * width. The rows of a dense layer behind a map are therefore put in ONNX's order here, once, instead of transposing
 * values whenever the model runs.
 */
import { allWeights, type WeightSource, type WeightTensor } from "../../analysis/weights.js";
import { bytesOf, CHUNK_VALUES, weightChunks, type ByteStream } from "../bytes.js";
import type { OnnxTensor } from "./schema.js";

/**
 * How canonical values become ONNX's: as they are, filters first, a map with its channels first, or rows in the order of
 * such a map. A `shape` is of as many values, in the same order.
 */
export type WeightOrder =
  | { readonly kind: "canonical"; readonly shape?: readonly number[] }
  | { readonly kind: "filters-first"; readonly shape?: readonly number[] }
  | { readonly kind: "channels-first" }
  | { readonly kind: "channels-first-rows"; readonly map: readonly number[] };

export function onnxTensor(tensor: WeightTensor, source: WeightSource, order: WeightOrder): OnnxTensor {
  const shape = shapeOf(tensor.spec.shape, order);
  return { name: tensor.name, type: "float32", shape, data: weightStream(tensor, source, order) };
}

function shapeOf(shape: readonly number[], order: WeightOrder): readonly number[] {
  if ("shape" in order && order.shape) return order.shape;
  if (order.kind === "filters-first") return [shape.at(-1)!, shape.at(-2)!, ...shape.slice(0, -2)];
  if (order.kind === "channels-first") return [shape.at(-1)!, ...shape.slice(0, -1)];
  return shape;
}

function weightStream(tensor: WeightTensor, source: WeightSource, order: WeightOrder): ByteStream {
  const byteLength = tensor.size * 4;
  switch (order.kind) {
    case "canonical":
      return { byteLength, chunks: () => weightChunks(tensor, source) };
    case "filters-first":
      return { byteLength, chunks: () => [bytesOf(filtersFirst(tensor, source, tensor.spec.shape.at(-2)!))] };
    case "channels-first":
      return { byteLength, chunks: () => [bytesOf(filtersFirst(tensor, source, 1))] };
    case "channels-first-rows":
      return { byteLength, chunks: () => rowChunks(tensor, source, order.map) };
  }
}

/** [spatial..., in, out] as [out, in, spatial...]. */
function filtersFirst(tensor: WeightTensor, source: WeightSource, inputs: number): Float32Array {
  const filters = tensor.spec.shape.at(-1)!;
  const taps = tensor.size / (filters * inputs);
  const values = allWeights(tensor, source);
  const result = new Float32Array(tensor.size);
  let position = 0;
  for (let filter = 0; filter < filters; filter++) {
    for (let input = 0; input < inputs; input++) {
      for (let tap = 0; tap < taps; tap++) result[position++] = values[(tap * inputs + input) * filters + filter]!;
    }
  }
  return result;
}

/** Rows of [in, out], reordered from (spatial, channel) to (channel, spatial). */
function* rowChunks(tensor: WeightTensor, source: WeightSource, map: readonly number[]): Iterable<Uint8Array> {
  const columns = tensor.spec.shape[1]!;
  const channels = map.at(-1)!;
  const positions = map.slice(0, -1).reduce((a, b) => a * b, 1);
  const rowsAtOnce = Math.max(1, Math.floor(CHUNK_VALUES / columns));
  let chunk = new Float32Array(rowsAtOnce * columns);
  let filled = 0;
  for (let channel = 0; channel < channels; channel++) {
    for (let position = 0; position < positions; position++) {
      const row = position * channels + channel;
      source.read(tensor, row * columns, chunk.subarray(filled * columns, (filled + 1) * columns));
      if (++filled < rowsAtOnce) continue;
      yield bytesOf(chunk);
      // The bytes that were handed out may still be read: the next ones get a buffer of their own.
      chunk = new Float32Array(rowsAtOnce * columns);
      filled = 0;
    }
  }
  if (filled > 0) yield bytesOf(chunk.subarray(0, filled * columns));
}
