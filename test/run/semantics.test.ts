/**
 * What layers compute, against loops written here from their definitions: both targets could be wrong in the same way.
 * Weights are those of the file, read by the language's order.
 */
import { describe, expect, test } from "vitest";
import { allWeights, seededWeights, weightTensors } from "../../src/analysis/weights.js";
import { nodeOf, type Network } from "../../src/ir/network.js";
import { fixedShape } from "../../src/ir/shape.js";
import { noiseInput } from "../../src/run/input.js";
import { runOnnx } from "../../src/run/onnx.js";
import { networkOf } from "../harness.js";

const SEED = 11;

/** Values with their shape, read by an index for each axis; what lies outside is 0. */
interface Values {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

function at({ shape, data }: Values, ...index: number[]): number {
  let position = 0;
  for (const [axis, size] of shape.entries()) {
    const place = index[axis]!;
    if (place < 0 || place >= size) return 0;
    position = position * size + place;
  }
  return data[position]!;
}

/** Values of a shape from a function of the index. */
function make(shape: readonly number[], value: (...index: number[]) => number): Values {
  const data: number[] = [];
  const visit = (index: number[]): void => {
    if (index.length === shape.length) data.push(value(...index));
    else for (let place = 0; place < shape[index.length]!; place++) visit([...index, place]);
  };
  visit([]);
  return { shape, data };
}

const range = (size: number) => Array.from({ length: size }, (_, index) => index);
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/** A tensor of the network, by name. */
function weight(network: Network, name: string): Values {
  const tensor = weightTensors(network).find((candidate) => candidate.name === name)!;
  return { shape: tensor.spec.shape, data: allWeights(tensor, seededWeights(SEED, "probe")) };
}

/** Runs a chain on noise of both signs, and compares its value with the expected one. */
async function expectValues(text: string, expected: (input: Values, network: Network) => Values): Promise<void> {
  const network = networkOf(text);
  const noise = noiseInput(fixedShape(nodeOf(network, network.inputs[0]!).type), SEED);
  const input = { shape: noise.shape, data: noise.data.map((value) => 2 * value - 1) };
  const [output] = await runOnnx(network, input, { weights: seededWeights(SEED, "probe") });
  const wanted = expected({ shape: input.shape.slice(1), data: input.data }, network);
  expect(output!.shape.slice(1)).toEqual([...wanted.shape]);
  for (const [index, value] of output!.data.entries()) expect(value).toBeCloseTo(wanted.data[index]!, 4);
}

describe("channels", () => {
  test("CHUNK 2 of 3 is the second third", () =>
    expectValues("INPUT 2x3x6 - CHUNK 2 of 3", (x) => make([2, 3, 2], (h, w, c) => at(x, h, w, 2 + c))));

  test("SHUFFLE 2 of a b c d e f takes turns: a d b e c f", () =>
    expectValues("INPUT 2x3x6 - SHUFFLE 2", (x) => make([2, 3, 6], (h, w, c) => at(x, h, w, [0, 3, 1, 4, 2, 5][c]!))));

  test("SHUFFLE 3 of a b c d e f: a c e b d f", () =>
    expectValues("INPUT 6 - SHUFFLE 3", (x) => make([6], (c) => at(x, [0, 2, 4, 1, 3, 5][c]!))));

  test("MUL weighs the channels of a map with a vector", () =>
    expectValues("INPUT 3x2x4 - MUL { ID | GMP }", (x) => {
      const largest = range(4).map((c) => Math.max(...range(3).flatMap((h) => range(2).map((w) => at(x, h, w, c)))));
      return make([3, 2, 4], (h, w, c) => at(x, h, w, c) * largest[c]!);
    }));

  test("CONCAT keeps the order of its branches", () =>
    expectValues("INPUT 2x2x2 - CONCAT { CHUNK 2 of 2 | ID }", (x) =>
      make([2, 2, 3], (h, w, c) => at(x, h, w, [1, 0, 1][c]!)),
    ));

  test("SCALE and BIAS are of each channel", async () => {
    await expectValues("INPUT 2x3x4 - SCALE init 2", (x, net) =>
      make([2, 3, 4], (h, w, c) => at(x, h, w, c) * at(weight(net, "scale1.weight"), c)),
    );
    await expectValues("INPUT 2x3x4 - BIAS", (x, net) =>
      make([2, 3, 4], (h, w, c) => at(x, h, w, c) + at(weight(net, "bias1.bias"), c)),
    );
  });

  test("LINEAR sees one position", () =>
    expectValues("INPUT 2x3x4 - LINEAR-5", (x, net) =>
      make([2, 3, 5], (h, w, u) =>
        sum([
          ...range(4).map((c) => at(x, h, w, c) * at(weight(net, "linear1.weight"), c, u)),
          at(weight(net, "linear1.bias"), u),
        ]),
      ),
    ));
});

describe("order", () => {
  test("TRANSPOSE 3x1x2 puts the third axis first", () =>
    expectValues("INPUT 2x3x4 - TRANSPOSE 3x1x2", (x) => make([4, 2, 3], (c, h, w) => at(x, h, w, c))));

  test("TRANSPOSE swaps the first two axes", () =>
    expectValues("INPUT 2x3x4 - TRANSPOSE", (x) => make([3, 2, 4], (w, h, c) => at(x, h, w, c))));

  test.each([
    ["INPUT 2x3x4 - RESHAPE 4x6", [4, 6]],
    ["INPUT 2x3x4 - RESHAPE 6x4", [6, 4]],
    ["INPUT 2x3x4 - RESHAPE 2x2x6", [2, 2, 6]],
    ["INPUT 24 - RESHAPE 3x2x4", [3, 2, 4]],
    ["INPUT 2x3x4 - RESHAPE 24", [24]],
    ["INPUT 2x3x4 - FLATTEN", [24]],
    [
      "INPUT 2x3x4 - FLATTEN - RELU - ADD { ID | TANH }",
      [24],
      (value: number) => Math.max(0, value) + Math.tanh(Math.max(0, value)),
    ],
  ] as [string, number[], ((value: number) => number)?][])(
    "%s keeps values in a row",
    (text, shape, map = (value) => value) => expectValues(text, (x) => ({ shape, data: Array.from(x.data, map) })),
  );

  test("FC reads a map row by row, also when it comes flattened along two ways", () =>
    expectValues("INPUT 2x3x2 - FLATTEN - TANH - ADD { FC-3 | RELU - FC-3 }", (x, net) =>
      make([3], (u) =>
        sum([
          at(weight(net, "fc1.bias"), u),
          at(weight(net, "fc2.bias"), u),
          ...range(12).map((i) => Math.tanh(x.data[i]!) * at(weight(net, "fc1.weight"), i, u)),
          ...range(12).map((i) => Math.max(0, Math.tanh(x.data[i]!)) * at(weight(net, "fc2.weight"), i, u)),
        ]),
      ),
    ));

  test("PIXELSHUFFLE: the channels of one result lie side by side, rows first", () =>
    expectValues("INPUT 2x3x8 - PIXELSHUFFLE 2", (x) =>
      make([4, 6, 2], (h, w, c) => at(x, h >> 1, w >> 1, c * 4 + (h % 2) * 2 + (w % 2))),
    ));

  test("PIXELSHUFFLE of a sequence and of a volume", async () => {
    await expectValues("INPUT 4x6 - PIXELSHUFFLE 3", (x) =>
      make([12, 2], (l, c) => at(x, Math.floor(l / 3), c * 3 + (l % 3))),
    );
    await expectValues("INPUT 1x2x2x16 - PIXELSHUFFLE 2", (x) =>
      make([2, 4, 4, 2], (d, h, w, c) => at(x, d >> 1, h >> 1, w >> 1, c * 8 + (d % 2) * 4 + (h % 2) * 2 + (w % 2))),
    );
  });

  test("PIXELUNSHUFFLE", () =>
    expectValues("INPUT 4x6x2 - PIXELUNSHUFFLE 2", (x) =>
      make([2, 3, 8], (h, w, c) => at(x, h * 2 + ((c >> 1) % 2), w * 2 + (c % 2), c >> 2)),
    ));

  test("CROP leaves the middle, of an odd rest less at the start", () =>
    expectValues("INPUT 7x6x2 - CROP 4x4", (x) => make([4, 4, 2], (h, w, c) => at(x, h + 1, w + 1, c))));

  test("CROP margin and PAD: top, left, bottom, right", async () => {
    await expectValues("INPUT 7x6x2 - CROP margin (0, 1, 2, 3)", (x) =>
      make([5, 2, 2], (h, w, c) => at(x, h, w + 1, c)),
    );
    await expectValues("INPUT 3x4x2 - PAD amount (0, 1, 2, 3)", (x) =>
      make([5, 8, 2], (h, w, c) => at(x, h, w - 1, c)),
    );
  });

  test("the zeros of PAD are values: the largest of them and of negative ones", () =>
    expectValues("INPUT 3x3x2 - LOGSOFTMAX - PAD 1 - ID - POOL3", () => make([1, 1, 2], () => 0)));

  test("PAD reflect leaves the edge itself out", () =>
    expectValues("INPUT 5x2 - PAD 2 reflect", (x) =>
      make([9, 2], (l, c) => at(x, [2, 1, 0, 1, 2, 3, 4, 3, 2][l]!, c)),
    ));
});

describe("sizes", () => {
  test.each([
    [9, 4],
    [5, 8],
    [6, 3],
    [7, 7],
  ])("ADAPTIVEAVGPOOL of %i to %i: windows from floor(i*in/out) to ceil((i+1)*in/out)", async (size, wanted) => {
    const mean = (line: readonly number[], i: number) => {
      const window = line.slice(Math.floor((i * size) / wanted), Math.ceil(((i + 1) * size) / wanted));
      return sum(window) / window.length;
    };
    await expectValues(`INPUT ${size}x2 - ADAPTIVEAVGPOOL ${wanted}`, (x) =>
      make([wanted, 2], (i, c) =>
        mean(
          range(size).map((l) => at(x, l, c)),
          i,
        ),
      ),
    );
    await expectValues(`INPUT 4x${size}x2 - ADAPTIVEAVGPOOL 2x${wanted}`, (x) =>
      make([2, wanted, 2], (h, i, c) =>
        mean(
          range(size).map((w) => (at(x, 2 * h, w, c) + at(x, 2 * h + 1, w, c)) / 2),
          i,
        ),
      ),
    );
  });

  test("UPSAMPLE repeats positions", () =>
    expectValues("INPUT 2x3x2 - UPSAMPLE 2x3", (x) =>
      make([4, 9, 2], (h, w, c) => at(x, h >> 1, Math.floor(w / 3), c)),
    ));

  test.each([
    [6, 14],
    [49, 147],
    [41, 82],
    [147, 49],
    [10, 7],
  ])("RESIZE of %i to %i: position floor(i*in/out), also where a scale would have to be rounded", (size, wanted) =>
    expectValues(`INPUT ${size}x2 - RESIZE ${wanted}`, (x) =>
      make([wanted, 2], (i, c) => at(x, Math.floor((i * size) / wanted), c)),
    ),
  );

  /** Half-pixel centres, the edges repeated. */
  const between = (line: readonly number[], i: number, wanted: number) => {
    const place = Math.min(line.length - 1, Math.max(0, ((i + 0.5) * line.length) / wanted - 0.5));
    const below = Math.floor(place);
    const above = Math.min(line.length - 1, below + 1);
    return line[below]! * (1 - (place - below)) + line[above]! * (place - below);
  };

  test.each([
    ["UPSAMPLE2 bilinear", 5, 10],
    ["RESIZE 7 bilinear", 5, 7],
    ["RESIZE 3 bilinear", 5, 3],
  ])("%s: half-pixel centres", (layer, size, wanted) =>
    expectValues(`INPUT ${size}x2 - ${layer}`, (x) =>
      make([wanted, 2], (i, c) =>
        between(
          range(size).map((l) => at(x, l, c)),
          i,
          wanted,
        ),
      ),
    ),
  );

  test("bilinear along both axes of an image", () =>
    expectValues("INPUT 3x4x2 - RESIZE 5x6 bilinear", (x) =>
      make([5, 6, 2], (h, w, c) =>
        between(
          range(3).map((row) =>
            between(
              range(4).map((column) => at(x, row, column, c)),
              w,
              6,
            ),
          ),
          h,
          5,
        ),
      ),
    ));

  test("CLASSTOKEN stands before the sequence, POSEMBED is of each position", () =>
    expectValues("INPUT 3x4 - CLASSTOKEN - POSEMBED", (x, net) =>
      make(
        [4, 4],
        (l, c) =>
          (l === 0 ? at(weight(net, "classtoken1.weight"), c) : at(x, l - 1, c)) +
          at(weight(net, "posembed1.weight"), l, c),
      ),
    ));

  test("POSEMBED of a map", () =>
    expectValues("INPUT 2x3x4 - POSEMBED", (x, net) =>
      make([2, 3, 4], (h, w, c) => at(x, h, w, c) + at(weight(net, "posembed1.weight"), h, w, c)),
    ));
});

describe("UPCONV", () => {
  /** Every input position adds its window, scaled, to the result: `cut` positions of it are taken off before. */
  const scattered =
    (
      size: readonly number[],
      filters: number,
      options: { window: number; stride: number; cut: number; dilation?: number; groups?: number },
    ) =>
    (x: Values, net: Network): Values => {
      const { window, stride, cut, dilation = 1, groups = 1 } = options;
      const [height, width, channels] = x.shape as [number, number, number];
      const kernel = weight(net, "upconv1.weight");
      const bias = weight(net, "upconv1.bias");
      const result = make([...size, filters], (_h, _w, f) => at(bias, f));
      const data = [...(result.data as number[])];
      for (const h of range(height))
        for (const w of range(width))
          for (const c of range(channels))
            for (const i of range(window))
              for (const j of range(window))
                for (const f of range(filters / groups)) {
                  const [y, z] = [h * stride + i * dilation - cut, w * stride + j * dilation - cut];
                  if (y < 0 || z < 0 || y >= size[0]! || z >= size[1]!) continue;
                  const group = Math.floor(c / (channels / groups));
                  const place = (y * size[1]! + z) * filters + group * (filters / groups) + f;
                  data[place]! += at(x, h, w, c) * at(kernel, i, j, f, c);
                }
      return { shape: result.shape, data };
    };

  test.each([
    ["UPCONV2-3/2 pad 0", [6, 8], { window: 2, stride: 2, cut: 0 }],
    ["UPCONV3-3/2 pad 1", [5, 7], { window: 3, stride: 2, cut: 1 }],
    ["UPCONV3-3/2 pad 1 outpad 1", [6, 8], { window: 3, stride: 2, cut: 1 }],
    ["UPCONV3-3/2 pad 0 outpad 1", [8, 10], { window: 3, stride: 2, cut: 0 }],
    ["UPCONV2-3/3 pad same", [9, 12], { window: 2, stride: 3, cut: 0 }],
    ["UPCONV4-3/2 pad same", [6, 8], { window: 4, stride: 2, cut: 1 }],
    ["UPCONV3-3 dilation 2 pad 0", [7, 8], { window: 3, stride: 1, cut: 0, dilation: 2 }],
  ] as const)("%s", (layer, size, options) => expectValues(`INPUT 3x4x2 - ${layer}`, scattered(size, 3, options)));

  test("groups", () =>
    expectValues(
      "INPUT 3x4x4 - UPCONV2-6/2 pad 0 groups 2",
      scattered([6, 8], 6, { window: 2, stride: 2, cut: 0, groups: 2 }),
    ));
});

test("DWCONV: each channel has its own filters, side by side", () =>
  expectValues("INPUT 4x5x2 - DWCONV3-6", (x, net) =>
    make([4, 5, 6], (h, w, f) =>
      sum([
        at(weight(net, "dwconv1.bias"), f),
        ...range(9).map(
          (tap) =>
            at(x, h + Math.floor(tap / 3) - 1, w + (tap % 3) - 1, Math.floor(f / 3)) *
            at(weight(net, "dwconv1.weight"), Math.floor(tap / 3), tap % 3, 0, f),
        ),
      ]),
    ),
  ));

describe("normalisation", () => {
  const normal = (value: number, all: readonly number[], eps: number) => {
    const mean = sum(all) / all.length;
    return (value - mean) / Math.sqrt(sum(all.map((other) => (other - mean) ** 2)) / all.length + eps);
  };
  const learnt = (net: Network, name: string, c: number, value: number) =>
    value * at(weight(net, `${name}.scale`), c) + at(weight(net, `${name}.bias`), c);
  const positions = range(2).flatMap((h) => range(3).map((w) => [h, w] as const));

  test("LN over the channels of a position", () =>
    expectValues("INPUT 2x3x4 - LN eps 0.1", (x, net) =>
      make([2, 3, 4], (h, w, c) =>
        learnt(
          net,
          "ln1",
          c,
          normal(
            at(x, h, w, c),
            range(4).map((other) => at(x, h, w, other)),
            0.1,
          ),
        ),
      ),
    ));

  test("GN over the channels of a group, at all positions", () =>
    expectValues("INPUT 2x3x4 - GN-2 eps 0.1", (x, net) =>
      make([2, 3, 4], (h, w, c) => {
        const group = positions.flatMap(([i, j]) => range(2).map((k) => at(x, i, j, (c >> 1) * 2 + k)));
        return learnt(net, "gn1", c, normal(at(x, h, w, c), group, 0.1));
      }),
    ));

  test("IN over the positions of a channel", () =>
    expectValues("INPUT 2x3x4 - IN eps 0.1", (x, net) =>
      make([2, 3, 4], (h, w, c) =>
        learnt(
          net,
          "in1",
          c,
          normal(
            at(x, h, w, c),
            positions.map(([i, j]) => at(x, i, j, c)),
            0.1,
          ),
        ),
      ),
    ));

  test("BN by its running statistics, with and without what is learnt", async () => {
    const plain = (x: Values, net: Network, index: number[], eps: number) =>
      (at(x, ...index) - at(weight(net, "bn1.mean"), index.at(-1)!)) /
      Math.sqrt(at(weight(net, "bn1.variance"), index.at(-1)!) + eps);
    await expectValues("INPUT 2x3x4 - BN", (x, net) =>
      make([2, 3, 4], (...index) => learnt(net, "bn1", index[2]!, plain(x, net, index, 1e-5))),
    );
    await expectValues("INPUT 2x3x4 - BN no affine eps 0.1", (x, net) =>
      make([2, 3, 4], (...index) => plain(x, net, index, 0.1)),
    );
  });
});

describe("activations", () => {
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
  /** The integral, by Simpson's rule. */
  const erf = (x: number) => {
    const steps = 400;
    const heights = range(steps + 1).map(
      (i) => Math.exp(-(((x * i) / steps) ** 2)) * (i % steps === 0 ? 1 : 2 + 2 * (i % 2)),
    );
    return ((2 / Math.sqrt(Math.PI)) * sum(heights) * x) / steps / 3;
  };
  const softplus = (x: number) => Math.log1p(Math.exp(x));

  test.each<[string, (x: number) => number]>([
    ["RELU6", (x) => Math.min(Math.max(x, 0), 6)],
    ["LRELU 0.2", (x) => (x > 0 ? x : 0.2 * x)],
    ["ELU", (x) => (x > 0 ? x : Math.expm1(x))],
    ["ELU 0.3", (x) => (x > 0 ? x : 0.3 * Math.expm1(x))],
    ["SELU", (x) => 1.05070099 * (x > 0 ? x : 1.67326324 * Math.expm1(x))],
    ["GELU", (x) => 0.5 * x * (1 + erf(x / Math.SQRT2))],
    ["SILU", (x) => x * sigmoid(x)],
    ["MISH", (x) => x * Math.tanh(softplus(x))],
    ["SIGMOID", sigmoid],
    ["TANH", Math.tanh],
    ["HSIGMOID", (x) => Math.min(Math.max(x + 3, 0), 6) / 6],
    ["HSWISH", (x) => (x * Math.min(Math.max(x + 3, 0), 6)) / 6],
    ["SOFTPLUS", softplus],
  ])("%s", async (layer, value) => {
    // 8 times as large, so that both ends are reached.
    const eight = range(3)
      .map(() => "ADD { ID | ID }")
      .join(" - ");
    await expectValues(`INPUT 5x6x3 - ${eight} - ${layer}`, (x) => ({
      shape: x.shape,
      data: Array.from(x.data, (number) => value(8 * number)),
    }));
  });

  test("PRELU has a factor for each channel, or one for all", async () => {
    const leaky = (x: number, slope: number) => (x > 0 ? x : slope * x);
    await expectValues("INPUT 3x2x4 - PRELU", (x, net) =>
      make([3, 2, 4], (h, w, c) => leaky(at(x, h, w, c), at(weight(net, "prelu1.slope"), c))),
    );
    await expectValues("INPUT 3x2x4 - PRELU shared", (x, net) =>
      make([3, 2, 4], (h, w, c) => leaky(at(x, h, w, c), at(weight(net, "prelu1.slope"), 0))),
    );
  });

  test("SOFTMAX and LOGSOFTMAX over the channels", async () => {
    const share = (x: Values, h: number, w: number, c: number) =>
      Math.exp(at(x, h, w, c)) / sum(range(4).map((other) => Math.exp(at(x, h, w, other))));
    await expectValues("INPUT 3x2x4 - SOFTMAX", (x) => make([3, 2, 4], (h, w, c) => share(x, h, w, c)));
    await expectValues("INPUT 3x2x4 - LOGSOFTMAX", (x) => make([3, 2, 4], (h, w, c) => Math.log(share(x, h, w, c))));
  });
});

describe("merging", () => {
  const three = "{ ID | TANH | SIGMOID }";
  const branches = (x: number) => [x, Math.tanh(x), 1 / (1 + Math.exp(-x))];

  test.each<[string, (values: number[]) => number]>([
    ["ADD", sum],
    ["MUL", (values) => values.reduce((a, b) => a * b, 1)],
    ["MAX", (values) => Math.max(...values)],
    ["MEAN", (values) => sum(values) / 3],
  ])("%s", (layer, value) =>
    expectValues(`INPUT 3x2x4 - ${layer} ${three}`, (x) => ({
      shape: x.shape,
      data: Array.from(x.data, (number) => value(branches(number))),
    })),
  );
});

describe("ATTENTION", () => {
  const attend =
    (heads: number) =>
    (rows: number[][], net: Network): number[][] => {
      const channels = rows[0]!.length;
      const size = channels / heads;
      const project = (row: number[], matrix: string, bias: string, columns: number) =>
        range(columns).map((u) =>
          sum([at(weight(net, bias), u), ...row.map((value, c) => value * at(weight(net, matrix), c, u))]),
        );
      const projected = rows.map((row) => project(row, "attention1.qkv", "attention1.qkvbias", 3 * channels));
      const mixed = rows.map((_, position) =>
        range(channels).map((c) => {
          const start = Math.floor(c / size) * size;
          const scores = projected.map((other) =>
            Math.exp(
              sum(range(size).map((d) => projected[position]![start + d]! * other[channels + start + d]!)) /
                Math.sqrt(size),
            ),
          );
          return sum(projected.map((other, index) => (scores[index]! / sum(scores)) * other[2 * channels + c]!));
        }),
      );
      return mixed.map((row) => project(row, "attention1.weight", "attention1.bias", channels));
    };

  test("over a sequence", () =>
    expectValues("INPUT 5x6 - ATTENTION 2", (x, net) => {
      const result = attend(2)(
        range(5).map((l) => range(6).map((c) => at(x, l, c))),
        net,
      );
      return make([5, 6], (l, c) => result[l]![c]!);
    }));

  test("over the positions of a map", () =>
    expectValues("INPUT 2x3x6 - ATTENTION 3", (x, net) => {
      const rows = range(6).map((p) => range(6).map((c) => at(x, Math.floor(p / 3), p % 3, c)));
      const result = attend(3)(rows, net);
      return make([2, 3, 6], (h, w, c) => result[h * 3 + w]![c]!);
    }));
});
