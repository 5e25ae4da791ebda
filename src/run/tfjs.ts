/** Runs a network as the module that `cnnc build` writes, in TensorFlow.js: wasm, or plain JavaScript. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { product, sum } from "../base/integers.js";
import { weightBytes } from "../analysis/weights.js";
import { emitTfjs } from "../emit/tfjs/emit.js";
import { nodeOf, type Network } from "../ir/network.js";
import { fixedShape } from "../ir/shape.js";
import { optional } from "./errors.js";
import { inputsOf, type Inputs } from "./input.js";
import { checkRunnable } from "./limits.js";
import { withTemporaryFolder, writeTemporary } from "./files.js";
import type { RunOptions } from "./onnx.js";
import type { NamedTensor } from "./tensors.js";

type TensorFlow = typeof import("@tensorflow/tfjs");

/** What an emitted module exports. */
interface EmittedModule {
  loadModel(
    tf: TensorFlow,
    read: (path: string) => Promise<ArrayBuffer>,
  ): Promise<import("@tensorflow/tfjs").LayersModel>;
  createModel(tf: TensorFlow): import("@tensorflow/tfjs").LayersModel;
}

/**
 * The most that the wasm backend is given: its memory ends at 2 GiB, and weights are in it once, the activations beside
 * them. Larger networks run in the plain JavaScript backend, which is slower.
 */
const WASM_BYTES = 1_000_000_000n;

/** Outputs of the network, channels last. Inputs have the batch as their first axis. Errors: `RunError`. */
export async function runTfjs(network: Network, inputs: Inputs, options: RunOptions): Promise<NamedTensor[]> {
  checkRunnable(network);
  const given = inputsOf(network, inputs);
  const activations = sum(network.nodes.map((node) => product(fixedShape(node.type))));
  const bytes = weightBytes(network) + 4n * activations;
  const tf = await tensorFlow(bytes > WASM_BYTES ? "cpu" : "wasm");
  // Outside of a package that says so, Node takes only .mjs for a module.
  const files = await emitTfjs(network, { ...options, stem: "model", ending: ".mjs", isRead: false });
  return withTemporaryFolder(async (folder) => {
    await writeTemporary(folder, files);
    const module = (await import(pathToFileURL(join(folder, "model.mjs")).href)) as EmittedModule;
    const read = async (path: string): Promise<ArrayBuffer> => {
      const content = await readFile(join(folder, path));
      return content.buffer.slice(content.byteOffset, content.byteOffset + content.byteLength) as ArrayBuffer;
    };
    const model = await module.loadModel(tf, read);
    const values = given.map(({ shape, data }) => tf.tensor(data, [...shape]));
    const results = [model.predict(values.length === 1 ? values[0]! : values)].flat();
    const outputs = await Promise.all(
      network.outputs.map(async (id, index) => {
        const data = (await results[index]!.data()) as Float32Array;
        return { name: nodeOf(network, id).name, shape: results[index]!.shape, data: Float32Array.from(data) };
      }),
    );
    tf.dispose([values, results]);
    model.dispose();
    return outputs;
  });
}

/** TensorFlow.js with a backend that is ready. */
export async function tensorFlow(backend: "wasm" | "cpu"): Promise<TensorFlow> {
  const purpose = "running tfjs models";
  const tf = await optional("@tensorflow/tfjs", purpose, () => import("@tensorflow/tfjs"));
  if (backend === "wasm") {
    const wasm = await optional(
      "@tensorflow/tfjs-backend-wasm",
      purpose,
      () => import("@tensorflow/tfjs-backend-wasm"),
    );
    const main = createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm");
    wasm.setWasmPaths(`${dirname(main)}/`);
  }
  // Without it tfjs advertises another package on the console.
  tf.enableProdMode();
  await tf.setBackend(backend);
  await tf.ready();
  return tf;
}
