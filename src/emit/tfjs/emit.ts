/** IR to a tfjs module: readable layers-API code, its types, and its weights with a loader. */
import type { Plugin } from "prettier";
import type { WeightSource } from "../../analysis/weights.js";
import { costOf, totalCost, weightSpecs } from "../../analysis/cost.js";
import { groupDigits } from "../../base/integers.js";
import { nodeOf, type Network } from "../../ir/network.js";
import { formatDimensions } from "../../ir/shape.js";
import type { Training } from "../../ir/training.js";
import { textFile, type EmittedFile } from "../bytes.js";
import { bodySource } from "./body.js";
import { customLayersSource } from "./custom-layers.js";
import { isChain } from "./graph.js";
import { loaderSource, loaderTypes } from "./loader.js";
import { trainingSource } from "./training/source.js";
import { trainingTypes } from "./training/types.js";
import { tfjsWeights } from "./weights.js";

export interface TfjsOptions {
  /** Where the weights come from; without one the module only creates the model. */
  weights?: WeightSource;
  /** File name without ending: the module is `<stem>.js`. */
  stem: string;
  /** How the module trains; where it is not given, as the program says, and not at all where it says nothing. */
  training?: Training;
  /** Ending of the module, `.js` where it is not given; its types end in `.d.ts` or `.d.mts`. */
  ending?: ".js" | ".mjs";
  /** Whether people read it: by default. One that is only run is not laid out, which takes longer than all else, and has no types. */
  isRead?: boolean;
}

/** All files of the target; the module comes last, so that it never stands without its weights. */
export async function emitTfjs(network: Network, options: TfjsOptions): Promise<EmittedFile[]> {
  const { ending = ".js", isRead = true } = options;
  const training = options.training ?? network.training;
  const withWeights = options.weights !== undefined;
  const weights = options.weights && tfjsWeights(network, { weights: options.weights, stem: options.stem });
  const manifest = `${options.stem}.weights.json`;
  const source = moduleSource(network, withWeights ? manifest : undefined, training);
  const [code, types] = isRead
    ? await Promise.all([
        format(source, "babel"),
        format(typesSource(network, withWeights, training !== undefined), "typescript"),
      ])
    : [source];
  return [
    ...(weights?.shards ?? []),
    ...(weights ? [textFile(manifest, `${JSON.stringify(weights.manifest, null, 2)}\n`)] : []),
    ...(types === undefined ? [] : [textFile(options.stem + (ending === ".mjs" ? ".d.mts" : ".d.ts"), types)]),
    textFile(options.stem + ending, code),
  ];
}

/** Prettier, loaded only when code is emitted: it is by far the largest module of the compiler. */
async function format(source: string, parser: "babel" | "typescript"): Promise<string> {
  const [prettier, language, estree] = await Promise.all([
    import("prettier/standalone"),
    parser === "babel" ? import("prettier/plugins/babel") : import("prettier/plugins/typescript"),
    import("prettier/plugins/estree"),
  ]);
  return prettier.format(source, { parser, plugins: [language, estree as Plugin] });
}

/** A comment that cannot be left: what the program says must not end it. */
export function commentText(text: string): string {
  return text.replaceAll("*/", "*\\/").replace(/[\u0000-\u0009\u000b-\u001f\u007f\u2028\u2029]/g, " ");
}

function summary(network: Network): string {
  const { params } = totalCost(network.nodes.map((node) => costOf(network, node)));
  const shape = (ids: readonly number[]) =>
    ids.map((id) => formatDimensions(nodeOf(network, id).type.shape)).join(", ");
  return `Input ${shape(network.inputs)}, output ${shape(network.outputs)}, ${groupDigits(params)} parameters.`;
}

function moduleSource(network: Network, manifest: string | undefined, training?: Training): string {
  const { source: code, custom } = bodySource(network);
  const isSequential = isChain(network);
  const initializers = ["heUniform", "glorotUniform"].filter((name) => code.includes(`Initializer: ${name}`));
  const documentation = (network.documentation ? commentText(network.documentation).split("\n") : []).map(
    (line) => ` * ${line}`,
  );
  const draws = drawsWeights(network);
  // No JSDoc: what the program's documentation says must not be read as types.
  return `// @ts-check
/*
${[` * ${commentText(network.name)}: a model for TensorFlow.js, compiled by cnnc.`, ...(documentation.length > 0 ? [" *", ...documentation] : []), " *", ` * ${summary(network)}`].join("\n")}
 */

/** @typedef {typeof import("@tensorflow/tfjs")} TensorFlow */
${custom.size > 0 || training ? '/** @typedef {import("@tensorflow/tfjs").Tensor} Tensor */' : ""}
${isSequential ? "" : '/** @typedef {import("@tensorflow/tfjs").SymbolicTensor} SymbolicTensor */'}
${!isSequential || code.includes("@returns {Layer[]}") ? '/** @typedef {import("@tensorflow/tfjs").layers.Layer} Layer */' : ""}

/**
 * Creates the model, with new weights.
 *
 * @param {TensorFlow} tf
 ${draws ? "* @param {{ initialize?: boolean }} [options] `initialize: false` leaves the weights 0, for when they are loaded next." : "*"}
 * @returns {import("@tensorflow/tfjs").${modelType(network)}}
 */
export function createModel(tf${draws ? ", { initialize = true } = {}" : ""}) {
${custom.size > 0 ? `const { ${[...custom].join(", ")} } = customLayers(tf);` : ""}
${initializers.map((name) => `const ${name} = initialize ? "${name}" : "zeros";`).join("\n")}

${code}
}
${isSequential ? "" : throughSource}
${manifest ? loaderSource(manifest, modelType(network), draws) : ""}
${training ? trainingSource(network, training, modelType(network)) : ""}
${customLayersSource(custom)}`;
}

/** The function that connects layers. */
const throughSource = `
/**
 * The value behind layers that stand one after the other; the first reads all of \`values\`.
 *
 * @param {SymbolicTensor | SymbolicTensor[]} values
 * @param {...Layer} layers
 */
function through(values, ...layers) {
  for (const layer of layers) values = /** @type {SymbolicTensor} */ (layer.apply(values));
  return /** @type {SymbolicTensor} */ (values);
}
`;

/** What a module makes: a sequence, or a graph. */
function modelType(network: Network): "Sequential" | "LayersModel" {
  return isChain(network) ? "Sequential" : "LayersModel";
}

/** Whether new weights are drawn, so that not drawing them can be asked for. */
function drawsWeights(network: Network): boolean {
  return network.nodes.some((node) => weightSpecs(network, node).some((spec) => spec.initial.kind === "fan"));
}

function typesSource(network: Network, withWeights: boolean, trains: boolean): string {
  const draws = drawsWeights(network);
  return `import type * as tensorflow from "@tensorflow/tfjs";

type TensorFlow = typeof tensorflow;

/** Creates the model, with new weights. */
export declare function createModel(tf: TensorFlow${draws ? ", options?: {\n/** false leaves the weights 0, for when they are loaded next. */\ninitialize?: boolean }" : ""}): tensorflow.${modelType(network)};
${withWeights ? loaderTypes(modelType(network)) : ""}${trains ? trainingTypes(modelType(network)) : ""}`;
}
