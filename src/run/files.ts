/** Writing files so that none is ever half written: to a temporary name first, then renamed. */
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, open, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { ByteStream, EmittedFile } from "../emit/bytes.js";

export type Progress = (bytes: number) => void;

/** Bytes that are gathered before they are written: many small pieces would each be a system call. */
const BUFFER = 1 << 20;

/** Writes a stream to a path; what stood there is replaced only when all of it is on disk. Errors: those of the file system. */
export async function writeAtomically(
  path: string,
  data: ByteStream,
  progress: Progress = () => undefined,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    const file = await open(temporary, "wx");
    try {
      let pending: Uint8Array[] = [];
      let size = 0;
      const flush = async () => {
        if (size > 0) await file.writev(pending);
        progress(size);
        pending = [];
        size = 0;
      };
      for (const chunk of data.chunks()) {
        pending.push(chunk);
        size += chunk.byteLength;
        if (size >= BUFFER) await flush();
      }
      await flush();
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Writes the files of a target into a folder, in their order. */
export async function writeFiles(folder: string, files: readonly EmittedFile[], progress?: Progress): Promise<void> {
  for (const file of files) await writeAtomically(join(folder, file.path), file.data, progress);
}

/** Runs something with a folder that is gone afterwards. */
export async function withTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "cnnc-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
