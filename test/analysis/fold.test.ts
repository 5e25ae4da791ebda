/** Batch normalisations that are taken into layers change nothing that is computed. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { networkAt } from "../../src/analysis/bind.js";
import { foldBatchNorms } from "../../src/analysis/fold.js";
import { allWeights, seededWeights, weightTensors } from "../../src/analysis/weights.js";
import type { Network } from "../../src/ir/network.js";
import { verifyNetwork } from "../../src/ir/verify.js";
import { noiseInputs } from "../../src/run/input.js";
import { runOnnx } from "../../src/run/onnx.js";
import { runTfjs } from "../../src/run/tfjs.js";
import { difference } from "../../src/run/verify.js";
import { networkOf } from "../harness.js";
import { operatorNets } from "../run/operator-nets.js";

const weights = seededWeights(7, "probe");
const namesOf = ({ nodes }: Network) => nodes.map(({ name }) => name);

async function expectSame(network: Network, run: typeof runOnnx = runOnnx): Promise<void> {
  const folded = foldBatchNorms(network);
  expect(verifyNetwork(folded.network)).toEqual([]);
  const inputs = noiseInputs(network, 7);
  const before = await run(network, inputs, { weights });
  const after = await run(folded.network, inputs, { weights: folded.weights(weights) });
  expect(after.map(({ name }) => name)).toEqual(before.map(({ name }) => name));
  for (const [index, output] of before.entries()) {
    expect(difference(after[index]!, output).relative).toBeLessThanOrEqual(1e-4);
  }
}

describe("the same is computed", () => {
  const layers = /CONV\S* |CONV\S*$|LINEAR|FC-/;
  const nets = Object.entries(operatorNets).flatMap(([kind, texts]) =>
    kind === "more axes" ? [] : texts.filter((text) => layers.test(text.split(" - ").at(-1)!) && !text.includes("{")),
  );
  test.each(nets.map((text) => `${text} - BN - RELU`))("%s", async (text) => {
    const network = networkOf(text);
    expect(foldBatchNorms(network).names).toEqual(["bn1"]);
    await expectSame(network);
  });

  /** Networks of the zoo with few parameters, on small pictures. */
  test.each([
    ["mobilenet_v2", "MobileNetV2", 32],
    ["shufflenet_v2", "ShuffleNetV2_x0_5", 32],
    ["mobilenet_v3", "MobileNetV3Small", 32],
    ["regnet", "RegNetY_400MF", 32],
    ["mnasnet", "MnasNet0_5", 32],
  ])("%s: %s", async (file, name, size) => {
    const text = readFileSync(resolve(import.meta.dirname, `../../examples/zoo/${file}.cnn`), "utf8");
    const found = networkAt(networkOf(text, name), new Map([[0, [size, size, 3]]]));
    if ("fault" in found) throw new Error(`${name} does not take ${size}x${size}`);
    expect(foldBatchNorms(found.network).network.nodes.some(({ op }) => op === "bn")).toBe(false);
    await expectSame(found.network);
  });

  test("in TensorFlow.js", () =>
    expectSame(
      networkOf("INPUT 8x8x6 - UPCONV3-4/2 groups 2 - BN - RELU - DWCONV3 - BN - FC-4 no bias - BN"),
      runTfjs,
    ));
});

describe("what is taken in", () => {
  test("several in a row, and one without a scale", async () => {
    const network = networkOf("INPUT 4x4x3 - CONV3-4 no bias - BN - BN no affine eps 0.1 - RELU");
    const folded = foldBatchNorms(network);
    expect(namesOf(folded.network)).toEqual(["input", "conv1", "relu1"]);
    expect(folded.names).toEqual(["bn1", "bn2"]);
    await expectSame(network);
  });

  test("an output keeps its name", async () => {
    const network = networkOf("INPUT 4x4x3 - CONV3-4 - BN");
    const folded = foldBatchNorms(network);
    expect(folded.network.nodes.map(({ name, op }) => `${name} ${op}`)).toEqual([
      "input input",
      "conv1 conv",
      "bn1 identity",
    ]);
    await expectSame(network);
  });

  test.each([
    ["behind a pool", "INPUT 4x4x3 - CONV3-4 - POOL2 - BN"],
    ["behind an activation", "INPUT 4x4x3 - CONV3-4 - RELU - BN"],
    ["of a value that is read twice", "net X { INPUT 4x4x3 - a: CONV3-4 - ADD { BN | ID } }"],
    ["of an output", "net X { INPUT 4x4x3\n output a = CONV3-4\n output b = @a - BN }"],
    ["of the input", "INPUT 4x4x3 - BN"],
  ])("none %s", (_what, text) => {
    const network = networkOf(text);
    expect(foldBatchNorms(network).names).toEqual([]);
    expect(namesOf(foldBatchNorms(network).network)).toEqual(namesOf(network));
  });
});

test("the values, by hand", () => {
  const network = networkOf("INPUT 1x1x1 - CONV1-1 - BN eps 0.75 - RELU");
  const values: Record<string, number> = {
    "conv1.weight": 3,
    "conv1.bias": 1,
    "bn1.scale": 2,
    "bn1.bias": 10,
    "bn1.mean": 5,
    "bn1.variance": 0.25,
  };
  const folded = foldBatchNorms(network);
  const source = folded.weights({ read: (tensor, _start, target) => void target.fill(values[tensor.name]!) });
  // sqrt(0.25 + 0.75) = 1: 2 * (3 * x + 1 - 5) + 10 = 6 * x + 2.
  const found = weightTensors(folded.network).map((tensor) => [tensor.name, ...allWeights(tensor, source)]);
  expect(found).toEqual([
    ["conv1.weight", 6],
    ["conv1.bias", 2],
  ]);
});
