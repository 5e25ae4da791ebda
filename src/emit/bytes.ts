/** Bytes that are made when they are written: files and weights of any size, without holding them in memory. */
import type { WeightSource, WeightTensor } from "../analysis/weights.js";

export interface ByteStream {
  readonly byteLength: number;
  chunks(): Iterable<Uint8Array>;
}

/** A file of a target; `path` is a file name, relative to where the target is built. */
export interface EmittedFile {
  readonly path: string;
  readonly data: ByteStream;
}

export function textFile(path: string, text: string): EmittedFile {
  return { path, data: streamOf(new TextEncoder().encode(text)) };
}

export function streamOf(bytes: Uint8Array): ByteStream {
  return { byteLength: bytes.byteLength, chunks: () => [bytes] };
}

/** Pieces one after the other. */
export function asStream(pieces: readonly (Uint8Array | ByteStream)[]): ByteStream {
  return {
    byteLength: pieces.reduce((total, piece) => total + piece.byteLength, 0),
    *chunks() {
      for (const piece of pieces) {
        if (piece instanceof Uint8Array) yield piece;
        else yield* piece.chunks();
      }
    },
  };
}

/** Little-endian bytes, as every platform that Node runs on keeps numbers. */
export function bytesOf(values: Float32Array | BigInt64Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** Values made at a time. */
export const CHUNK_VALUES = 1 << 20;

/** A tensor's values in canonical order. */
export function* weightChunks(tensor: WeightTensor, source: WeightSource): Iterable<Uint8Array> {
  for (let start = 0; start < tensor.size; start += CHUNK_VALUES) {
    const values = new Float32Array(Math.min(CHUNK_VALUES, tensor.size - start));
    source.read(tensor, start, values);
    yield bytesOf(values);
  }
}
