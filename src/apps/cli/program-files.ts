/** The `.cnn` files that paths name: files themselves, and those in folders. */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "./terminal.js";

/** Folders that hold no programs of one's own. */
const SKIPPED = /^(node_modules|\..+)$/;

/** Files in the order of the paths, those of a folder by name. Errors: `UsageError` where a path leads nowhere. */
export async function programFiles(paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) found.push(...(path === "-" ? [path] : await filesAt(path)));
  return [...new Set(found)];
}

async function filesAt(path: string): Promise<string[]> {
  const entry = await stat(path).catch(() => undefined);
  if (!entry) throw new UsageError(`${path}: there is no such file or folder`);
  if (!entry.isDirectory()) return [path];
  return filesIn(path);
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    // A link to a folder could lead back up.
    if (entry.isDirectory() && !SKIPPED.test(entry.name)) found.push(...(await filesIn(path)));
    else if (!entry.isDirectory() && entry.name.endsWith(".cnn")) found.push(path);
  }
  return found;
}
