/** The treemap: areas stand for exact figures that add up to the totals of the report. */
import { describe, expect, test } from "vitest";
import { reportOf } from "../../../src/analysis/report.js";
import { measures, treemapOf, type Tile } from "../../../src/emit/html/treemap.js";
import { exampleNet, exampleNets } from "../../example-nets.js";
import { networkOf } from "../../harness.js";

const EPSILON = 1e-9;
const isIn = (inner: Tile, outer: Tile) =>
  inner.x >= outer.x - EPSILON &&
  inner.y >= outer.y - EPSILON &&
  inner.x + inner.width <= outer.x + outer.width + EPSILON &&
  inner.y + inner.height <= outer.y + outer.height + EPSILON;
const whole: Tile = { value: 0n, x: 0, y: 0, width: 1, height: 1 };
const area = ({ width, height }: Tile) => width * height;

const nets = exampleNets.filter(({ network }) => network.symbols.length === 0);

test.each(nets)("$name: shares add up to the totals", async ({ network }) => {
  const { totals } = reportOf(network);
  const { params, macs, activations } = totals;
  const wanted = { params, macs, memory: (activations as bigint) * 4n };
  for (const measure of measures) {
    const { total, layers } = await treemapOf(network, measure, "float32");
    expect(total).toBe(wanted[measure]);
    expect(layers.length).toBe(network.nodes.length);
    expect(layers.reduce((sum, { value }) => sum + value, 0n)).toBe(total);
    expect(layers.filter((tile) => !isIn(tile, whole) || (tile.value === 0n && area(tile) > 0))).toEqual([]);
  }
});

describe("ResNet-50", () => {
  const network = exampleNet("zoo/resnet.cnn", "ResNet50");

  test("layers lie in the calls that they are in, and not over each other", async () => {
    const { layers, calls } = await treemapOf(network, "macs", "float32");
    for (const { name, ...call } of calls) {
      expect(isIn(call, whole)).toBe(true);
      const inside = network.nodes.filter((node) => node.name.startsWith(`${name}.`));
      expect(inside.reduce((sum, { id }) => sum + layers[id]!.value, 0n)).toBe(call.value);
      for (const { id } of inside) if (area(layers[id]!) > 0) expect(isIn(layers[id]!, call)).toBe(true);
    }
    const drawn = layers.filter((tile) => area(tile) > 0);
    const isApart = (a: Tile, b: Tile) =>
      a.x + a.width <= b.x + EPSILON ||
      b.x + b.width <= a.x + EPSILON ||
      a.y + a.height <= b.y + EPSILON ||
      b.y + b.height <= a.y + EPSILON;
    expect(drawn.filter((a, index) => drawn.slice(index + 1).some((b) => !isApart(a, b)))).toEqual([]);
  });

  test("calls stand in the order of the program", async () => {
    const [params, memory] = [
      await treemapOf(network, "params", "float32"),
      await treemapOf(network, "memory", "float32"),
    ];
    const names = params.calls.map(({ name }) => name);
    expect(names).toEqual(memory.calls.map(({ name }) => name));
    expect(names.slice(0, 4)).toEqual([
      "Stage1",
      "Stage1.Bottleneck1",
      "Stage1.Bottleneck1.Shortcut1",
      "Stage1.Bottleneck2",
    ]);
  });
});

test("areas are as the figures, without calls", async () => {
  const network = networkOf("INPUT 8x8x4 - CONV3-8 - CONV3-16 - GAP - FC-10");
  const { total, layers } = await treemapOf(network, "params", "float32");
  for (const tile of layers) expect(area(tile)).toBeCloseTo(Number(tile.value) / Number(total), 9);
});

test("int8 takes a quarter of the memory", async () => {
  const network = networkOf("INPUT 8x8x4 - CONV3-8 - GAP - FC-10");
  const [full, small] = [await treemapOf(network, "memory", "float32"), await treemapOf(network, "memory", "int8")];
  expect(full.total).toBe(4n * small.total);
});
