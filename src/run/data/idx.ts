/**
 * The IDX format of MNIST (http://yann.lecun.com/exdb/mnist, "File formats"): a magic number whose last byte is the number
 * of axes, the length of each axis as 4 bytes with the largest first, then unsigned bytes.
 */
import { join } from "node:path";
import { RunError } from "../errors.js";
import { readData } from "./bytes.js";
import type { DataSet, LabelledImages } from "./images.js";

/** The four files by what they hold; `t10k` are the test images of MNIST and of those who followed it. */
const NAMES = {
  train: {
    images: /^train[-_.]?images[-.]idx3[-.]ubyte(\.gz)?$/,
    labels: /^train[-_.]?labels[-.]idx1[-.]ubyte(\.gz)?$/,
  },
  test: {
    images: /^(t10k|test)[-_.]?images[-.]idx3[-.]ubyte(\.gz)?$/,
    labels: /^(t10k|test)[-_.]?labels[-.]idx1[-.]ubyte(\.gz)?$/,
  },
};

/** Whether a folder holds IDX files. */
export function isIdx(names: readonly string[]): boolean {
  return names.some((name) => NAMES.train.images.test(name));
}

/** Errors: `RunError` where a file is missing, or is not as the format says. */
export async function readIdx(folder: string, names: readonly string[]): Promise<DataSet> {
  const train = await readPart(folder, names, "train");
  const hasTest = names.some((name) => NAMES.test.images.test(name));
  const test = hasTest ? await readPart(folder, names, "test") : undefined;
  const classes = Math.max(...[train, test].map((part) => (part ? largest(part.labels) + 1 : 0)));
  return { kind: "IDX files, as MNIST's", classes, train, test };
}

function largest(labels: ArrayLike<number>): number {
  return Array.from(labels).reduce((most, label) => Math.max(most, label), 0);
}

async function readPart(folder: string, names: readonly string[], part: "train" | "test"): Promise<LabelledImages> {
  const [images, labels] = (["images", "labels"] as const).map((what) => {
    const name = names.find((candidate) => NAMES[part][what].test(candidate));
    if (!name)
      throw new RunError(`${folder} has no ${what} for its ${part} ${what === "labels" ? "images" : "labels"}`);
    return name;
  });
  const pictures = parse(join(folder, images!), await readData(folder, images!), 3);
  const classes = parse(join(folder, labels!), await readData(folder, labels!), 1);
  const [size, height, width] = pictures.shape as [number, number, number];
  if (classes.shape[0] !== size) {
    throw new RunError(`${folder}: ${images!} has ${size} images, ${labels!} has ${classes.shape[0]!} labels`);
  }
  const each = height * width;
  return {
    size,
    labels: classes.values,
    image: (index) => ({
      height,
      width,
      channels: 1,
      samples: pictures.values.subarray(index * each, (index + 1) * each),
      scale: 255,
    }),
  };
}

function parse(path: string, bytes: Uint8Array, axes: number): { shape: number[]; values: Uint8Array } {
  const head = 4 + 4 * axes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < head || view.getUint32(0) !== 0x0800 + axes) {
    throw new RunError(`${path} is no IDX file of bytes with ${axes} ${axes === 1 ? "axis" : "axes"}`);
  }
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
  const size = shape.reduce((a, b) => a * b, 1);
  if (bytes.byteLength - head !== size) {
    throw new RunError(`${path} says ${shape.join("x")}, ${size} bytes, and has ${bytes.byteLength - head}`);
  }
  if (size === 0) throw new RunError(`${path} is empty`);
  return { shape, values: bytes.subarray(head) };
}
