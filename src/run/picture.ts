/** Pictures as values of [0, 1]: decoded, grey or colour, resized. */
import { formatShape } from "../base/integers.js";
import { RunError } from "./errors.js";
import { decodePicture } from "./picture-files.js";
import type { Tensor } from "./tensors.js";

export interface LoadedInput extends Tensor {
  /** What was done to make it fit: `resized from 640x480`. */
  readonly note?: string;
}

/** A picture with values of [0, 1], as grey or colour as the input has channels, resized where it has another size. */
export async function loadPicture(path: string, content: Uint8Array, shape: readonly number[]): Promise<LoadedInput> {
  const [height, width, channels] = shape;
  if (shape.length !== 3 || (channels !== 1 && channels !== 3)) {
    throw new RunError(`${path}: a picture has 1 or 3 channels, the input is ${formatShape(shape)}`);
  }
  const { samples, perPixel, scale, ...file } = await decodePicture(path, content);
  const picture = toChannels(samples, perPixel, channels, scale);
  const resized = file.width !== width || file.height !== height;
  const data = resized ? resize(picture, file.height, file.width, height!, width!, channels) : picture;
  const notes = [
    ...(perPixel === 2 || perPixel === 4 ? ["its transparency is dropped"] : []),
    ...(channels === 1 && perPixel >= 3 ? ["its colours are turned to grey"] : []),
    ...(resized ? [`resized from ${file.height}x${file.width} to ${height}x${width} (height x width)`] : []),
  ];
  return { shape: [1, ...shape], data, note: notes.length > 0 ? notes.join(", ") : undefined };
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
