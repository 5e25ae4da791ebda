/** What a model is run on: a NumPy file, a PNG picture, or seeded noise. */
import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { formatShape, product, sameShape } from "../base/integers.js";
import { fillUniform, hashName } from "../base/threefry.js";
import { nodeOf, type Network } from "../ir/network.js";
import { fixedShape } from "../ir/shape.js";
import { RunError } from "./errors.js";
import type { NamedTensor, Tensor } from "./tensors.js";

/** Uniform values of [0, 1), the range of pixels, from a seed: one image of the shape (without batch). */
export function noiseInput(shape: readonly number[], seed: number, name = "input"): Tensor {
  const data = new Float32Array(Number(product(shape)));
  fillUniform(data, [seed, hashName(name)], 0, 0.5);
  for (let index = 0; index < data.length; index++) data[index]! += 0.5;
  return { shape: [1, ...shape], data };
}

/** Noise for every input of a network, by name. */
export function noiseInputs(network: Network, seed: number): ReadonlyMap<string, Tensor> {
  return new Map(
    network.inputs.map((id) => {
      const { name, type } = nodeOf(network, id);
      return [name, noiseInput(fixedShape(type), seed, name)];
    }),
  );
}

/** What a network reads: a value for each of its inputs, by name, or the value of its only one. */
export type Inputs = Tensor | ReadonlyMap<string, Tensor>;

/** The values in the order of the network's inputs. Errors: `RunError` where one is missing, or batches differ. */
export function inputsOf(network: Network, inputs: Inputs): NamedTensor[] {
  const names = network.inputs.map((id) => nodeOf(network, id).name);
  if (!(inputs instanceof Map) && names.length > 1) {
    throw new RunError(`${network.name} has ${names.length} inputs (${names.join(", ")}), and takes a value for each`);
  }
  const values = names.map((name): NamedTensor => {
    const value = inputs instanceof Map ? (inputs as ReadonlyMap<string, Tensor>).get(name) : (inputs as Tensor);
    if (!value) throw new RunError(`${network.name} is not given its input ${name}`);
    return { name, ...value };
  });
  if (values.some(({ shape }) => shape[0] !== values[0]!.shape[0])) {
    throw new RunError(`the inputs of ${network.name} are of different batches`);
  }
  return values;
}

export interface LoadedInput extends Tensor {
  /** What was done to make it fit: `resized from 640x480`. */
  readonly note?: string;
}

/** Reads a `.npy` or `.png` file for an input of the shape. Errors: `RunError`, in words. */
export async function loadInput(path: string, shape: readonly number[]): Promise<LoadedInput> {
  const content = await readInput(path);
  const ending = extname(path).toLowerCase();
  if (ending === ".npy") return loadNumpy(path, content, shape);
  if (ending === ".png") return loadPng(path, content, shape);
  throw new RunError(`${path}: an input is a .npy or a .png file`);
}

async function readInput(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    const { code } = error as { code?: string };
    const reason =
      code === "ENOENT"
        ? "there is no such file"
        : code === "EISDIR"
          ? "it is a folder"
          : `it cannot be read (${code ?? "unknown"})`;
    throw new RunError(`${path}: ${reason}`);
  }
}

/** A float or integer array of the shape, with or without a batch axis in front. */
async function loadNumpy(path: string, content: Uint8Array, shape: readonly number[]): Promise<Tensor> {
  const { parse } = await import("npyjs");
  let array;
  try {
    array = parse(content.buffer.slice(content.byteOffset, content.byteOffset + content.byteLength) as ArrayBuffer);
  } catch (error) {
    const { message } = error as Error;
    if (/Unsupported dtype: >/.test(message)) {
      throw new RunError(`${path}: its numbers are big-endian; save it with astype("<f4")`);
    }
    throw new RunError(`${path}: not a NumPy file (${message})`);
  }
  const wanted = formatShape(shape);
  if (array.fortranOrder && array.shape.length > 1) {
    throw new RunError(`${path}: the array is in Fortran order; save it with numpy.ascontiguousarray`);
  }
  if (!/^[iufb][1248]/.test(array.dtype))
    throw new RunError(`${path}: its values are ${array.dtype}, not real numbers`);
  const isBatch = array.shape.length === shape.length + 1;
  if (!sameShape(isBatch ? array.shape.slice(1) : array.shape, shape)) {
    throw new RunError(
      `${path} holds ${formatShape(array.shape) || "a single value"}, the input is ${wanted}, or Nx${wanted} for several`,
    );
  }
  if (isBatch && array.shape[0] === 0) throw new RunError(`${path} holds no image: its batch is empty`);
  const data = Float32Array.from(array.data as unknown as ArrayLike<number>, Number);
  if (data.length !== Number(product(array.shape))) throw new RunError(`${path}: the file is cut short`);
  return { shape: isBatch ? array.shape : [1, ...shape], data };
}

/** A picture with values of [0, 1], as grey or colour as the input has channels, resized where it has another size. */
async function loadPng(path: string, content: Uint8Array, shape: readonly number[]): Promise<LoadedInput> {
  const [height, width, channels] = shape;
  if (shape.length !== 3 || (channels !== 1 && channels !== 3)) {
    throw new RunError(`${path}: a picture has 1 or 3 channels, the input is ${formatShape(shape)}`);
  }
  const { convertIndexedToRgb, decode } = await import("fast-png");
  let png;
  try {
    png = decode(content);
  } catch (error) {
    throw new RunError(`${path}: not a PNG file (${(error as Error).message})`);
  }
  const indexed = png.palette !== undefined;
  const samples = indexed ? convertIndexedToRgb(png) : unpacked(png);
  const perPixel = indexed ? samples.length / (png.width * png.height) : png.channels;
  const scale = indexed ? 255 : 2 ** png.depth - 1;
  const picture = toChannels(samples, perPixel, channels, scale);
  const resized = png.width !== width || png.height !== height;
  const data = resized ? resize(picture, png.height, png.width, height!, width!, channels) : picture;
  const notes = [
    ...(perPixel === 2 || perPixel === 4 ? ["its transparency is dropped"] : []),
    ...(channels === 1 && perPixel >= 3 ? ["its colours are turned to grey"] : []),
    ...(resized ? [`resized from ${png.height}x${png.width} to ${height}x${width} (height x width)`] : []),
  ];
  return { shape: [1, ...shape], data, note: notes.length > 0 ? notes.join(", ") : undefined };
}

/** One sample an element: grey pictures of 1, 2 or 4 bits come several to a byte, each row from a byte of its own. */
function unpacked(png: { data: ArrayLike<number>; depth: number; width: number; height: number }): ArrayLike<number> {
  const { data, depth, width, height } = png;
  if (depth >= 8) return data;
  const perByte = 8 / depth;
  const rowBytes = Math.ceil(width / perByte);
  const samples = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const byte = data[row * rowBytes + Math.floor(column / perByte)]!;
      samples[row * width + column] = (byte >> (8 - depth * ((column % perByte) + 1))) & (2 ** depth - 1);
    }
  }
  return samples;
}

/** Grey to colour or back; transparency is dropped. Luminance is ITU-R BT.601's. */
function toChannels(samples: ArrayLike<number>, perPixel: number, channels: number, scale: number): Float32Array {
  const pixels = samples.length / perPixel;
  const colours = perPixel >= 3 ? 3 : 1;
  const result = new Float32Array(pixels * channels);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const at = (channel: number) => samples[pixel * perPixel + channel]! / scale;
    for (let channel = 0; channel < channels; channel++) {
      const grey = channels === 1 && colours === 3;
      result[pixel * channels + channel] = grey
        ? 0.299 * at(0) + 0.587 * at(1) + 0.114 * at(2)
        : at(colours === 3 ? channel : 0);
    }
  }
  return result;
}

/** Bilinear, pixel centres aligned; each axis is averaged first where it shrinks, so that no pixel is skipped. */
function resize(
  data: Float32Array,
  height: number,
  width: number,
  newHeight: number,
  newWidth: number,
  channels: number,
): Float32Array {
  const rows = resizeAxis(data, height, newHeight, 1, width * channels);
  return resizeAxis(rows, width, newWidth, newHeight, channels);
}

/** Resamples the middle axis of [outer, size, inner] with a triangle filter as wide as the step. */
function resizeAxis(data: Float32Array, size: number, newSize: number, outer: number, inner: number): Float32Array {
  if (size === newSize) return data;
  const result = new Float32Array(outer * newSize * inner);
  const step = size / newSize;
  const radius = Math.max(1, step);
  for (let position = 0; position < newSize; position++) {
    const centre = (position + 0.5) * step - 0.5;
    const taps: [number, number][] = [];
    for (let source = Math.ceil(centre - radius); source <= Math.floor(centre + radius); source++) {
      const weight = 1 - Math.abs(source - centre) / radius;
      if (weight > 0) taps.push([Math.min(size - 1, Math.max(0, source)), weight]);
    }
    const total = taps.reduce((sum, [, weight]) => sum + weight, 0);
    for (let block = 0; block < outer; block++) {
      for (let offset = 0; offset < inner; offset++) {
        let value = 0;
        for (const [source, weight] of taps) value += data[(block * size + source) * inner + offset]! * weight;
        result[(block * newSize + position) * inner + offset] = value / total;
      }
    }
  }
  return result;
}
