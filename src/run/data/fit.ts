/** Images as a network takes them: of its size, with its channels, values of 0 (black) to 1 (white). */
import { formatShape } from "../../base/integers.js";
import { RunError } from "../errors.js";
import { resize, toChannels } from "../picture.js";
import type { Picture } from "./images.js";

/** Images that are smaller by no more than this part of the input are padded, as LeNet-5's paper does with 28 in 32. */
const PADDED = 1 / 4;

export interface Fit {
  /** What is done to the images, as a sentence; undefined where they are as the network takes them. */
  readonly note?: string;
  /** Writes the values of an image to a place. Errors: `RunError` for an image of a size that no file said. */
  write(picture: Picture, target: Float32Array, offset: number): void;
}

/** How images like the first one come to the shape of an input. Errors: `RunError` for an input that is no image. */
export function fitTo(shape: readonly number[], first: Picture): Fit {
  const isFlat = shape.length === 1 && shape[0] === first.height * first.width * first.channels;
  const [height, width, channels] = (isFlat ? [first.height, first.width, first.channels] : shape) as [
    number,
    number,
    number,
  ];
  if ((shape.length !== 3 && !isFlat) || (channels !== 1 && channels !== 3)) {
    throw new RunError(`the images of a folder have 1 or 3 channels; the input is ${formatShape(shape)}`);
  }
  const size = `${first.height}x${first.width}`;
  const isPadded = fitsInside(first, height, width);
  const notes = [
    ...(isFlat ? [`taken as vectors, ${size}x${channels} row by row`] : []),
    ...(first.height === height && first.width === width
      ? []
      : [`${isPadded ? "padded with zeros" : "resized"} from ${size} to ${height}x${width}`]),
    ...(channels === 1 && first.channels >= 3 ? ["turned to grey"] : []),
    ...(channels === 3 && first.channels < 3 ? ["repeated for three channels"] : []),
  ];
  return {
    note: notes.length > 0 ? `the images are ${notes.join(" and ")}` : undefined,
    write(picture, target, offset) {
      const values = toChannels(picture.samples, picture.channels, channels, picture.scale);
      if (!fitsInside(picture, height, width)) {
        target.set(resize(values, picture.height, picture.width, height, width, channels), offset);
        return;
      }
      const top = Math.floor((height - picture.height) / 2);
      const left = Math.floor((width - picture.width) / 2);
      const row = picture.width * channels;
      for (let line = 0; line < picture.height; line++) {
        const place = offset + ((top + line) * width + left) * channels;
        target.set(values.subarray(line * row, (line + 1) * row), place);
      }
    },
  };
}

function fitsInside({ height, width }: Picture, tallest: number, widest: number): boolean {
  const fits = (size: number, most: number) => size <= most && size >= most * (1 - PADDED);
  return fits(height, tallest) && fits(width, widest);
}
