/** Random chains get the same sizes from us and from onnxruntime, at every layer. */
import fc from "fast-check";
import * as ort from "onnxruntime-node";
import { expect, test } from "vitest";
import { hasErrors } from "../../src/base/diagnostics.js";
import { formatShape, product } from "../../src/base/integers.js";
import { compile } from "../../src/compile.js";
import { encodeModel } from "../../src/emit/onnx/encode.js";
import { onnxModel } from "../../src/emit/onnx/emit.js";
import { operators } from "../../src/ops/registry.js";
import { nodeOf, type Network } from "../../src/ir/network.js";

const small = (most: number) => fc.integer({ min: 1, max: most });
const optional = (text: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant("") }, { weight: 1, arbitrary: text });

const window = fc.oneof(
  small(5).map(String),
  fc.tuple(small(4), small(4)).map(([a, b]) => `${a}x${b}`),
);
const stride = fc.oneof(
  small(3).map(String),
  fc.tuple(small(3), small(3)).map(([a, b]) => `${a}x${b}`),
);
const four = fc
  .tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 0, max: 2 })))
  .map((pads) => `(${pads.join(", ")})`);
const padding = fc.oneof(fc.integer({ min: 0, max: 2 }).map(String), fc.constantFrom("half", "same"), four);

const conv = fc
  .tuple(
    window,
    small(6),
    optional(stride.map((s) => `/${s}`)),
    optional(padding.map((p) => ` pad ${p}`)),
    optional(small(2).map((d) => ` dilation ${d}`)),
    optional(fc.constantFrom(" no bias", " groups 2")),
  )
  .map(([w, filters, s, p, d, bias]) => `CONV${w}-${filters}${s}${p}${d}${bias}`);
const pool = fc
  .tuple(
    fc.constantFrom("POOL", "MAXPOOL", "AVGPOOL"),
    window,
    optional(stride.map((s) => `/${s}`)),
    optional(padding.map((p) => ` pad ${p}`)),
    optional(fc.constant(" ceil")),
  )
  .map((parts) => parts.join(""));
const other = fc.constantFrom("RELU", "SIGMOID", "TANH", "SOFTMAX", "DROPOUT 0.2", "ID", "BN", "LRN size 3");
const end = fc.constantFrom(
  "",
  " - GAP",
  " - FC-7",
  " - FLATTEN",
  " - GAP - FC-3 - SOFTMAX",
  " - FLATTEN - FC-2 - TANH",
);
const link = fc.oneof({ weight: 4, arbitrary: conv }, { weight: 3, arbitrary: pool }, { weight: 2, arbitrary: other });

const chain = fc
  .tuple(
    fc.integer({ min: 1, max: 24 }),
    fc.integer({ min: 1, max: 24 }),
    small(4),
    fc.array(link, { minLength: 1, maxLength: 5 }),
    end,
  )
  .map(
    ([height, width, channels, links, last]) => `INPUT ${height}x${width}x${channels} - ${links.join(" - ")}${last}`,
  );

/** The size of every layer's value, from a run in which all of them are outputs. */
async function shapesByRuntime(network: Network): Promise<string[]> {
  const model = onnxModel(network, { seed: 0, weights: "init" });
  const outputs = network.nodes
    .slice(1)
    .map(({ name, type }) => ({ name, shape: ["N", ...type.shape.map((_, axis) => `${name}${axis}`)] }));
  const chunks = [...encodeModel({ ...model, graph: { ...model.graph, outputs } }).chunks()];
  const session = await ort.InferenceSession.create(Buffer.concat(chunks), {
    logSeverityLevel: 3,
    graphOptimizationLevel: "disabled",
  });
  const { shape } = nodeOf(network, network.inputs[0]!).type;
  const [height, width, channels] = shape as [number, number, number];
  const input = new ort.Tensor("float32", new Float32Array(Number(product(shape))), [1, channels, height, width]);
  const results = await session.run({ [session.inputNames[0]!]: input });
  await session.release();
  return network.nodes.slice(1).map(({ name }) => {
    const [, first, ...rest] = results[name]!.dims;
    return formatShape([...rest, first!]);
  });
}

test("sizes of random chains", async () => {
  let compiled = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(chain, async (text) => {
      const { networks, diagnostics } = compile("random.cnn", text);
      if (hasErrors(diagnostics)) {
        // The only things that such a chain may have wrong: a window that does not fit, a pool of padding alone, groups.
        const [error, ...others] = diagnostics.filter(({ severity }) => severity === "error").map(({ code }) => code);
        expect(["CNN2102", "CNN2104", "CNN2109"]).toContain(error);
        expect(others).toEqual([]);
        refused++;
        return;
      }
      const [network] = networks;
      compiled++;
      expect(await shapesByRuntime(network!)).toEqual(
        network!.nodes.slice(1).map(({ type }) => formatShape(type.shape)),
      );
    }),
    { numRuns: 250, seed: 20261124 },
  );
  expect(compiled).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(5);
});

test("the generator makes every operator", () => {
  const made = new Set<string>();
  for (const text of fc.sample(chain, { numRuns: 400, seed: 1 })) {
    for (const network of compile("random.cnn", text).networks) network.nodes.forEach((node) => made.add(node.op));
  }
  expect([...made].sort()).toEqual(Object.keys(operators).sort());
});
