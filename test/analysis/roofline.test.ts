/** Rooflines: by hand, and what must hold for every net and device. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { devices, type Device } from "../../src/analysis/devices.js";
import { rooflineOf } from "../../src/analysis/roofline.js";
import type { NumberFormat } from "../../src/analysis/precisions.js";
import { exampleNets } from "../example-nets.js";
import { networkOf } from "../harness.js";

const device: Device = {
  name: "d",
  doc: "d",
  operations: { float32: 1000, int8: 4000 },
  bandwidth: 100,
  source: "by hand",
};

describe("by hand", () => {
  // FC: 2 * 4 * 3 = 24 operations; it moves 4 + 3 values and 15 parameters. RELU: 3 operations, 6 values.
  const network = networkOf("INPUT 4 - FC-3 - RELU");

  test("each layer takes as long as what it waits for", () => {
    const { layers, ridge, seconds, memoryShare } = rooflineOf(network, device)!;
    expect(layers.map((layer) => [layer.flops, layer.bytes])).toEqual([
      [0, 0],
      [24, (4 + 3 + 15) * 4],
      [3, 6 * 4],
    ]);
    expect(layers[1]).toMatchObject({ bound: "memory", seconds: 0.88, intensity: 24 / 88 });
    expect([ridge, seconds, memoryShare]).toEqual([10, 0.88 + 0.24, 1]);
  });

  test("parameters are read once a batch", () => {
    const { layers } = rooflineOf(network, device, { batch: 10, precision: "int8" })!;
    expect(layers[1]).toMatchObject({ flops: 240, bytes: 10 * 7 + 15 });
  });

  test("fused, RELU is part of the layer before it", () => {
    const { layers } = rooflineOf(network, device, { fused: true })!;
    expect(layers[1]).toMatchObject({ flops: 27, bytes: 88 });
    expect(layers[2]).toMatchObject({ flops: 0, bytes: 0, seconds: 0, within: 1 });
    // What is read elsewhere too has to be written.
    const shared = networkOf("net X { INPUT 4x4x2 - a: CONV3-2 - ADD { RELU | ID } }");
    expect(rooflineOf(shared, device, { fused: true })!.layers.some(({ within }) => within !== undefined)).toBe(false);
  });

  test("a layer with much arithmetic for few bytes waits for that", () => {
    const { layers } = rooflineOf(networkOf("INPUT 16x16x64 - CONV3-64"), device)!;
    expect(layers[1]!.bound).toBe("compute");
  });

  test("a format that the device does not have", () => {
    expect(rooflineOf(network, device, { precision: "float16" })).toBeUndefined();
  });
});

describe.each(Object.values(devices))("$name", (shipped) => {
  test("has its numbers and where they are from", () => {
    expect(shipped.source.length).toBeGreaterThan(10);
    expect(shipped.bandwidth).toBeGreaterThan(1e9);
    const { float32 = 0, float16 = float32, int8 = float16 } = shipped.operations;
    expect(float32).toBeGreaterThan(1e9);
    expect(float16).toBeGreaterThanOrEqual(float32);
    expect(int8).toBeGreaterThanOrEqual(float16);
  });

  test("the page has the same numbers", () => {
    const page = readFileSync(join(import.meta.dirname, "../../docs/reports.md"), "utf8");
    const [, row] = new RegExp(`^\\| \`${shipped.name}\`\\s+\\|([^\\n]+)`, "m").exec(page)!;
    const told = (value: number) =>
      value >= 1e12
        ? `${(value / 1e12).toLocaleString("en-US", { maximumFractionDigits: 1 })} T`
        : `${(value / 1e9).toLocaleString("en-US", { maximumSignificantDigits: 3 })} G`;
    for (const value of Object.values(shipped.operations)) expect(row).toContain(told(value));
    const bandwidth = shipped.bandwidth / 1e9;
    expect(row).toContain(`${bandwidth < 100 ? bandwidth.toPrecision(3) : bandwidth.toLocaleString("en-US")} G |`);
  });

  test("no net is faster than its operations or its bytes, nor slower fused", () => {
    for (const { network } of exampleNets) {
      if (network.symbols.length > 0) continue;
      for (const precision of Object.keys(shipped.operations) as NumberFormat[]) {
        const { layers, seconds, memoryShare } = rooflineOf(network, shipped, { precision, batch: 4 })!;
        const flops = layers.reduce((sum, layer) => sum + layer.flops, 0);
        const bytes = layers.reduce((sum, layer) => sum + layer.bytes, 0);
        expect(seconds).toBeGreaterThanOrEqual((flops / shipped.operations[precision]!) * 0.999999);
        expect(seconds).toBeGreaterThanOrEqual((bytes / shipped.bandwidth) * 0.999999);
        expect(seconds).toBeLessThanOrEqual(
          (flops / shipped.operations[precision]! + bytes / shipped.bandwidth) * 1.000001,
        );
        expect(memoryShare).toBeLessThanOrEqual(1);
        expect(rooflineOf(network, shipped, { precision, batch: 4, fused: true })!.seconds).toBeLessThanOrEqual(
          seconds * 1.000001,
        );
      }
    }
  });
});
