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

const small = (most: number) => fc.integer({ min: 1, max: most });
const optional = (text: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant("") }, { weight: 1, arbitrary: text });

/** Chains over maps with so many axes: sequences, images, volumes. */
function chains(axes: number): fc.Arbitrary<string> {
  const each = (most: number) =>
    fc.oneof(
      small(most).map(String),
      ...(axes > 1
        ? [fc.tuple(...Array.from({ length: axes }, () => small(most))).map((sizes) => sizes.join("x"))]
        : []),
    );
  const ends = fc
    .tuple(...Array.from({ length: 2 * axes }, () => fc.integer({ min: 0, max: 2 })))
    .map((pads) => `(${pads.join(", ")})`);
  const padding = fc.oneof(fc.integer({ min: 0, max: 2 }).map(String), fc.constantFrom("half", "same"), ends);

  const conv = fc
    .tuple(
      each(5),
      small(6),
      optional(each(3).map((s) => `/${s}`)),
      optional(padding.map((p) => ` pad ${p}`)),
      optional(small(2).map((d) => ` dilation ${d}`)),
      optional(fc.constantFrom(" no bias", " groups 2")),
    )
    .map(([w, filters, s, p, d, bias]) => `CONV${w}-${filters}${s}${p}${d}${bias}`);
  const pool = fc
    .tuple(
      fc.constantFrom("POOL", "MAXPOOL", "AVGPOOL"),
      each(5),
      optional(each(3).map((s) => `/${s}`)),
      optional(padding.map((p) => ` pad ${p}`)),
      optional(fc.constant(" ceil")),
    )
    .map((parts) => parts.join(""));
  const dwconv = fc
    .tuple(
      each(4),
      optional(each(3).map((s) => `/${s}`)),
      optional(padding.map((p) => ` pad ${p}`)),
      optional(small(2).map((d) => ` dilation ${d}`)),
    )
    .map(([w, s, p, d]) => `DWCONV${w}${s}${p}${d}`);
  const upconv = fc
    .tuple(
      each(4),
      small(6),
      optional(each(2).map((s) => `/${s}`)),
      optional(padding.map((p) => ` pad ${p}`)),
      optional(small(2).map((d) => ` dilation ${d}`)),
      optional(fc.constantFrom(" no bias", " groups 2", " outpad 1")),
    )
    .map(([w, ...parts]) => `UPCONV${w}-${parts.join("")}`);
  const size = (most: number) => fc.tuple(...Array.from({ length: axes }, () => small(most))).map((s) => s.join("x"));
  const resized = fc.oneof(
    size(7).map((s) => `ADAPTIVEAVGPOOL ${s}`),
    small(2).map((f) => `UPSAMPLE ${f}`),
    fc.tuple(size(12), optional(fc.constant(" bilinear"))).map(([s, b]) => `RESIZE ${s}${b}`),
    fc.constantFrom(
      "UPSAMPLE2 bilinear",
      "PIXELSHUFFLE 2",
      "PIXELUNSHUFFLE 2",
      "PAD 1",
      "PAD 2 reflect",
      "CROP margin 1",
    ),
    size(4).map((s) => `CROP ${s}`),
    ends.map((e) => `PAD amount ${e}`),
    ends.map((e) => `CROP margin ${e}`),
  );
  const channels = fc.constantFrom(
    ...["LINEAR-4", "CHUNK 1 of 2", "CHUNK 2 of 2", "SHUFFLE 2", "GN-2", "ATTENTION 2", "ATTENTION", "TRANSPOSE"],
    ...(axes === 1 ? ["CLASSTOKEN"] : []),
  );
  const other = fc.constantFrom(
    ...[
      "RELU",
      "SIGMOID",
      "TANH",
      "SOFTMAX",
      "DROPOUT 0.2",
      "ID",
      "BN",
      "LRN size 3",
      "RELU6",
      "LRELU 0.2",
      "PRELU",
      "ELU",
    ],
    ...["SELU", "GELU", "SILU", "MISH", "HSIGMOID", "HSWISH", "SOFTPLUS", "LOGSOFTMAX", "DROPPATH 0.1", "LN", "IN"],
    ...["BN no affine", "LN no affine", "SCALE", "BIAS", "POSEMBED"],
  );
  const flat = ["(in.l)", "(in.h*in.w)", "(in.d*in.h*in.w)"][axes - 1]!;
  const end = fc.constantFrom(
    "",
    " - GAP",
    " - GMP",
    " - FC-7",
    " - FLATTEN",
    " - GAP - FC-3 - SOFTMAX",
    " - FLATTEN - FC-2 - TANH",
    ` - RESHAPE (in.c)x${flat}`,
  );
  const link = fc.oneof(
    { weight: 4, arbitrary: conv },
    { weight: 1, arbitrary: dwconv },
    { weight: 2, arbitrary: upconv },
    { weight: 3, arbitrary: pool },
    { weight: 3, arbitrary: resized },
    { weight: 2, arbitrary: channels },
    { weight: 3, arbitrary: other },
  );
  const sides = fc.tuple(...Array.from({ length: axes }, () => small(24)));
  return fc
    .tuple(sides, small(4), fc.array(link, { minLength: 1, maxLength: 5 }), end)
    .map(([sizes, channels, links, last]) => `INPUT ${sizes.join("x")}x${channels} - ${links.join(" - ")}${last}`);
}

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

/** Layers that make maps larger can make a chain that takes long to run, and attention looks at all pairs of positions. */
function isLarge(network: Network): boolean {
  return network.nodes.some(({ op, type }) => {
    const values = product(fixedShape(type));
    return values > 100_000n || (op === "attention" && values > 4_000n);
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
