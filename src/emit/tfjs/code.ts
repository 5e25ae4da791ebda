/** Calls as data, printed as JavaScript at the very end. */
import type { CustomLayerName } from "./custom-layers.js";

/** A value in a configuration. A `raw` is an identifier or expression of our own, never text of the program. */
export type ConfigValue = string | number | boolean | readonly ConfigValue[] | { readonly raw: string };

export type Config = Readonly<Record<string, ConfigValue>>;

/** One layer: `tf.layers.conv2d({ ... })`, or `new Chunk({ ... })`. */
export interface LayerCall {
  readonly callee: string;
  readonly config: Config;
  /** The custom layer that it is. */
  readonly custom?: CustomLayerName;
}

export function printValue(value: ConfigValue): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object") return String(value);
  if ("raw" in value) return value.raw;
  return `[${value.map(printValue).join(", ")}]`;
}

export function printCall({ callee, config }: LayerCall): string {
  const entries = Object.entries(config).map(([name, value]) => `${name}: ${printValue(value)}`);
  return `${callee}({ ${entries.join(", ")} })`;
}
