/** A folder for each class, with its images as PNG or JPEG files; in `train` and `test` (or `val`), or all of them for training. */
import { readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { RunError } from "../errors.js";
import { readData } from "./bytes.js";
import { decodePicture, isPictureName } from "../picture-files.js";
import type { DataSet, LabelledImages } from "./images.js";

const TEST_NAMES = ["test", "val", "validation"];

/** Errors: `RunError` where there are no classes, no images, or images of other kinds. */
export async function readFolders(folder: string, names: readonly string[]): Promise<DataSet> {
  const isSplit = names.includes("train");
  const root = isSplit ? join(folder, "train") : folder;
  const classes = await foldersIn(root);
  if (classes.length < 2) {
    throw new RunError(
      `${folder} holds no data that is known: there are IDX files (train-images-idx3-ubyte ...), CIFAR's (data_batch_1.bin ...), or a folder of PNG or JPEG images for each class`,
    );
  }
  const test = isSplit ? TEST_NAMES.find((name) => names.includes(name)) : undefined;
  if (test) {
    const others = await foldersIn(join(folder, test));
    const strange = others.find((name) => !classes.includes(name));
    if (strange !== undefined) throw new RunError(`${join(folder, test)} has the class ${strange}, ${root} has not`);
  }
  return {
    kind: "a folder of images for each class",
    classes: classes.length,
    names: classes,
    train: await readPart(root, classes),
    test: test ? await readPart(join(folder, test), classes) : undefined,
  };
}

async function foldersIn(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map(({ name }) => name)
    .sort();
}

async function readPart(root: string, classes: readonly string[]): Promise<LabelledImages> {
  const files: string[] = [];
  const labels: number[] = [];
  for (const [label, name] of classes.entries()) {
    const entries = await readdir(join(root, name)).catch(() => []);
    for (const entry of entries.filter((file) => !file.startsWith(".")).sort()) {
      if (!isPictureName(entry)) {
        throw new RunError(`${join(root, name, entry)}: images are PNG or JPEG files; convert it, or take it away`);
      }
      files.push(join(root, name, entry));
      labels.push(label);
    }
  }
  if (files.length === 0) throw new RunError(`${root} has no images in the folders of its classes`);
  return {
    size: files.length,
    labels,
    async image(index) {
      const path = files[index]!;
      const { perPixel, ...picture } = await decodePicture(path, await readData(dirname(path), basename(path)));
      return { ...picture, channels: perPixel };
    },
  };
}
