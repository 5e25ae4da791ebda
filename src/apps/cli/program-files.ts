/** The programs that are named on the command line, those of folders among them. */
import { readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { UsageError } from "./terminal.js";

/** Files that a folder may have. */
const MOST_FILES = 10_000;

/**
 * Files as they are; of a folder all `.cnn` files below it, by name, without those that are passed over, and without folders that
 * are hidden or `node_modules`. Errors: `UsageError` for a folder without any.
 */
export function programFiles(paths: readonly string[], isIgnored: (path: string) => boolean = () => false): string[] {
  return [
    ...new Set(
      paths.flatMap((path) => {
        if (path === "-" || !statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
        const found = filesBelow(path, isIgnored);
        if (found.length === 0) throw new UsageError(`${path} has no .cnn files`);
        return found;
      }),
    ),
  ];
}

function filesBelow(folder: string, isIgnored: (path: string) => boolean): string[] {
  const files: string[] = [];
  const open = [folder];
  while (open.length > 0) {
    const current = open.pop()!;
    for (const entry of readdirSync(current, { withFileTypes: true })) {
      const path = join(current, entry.name);
      if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
      if (entry.isDirectory()) open.push(path);
      else if (entry.name.endsWith(".cnn") && !isIgnored(resolve(path))) files.push(path);
      if (files.length > MOST_FILES) throw new UsageError(`${folder} has more than ${MOST_FILES} programs`);
    }
  }
  return files.sort((a, b) => a.localeCompare(b, "en"));
}
