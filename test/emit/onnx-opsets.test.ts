/** Files of every operator set compute the same; the Python oracle checks each of them. */
import * as ort from "onnxruntime-node";
import { describe, expect, test } from "vitest";
import { seededWeights } from "../../src/analysis/weights.js";
import { emitOnnx, onnxModel } from "../../src/emit/onnx/emit.js";
import { DEFAULT_OPSET, irVersionOf, NEWEST_OPSET } from "../../src/emit/onnx/opsets.js";
import type { Network } from "../../src/ir/network.js";
import { noiseInputs } from "../../src/run/input.js";
import { toChannelsFirst, type NamedTensor } from "../../src/run/tensors.js";
import { difference } from "../../src/run/verify.js";
import { networkOf } from "../harness.js";
import { operatorNets } from "../run/operator-nets.js";

const weights = seededWeights(3, "probe");

async function outputsOf(network: Network, opset: number): Promise<NamedTensor[]> {
  const file = Buffer.concat([...emitOnnx(network, { weights, opset }).chunks()]);
  const session = await ort.InferenceSession.create(file, { logSeverityLevel: 3 });
  const feeds = [...noiseInputs(network, 5)].map(([name, value]) => {
    const { shape, data } = toChannelsFirst(value);
    return [name, new ort.Tensor("float32", data, [...shape])] as const;
  });
  const found = await session.run(Object.fromEntries(feeds));
  await session.release();
  return session.outputNames.map((name) => {
    return { name, shape: found[name]!.dims, data: found[name]!.data as Float32Array };
  });
}

const typesOf = (text: string, opset: number) =>
  onnxModel(networkOf(text), { weights, opset }).graph.nodes.map(({ type }) => type);

describe.each(Object.entries(operatorNets))("the oldest and the newest agree over %s", (_kind, nets) => {
  test.each(nets)("%s", async (text) => {
    const network = networkOf(text);
    const [oldest] = await outputsOf(network, DEFAULT_OPSET);
    const [newest] = await outputsOf(network, NEWEST_OPSET);
    expect(difference(newest!, oldest!).relative).toBeLessThanOrEqual(1e-5);
  });
});

test.each([
  ["INPUT 8x8x4 - MISH", "Mish", 18],
  ["INPUT 8x8x4 - GELU", "Gelu", 20],
  ["INPUT 8x8x4 - GN-2", "GroupNormalization", 21],
  ["INPUT 8x4 - ATTENTION 2", "Attention", 23],
])("%s is %s from operator set %i on", (text, type, first) => {
  expect(typesOf(text, first)).toContain(type);
  expect(typesOf(text, first - 1)).not.toContain(type);
});

test("a file says its operator set, and the IR version that came with it", () => {
  const versions = [17, 18, 19, 20, 21, 22, 23, 24, 25, 26].map((opset) => {
    const model = onnxModel(networkOf("INPUT 4"), { weights, opset });
    return [model.opset, model.irVersion];
  });
  // As onnx.helper.VERSION_TABLE has it.
  const table = [8, 8, 9, 9, 10, 10, 11, 12, 13, 13].map((version, index) => [17 + index, version]);
  expect(versions).toEqual(table);
});

test("what is not written is said", () => {
  expect(() => irVersionOf(16)).toThrow("operator set 16 is not one of 17 to 26");
  expect(() => irVersionOf(27)).toThrow("operator set 27 is not one of 17 to 26");
});
