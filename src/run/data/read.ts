/** The images in a folder, by what kind of files are there. */
import { readdir } from "node:fs/promises";
import { RunError } from "../errors.js";
import { isCifar, readCifar } from "./cifar.js";
import { readFolders } from "./folders.js";
import { isIdx, readIdx } from "./idx.js";
import type { DataSet } from "./images.js";

/** Errors: `RunError` where the folder holds nothing that is known, or something is wrong with it. */
export async function readDataSet(folder: string): Promise<DataSet> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    const reasons: Record<string, string> = {
      ENOENT: "there is no such folder",
      ENOTDIR: "it is a file; name its folder",
    };
    throw new RunError(`${folder}: ${reasons[error.code ?? ""] ?? `it cannot be read (${error.code ?? "unknown"})`}`);
  });
  if (isIdx(names)) return readIdx(folder, names);
  if (isCifar(names)) return readCifar(folder, names);
  return readFolders(folder, names);
}
