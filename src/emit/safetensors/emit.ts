/**
 * The weights of a network as a safetensors file, in the language's order: convolutions height, width, in, out; dense
 * layers in, out. Names are those of the language.
 */
import { weightTensors, type WeightSource } from "../../analysis/weights.js";
import type { Network } from "../../ir/network.js";
import { weightChunks, type ByteStream } from "../bytes.js";
import { encodeSafetensors } from "./encode.js";

/** The file, as a stream that makes the values while it is read. */
export function emitSafetensors(network: Network, weights: WeightSource): ByteStream {
  const tensors = weightTensors(network).map((tensor) => ({
    name: tensor.name,
    shape: tensor.spec.shape,
    data: { byteLength: tensor.size * 4, chunks: () => weightChunks(tensor, weights) },
  }));
  return encodeSafetensors(tensors, { format: "cnnc", net: network.name });
}
