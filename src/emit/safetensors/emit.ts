/**
 * The weights of a network as a safetensors file (https://github.com/huggingface/safetensors, "Format"), in the language's
 * order: convolutions height, width, in, out; dense layers in, out. Names are those of the language.
 */
import { weightTensors, type WeightSource } from "../../analysis/weights.js";
import type { Network } from "../../ir/network.js";
import { streamOf, weightChunks, type ByteStream } from "../bytes.js";

/** The file, as a stream that makes the values while it is read. */
export function emitSafetensors(network: Network, weights: WeightSource): ByteStream {
  const tensors = weightTensors(network);
  const entries: Record<string, unknown> = { __metadata__: { format: "cnnc", net: network.name } };
  let end = 0;
  for (const { name, spec, size } of tensors) {
    const start = end;
    end += size * 4;
    entries[name] = { dtype: "F32", shape: spec.shape, data_offsets: [start, end] };
  }
  const head = headerOf(entries);
  return {
    byteLength: head.byteLength + end,
    *chunks() {
      yield* streamOf(head).chunks();
      for (const tensor of tensors) yield* weightChunks(tensor, weights);
    },
  };
}

/** The length and the header; spaces at its end let the values start at a multiple of 8 bytes. */
function headerOf(entries: Record<string, unknown>): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(entries));
  const length = Math.ceil(text.byteLength / 8) * 8;
  const bytes = new Uint8Array(8 + length).fill(0x20);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(text, 8);
  return bytes;
}
