/**
 * Writing files so that none is ever half written, and a set of files never half replaced: everything is written into a
 * folder of its own beside the target first, and renamed only when all of it is on disk. An interrupt leaves nothing.
 */
import { randomBytes } from "node:crypto";
import { renameSync, rmSync } from "node:fs";
import { mkdir, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import type { ByteStream, EmittedFile } from "../emit/bytes.js";

export type Progress = (bytes: number) => void;

/** Bytes that are gathered before they are written: many small pieces would each be a system call. */
const BUFFER = 1 << 20;

/** Folders that hold unfinished work, which an interrupt has to take away. */
const unfinished = new Set<string>();
let listening = false;

/** 128 and the number of the signal, as shells have it. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** What is done at an interrupt before the process may end, where something is. */
let atInterrupt: (() => void) | undefined;

/** Runs something that is told of the first interrupt, and ends by itself; a second one ends the process at once. */
export async function withInterrupts<T>(told: () => void, work: () => Promise<T>): Promise<T> {
  listenOnce();
  atInterrupt = told;
  try {
    return await work();
  } finally {
    atInterrupt = undefined;
  }
}

function listenOnce(): void {
  if (listening) return;
  listening = true;
  for (const [signal, code] of Object.entries(SIGNALS)) {
    process.on(signal, () => {
      const told = atInterrupt;
      atInterrupt = undefined;
      if (told) {
        told();
        return;
      }
      for (const folder of unfinished) rmSync(folder, { recursive: true, force: true });
      process.exit(code);
    });
  }
}

/** Runs something with a folder that is gone afterwards, also after an interrupt. */
async function withFolder<T>(folder: string, work: (folder: string) => Promise<T>): Promise<T> {
  listenOnce();
  unfinished.add(folder);
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
    unfinished.delete(folder);
  }
}

/** A folder of the system's for what only lives as long as a run. */
export async function withTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  return withFolder(await mkdtemp(join(tmpdir(), "cnnc-")), work);
}

/** Writes files into such a folder: nothing has to be on disk before it is read, or to outlive the power. */
export async function writeTemporary(folder: string, files: readonly EmittedFile[]): Promise<void> {
  for (const file of files) await write(join(folder, file.path), file.data, { isLasting: false });
}

/** Writes a stream to a path. Errors: those of the file system; what stood there is then still there. */
export async function writeAtomically(path: string, data: ByteStream, progress?: Progress): Promise<void> {
  await writeFiles(dirname(path), [{ path: basename(path), data }], progress);
}

/** Writes the files of a target into a folder, which is made where it is missing. */
export async function writeFiles(folder: string, files: readonly EmittedFile[], progress?: Progress): Promise<void> {
  await mkdir(folder, { recursive: true });
  const staging = join(folder, `.cnnc-${randomBytes(6).toString("hex")}.tmp`);
  await withFolder(staging, async () => {
    await mkdir(staging);
    for (const file of files) await await write(join(staging, file.path), file.data, { isLasting: true, progress });
    // The last file is the one that leads to the others: it comes when they are there.
    // Without a pause in which an interrupt could come.
    for (const file of files) renameSync(join(staging, file.path), join(folder, file.path));
  });
}

interface Writing {
  /** Whether it has to be on disk when it is written. */
  readonly isLasting: boolean;
  readonly progress?: Progress | undefined;
}

async function write(path: string, data: ByteStream, { isLasting, progress }: Writing): Promise<void> {
  const file = await open(path, "wx");
  try {
    let pending: Uint8Array[] = [];
    let size = 0;
    const flush = async () => {
      if (size > 0) await file.writev(pending);
      progress?.(size);
      pending = [];
      size = 0;
    };
    for (const chunk of data.chunks()) {
      pending.push(chunk);
      size += chunk.byteLength;
      if (size >= BUFFER) await flush();
    }
    await flush();
    if (isLasting) await file.sync();
  } finally {
    await file.close();
  }
}
