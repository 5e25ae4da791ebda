/** What a user sets in the editor under `cnnc`. */
import { defaultLimits, LEVELS, type Level, type Limits } from "../../index.js";

export interface Configuration {
  /** Sizes and parameters behind layers. */
  readonly hints: boolean;
  /** What nets cost, above them. */
  readonly lenses: boolean;
  readonly limits: Partial<Limits>;
  /** Levels of the linter's rules; those of a `cnnc.config.json` go before them. */
  readonly rules: Readonly<Record<string, Level>>;
}

export const usualConfiguration: Configuration = { hints: true, lenses: true, limits: {}, rules: {} };

/** Settings as they come from an editor: what is not understood has its usual value. */
export function configurationOf(settings: unknown): Configuration {
  const { hints, lenses, limits, lint } = recordOf(settings);
  return {
    hints: enabled(hints, usualConfiguration.hints),
    lenses: enabled(lenses, usualConfiguration.lenses),
    limits: limitsOf(recordOf(limits)),
    rules: levelsOf(recordOf(lint)),
  };
}

const recordOf = (value: unknown) =>
  (typeof value === "object" && value !== null ? value : {}) as Record<string, unknown>;

/** `true`, or `{ "enabled": true }`. */
function enabled(value: unknown, usual: boolean): boolean {
  const found = typeof value === "object" ? recordOf(value)["enabled"] : value;
  return typeof found === "boolean" ? found : usual;
}

function limitsOf(given: Record<string, unknown>): Partial<Limits> {
  const names = Object.keys(defaultLimits) as (keyof Limits)[];
  const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0;
  return Object.fromEntries(names.flatMap((name) => (isCount(given[name]) ? [[name, given[name]]] : [])));
}

function levelsOf(given: Record<string, unknown>): Record<string, Level> {
  const isLevel = (value: unknown): value is Level => LEVELS.includes(value as Level);
  return Object.fromEntries(Object.entries(given).flatMap(([name, value]) => (isLevel(value) ? [[name, value]] : [])));
}
