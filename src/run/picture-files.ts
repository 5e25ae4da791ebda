/** Files of pictures, decoded. */
import { RunError } from "./errors.js";

export interface DecodedPicture {
  readonly height: number;
  readonly width: number;
  readonly samples: ArrayLike<number>;
  /** Samples of a pixel: grey, grey and opacity, colours, colours and opacity. */
  readonly perPixel: number;
  /** The sample that stands for white. */
  readonly scale: number;
}

/** Endings of the files that are read, whatever their case. */
export const isPictureName = (path: string) => /\.(png|jpe?g)$/i.test(path);

/** By what the file holds, not by its name. Errors: `RunError` for what is neither a PNG nor a JPEG file, or is damaged. */
export function decodePicture(path: string, content: Uint8Array): Promise<DecodedPicture> {
  return content[0] === 0xff && content[1] === 0xd8 ? decodeJpeg(path, content) : decodePng(path, content);
}

/** The most that a JPEG file may unpack to: it says its size in a few bytes. */
const MOST_MEGAPIXELS = 100;
const MOST_MEGABYTES = 1024;

/** Grey or colour. The orientation that a camera notes down is not looked at. */
async function decodeJpeg(path: string, content: Uint8Array): Promise<DecodedPicture> {
  const { default: jpeg } = await import("jpeg-js");
  try {
    const { height, width, data } = jpeg.decode(content, {
      useTArray: true,
      formatAsRGBA: false,
      maxResolutionInMP: MOST_MEGAPIXELS,
      maxMemoryUsageInMB: MOST_MEGABYTES,
    });
    return { height, width, ...withoutColours(data), scale: 255 };
  } catch (error) {
    throw new RunError(`${path}: this JPEG file cannot be read (${(error as Error).message})`);
  }
}

/** A grey file is read as equal colours: one sample of each pixel is enough. */
function withoutColours(data: Uint8Array): Pick<DecodedPicture, "samples" | "perPixel"> {
  const isGrey = data.every((sample, index) => sample === data[index - (index % 3)]);
  return isGrey ? { samples: data.filter((_, index) => index % 3 === 0), perPixel: 1 } : { samples: data, perPixel: 3 };
}

async function decodePng(path: string, content: Uint8Array): Promise<DecodedPicture> {
  const { convertIndexedToRgb, decode } = await import("fast-png");
  let png;
  try {
    png = decode(content);
  } catch (error) {
    throw new RunError(`${path}: neither a PNG nor a JPEG file (${(error as Error).message})`);
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
