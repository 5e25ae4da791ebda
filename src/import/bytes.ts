/** A file that is read in parts, so that gigabytes of weights never are in memory at once. */
export interface ByteReader {
  readonly byteLength: number;
  /** Fills `target` with the bytes from `offset` on. Errors: throws where the file ends before. */
  read(offset: number, target: Uint8Array): void;
}

/** Bytes that are in memory. */
export function readerOf(bytes: Uint8Array): ByteReader {
  return {
    byteLength: bytes.byteLength,
    read(offset, target) {
      if (offset + target.byteLength > bytes.byteLength) throw new RangeError("the file ends before");
      target.set(bytes.subarray(offset, offset + target.byteLength));
    },
  };
}
