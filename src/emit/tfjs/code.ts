/** Calls as data, which become JavaScript, or are saved as tfjs saves layers. */
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
