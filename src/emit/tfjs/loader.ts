/** The part of an emitted module that loads its weights. */

/** Source of `loadWeights` and `loadModel`; `manifest` is the file beside the module, `model` the type of what it makes. */
export function loaderSource(manifest: string, model: string, draws: boolean): string {
  return `
/**
 * Creates the model with the weights that were built with it.
 *
 * @param {TensorFlow} tf
 * @param {(path: string) => Promise<ArrayBuffer>} [read] reads a file beside this module; by default it is fetched
 * @returns {Promise<import("@tensorflow/tfjs").${model}>}
 */
export async function loadModel(tf, read = fetchBeside) {
  const model = createModel(tf${draws ? ", { initialize: false }" : ""});
  await loadWeights(tf, model, read);
  return model;
}

/**
 * Loads the weights into a model, some layers after the others.
 *
 * @param {TensorFlow} tf
 * @param {import("@tensorflow/tfjs").LayersModel} model
 * @param {(path: string) => Promise<ArrayBuffer>} [read]
 */
export async function loadWeights(tf, model, read = fetchBeside) {
  /** @type {import("@tensorflow/tfjs").io.WeightsManifestConfig} */
  const manifest = JSON.parse(new TextDecoder().decode(await read(${JSON.stringify(manifest)})));
  for (const { paths, weights } of manifest) {
    const shards = await Promise.all(paths.map((path) => read(path)));
    const tensors = tf.io.decodeWeights(shards, weights);
    for (const layer of new Set(weights.map(({ name }) => name.split("/")[0]))) {
      const own = weights.filter(({ name }) => name.startsWith(\`\${layer}/\`));
      model.getLayer(layer).setWeights(own.map(({ name }) => tensors[name]));
    }
    tf.dispose(tensors);
  }
}

/**
 * @param {string} path
 * @returns {Promise<ArrayBuffer>}
 */
async function fetchBeside(path) {
  const url = new URL(path, import.meta.url);
  if (url.protocol === "file:") throw new Error("fetch reads no files: pass a function that does as the last argument");
  const response = await fetch(url);
  if (!response.ok) throw new Error(\`cannot read \${path}: \${response.status} \${response.statusText}\`);
  return response.arrayBuffer();
}
`;
}

export const loaderTypes = (model: string): string => `
/** Creates the model with the weights that were built with it. \`read\` reads a file beside the module; by default it is fetched. */
export declare function loadModel(tf: TensorFlow, read?: (path: string) => Promise<ArrayBuffer>): Promise<tensorflow.${model}>;

/** Loads the weights into a model, some layers after the others. */
export declare function loadWeights(
  tf: TensorFlow,
  model: tensorflow.LayersModel,
  read?: (path: string) => Promise<ArrayBuffer>,
): Promise<void>;
`;
