/** Calls as data, printed as JavaScript at the very end, or saved as tfjs saves layers. */
import type { CustomLayerName } from "./custom-layers.js";
import type { StandardLayer } from "./model/standard.js";

/**
 * How new weights start: by an initializer of tfjs's that goes by the kernel's shape, uniform up to a limit, or with a
 * constant. `limit` is that limit as a number, for a layer of ours that draws its own. All but constants are 0 where the module
 * is asked not to draw weights.
 */
export type Start =
  | { readonly start: "heUniform" | "glorotUniform" }
  | { readonly start: "uniform" | "limit"; readonly limit: number }
  | { readonly start: "constant"; readonly value: number };

/** A value in a configuration. */
export type ConfigValue = string | number | boolean | null | readonly ConfigValue[] | Start;

export type Config = Readonly<Record<string, ConfigValue>>;

/** One layer: `tf.layers.conv2d({ ... })`, or `new Chunk({ ... })`. */
export type LayerCall =
  | { readonly kind: StandardLayer; readonly custom?: undefined; readonly config: Config }
  | { readonly custom: CustomLayerName; readonly config: Config };

export function printValue(value: ConfigValue): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object" || value === null) return String(value);
  if ("start" in value) return printStart(value);
  const list = `[${value.map(printValue).join(", ")}]`;
  // tfjs takes null for a size that stays as it is, but its types do not say so.
  return value.includes(null) ? `/** @type {number[]} */ (${list})` : list;
}

function printStart(start: Start): string {
  switch (start.start) {
    case "uniform":
      return `initialize ? tf.initializers.randomUniform({ minval: ${-start.limit}, maxval: ${start.limit} }) : "zeros"`;
    case "limit":
      return `initialize ? ${start.limit} : 0`;
    case "constant":
      return `tf.initializers.constant({ value: ${start.value} })`;
    default:
      return start.start;
  }
}

export function printCall(call: LayerCall): string {
  const entries = Object.entries(call.config).map(([name, value]) => `${name}: ${printValue(value)}`);
  const callee = call.custom === undefined ? `tf.layers.${call.kind}` : `new ${call.custom}`;
  return `${callee}({ ${entries.join(", ")} })`;
}
