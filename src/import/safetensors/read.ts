/**
 * Reads safetensors files (https://github.com/huggingface/safetensors, "Format"): the length of the header as 8 bytes, the
 * header as JSON, then the values of all tensors. The header of a file that is not ours is checked before it is believed.
 */
import type { ByteReader } from "../bytes.js";
import { ImportError } from "../errors.js";

export interface StoredTensor {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  /** Where its values start in the file. */
  readonly offset: number;
  /** Number of values. */
  readonly size: number;
}

export interface SafetensorsFile {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}

/** Bytes of a value, for the types whose values are read; others are in the list, but cannot be. */
const BYTES = { F64: 8, F32: 4, F16: 2, BF16: 2, I64: 8, I32: 4, I16: 2, I8: 1, U8: 1, BOOL: 1 } as const;

export type ElementType = keyof typeof BYTES;

/** The specification's limit. */
const LARGEST_HEADER = 100_000_000;

/** What a file holds; values are read by `readValues`. Errors: `ImportError` where it is not as the format says. */
export function readSafetensors(reader: ByteReader): SafetensorsFile {
  if (reader.byteLength < 8) throw new ImportError(`${reader.byteLength} bytes are too few for a safetensors file`);
  const head = new Uint8Array(8);
  reader.read(0, head);
  const length = new DataView(head.buffer).getBigUint64(0, true);
  if (length > LARGEST_HEADER || Number(length) + 8 > reader.byteLength) {
    throw new ImportError(`no safetensors file: its header would be ${length} bytes long`);
  }
  const text = new Uint8Array(Number(length));
  reader.read(8, text);
  const start = 8 + text.byteLength;
  const { __metadata__: metadata = {}, ...entries } = parseHeader(text);
  const tensors = new Map<string, StoredTensor>();
  for (const [name, entry] of Object.entries(entries)) {
    tensors.set(name, tensorOf(name, entry, start, reader.byteLength));
  }
  return { metadata: textsOf(metadata), tensors };
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new ImportError("no safetensors file: its header is no JSON");
  }
  if (!isRecord(header)) throw new ImportError("no safetensors file: its header is no table of tensors");
  return header;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textsOf(value: unknown): Record<string, string> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

const isNatural = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function tensorOf(name: string, entry: unknown, start: number, end: number): StoredTensor {
  const fault = (what: string) => new ImportError(`the tensor ${JSON.stringify(name)} of the file ${what}`);
  if (!isRecord(entry)) throw fault("is not described");
  const { dtype, shape, data_offsets: offsets } = entry;
  if (typeof dtype !== "string" || !(dtype in BYTES))
    throw fault(`has values of type ${String(dtype)}, which is not read`);
  if (!Array.isArray(shape) || !shape.every(isNatural)) throw fault("has no shape");
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isNatural)) throw fault("has no place");
  const type = dtype as ElementType;
  const [from, to] = offsets as [number, number];
  const size = (shape as number[]).reduce((a, b) => a * b, 1);
  if (to - from !== size * BYTES[type]) {
    throw fault(
      `has ${to - from} bytes; its shape ${(shape as number[]).join("x")} of ${type} takes ${size * BYTES[type]}`,
    );
  }
  if (start + to > end) throw fault(`ends at byte ${start + to}; the file has ${end}`);
  return { name, type, shape: shape as number[], offset: start + from, size };
}

/** Fills `target` with values of a tensor from the value with index `start` on. Errors: `ImportError` for whole numbers. */
export function readValues(reader: ByteReader, tensor: StoredTensor, start: number, target: Float32Array): void {
  const width = BYTES[tensor.type];
  const offset = tensor.offset + start * width;
  if (tensor.type === "F32") {
    reader.read(offset, new Uint8Array(target.buffer, target.byteOffset, target.byteLength));
    return;
  }
  const bytes = new Uint8Array(target.length * width);
  reader.read(offset, bytes);
  const view = new DataView(bytes.buffer);
  const at = decoderOf(tensor, view);
  for (let index = 0; index < target.length; index++) target[index] = at(index);
}

function decoderOf({ name, type }: StoredTensor, view: DataView): (index: number) => number {
  switch (type) {
    case "F64":
      return (index) => view.getFloat64(index * 8, true);
    case "F16":
      return (index) => halfOf(view.getUint16(index * 2, true));
    case "BF16": {
      const wide = new DataView(new ArrayBuffer(4));
      return (index) => {
        wide.setUint16(2, view.getUint16(index * 2, true), true);
        return wide.getFloat32(0, true);
      };
    }
    default:
      throw new ImportError(`the tensor ${JSON.stringify(name)} of the file holds whole numbers (${type})`);
  }
}

/** IEEE 754 half precision: 1 sign, 5 exponent, 10 fraction bits. */
function halfOf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
