/** Files by path and by URI, none outside of the workspace. */
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { decodeSource, LARGEST_SOURCE, messageOf, stdFiles, type Resolver } from "../../index.js";

/** The path of a URI; of one that is no file of this machine (an unsaved text, a share) the URI itself. */
export function pathOf(uri: string): string {
  try {
    return uri.startsWith("file:") ? fileURLToPath(uri) : uri;
  } catch {
    return uri;
  }
}

/** Undefined for what is shipped, which lies in no file. */
export function uriOf(path: string): string | undefined {
  if (isAbsolute(path)) return pathToFileURL(path).href;
  return /^[a-z][\w+.-]*:/i.test(path) ? path : undefined;
}

/** Folders and files of a workspace that are looked through, at most. */
const MOST_FILES = 2_000;
const LEFT_OUT = new Set(["node_modules", ".git", "dist", "out", ".venv"]);

export class Files {
  roots: readonly string[] = [];

  /** A file belongs to a root, or else to its own folder. */
  private isInside(real: string, from: string): boolean {
    const folders = [...this.roots, dirname(from)].map(realOf);
    return folders.some((folder) => real === folder || real.startsWith(folder.endsWith(sep) ? folder : folder + sep));
  }

  readonly resolve: Resolver = (from, target) => {
    if (stdFiles.some(({ path }) => path === from)) return { problem: "shipped files use no other files" };
    if (!isAbsolute(from)) return { problem: "a text that is not saved uses no files" };
    if (isAbsolute(target) || /^[A-Za-z][A-Za-z0-9+.-]*:/.test(target)) {
      return { problem: 'a path is relative to the file that it stands in, such as "./blocks.cnn"' };
    }
    const path = resolve(dirname(from), target);
    if (!existsSync(path)) return { problem: "there is no such file" };
    if (!this.isInside(realOf(path), from)) return { problem: "it lies outside of the workspace" };
    if (!statSync(path).isFile()) return { problem: "it is a folder; name the .cnn file in it" };
    if (statSync(path).size > LARGEST_SOURCE) return { problem: "it is larger than a program may be" };
    const decoded = decodeSource(path, readFileSync(path));
    return "diagnostic" in decoded ? { problem: messageOf(decoded.diagnostic) } : { path, text: decoded.text };
  };

  /** The text of a file of the workspace. */
  readonly read = (path: string): string | undefined => {
    const shipped = stdFiles.find((file) => file.path === path);
    if (shipped) return shipped.text;
    if (!isAbsolute(path) || !existsSync(path) || !this.isInside(realOf(path), path)) return undefined;
    const decoded = decodeSource(path, readFileSync(path));
    return "diagnostic" in decoded ? undefined : decoded.text;
  };

  /** The programs of the workspace. */
  programs(): string[] {
    const found: string[] = [];
    const waiting = [...this.roots];
    let looked = 0;
    for (let folder = waiting.shift(); folder !== undefined && looked++ < MOST_FILES; folder = waiting.shift()) {
      for (const entry of entriesOf(folder)) {
        const path = join(folder, entry.name);
        if (entry.isDirectory() && !LEFT_OUT.has(entry.name)) waiting.push(path);
        if (entry.isFile() && entry.name.endsWith(".cnn") && found.length < MOST_FILES) found.push(path);
      }
    }
    return found;
  }

  /** What `use` can name from a file, as it is written there. */
  usableFrom(path: string): string[] {
    return this.programs()
      .filter((other) => other !== path)
      .map((other) => relative(dirname(path), other).replaceAll("\\", "/"))
      .map((target) => (target.startsWith(".") ? target : `./${target}`));
  }
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function realOf(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}
