/**
 * The binary version of CIFAR-10 and CIFAR-100 (https://www.cs.toronto.edu/~kriz/cifar.html, "Binary version"): for each
 * image its label (CIFAR-100: the coarse one, then the fine one), then 1,024 bytes of red, of green and of blue.
 */
import { join } from "node:path";
import { RunError } from "../errors.js";
import { readData } from "./bytes.js";
import type { DataSet, LabelledImages } from "./images.js";

const SIDE = 32;
const PIXELS = SIDE * SIDE;

const TEN = { train: /^data_batch_\d+\.bin$/, test: /^test_batch\.bin$/, labels: 1, classes: 10 };
const HUNDRED = { train: /^train\.bin$/, test: /^test\.bin$/, labels: 2, classes: 100 };

const versionOf = (names: readonly string[]) =>
  [TEN, HUNDRED].find(({ train }) => names.some((name) => train.test(name)));

export function isCifar(names: readonly string[]): boolean {
  return versionOf(names) !== undefined;
}

/** Errors: `RunError` where a file is not as the format says. */
export async function readCifar(folder: string, names: readonly string[]): Promise<DataSet> {
  const version = versionOf(names)!;
  const read = (pattern: RegExp) =>
    readPart(folder, names.filter((name) => pattern.test(name)).sort(), version.labels, version.classes);
  const train = await read(version.train);
  const test = names.some((name) => version.test.test(name)) ? await read(version.test) : undefined;
  return { kind: `CIFAR-${version.classes} files`, classes: version.classes, train, test };
}

async function readPart(
  folder: string,
  names: readonly string[],
  labelBytes: number,
  classes: number,
): Promise<LabelledImages> {
  const record = labelBytes + 3 * PIXELS;
  const files: Uint8Array[] = [];
  for (const name of names) {
    const bytes = await readData(folder, name);
    if (bytes.byteLength === 0 || bytes.byteLength % record !== 0) {
      throw new RunError(
        `${join(folder, name)} has ${bytes.byteLength} bytes, which are no images of ${record} bytes each`,
      );
    }
    files.push(bytes);
  }
  const bytes = Buffer.concat(files);
  const size = bytes.byteLength / record;
  const labels = Uint8Array.from({ length: size }, (_, index) => bytes[index * record + labelBytes - 1]!);
  const wrong = labels.findIndex((label) => label >= classes);
  if (wrong >= 0) {
    throw new RunError(`${folder}: image ${wrong + 1} has the label ${labels[wrong]!}, there are ${classes} classes`);
  }
  return {
    size,
    labels,
    image(index) {
      const planes = bytes.subarray(index * record + labelBytes, (index + 1) * record);
      const samples = new Uint8Array(3 * PIXELS);
      for (let pixel = 0; pixel < PIXELS; pixel++) {
        for (let colour = 0; colour < 3; colour++) samples[pixel * 3 + colour] = planes[colour * PIXELS + pixel]!;
      }
      return { height: SIDE, width: SIDE, channels: 3, samples, scale: 255 };
    },
  };
}
