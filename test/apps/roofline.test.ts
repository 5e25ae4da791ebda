/** `cnnc roofline`, as users have it. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { runCommand } from "../command-line.js";

const folder = mkdtempSync(join(tmpdir(), "cnnc-roofline-"));
afterAll(() => rmSync(folder, { recursive: true }));

const roofline = (...args: string[]) => runCommand(["roofline", "examples/lecture14/alexnet.cnn", ...args]);

function deviceFile(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

test("AlexNet's dense layers wait for memory on a T4, its convolutions do not", async () => {
  const { code, out } = await roofline("--device", "t4");
  expect(code).toBe(0);
  expect(out).toMatch(/^FC6 .* memory$/m);
  expect(out).toMatch(/^CONV2 .* %$/m);
  expect(out).toContain("peak numbers: NVIDIA T4 datasheet");
});

test("a device of one's own, and JSON", async () => {
  const board = deviceFile("board.json", '{"name": "board", "operations": {"float32": 1e11}, "bandwidth": 1e10}');
  const { schema, device, layers, ridge } = JSON.parse((await roofline("--device", board, "--format", "json")).out);
  expect([schema, device.name, ridge]).toEqual(["cnnc-roofline/1", "board", 10]);
  expect(layers[1]).toMatchObject({ layer: "CONV1", flops: 210_830_400, bound: "compute" });
});

test("mistakes are told in a sentence", async () => {
  expect(await roofline("--device", "h10")).toMatchObject({
    code: 2,
    err: expect.stringContaining("did you mean h100?"),
  });
  expect((await roofline("--device", "laptop", "--precision", "int8")).err).toContain(
    "no peak in int8 is known; there is float32",
  );
  expect((await roofline("--device", deviceFile("text.json", "text"))).err).toContain("is no JSON");
  expect((await roofline("--device", deviceFile("empty.json", "[]"))).err).toContain("has no peak numbers");
  expect((await roofline("--device", join(folder, "none.json"))).err).toContain("there is no such file");
});
