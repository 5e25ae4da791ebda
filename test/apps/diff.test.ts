/** `cnnc diff`, as users have it. */
import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");

function diff(...args: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "bin/cnnc.js"), "diff", ...args], {
    cwd: root,
    encoding: "utf8",
  });
  return { code: status, out: stdout, err: stderr };
}

const zfnet = ["examples/lecture14/zfnet.cnn", "examples/lecture14/zfnet.cnn"];

test("AlexNet and ZFNet: four layers, and 1 as exit code", () => {
  const { code, out } = diff(...zfnet, "--net", "AlexNet", "--other", "ZFNet");
  expect(code).toBe(1);
  expect(out.match(/^~ /gm)).toHaveLength(4);
  expect(out).toContain("4 layers changed, 6 of another size because of that");
  expect(out).toContain("params: 62,378,344 -> 386,548,840 (+519.7 %)");
  expect(diff(...zfnet, "--net", "AlexNet", "--other", "ZFNet", "--all").out).toMatch(/^ +FC6 +FC-4096 +4096 +\+/m);
});

test("nets that are the same: 0", () => {
  expect(diff(...zfnet, "--net", "ZFNet")).toMatchObject({ code: 0, out: expect.stringContaining("no layer differs") });
});

test("JSON has every layer, with its cost on both sides", () => {
  const { schema, rows, isSame } = JSON.parse(
    diff(...zfnet, "--net", "AlexNet", "--other", "ZFNet", "--format", "json").out,
  );
  expect([schema, isSame]).toEqual(["cnnc-diff/1", false]);
  expect(rows[1]).toMatchObject({ status: "changed", before: { name: "CONV1", cost: { params: 34944 } } });
});

test("several nets: it asks which", () => {
  expect(diff(...zfnet)).toMatchObject({ code: 2, err: expect.stringContaining("choose one with --net") });
});
