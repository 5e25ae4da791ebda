/** `cnnc.config.json`: how the programs below its folder are linted. */
import { readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { closest, LEVELS, listWords, rules, visible, type Level, type LintConfig } from "../../index.js";
import { UsageError } from "./terminal.js";

export const CONFIG_FILE = "cnnc.config.json";

/** A configuration is some lines long. */
const LARGEST = 1 << 20;

export interface FoundConfig extends LintConfig {
  /** Files and folders that are passed over where a folder around them is linted, as full paths. */
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
  return new Checked(name).config(content, folder);
}

/** Takes a configuration apart; what is wrong with it is told with its place. */
class Checked {
  constructor(private readonly file: string) {}

  config(content: unknown, folder: string): FoundConfig {
    const { lint = {} } = this.object(content, "it", ["$schema", "lint"]);
    const {
      rules: levels,
      target,
      objectSize,
      ignore,
    } = this.object(lint, "lint", ["rules", "target", "objectSize", "ignore"]);
    return {
      ...(levels === undefined ? {} : { rules: this.levels(levels) }),
      ...(target === undefined ? {} : { target: this.target(target) }),
      ...(objectSize === undefined ? {} : { objectSize: this.size(objectSize) }),
      ...(ignore === undefined ? {} : { ignore: this.paths(ignore).map((path) => resolve(folder, path)) }),
    };
  }

  private object(value: unknown, what: string, keys: readonly string[]): Record<string, unknown> {
    if (typeof value !== "object" || value === null || Array.isArray(value)) this.fail(`${what} is no object`);
    for (const key of Object.keys(value)) {
      if (!keys.includes(key)) this.unknown(`${what} has no setting`, key, keys);
    }
    return value as Record<string, unknown>;
  }

  private levels(value: unknown): Record<string, Level> {
    const names = rules.map(({ name }) => name);
    if (typeof value !== "object" || value === null || Array.isArray(value)) this.fail("lint.rules is no object");
    return Object.fromEntries(
      Object.entries(value).map(([name, level]) => {
        if (!names.includes(name)) this.unknown("there is no rule", name, names);
        const known = LEVELS.find((candidate) => candidate === level);
        if (!known) this.unknown(`${name} has no level`, typeof level === "string" ? level : String(level), LEVELS);
        return [name, known];
      }),
    );
  }

  private target(value: unknown): "tensor cores" {
    if (value === "tensor cores") return value;
    return this.unknown("lint has no target", String(value), ["tensor cores"]);
  }

  private size(value: unknown): number {
    if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) return value;
    return this.fail("lint.objectSize is a whole number of pixels, from 1");
  }

  private paths(value: unknown): string[] {
    if (Array.isArray(value) && value.every((path) => typeof path === "string")) return value;
    return this.fail("lint.ignore is a list of paths");
  }

  private unknown(what: string, word: string, candidates: readonly string[]): never {
    const suggestion = closest(word, candidates);
    const few = candidates.length <= 6 ? `there is ${listWords(candidates)}` : "docs/linter.md lists all";
    return this.fail(`${what} ${visible(word)}; ${suggestion ? `did you mean ${suggestion}?` : few}`);
  }

  private fail(what: string): never {
    throw new UsageError(`${this.file}: ${what}`);
  }
}
