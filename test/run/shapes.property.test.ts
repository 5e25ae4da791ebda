/** Random chains get the same sizes from us and from onnxruntime, at every layer. */
import fc from "fast-check";
import * as ort from "onnxruntime-node";
import { expect, test } from "vitest";
import { seededWeights } from "../../src/analysis/weights.js";
import { hasErrors } from "../../src/base/diagnostics.js";
import { formatShape, product } from "../../src/base/integers.js";
import { compile } from "../../src/compile.js";
import { encodeModel } from "../../src/emit/onnx/encode.js";
import { onnxModel } from "../../src/emit/onnx/emit.js";
import type { Operator } from "../../src/ops/define.js";
import { operators } from "../../src/ops/registry.js";
import { nodeOf, type Network } from "../../src/ir/network.js";
import { fixedShape, formatDimensions } from "../../src/ir/shape.js";
import { chains, isLarge } from "./random-chains.js";

/** The size of every layer's value, from a run in which all of them are outputs. */
async function shapesByRuntime(network: Network): Promise<string[]> {
  const model = onnxModel(network, { weights: seededWeights(0) });
  const outputs = network.nodes
    .slice(1)
    .map(({ name, type }) => ({ name, shape: ["N", ...type.shape.map((_, axis) => `${name}${axis}`)] }));
  const chunks = [...encodeModel({ ...model, graph: { ...model.graph, outputs } }).chunks()];
  const session = await ort.InferenceSession.create(Buffer.concat(chunks), {
    logSeverityLevel: 3,
    graphOptimizationLevel: "disabled",
  });
  const shape = fixedShape(nodeOf(network, network.inputs[0]!).type);
  const dims = [1, shape.at(-1)!, ...shape.slice(0, -1)];
  const input = new ort.Tensor("float32", new Float32Array(Number(product(shape))), dims);
  const results = await session.run({ [session.inputNames[0]!]: input });
  await session.release();
  return network.nodes.slice(1).map(({ name }) => {
    const [, first, ...rest] = results[name]!.dims;
    return formatShape([...rest, first!]);
  });
}

test.each([
  { of: "sequences", axes: 1 },
  { of: "images", axes: 2 },
  { of: "volumes", axes: 3 },
])("sizes of random chains of $of", async ({ axes }) => {
  let compiled = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(chains(axes), async (text) => {
      const { networks, diagnostics } = compile("random.cnn", text);
      if (hasErrors(diagnostics)) {
        // What such a chain may have wrong: a window that does not fit, a pool of padding alone, channels or positions that
        // do not split, a transposed convolution, a crop or a mirror image of too little.
        const [error, ...others] = diagnostics.filter(({ severity }) => severity === "error").map(({ code }) => code);
        const known = ["02", "04", "09", "14", "16", "19", "20", "23", "27"].map((end) => `CNN21${end}`);
        expect(known).toContain(error);
        expect(others).toEqual([]);
        refused++;
        return;
      }
      const [network] = networks;
      if (isLarge(network!)) return;
      compiled++;
      expect(await shapesByRuntime(network!)).toEqual(
        network!.nodes.slice(1).map(({ type }) => formatDimensions(type.shape)),
      );
    }),
    { numRuns: 250, seed: 20261124 },
  );
  expect(compiled).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(5);
});

test("the generator makes every operator with one input", () => {
  const made = new Set<string>();
  for (const axes of [1, 2]) {
    for (const text of fc.sample(chains(axes), { numRuns: 600, seed: 1 })) {
      for (const network of compile("random.cnn", text).networks) network.nodes.forEach((node) => made.add(node.op));
    }
  }
  const wanted = Object.values(operators as Record<string, Operator>).filter(({ inputs }) => inputs !== "many");
  expect([...made].sort()).toEqual(wanted.map(({ name }) => name).sort());
});
