/** Runs a network as the ONNX file that `cnnc build` writes, in onnxruntime-node. */
import { join } from "node:path";
import type { WeightSource } from "../analysis/weights.js";
import { emitOnnxFiles } from "../emit/onnx/emit.js";
import type { Network } from "../ir/network.js";
import { optional } from "./errors.js";
import { inputsOf, type Inputs } from "./input.js";
import { checkRunnable } from "./limits.js";
import { withTemporaryFolder, writeTemporary } from "./files.js";
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
    await writeTemporary(folder, emitOnnxFiles(network, { ...options, path }));
    const session = await ort.InferenceSession.create(join(folder, path), { logSeverityLevel: 3 });
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
