/** Pictures as values of [0, 1]: decoded, grey or colour, resized. */
import { formatShape } from "../base/integers.js";
import { RunError } from "./errors.js";
import type { Tensor } from "./tensors.js";

export interface LoadedInput extends Tensor {
  /** What was done to make it fit: `resized from 640x480`. */
  readonly note?: string;
}

/** A picture with values of [0, 1], as grey or colour as the input has channels, resized where it has another size. */
export async function loadPng(path: string, content: Uint8Array, shape: readonly number[]): Promise<LoadedInput> {
  const [height, width, channels] = shape;
  if (shape.length !== 3 || (channels !== 1 && channels !== 3)) {
    throw new RunError(`${path}: a picture has 1 or 3 channels, the input is ${formatShape(shape)}`);
  }
  const { samples, perPixel, scale, ...png } = await decodePng(path, content);
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

export interface DecodedPicture {
  readonly height: number;
  readonly width: number;
  readonly samples: ArrayLike<number>;
  /** Samples of a pixel: grey, grey and opacity, colours, colours and opacity. */
  readonly perPixel: number;
  /** The sample that stands for white. */
  readonly scale: number;
}

/** Errors: `RunError` for what is no PNG file. */
export async function decodePng(path: string, content: Uint8Array): Promise<DecodedPicture> {
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
  return { height: png.height, width: png.width, samples, perPixel, scale };
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
export function toChannels(
  samples: ArrayLike<number>,
  perPixel: number,
  channels: number,
  scale: number,
): Float32Array {
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
export function resize(
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
