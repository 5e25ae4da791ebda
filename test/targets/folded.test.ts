/** Networks whose batch normalisations were folded compute in PyTorch and in Keras what they computed before. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { networkAt } from "../../src/analysis/bind.js";
import { foldBatchNorms } from "../../src/analysis/fold.js";
import { seededWeights } from "../../src/analysis/weights.js";
import type { Network } from "../../src/ir/network.js";
import { noiseInputs } from "../../src/run/input.js";
import { runOnnx } from "../../src/run/onnx.js";
import { runAllPython, type PythonResult } from "../../src/run/python/run.js";
import { difference, TOLERANCE } from "../../src/run/verify.js";
import { networkOf } from "../harness.js";

const seeded = seededWeights(11, "probe");

function zooNet(file: string, name: string, size: number): Network {
  const text = readFileSync(resolve(import.meta.dirname, `../../examples/zoo/${file}.cnn`), "utf8");
  const found = networkAt(networkOf(text, name), new Map([[0, [size, size, 3]]]));
  if ("fault" in found) throw new Error(`${name} does not take ${size}x${size}`);
  return found.network;
}

const nets: readonly (readonly [string, Network])[] = [
  ...[
    "INPUT 8x8x6 - CONV3-4/2 no bias - BN - RELU - CONV3-6 groups 2 - BN - GAP - FC-3",
    "INPUT 8x8x6 - UPCONV3-4/2 groups 2 - BN - RELU - DWCONV3 - BN - FC-4 no bias - BN",
    "INPUT 12x4 - CONV3-6 - BN - TANH - LINEAR-5 - BN",
    "INPUT 4x4x4x2 - CONV3-3 - BN no affine - RELU - FC-2",
  ].map((text) => [text, networkOf(text)] as const),
  ["ResNet18", zooNet("resnet", "ResNet18", 32)],
  ["MobileNetV2", zooNet("mobilenet_v2", "MobileNetV2", 32)],
];

describe.each(["pytorch", "keras"] as const)("%s", (target) => {
  let results: PythonResult[];

  beforeAll(async () => {
    results = await runAllPython(
      target,
      nets.map(([, network]) => {
        const folded = foldBatchNorms(network);
        expect(folded.network.nodes.some(({ op }) => op === "bn")).toBe(false);
        return { network: folded.network, inputs: noiseInputs(network, 11), weights: folded.weights(seeded) };
      }),
    );
  });

  test.each(nets.map(([name], index) => [name, index] as const))("%s", async (_name, index) => {
    const result = results[index]!;
    if ("error" in result) throw new Error(result.error);
    const [, network] = nets[index]!;
    const expected = await runOnnx(network, noiseInputs(network, 11), { weights: seeded });
    result.outputs.forEach((output, place) => {
      expect(difference(output, expected[place]!).relative).toBeLessThanOrEqual(TOLERANCE);
    });
  });
});
