/** Small sets of images for tests of training. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { noiseInput } from "../../src/run/input.js";

/** A file in MNIST's format. */
export function writeIdx(path: string, shape: readonly number[], values: Uint8Array): void {
  const head = Buffer.alloc(4 + 4 * shape.length);
  head.writeUInt32BE(0x0800 + shape.length);
  shape.forEach((size, axis) => head.writeUInt32BE(size, 4 + 4 * axis));
  writeFileSync(path, Buffer.concat([head, values]));
}

/** So many images of noise, 8x8, of three classes, in MNIST's format. */
export function writeNoise(folder: string, images: number): void {
  mkdirSync(folder, { recursive: true });
  const { data } = noiseInput([images, 8, 8], 1);
  writeIdx(
    join(folder, "train-images-idx3-ubyte"),
    [images, 8, 8],
    Uint8Array.from(data, (value) => value * 255),
  );
  const labels = Uint8Array.from({ length: images }, (_, index) => index % 3);
  writeIdx(join(folder, "train-labels-idx1-ubyte"), [images], labels);
}
