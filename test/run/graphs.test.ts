/** Networks that are no chains: branches, several inputs and outputs, values that are read again. */
import { describe, expect, test } from "vitest";
import { seededWeights } from "../../src/analysis/weights.js";
import type { Network } from "../../src/ir/network.js";
import { noiseInputs } from "../../src/run/input.js";
import { runOnnx } from "../../src/run/onnx.js";
import type { NamedTensor, Tensor } from "../../src/run/tensors.js";
import { runTfjs } from "../../src/run/tfjs.js";
import { TOLERANCE, verify } from "../../src/run/verify.js";
import { networkOf } from "../harness.js";

const graphs = {
  "a U-Net": `
    block Double(c)    { [CONV3-c - BN - RELU]*2 }
    block Up(c, @skip) { UPCONV2-c/2 - CONCAT { @skip | ID } - Double(c) }
    net X {
      INPUT 16x16x3
      e1: Double(4) - POOL2
      e2: Double(8) - POOL2
      Double(16) - Up(8, @e2) - Up(4, @e1) - CONV1-2
    }`,
  "a squeeze-and-excite residual block": `
    net X {
      INPUT 8x8x8
      ADD { CONV3-8 - BN - RELU - MUL { ID | GAP - FC-2 - RELU - FC-8 - SIGMOID } | ID } - RELU - GAP - FC-3
    }`,
  "dense connections": `
    block Layer(k) { CONCAT { ID | BN - RELU - CONV3-k } }
    net X { INPUT 8x8x4 - Layer(3)*4 - GAP - FC-2 }`,
  "inputs and outputs of every kind, with names that JavaScript keeps for itself": `
    net X {
      const: INPUT 8x8x3
      tf: INPUT 4x4x2
      import: INPUT 6
      @const - a: [CONV3-4/2 - RELU]
      output class = @tf - CONV1-3 - GAP
      output new = CONCAT { @a | @tf } - CONV3-5
      output through = MUL { @a | @import - FC-4 }
      @a - ADD { ID | ID } - GAP - FC-3
    }`,
  "a layer that no output reads": "net X { INPUT 8x8x3 - e1: CONV3-4 - POOL2 - CONV3-7 - BN\n @e1 - CONV1-3 }",
  "an input that no layer reads": "net X { x: INPUT 8x8x3\n y: INPUT 4\n @x - CONV3-4 }",
  "a vector whose order is read in two ways": `
    net X { INPUT 4x3x2 - FLATTEN - v: TANH - ADD { FC-3 | @v - RELU - FC-3 | CHUNK 1 of 8 } }`,
  "a vector whose order is an output": "net X { INPUT 4x3x2 - v: FLATTEN - FC-3\n output y = @v - TANH }",
  "a vision transformer": `
    block Encoder(c, h) { ADD { LN - ATTENTION h | ID } - ADD { LN - LINEAR-(2*c) - GELU - LINEAR-c | ID } }
    net X {
      INPUT 12x12x3
      CONV4-8/4 pad 0 - RESHAPE 9x8 - CLASSTOKEN - POSEMBED - Encoder(8, 2)*2 - LN - CROP margin (0, 9) - FC-5
    }`,
} as const;

test.each(Object.entries(graphs))("%s", async (_name, text) => {
  const network = networkOf(text);
  const { comparisons } = await verify(network, 5, ["tfjs"]);
  expect(comparisons.map(({ output }) => output)).toEqual(network.outputs.map((id) => network.nodes[id]!.name));
  for (const { relative } of comparisons) expect(relative).toBeLessThanOrEqual(TOLERANCE);
});

describe("several inputs", () => {
  const network = networkOf("net X { a: INPUT 3x2x2\n b: INPUT 3x2x2\n output y = ADD { @a | @b - CONV1-2 } }");
  const options = { weights: seededWeights(5, "probe") };

  test("each has noise of its own", () => {
    const noise = noiseInputs(network, 1);
    expect([...noise.keys()]).toEqual(["a", "b"]);
    expect([...noise.get("a")!.data]).not.toEqual([...noise.get("b")!.data]);
  });

  test.each([
    ["onnxruntime", runOnnx],
    ["tfjs", runTfjs],
  ] as const)("several images at once, in %s", async (_target, run) => {
    const images = [1, 2].map((seed) => noiseInputs(network, seed));
    const together = new Map(
      ["a", "b"].map((name): [string, Tensor] => {
        const data = Float32Array.from(images.flatMap((image) => [...image.get(name)!.data]));
        return [name, { shape: [2, 3, 2, 2], data }];
      }),
    );
    const [both] = await run(network, together, options);
    const alone = await Promise.all(images.map((image) => run(network, image, options)));
    const values = alone.flatMap(([output]) => [...output!.data]);
    both!.data.forEach((value, index) => expect(value).toBeCloseTo(values[index]!, 5));
  });

  test("what is missing is named", async () => {
    const [image] = noiseInputs(network, 1).values();
    const told = (inputs: Parameters<typeof runOnnx>[1]) => expect(runOnnx(network, inputs, options)).rejects;
    await told(image!).toThrow("X has 2 inputs (a, b), and takes a value for each");
    await told(new Map([["a", image!]])).toThrow("X is not given its input b");
    const two: Tensor = { shape: [2, 3, 2, 2], data: new Float32Array(24) };
    const mixed = new Map([
      ["a", image!],
      ["b", two],
    ]);
    await told(mixed).toThrow("the inputs of X are of different batches");
  });
});

/** The front end makes no such graph, but the targets are to take it. */
describe("graphs that are built by hand", () => {
  const both = async (network: Network): Promise<[NamedTensor[], NamedTensor[]]> => {
    const options = { weights: seededWeights(5, "probe") };
    const inputs = noiseInputs(network, 5);
    return [await runOnnx(network, inputs, options), await runTfjs(network, inputs, options)];
  };

  test("one branch", async () => {
    const network = networkOf("INPUT 2x2x3 - ADD { TANH | SIGMOID }");
    for (const op of ["add", "mul", "max", "mean", "concat"]) {
      const nodes = network.nodes.map((node) => (node.op === "add" ? { ...node, op, inputs: [1] } : node));
      const [[ours], [theirs]] = await both({ ...network, nodes });
      theirs!.data.forEach((value, index) => expect(value).toBeCloseTo(ours!.data[index]!, 6));
    }
  });

  test("an input as an output beside another", async () => {
    const network = networkOf("INPUT 2x2x3 - TANH");
    const [ours, theirs] = await both({ ...network, outputs: [0, 1] });
    expect(ours.map(({ name }) => name)).toEqual(["input", "tanh1"]);
    expect(theirs.map(({ name }) => name)).toEqual(["input", "tanh1"]);
    expect([...theirs[0]!.data]).toEqual([...ours[0]!.data]);
  });
});
