/** Receptive fields: the published ones of VGG, what onnxruntime's outputs really depend on, and cases by hand. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { misaligned, receptiveFields, type ReceptiveField } from "../../src/analysis/receptive-field.js";
import { seededWeights } from "../../src/analysis/weights.js";
import type { Network } from "../../src/ir/network.js";
import { runOnnx } from "../../src/run/onnx.js";
import { networkOf } from "../harness.js";

const vgg = readFileSync(join(import.meta.dirname, "../../examples/zoo/vgg.cnn"), "utf8");

/** A row of the published table. */
interface Published {
  readonly net: "vgg_a" | "vgg_16";
  readonly endpoint: string;
  readonly receptiveField: number;
  readonly effectiveStride: number;
  readonly effectivePadding: number;
}
const { rows } = JSON.parse(readFileSync(join(import.meta.dirname, "../conformance/receptive-field.json"), "utf8")) as {
  rows: readonly Published[];
};

/** What the nets are called in the zoo. */
const nets = { vgg_a: "VGG11", vgg_16: "VGG16" } as const;

/** The layers by the names that TF-Slim gives them: `conv3_2` is the second convolution behind the second pool. */
function slimNames(network: Network): Map<string, number> {
  const names = new Map<string, number>();
  let [stage, place] = [1, 0];
  for (const { id, op } of network.nodes) {
    if (op === "conv") names.set(`conv${stage}_${++place}`, id);
    if (op !== "pool") continue;
    names.set(`pool${stage}`, id);
    [stage, place] = [stage + 1, 0];
  }
  return names;
}

describe.each(Object.entries(nets))("TF-Slim's %s is %s", (slim, name) => {
  const network = networkOf(vgg, name);
  const fields = receptiveFields(network);
  const ids = slimNames(network);
  test.each(rows.filter(({ net }) => net === slim))("$endpoint", (row) => {
    const both = (value: number) => [value, value];
    expect(fields[ids.get(row.endpoint.split("/").at(-1)!)!]).toMatchObject({
      size: both(row.receptiveField),
      stride: both(row.effectiveStride),
      padding: both(row.effectivePadding),
      aligned: true,
      global: false,
    });
  });
});

test("no published row is left out", () => {
  expect(rows.filter(({ net }) => net in nets)).toHaveLength(rows.length);
  expect(rows.length).toBe(26);
});

/** For each position of the output the first and the last one of the input that it changes with, in onnxruntime. */
async function dependencies(network: Network): Promise<(readonly [number, number])[]> {
  const [length, channels] = network.nodes[0]!.type.shape as [number, number];
  // One sequence as it is, and for each position one that differs there.
  const base = Array.from({ length: length * channels }, (_, index) => 0.1 + 0.05 * (index % 7));
  const data = new Float32Array((length + 1) * base.length);
  for (let copy = 0; copy <= length; copy++) {
    data.set(base, copy * base.length);
    if (copy === 0) continue;
    for (let channel = 0; channel < channels; channel++)
      data[copy * base.length + (copy - 1) * channels + channel]! += 0.5;
  }
  const [output] = await runOnnx(
    network,
    { shape: [length + 1, length, channels], data },
    { weights: seededWeights(3, "probe") },
  );
  const [, count, width] = output!.shape as [number, number, number];
  return Array.from({ length: count }, (_, position) => {
    const changed: number[] = [];
    for (let copy = 1; copy <= length; copy++) {
      for (let channel = 0; channel < width; channel++) {
        const at = (which: number) => output!.data[(which * count + position) * width + channel]!;
        // Copies are rounded differently where a runtime takes several at once.
        if (Math.abs(at(copy) - at(0)) > 1e-6) changed.push(copy - 1);
      }
    }
    return [Math.min(...changed), Math.max(...changed)] as const;
  });
}

describe("what onnxruntime's output depends on", () => {
  const nets = [
    "CONV3-2 - TANH - CONV5-2/2 - AVGPOOL2",
    "CONV3-2 dilation 2 pad 0 - CONV3-2/2 pad same",
    "CONV4-2/3 pad 1 - CONV2-2",
    "AVGPOOL3/2 ceil - CONV3-2",
    "CONV3-2/2 - UPSAMPLE2 - CONV3-2",
    "CONV3-2/2 - UPSAMPLE3 bilinear",
    "CONV3-2 - RESIZE 17 - CONV3-2",
    "CONV3-2/2 - UPCONV3-2/2 outpad 1 - CONV3-2",
    "UPCONV4-2/3 pad 1 - CONV3-2/2",
    "PAD amount (2, 1) - CONV5-2 pad 0 - CROP 15",
    "ADAPTIVEAVGPOOL 5 - CONV3-2",
    "CONV3-4/2 - PIXELSHUFFLE 2 - CONV3-2",
    "PIXELUNSHUFFLE 2 - CONV3-2",
    "ADD { CONV3-2 - CONV3-2 | ID }",
    "CONCAT { CONV1-2 | CONV5-2 - CONV3-2 | CONV3-2 dilation 3 }",
    "CONCAT { CONV3-2/2 - UPSAMPLE2 | CONV3-2 }",
    "ADD { CONV3-2/2 pad (1, 0) | CONV1-2/2 }",
  ];
  test.each(nets)("%s", async (text) => {
    const network = networkOf(`net X { INPUT 20x2 - ${text} }`);
    const found = await dependencies(network);
    const field = receptiveFields(network)[network.outputs[0]!]!;
    // The most that a position sees, where no end of the input cuts it off.
    const widest = Math.max(...found.map(([first, last]) => last - first + 1));
    expect(field.size[0]).toBe(widest);
    const [step] = field.stride ?? [];
    if (step === undefined || !Number.isInteger(step)) return;
    // Positions that are not cut off lie where stride and padding say.
    const whole = found.flatMap(([first, last], index) =>
      last - first + 1 === widest ? [[index, first] as const] : [],
    );
    for (const [index, first] of whole) expect(first).toBe(index * step - field.padding[0]!);
    expect(whole.length).toBeGreaterThan(0);
  });
});

describe("by hand", () => {
  const last = (text: string): ReceptiveField => {
    const network = networkOf(text);
    return receptiveFields(network)[network.outputs[0]!]!;
  };

  test("axes by themselves", () => {
    expect(last("INPUT 16x16x3 - CONV1x7-4 - CONV3-4/2x1")).toMatchObject({
      size: [3, 9],
      stride: [2, 1],
      padding: [1, 4],
    });
  });

  test("what gives a vector sees all, padding included", () => {
    expect(last("INPUT 16x16x3 - CONV3-4 - GAP")).toEqual({
      size: [18, 18],
      padding: [1, 1],
      aligned: true,
      global: false,
    });
    expect(last("INPUT 16x16x3 - CONV3-4/2 - FC-5").size).toEqual([17, 17]);
  });

  test("a branch with another centre is told, at the layer where they meet", () => {
    const network = networkOf("net X { INPUT 16x16x3 - a: ADD { CONV3-4 pad (2, 1, 0, 1) | CONV3-4 } - RELU }");
    const fields = receptiveFields(network);
    expect(misaligned(network, fields)).toEqual(["a"]);
    expect(fields[network.outputs[0]!]).toMatchObject({ size: [4, 3], padding: [2, 1], stride: [1, 1] });
  });

  test("squeeze-and-excite sees all beside what is around", () => {
    const squeezed = last("net X { INPUT 16x16x4 - CONV3-4 - MUL { ID | GAP - FC-4 - SIGMOID } }");
    expect(squeezed).toMatchObject({ size: [3, 3], global: true });
    expect(last("INPUT 9x4 - CONV3-4 - ATTENTION 2")).toMatchObject({ size: [11], global: true });
  });

  test("what does not read an input has no field in it", () => {
    const network = networkOf("net X { a: INPUT 8x8x2\nb: INPUT 8x8x2\nADD { @a - CONV3-2 | @b - CONV5-2 } }");
    const [, b] = network.inputs;
    expect(receptiveFields(network, b)[network.outputs[0]!]!.size).toEqual([5, 5]);
    expect(receptiveFields(network, b)[network.inputs[0]!]).toBeUndefined();
  });
});
