/** A safetensors file (https://github.com/huggingface/safetensors, "Format") of float32 tensors, as a stream. */
import { streamOf, type ByteStream } from "../bytes.js";

export interface NamedValues {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: ByteStream;
}

/** The file; values are made while it is read. */
export function encodeSafetensors(
  tensors: readonly NamedValues[],
  metadata: Readonly<Record<string, string>>,
): ByteStream {
  const entries: Record<string, unknown> = { __metadata__: metadata };
  let end = 0;
  for (const { name, shape, data } of tensors) {
    const start = end;
    end += data.byteLength;
    entries[name] = { dtype: "F32", shape, data_offsets: [start, end] };
  }
  const head = headerOf(entries);
  return {
    byteLength: head.byteLength + end,
    *chunks() {
      yield* streamOf(head).chunks();
      for (const { data } of tensors) yield* data.chunks();
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
