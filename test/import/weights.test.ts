/** Weights of other tools: their layers are found by order and shape, their values put in order. */
import { describe, expect, test } from "vitest";
import { allWeights, seededWeights, weightTensors } from "../../src/analysis/weights.js";
import { emitOnnx } from "../../src/emit/onnx/emit.js";
import { emitSafetensors } from "../../src/emit/safetensors/emit.js";
import { readerOf } from "../../src/import/bytes.js";
import { readOnnxUnits } from "../../src/import/onnx/read.js";
import { readSafetensors, readValues } from "../../src/import/safetensors/read.js";
import { weightsFrom } from "../../src/import/safetensors/source.js";
import { modulesOf, type ForeignTensor } from "../../src/import/weights/foreign.js";
import { matchInOrder, matchModules } from "../../src/import/weights/match.js";
import { ownUnits } from "../../src/import/weights/own.js";
import { importedWeights } from "../../src/import/weights/source.js";
import { networkOf } from "../harness.js";

/** A tensor whose values are their positions. */
const tensor = (name: string, ...shape: number[]): ForeignTensor => ({
  name,
  shape,
  read: () => Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, index) => index),
});

const paths = (text: string, tensors: readonly ForeignTensor[]) =>
  matchModules(ownUnits(networkOf(text)), modulesOf(tensors)).map(({ own, foreign }) => [own.node.name, foreign.path]);

const bytesOf = (stream: { chunks(): Iterable<Uint8Array> }) => Uint8Array.from(Buffer.concat([...stream.chunks()]));

describe("order", () => {
  test("modules of one kind go by their numbers, kinds stand among each other as shapes say", () => {
    const net = "INPUT 8x8x3 - CONV3-4 - BN - RELU - CONV1-4 - BN - RELU - CONV3-4 - BN - GAP - FC-2";
    const bn = (path: string, channels: number) =>
      ["weight", "bias", "running_mean", "running_var"].map((name) => tensor(`${path}.${name}`, channels));
    // As a file sorts them.
    const tensors = [
      ...bn("bn0", 4),
      tensor("conv0.bias", 4),
      tensor("conv0.weight", 4, 3, 3, 3),
      tensor("fc.bias", 2),
      tensor("fc.weight", 2, 4),
      ...bn("layer1.bn", 4),
      tensor("layer1.conv.bias", 4),
      tensor("layer1.conv.weight", 4, 4, 1, 1),
      ...bn("layer10.bn", 4),
      tensor("layer10.conv.bias", 4),
      tensor("layer10.conv.weight", 4, 4, 3, 3),
      tensor("layer10.bn.num_batches_tracked"),
    ];
    expect(paths(net, tensors).map(([, path]) => path)).toEqual([
      "conv0",
      "bn0",
      "layer1.conv",
      "layer1.bn",
      "layer10.conv",
      "layer10.bn",
      "fc",
    ]);
  });

  test("where nothing fits, the place and the sizes are named", () => {
    const net = "INPUT 8x8x3 - CONV3-4 no bias - GAP - FC-2";
    expect(() => paths(net, [tensor("a.weight", 4, 3, 3, 3), tensor("b.weight", 5, 4), tensor("b.bias", 5)])).toThrow(
      "after a for conv1 nothing in the file fits fc1: fc1.weight 4x2, fc1.bias 2 (1 of 2 layers fit)",
    );
    expect(() => paths(net, [tensor("a.weight", 4, 3, 3, 3), tensor("a.bias", 4)])).toThrow("(0 of 2 layers fit)");
  });

  test("a file that would have to be tried for ever is given up", () => {
    const net = `INPUT 4 - ${Array.from({ length: 24 }, () => "FC-4").join(" - ")} - FC-5`;
    const letters = [..."abcdefghijklmnopqrstuvwx"];
    const tensors = letters.flatMap((name) => [tensor(`${name}.weight`, 4, 4), tensor(`${name}.bias`, 4)]);
    expect(() => paths(net, [...tensors, tensor("z.weight", 6, 4), tensor("z.bias", 6)])).toThrow("no order");
  });
});

describe("values", () => {
  const values = (text: string, name: string, tensors: readonly ForeignTensor[]) => {
    const network = networkOf(text);
    const source = importedWeights(matchModules(ownUnits(network), modulesOf(tensors)));
    return [
      ...allWeights(
        weightTensors(network).find((found) => found.name === name)!,
        source,
      ),
    ];
  };

  test("filters first become filters last", () => {
    const found = values("INPUT 1x2x2 - CONV1x2-3 no bias pad 0", "conv1.weight", [tensor("c.weight", 3, 2, 1, 2)]);
    // Place (tap, in, out) of ours is (out, in, tap) of the file: out * 4 + in * 2 + tap.
    expect(found).toEqual([0, 4, 8, 2, 6, 10, 1, 5, 9, 3, 7, 11]);
  });

  test("rows behind a map are put in the order height, width, channels", () => {
    const found = values("INPUT 1x2x3 - FC-1 no bias", "fc1.weight", [tensor("f.weight", 1, 6)]);
    expect(found).toEqual([0, 2, 4, 1, 3, 5]);
  });
});

const nets = [
  "INPUT 6x5x3 - CONV3-4 - BN - RELU - UPCONV2-3/2 - DWCONV3 - FC-7 - LN - RELU - FC-3",
  "INPUT 6x4x4 - CONV3-4 groups 2 no bias - PRELU - POOL2 - FLATTEN - FC-5 no bias",
];

test.each(nets)("our own ONNX file comes back: %s", (text) => {
  const network = networkOf(text);
  const seeded = seededWeights(7, "probe");
  const units = readOnnxUnits(bytesOf(emitOnnx(network, { weights: seeded })));
  const source = importedWeights(matchInOrder(ownUnits(network), units));
  for (const found of weightTensors(network)) {
    expect([found.name, [...allWeights(found, source)]]).toEqual([found.name, [...allWeights(found, seeded)]]);
  }
});

describe("safetensors", () => {
  const network = networkOf("INPUT 6x5x3 - CONV3-4 - FC-3");
  const file = bytesOf(emitSafetensors(network, seededWeights(3)));

  test("what is written is read", () => {
    const source = weightsFrom(readerOf(file), network);
    for (const found of weightTensors(network)) {
      expect([...allWeights(found, source)]).toEqual([...allWeights(found, seededWeights(3))]);
    }
  });

  /** A file with one tensor of a type, from the bits of its values. */
  const typed = (dtype: string, data: Uint8Array, count: number) => {
    const header = Buffer.from(JSON.stringify({ t: { dtype, shape: [count], data_offsets: [0, data.byteLength] } }));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(header.byteLength));
    return Uint8Array.from(Buffer.concat([length, header, data]));
  };

  test("other types of numbers", () => {
    const read = (dtype: string, data: Uint8Array, count: number) => {
      const reader = readerOf(typed(dtype, data, count));
      const target = new Float32Array(count);
      readValues(reader, readSafetensors(reader).tensors.get("t")!, 0, target);
      return [...target];
    };
    // IEEE 754: 1, -2, 65504, 2^-24, infinity; and the upper halves of float32.
    const halves = new Uint8Array(Uint16Array.of(0x3c00, 0xc000, 0x7bff, 0x0001, 0x7c00).buffer);
    expect(read("F16", halves, 5)).toEqual([1, -2, 65504, 2 ** -24, Number.POSITIVE_INFINITY]);
    expect(read("BF16", new Uint8Array(Uint16Array.of(0x3f80, 0xc000).buffer), 2)).toEqual([1, -2]);
    expect(read("F64", new Uint8Array(Float64Array.of(0.5, -3).buffer), 2)).toEqual([0.5, -3]);
    expect(() => read("I32", new Uint8Array(8), 2)).toThrow('the tensor "t" of the file holds whole numbers (I32)');
  });

  test.each([
    ["too few bytes", new Uint8Array(4), "4 bytes are too few"],
    [
      "a header longer than the file",
      Uint8Array.of(255, 0, 0, 0, 0, 0, 0, 0, 123),
      "its header would be 255 bytes long",
    ],
    ["no JSON", Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0, 1, 2), "its header is no JSON"],
    ["bytes that are not there", file.subarray(0, file.byteLength - 4), "the file has"],
    [
      "more bytes than the shape takes",
      typed("F32", new Uint8Array(12), 2),
      "has 12 bytes; its shape 2 of F32 takes 8",
    ],
  ])("%s", (_what, bytes, message) => {
    expect(() => weightsFrom(readerOf(Uint8Array.from(bytes)), network)).toThrow(message);
  });

  test("of another network: what is missing, and what is of another shape", () => {
    expect(() => weightsFrom(readerOf(file), networkOf("INPUT 6x5x3 - CONV3-4 - BN - FC-3"))).toThrow(
      /^the file lacks 4 tensors of \S+: bn1\.scale, bn1\.bias, bn1\.mean and 1 more/,
    );
    expect(() => weightsFrom(readerOf(file), networkOf("INPUT 6x5x3 - CONV3-5 - FC-3"))).toThrow(
      "conv1.weight is 3x3x3x4 in the file, 3x3x3x5 in",
    );
  });
});
