/** What stands in a `cnnc.config.json`, checked: what is not known is told with what was probably meant. */
import { closest, listWords } from "../base/suggest.js";
import { visible } from "../base/visible.js";
import { LEVELS, type Level, type LintConfig } from "./rule.js";
import { rules } from "./rules.js";

/** What is wrong with a configuration. */
export class ConfigFault extends Error {
  override readonly name = "ConfigFault";
}

export interface CheckedConfig extends LintConfig {
  /** Files and folders, relative to that of the configuration. */
  readonly ignore?: readonly string[];
}

/** Errors: `ConfigFault` for what is none. */
export function checkedConfig(content: unknown): CheckedConfig {
  const { lint = {} } = objectOf(content, "it", ["$schema", "lint"]);
  const keys = ["rules", "target", "objectSize", "ignore"] as const;
  const { rules: levels, target, objectSize, ignore } = objectOf(lint, "lint", keys);
  return {
    ...(levels === undefined ? {} : { rules: levelsOf(levels) }),
    ...(target === undefined ? {} : { target: targetOf(target) }),
    ...(objectSize === undefined ? {} : { objectSize: sizeOf(objectSize) }),
    ...(ignore === undefined ? {} : { ignore: pathsOf(ignore) }),
  };
}

function objectOf(value: unknown, what: string, keys: readonly string[]): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new ConfigFault(`${what} is no object`);
  for (const key of Object.keys(value)) {
    if (!keys.includes(key)) throw unknown(`${what} has no setting`, key, keys);
  }
  return value as Record<string, unknown>;
}

function levelsOf(value: unknown): Record<string, Level> {
  const names = rules.map(({ name }) => name);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ConfigFault("lint.rules is no object");
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, level]) => {
      if (!names.includes(name)) throw unknown("there is no rule", name, names);
      const known = LEVELS.find((candidate) => candidate === level);
      if (!known) throw unknown(`${name} has no level`, typeof level === "string" ? level : String(level), LEVELS);
      return [name, known];
    }),
  );
}

function targetOf(value: unknown): "tensor cores" {
  if (value === "tensor cores") return value;
  throw unknown("lint has no target", String(value), ["tensor cores"]);
}

function sizeOf(value: unknown): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) return value;
  throw new ConfigFault("lint.objectSize is a whole number of pixels, from 1");
}

function pathsOf(value: unknown): string[] {
  if (Array.isArray(value) && value.every((path) => typeof path === "string")) return value;
  throw new ConfigFault("lint.ignore is a list of paths");
}

function unknown(what: string, word: string, candidates: readonly string[]): ConfigFault {
  const suggestion = closest(word, candidates);
  const few = candidates.length <= 6 ? `there is ${listWords(candidates)}` : "docs/linter.md lists all";
  return new ConfigFault(`${what} ${visible(word)}; ${suggestion ? `did you mean ${suggestion}?` : few}`);
}
