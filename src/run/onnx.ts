/** Runs a network as the ONNX file that `cnnc build` writes, in onnxruntime-node. */
import { join } from "node:path";
import type { WeightSource } from "../analysis/weights.js";
import { emitOnnxFiles } from "../emit/onnx/emit.js";
import type { Network } from "../ir/network.js";
import { optional } from "./errors.js";
import { inputsOf, type Inputs } from "./input.js";
import { checkRunnable } from "./limits.js";
import { withTemporaryFolder, writeFiles } from "./files.js";
import { toChannelsFirst, toChannelsLast, type NamedTensor } from "./tensors.js";

export interface RunOptions {
  weights: WeightSource;
}

/** Outputs of the network, channels last. Inputs have the batch as their first axis. Errors: `RunError`. */
export async function runOnnx(network: Network, inputs: Inputs, options: RunOptions): Promise<NamedTensor[]> {
  checkRunnable(network);
  const values = inputsOf(network, inputs);
  const ort = await optional("onnxruntime-node", "running ONNX models", () => import("onnxruntime-node"));
  return withTemporaryFolder(async (folder) => {
    const path = "model.onnx";
    await writeFiles(folder, emitOnnxFiles(network, { ...options, path }));
    const session = await sessionOf(ort, join(folder, path));
    try {
      const feeds = Object.fromEntries(
        values.map(({ name, ...value }) => {
          const { shape, data } = toChannelsFirst(value);
          return [name, new ort.Tensor("float32", data, [...shape])];
        }),
      );
      const results = await session.run(feeds);
      return session.outputNames.map((name) => {
        const result = results[name]!;
        return { name, ...toChannelsLast({ shape: result.dims, data: result.data as Float32Array }) };
      });
    } finally {
      await session.release();
    }
  });
}

/**
 * onnxruntime merges a Pad with the pool behind it also where it then refuses the padding as too large (seen in 1.30): such a
 * model is run as it is written.
 */
async function sessionOf(ort: typeof import("onnxruntime-node"), path: string) {
  const options = { logSeverityLevel: 3 } as const;
  try {
    return await ort.InferenceSession.create(path, options);
  } catch (error) {
    if (!/Pad should be smaller than kernel/.test((error as Error).message)) throw error;
    return ort.InferenceSession.create(path, { ...options, graphOptimizationLevel: "disabled" });
  }
}
