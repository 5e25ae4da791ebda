/** Files that cannot be written: told in words, and before the work where that can be. */
import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { writeFiles } from "../../run/index.js";
import { UsageError } from "./terminal.js";

/** Runs work that writes to a path. Errors: `UsageError` where the system refuses. */
export async function writing<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UsageError(`${path} cannot be written (${describeCode(code)})`);
  }
}

/** Errors: `UsageError` where a file could not be written. Its folder is made where it is missing. */
export async function checkWritable(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) throw new UsageError(`${path} is a folder; name a file`);
  await writing(path, () => writeFiles(dirname(path), []));
}

function describeCode(code: string): string {
  const words: Record<string, string> = {
    EACCES: "it may not be written",
    ENOENT: "there is no such folder",
    ENOTDIR: "a part of its path is a file",
    EEXIST: "a file stands where its folder should be",
    ENOSPC: "the disk is full",
    EROFS: "the disk is read-only",
  };
  return words[code] ?? code;
}
