/**
 * Layers that tfjs's layers API lacks, as source text that is copied into the emitted module. Each is written once, reads
 * only its own configuration, and is emitted only where it is used.
 */
import { activations } from "./custom/activations.js";
import { helpers, type CustomLayer, type HelperName } from "./custom/helpers.js";
import { normalisation } from "./custom/normalisation.js";
import { rearranging } from "./custom/rearranging.js";
import { sequences } from "./custom/sequences.js";
import { windows } from "./custom/windows.js";

export const customLayers = { ...windows, ...normalisation, ...activations, ...rearranging, ...sequences };

export type CustomLayerName = keyof typeof customLayers;

/** The function that defines the custom layers of a module; empty where none is used. */
export function customLayersSource(used: ReadonlySet<CustomLayerName>): string {
  const all = Object.entries(customLayers) as [CustomLayerName, CustomLayer][];
  const bases = new Set(all.flatMap(([name, layer]) => (used.has(name) ? (layer.extends ?? []) : [])));
  const emitted = all.filter(([name]) => used.has(name) || bases.has(name));
  if (emitted.length === 0) return "";
  const names = emitted.map(([name]) => name);
  const layers = emitted.map(([, layer]) => layer);
  const needed = new Set(layers.flatMap(({ needs }) => needs));
  const shared = (Object.keys(helpers) as HelperName[]).filter((name) => needed.has(name)).map((name) => helpers[name]);
  const body = [...shared, ...layers.map(({ source }) => source)].join("\n");
  const types = ["Tensor4D", "Tensor5D", "LayerVariable"].filter(
    (name) => body.includes(`{${name}`) || body.includes(` ${name}`),
  );
  return `
${types.map((name) => `/** @typedef {import("@tensorflow/tfjs").${name}} ${name} */`).join("\n")}
/** @typedef {(number | null)[]} Shape */

/**
 * Layers that tfjs does not have.
 *
 * @param {TensorFlow} tf
 */
function customLayers(tf) {
  /**
   * A layer that keeps its configuration.
   *
   * @template {object} C
   */
  class Configured extends tf.layers.Layer {
    /** @param {{ name?: string, inputShape?: Shape } & C} config */
    constructor(config) {
      super(config);
      this.config = config;
    }

    getConfig() {
      return { ...super.getConfig(), ...this.config };
    }
  }
${body}

  for (const layer of [${names.join(", ")}]) tf.serialization.registerClass(layer);
  return { ${names.join(", ")} };
}
`;
}
