/** ONNX files with open sizes compute, at each size, what the file of that size computes. */
import * as ort from "onnxruntime-node";
import { describe, expect, test } from "vitest";
import { bindNetwork, networkAt } from "../../src/analysis/bind.js";
import { seededWeights } from "../../src/analysis/weights.js";
import { emitOnnx, onnxModel } from "../../src/emit/onnx/emit.js";
import { holds } from "../../src/ir/condition.js";
import { times, variable } from "../../src/ir/dimension.js";
import type { Network } from "../../src/ir/network.js";
import { noiseInputs } from "../../src/run/input.js";
import { toChannelsFirst, type NamedTensor } from "../../src/run/tensors.js";
import { difference } from "../../src/run/verify.js";
import { compileText, networkOf } from "../harness.js";
import { operatorNets } from "../run/operator-nets.js";

const weights = seededWeights(3, "probe");

/** The outputs at each of some fixed networks' inputs; maps are channels first. */
async function outputsOf(model: Network, at: readonly Network[]): Promise<NamedTensor[][]> {
  const file = Buffer.concat([...emitOnnx(model, { weights }).chunks()]);
  const session = await ort.InferenceSession.create(file, { logSeverityLevel: 3 });
  const results: NamedTensor[][] = [];
  for (const network of at) {
    const feeds = [...noiseInputs(network, 5)].map(([name, value]) => {
      const { shape, data } = toChannelsFirst(value);
      return [name, new ort.Tensor("float32", data, [...shape])] as const;
    });
    const found = await session.run(Object.fromEntries(feeds));
    results.push(
      session.outputNames.map((name) => ({
        name,
        shape: found[name]!.dims,
        data: found[name]!.data as Float32Array,
      })),
    );
  }
  await session.release();
  return results;
}

/** The open file against the file of each size. */
async function expectSame(open: Network, sizes: readonly Record<string, number>[]): Promise<void> {
  const fixed = sizes.map((numbers) => {
    const bound = bindNetwork(open, new Map(Object.entries(numbers)));
    if ("fault" in bound) throw new Error(bound.fault.kind.message(bound.fault.args));
    return bound.network;
  });
  const ours = await outputsOf(open, fixed);
  for (const [index, network] of fixed.entries()) {
    const [theirs] = await outputsOf(network, [network]);
    for (const [place, output] of theirs!.entries()) {
      expect(ours[index]![place]!.shape).toEqual(output.shape);
      expect(difference(ours[index]![place]!, output).relative).toBeLessThanOrEqual(1e-5);
    }
  }
}

/** A net over a fixed size with letters in its place, and sizes for them. */
const kinds = {
  sequences: { from: "8x6", to: "Lx6", sizes: [{ L: 8 }, { L: 11 }, { L: 16 }] },
  images: {
    from: "8x6x6",
    to: "HxWx6",
    sizes: [
      { H: 8, W: 6 },
      { H: 9, W: 13 },
      { H: 14, W: 10 },
    ],
  },
  volumes: {
    from: "4x4x6x6",
    to: "DxHxWx6",
    sizes: [
      { D: 4, H: 4, W: 6 },
      { D: 6, H: 5, W: 9 },
    ],
  },
} as const;

/** What needs a fixed size in the language itself: its codes. */
const NEEDS_NUMBERS = ["CNN2110", "CNN2121"];

describe.each(Object.entries(kinds))("over %s", (kind, { from, to, sizes }) => {
  const nets = operatorNets[kind]!.map((text) => text.replace(from, to));
  const needsNumbers = (text: string) =>
    compileText(text).diagnostics.some(({ severity, code }) => severity === "error" && NEEDS_NUMBERS.includes(code));
  test.each(nets.filter((text) => !needsNumbers(text)))("%s", async (text) => {
    const open = networkOf(text);
    const fitting = sizes.filter((numbers) =>
      Object.entries(numbers).every(([letter, size]) =>
        open.conditions.every((condition) => condition.variable !== letter || holds(condition, size)),
      ),
    );
    expect(fitting.length).toBeGreaterThan(0);
    await expectSame(open, fitting);
  });
});

describe("sizes that layers are given, and sizes between", () => {
  const sizes = [
    { H: 12, W: 10 },
    { H: 17, W: 23 },
  ];
  const letters = "INPUT HxWx6\n let h = in.h\n let w = in.w\n";
  test.each([
    "CONV3-4/2 - RESIZE h x w",
    "CONV3-4/2 - RESIZE h x w bilinear",
    "RESIZE (2*h) x (3*w)",
    "RESIZE (2*h - 1) x w",
    "CROP (h - 2) x 5",
    "PAD 3 - CROP h x w",
    "RESHAPE (h*w) x 6",
    "RESHAPE (h*w) x 6 - CLASSTOKEN - ATTENTION 2 - LN",
    "RESHAPE (h*w*6)",
    "RESHAPE w x h x 2 x 3",
    "TRANSPOSE 3x2x1 - RELU - POOL2 - ADAPTIVEAVGPOOL 5x3 - LRN size 3",
    "TRANSPOSE 3x2x1 - SOFTMAX - GAP",
    "TRANSPOSE 3x2x1 - UPSAMPLE 2x1",
    "FLATTEN - SOFTMAX",
    "PAD 1 - POOL3/2 ceil - AVGPOOL2/2 pad same - CONV3-4/3 pad same dilation 2",
    "AVGPOOL3/2 pad same countpad",
    "AVGPOOL3/2 pad 1 ceil countpad",
    "AVGPOOL2/3 pad 1 ceil countpad",
    "POOL2/3 pad 1 ceil",
    "POOL2/3 pad same",
    "CONV2-4/3 pad same dilation 3",
    "CONV1-4/3x2 pad same dilation 2",
    "CONV3-4/5 pad same",
    "AVGPOOL2/3 pad same",
    "AVGPOOL2/3 pad same countpad",
  ])("%s", async (chain) => expectSame(networkOf(`net X { ${letters} ${chain} }`), sizes));

  test("several inputs, of which some are open", async () => {
    const network = networkOf(
      "net X { a: INPUT 8x8x3\n b: INPUT HxWx3\n let h = in.h\n let w = in.w\n output y = CONCAT { @a - RESIZE h x w | @b } }",
    );
    await expectSame(network, sizes);
  });
});

describe("the model says what is open", () => {
  const network = networkOf("net X { INPUT HxWx3\n assert H % 8 == 0\n CONV3-4/2 - RELU }");
  const { graph, ...model } = onnxModel(network, { weights });

  test("letters and formulas are names of dimensions", async () => {
    expect(graph.inputs.map(({ shape }) => shape)).toEqual([["N", 3, "H", "W"]]);
    expect(graph.outputs.map(({ shape }) => shape)).toEqual([["N", 4, "ceil(H/2)", "ceil(W/2)"]]);
    const session = await ort.InferenceSession.create(Buffer.concat([...emitOnnx(network, { weights }).chunks()]));
    const [output] = session.outputMetadata;
    expect(output!.isTensor && output!.shape).toEqual(["N", 4, "ceil(H/2)", "ceil(W/2)"]);
    await session.release();
  });

  test("what they have to fulfil is in the file", () => {
    expect(model.metadata).toEqual({ "size H": "H is a multiple of 8" });
    expect(model.documentation).toBe("Sizes: H is a multiple of 8.");
  });

  test("some sides may be numbers", () => {
    const bound = bindNetwork(network, new Map([["H", 16]]));
    if ("fault" in bound) throw new Error("16 is a multiple of 8");
    const half = onnxModel(bound.network, { weights });
    expect(half.graph.inputs[0]!.shape).toEqual(["N", 3, 16, "W"]);
    expect(half.metadata).toEqual({});
  });

  test("a letter that no side is alone is told", () => {
    const found = networkAt(
      networkOf("INPUT 8x8x3 - ADAPTIVEAVGPOOL 3x3"),
      new Map([[0, [times(variable("H"), 2), 8, 3]]]),
    );
    if ("fault" in found) throw new Error("any size will do");
    expect(() => onnxModel(found.network, { weights })).toThrow(
      "net cannot be built for onnx with H open: no side of (2*H)x8x3 is H alone; give it a number, as --size H=224",
    );
  });

  test("a pool that cannot be written for all sizes is told", () => {
    const open = networkOf("INPUT HxWx3 - POOL3/4 pad same");
    expect(() => onnxModel(open, { weights })).toThrow(
      "pool1 cannot be built for onnx while HxWx3 is open: pad same under a stride larger than the window pads by the size; give numbers, as --size H=224 --size W=224",
    );
  });
});
