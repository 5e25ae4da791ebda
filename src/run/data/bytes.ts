/** Files of a folder of data. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { RunError } from "../errors.js";

const unpack = promisify(gunzip);

/** Bytes that a file may unpack to: MNIST has 47 MB, and a small file could otherwise fill all memory. */
const LARGEST = 2 ** 31;

/** The content of a file, unpacked where it is called `.gz`. Errors: `RunError` naming it. */
export async function readData(folder: string, name: string): Promise<Uint8Array> {
  const path = join(folder, name);
  try {
    const content = await readFile(path);
    return name.endsWith(".gz") ? await unpack(content, { maxOutputLength: LARGEST }) : content;
  } catch (error) {
    throw new RunError(`${path} cannot be read: ${(error as Error).message}`);
  }
}
