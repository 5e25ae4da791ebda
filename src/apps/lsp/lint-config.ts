/** `cnnc.config.json` for the files of a workspace: that of the nearest folder around a file, up to the root. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, isAbsolute, join, resolve, sep } from "node:path";
import { checkedConfig, ConfigFault, type LintConfig } from "../../index.js";

const CONFIG_FILE = "cnnc.config.json";

export interface FoundConfig extends LintConfig {
  /** Files and folders that are passed over, as full paths. */
  readonly ignore?: readonly string[];
}

export class LintConfigs {
  private readonly known = new Map<string, FoundConfig | undefined>();

  /** `tell` hears what is wrong with a configuration, which then counts for nothing. */
  constructor(private readonly tell: (problem: string) => void) {}

  forgetAll(): void {
    this.known.clear();
  }

  configFor(path: string, roots: readonly string[]): FoundConfig {
    if (!isAbsolute(path)) return {};
    for (let folder = dirname(path); ; folder = dirname(folder)) {
      if (!this.known.has(folder)) this.known.set(folder, this.read(join(folder, CONFIG_FILE)));
      const found = this.known.get(folder);
      if (found) return found;
      // Nothing outside of the workspace is read; a file beside it has its own folder.
      const isTop = roots.includes(folder) || !roots.some((root) => folder.startsWith(root + sep));
      if (isTop || dirname(folder) === folder) return {};
    }
  }

  private read(path: string): FoundConfig | undefined {
    if (!existsSync(path)) return undefined;
    try {
      const { ignore, ...config } = checkedConfig(JSON.parse(readFileSync(path, "utf8")));
      return { ...config, ...(ignore ? { ignore: ignore.map((entry) => resolve(dirname(path), entry)) } : {}) };
    } catch (error) {
      const reason = error instanceof ConfigFault ? error.message : "it is no JSON";
      this.tell(`${path}: ${reason}`);
      return {};
    }
  }
}
