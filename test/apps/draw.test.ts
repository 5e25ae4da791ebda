/** `cnnc draw` as users have it: what it writes, what it says, how it ends. `npm test` builds the program first. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCommand } from "../command-line.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cnnc-draw-"));
  writeFileSync(join(folder, "chain.cnn"), "net Chain { INPUT 8x8x3 - CONV3-4 - RELU - GAP - FC-2 }");
  writeFileSync(join(folder, "open.cnn"), "net Open { INPUT HxWx3 - CONV3-4 - ADD { CONV3-4 | ID } - GAP - FC-2 }");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const draw = (...args: string[]) => runCommand(["draw", ...args], { cwd: folder });
const textOf = (name: string) => readFileSync(join(folder, name), "utf8");

test.each([
  ["svg", "<svg "],
  ["dot", 'digraph "Chain" {'],
  ["mmd", "---\ntitle: "],
  ["tex", "% Chain\n\\documentclass"],
])("the ending decides the format: .%s", async (ending, start) => {
  const { code, out, err } = await draw("chain.cnn", "-o", `new/chain.${ending}`);
  expect([code, err]).toEqual([0, ""]);
  expect(out).toMatch(new RegExp(`^new/chain\\.${ending} {2}[\\d.]+ (bytes|kB)\\n$`));
  expect(textOf(`new/chain.${ending}`).startsWith(start)).toBe(true);
  // Nothing unfinished stays behind.
  expect(readdirSync(join(folder, "new")).filter((name) => name.startsWith("."))).toEqual([]);
});

test("JSON tells what was written", async () => {
  const { out } = await draw("chain.cnn", "-o", "chain.svg", "--style", "volume", "--format", "json");
  const bytes = Buffer.byteLength(textOf("chain.svg"));
  expect(JSON.parse(out)).toEqual({ schema: "cnnc-draw/1", net: "Chain", style: "volume", path: "chain.svg", bytes });
});

test("open sizes are drawn with their letters, or with numbers", async () => {
  expect((await draw("open.cnn", "-o", "open.dot")).code).toBe(0);
  expect(textOf("open.dot")).toContain("HxWx4");
  expect((await draw("open.cnn", "-o", "open.dot", "--size", "H=8", "--size", "W=6")).code).toBe(0);
  expect(textOf("open.dot")).toContain("8x6x4");
});

test.each([
  [["chain.cnn", "-o", "x.png"], "x.png: the ending tells what to write, and has to be .svg, .dot, .mmd or .tex"],
  [
    ["chain.cnn", "-o", "x.dot", "--style", "volume"],
    ".dot has boxes and lines alone: volumes are written as .svg or .tex",
  ],
  [
    ["open.cnn", "-o", "x.svg", "--style", "volume"],
    "volumes have sizes, and Open leaves H and W open: give numbers, as --size H=224 --size W=224",
  ],
  [
    ["open.cnn", "-o", "x.svg", "--style", "volume", "--size", "H=8", "--size", "W=8"],
    "Open is no chain, which is what volumes show: add1 reads conv2 and conv1; --style graph draws it",
  ],
  [
    ["chain.cnn", "-o", "x.svg", "--style", "volume", "--depth", "1"],
    "--depth is for --style graph: volumes are one level",
  ],
  [
    ["chain.cnn", "-o", "x.svg", "--style", "volume", "--no-fold"],
    "--no-fold is for --style graph: volumes count what is alike",
  ],
])("wrong use is told in a sentence: %j", async (args, message) => {
  const { code, out, err } = await draw(...args);
  expect([code, out, err]).toEqual([2, "", `error: ${message}\n`]);
  expect(existsSync(join(folder, args[2]!))).toBe(false);
});
