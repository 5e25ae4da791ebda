/** `cnnc diff`, as users have it. */
import { expect, test } from "vitest";
import { runCommand } from "../command-line.js";

const diff = (...args: string[]) => runCommand(["diff", ...args]);

const zfnet = ["examples/lecture14/zfnet.cnn", "examples/lecture14/zfnet.cnn"];

test("AlexNet and ZFNet: four layers, and 1 as exit code", async () => {
  const { code, out } = await diff(...zfnet, "--net", "AlexNet", "--other", "ZFNet");
  expect(code).toBe(1);
  expect(out.match(/^~ /gm)).toHaveLength(4);
  expect(out).toContain("4 layers changed, 6 of another size because of that");
  expect(out).toContain("params: 62,378,344 -> 386,548,840 (+519.7 %)");
  expect((await diff(...zfnet, "--net", "AlexNet", "--other", "ZFNet", "--all")).out).toMatch(
    /^ +FC6 +FC-4096 +4096 +\+/m,
  );
});

test("nets that are the same: 0", async () => {
  expect(await diff(...zfnet, "--net", "ZFNet")).toMatchObject({
    code: 0,
    out: expect.stringContaining("no layer differs"),
  });
});

test("JSON has every layer, with its cost on both sides", async () => {
  const { schema, rows, isSame } = JSON.parse(
    (await diff(...zfnet, "--net", "AlexNet", "--other", "ZFNet", "--format", "json")).out,
  );
  expect([schema, isSame]).toEqual(["cnnc-diff/1", false]);
  expect(rows[1]).toMatchObject({ status: "changed", before: { name: "CONV1", cost: { params: 34944 } } });
});

test("several nets: it asks which", async () => {
  expect(await diff(...zfnet)).toMatchObject({ code: 2, err: expect.stringContaining("choose one with --net") });
});
