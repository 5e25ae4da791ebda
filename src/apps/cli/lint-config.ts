/** `cnnc.config.json`: how the programs below its folder are linted, and which are passed over by the linter and the formatter. */
import { readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { checkedConfig, ConfigFault, visible, type LintConfig } from "../../index.js";
import { UsageError } from "./terminal.js";

export const CONFIG_FILE = "cnnc.config.json";

/** A configuration is some lines long. */
const LARGEST = 1 << 20;

export interface FoundConfig extends LintConfig {
  /** Files and folders that are passed over where a folder around them is looked through, as full paths. */
  readonly ignore?: readonly string[];
}

/** Finds configurations: each file is read once. */
export class ConfigReader {
  private readonly known = new Map<string, FoundConfig | undefined>();

  /** That of the nearest folder around a file, up to the folder where the command runs. Errors: `UsageError` for a wrong one. */
  configFor(path: string): FoundConfig {
    // As paths are named: a link within the tree leads to where its owner wants it to.
    const top = process.cwd();
    const folder = path === "-" ? top : dirname(resolve(path));
    for (let current = folder; isWithin(current, top); current = dirname(current)) {
      const found = this.read(current);
      if (found) return found;
    }
    return {};
  }

  /** Whether a file, by its full path, is passed over where a folder around it is looked through. */
  readonly isIgnored = (path: string): boolean =>
    (this.configFor(path).ignore ?? []).some((entry) => path === entry || path.startsWith(entry + sep));

  private read(folder: string): FoundConfig | undefined {
    if (!this.known.has(folder)) this.known.set(folder, readConfig(folder));
    return this.known.get(folder);
  }
}

const isWithin = (path: string, folder: string) =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

function readConfig(folder: string): FoundConfig | undefined {
  const path = join(folder, CONFIG_FILE);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats?.isFile()) return undefined;
  const name = relative(process.cwd(), path);
  if (stats.size > LARGEST) throw new UsageError(`${name} is larger than a configuration may be`);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new UsageError(`${name} is no JSON: ${visible((error as Error).message)}`);
  }
  try {
    const { ignore, ...config } = checkedConfig(content);
    return { ...config, ...(ignore ? { ignore: ignore.map((entry) => resolve(folder, entry)) } : {}) };
  } catch (error) {
    if (error instanceof ConfigFault) throw new UsageError(`${name}: ${error.message}`);
    throw error;
  }
}
