/** Weights of a network from a safetensors file on disk, read as they are needed. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import type { WeightSource } from "../analysis/weights.js";
import type { ByteReader } from "../import/bytes.js";
import { ImportError } from "../import/errors.js";
import { unusedTensors, weightsFrom } from "../import/safetensors/source.js";
import type { Network } from "../ir/network.js";
import { RunError } from "./errors.js";

export interface FileWeights {
  readonly weights: WeightSource;
  /** Tensors of the file that the network has no use for. */
  readonly unused: readonly string[];
}

/** Runs something with the weights of a file. Errors: `RunError` where it cannot be read or does not fit the network. */
export async function withWeightsFile<T>(
  path: string,
  network: Network,
  work: (file: FileWeights) => Promise<T>,
): Promise<T> {
  return withReader(path, (reader) =>
    work({ weights: weightsFrom(reader, network), unused: unusedTensors(reader, network) }),
  );
}

/** Runs something with a file that is read in parts. Errors: `RunError` naming the file. */
export async function withReader<T>(path: string, work: (reader: ByteReader) => Promise<T>): Promise<T> {
  const file = open(path);
  try {
    return await work(readerOf(file, path));
  } catch (error) {
    if (error instanceof ImportError) throw new RunError(`${path}: ${error.message}`);
    throw error;
  } finally {
    closeSync(file);
  }
}

function open(path: string): number {
  try {
    const file = openSync(path, "r");
    if (!fstatSync(file).isFile()) {
      closeSync(file);
      throw new RunError(`${path} is no file`);
    }
    return file;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new RunError(`${path}: ${code === "ENOENT" ? "there is no such file" : `it cannot be read (${code})`}`);
  }
}

function readerOf(file: number, path: string): ByteReader {
  return {
    byteLength: fstatSync(file).size,
    read(offset, target) {
      let done = 0;
      while (done < target.byteLength) {
        const count = readSync(file, target, done, target.byteLength - done, offset + done);
        if (count === 0) throw new RunError(`${path} ends before byte ${offset + target.byteLength}`);
        done += count;
      }
    },
  };
}
