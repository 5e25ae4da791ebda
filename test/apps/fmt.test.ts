/** `cnnc fmt` on files, folders and standard input; the examples are as it writes them. */
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root, runCommand } from "../command-line.js";

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "cnnc-fmt-"))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fmt = (args: readonly string[], input = "") => runCommand(["fmt", ...args], { cwd: folder, input });
const put = (name: string, text: string) => {
  mkdirSync(join(folder, name, ".."), { recursive: true });
  writeFileSync(join(folder, name), text);
};
const read = (name: string) => readFileSync(join(folder, name), "utf8");

const LOOSE = "net A{INPUT 8x8x3 - CONV3-4}\r\n";
const TIDY = "net A { INPUT 8x8x3 - CONV3-4 }\n";

test("the examples are as they should be", async () => {
  const { code, out } = await runCommand(["fmt", "--check", join(root, "examples"), join(root, "src/std")]);
  expect([code, out]).toEqual([0, ""]);
});

test("standard input is printed", async () => {
  expect(await fmt(["-"], LOOSE)).toEqual({ code: 0, out: TIDY, err: "" });
  expect((await fmt(["-", "--check"], LOOSE)).code).toBe(1);
  expect((await fmt(["-", "--check"], TIDY)).code).toBe(0);
});

test("--check names the files that differ and changes none", async () => {
  put("check/a.cnn", LOOSE);
  put("check/deep/b.cnn", TIDY);
  put("check/node_modules/c.cnn", LOOSE);
  put("check/.hidden/c.cnn", LOOSE);
  put("check/notes.txt", LOOSE);
  const { code, out, err } = await fmt(["--check", "check"]);
  expect([code, out, err]).toEqual([1, "check/a.cnn\n", "2 files: 1 to be formatted, 1 as they should be\n"]);
  expect(read("check/a.cnn")).toBe(LOOSE);
});

test("files are rewritten, with their rights and behind links, and only where something changes", async () => {
  put("write/a.cnn", LOOSE);
  put("write/b.cnn", TIDY);
  chmodSync(join(folder, "write/a.cnn"), 0o640);
  symlinkSync("a.cnn", join(folder, "write/link.cnn"));
  const before = statSync(join(folder, "write/b.cnn")).mtimeMs;
  const { code, out } = await fmt(["write/link.cnn", "write/b.cnn"]);
  expect([code, out]).toEqual([0, "write/link.cnn\n"]);
  expect([read("write/a.cnn"), read("write/link.cnn")]).toEqual([TIDY, TIDY]);
  expect(statSync(join(folder, "write/a.cnn")).mode & 0o777).toBe(0o640);
  expect(statSync(join(folder, "write/b.cnn")).mtimeMs).toBe(before);
  expect(readdirSync(join(folder, "write"))).toEqual(["a.cnn", "b.cnn", "link.cnn"]);
});

test("a file with syntax errors is told and stays; the others are formatted", async () => {
  const wrong = "net A { INPUT 8x8x3 - ]\n";
  put("wrong/a.cnn", wrong);
  put("wrong/b.cnn", LOOSE);
  const { code, out, err } = await fmt(["wrong"]);
  expect([code, out]).toEqual([1, "wrong/b.cnn\n"]);
  expect(err).toMatch(/error\[CNN\d{4}\][^]*wrong\/a.cnn:1/);
  expect([read("wrong/a.cnn"), read("wrong/b.cnn")]).toEqual([wrong, TIDY]);
  put("wrong/utf16.cnn", "\ufffe");
  writeFileSync(join(folder, "wrong/utf16.cnn"), Uint8Array.of(0xff, 0xfe, 0x41, 0));
  expect((await fmt(["wrong/utf16.cnn"])).code).toBe(1);
});

test("a path that leads nowhere, a folder without programs", async () => {
  expect((await fmt(["none.cnn"])).code).toBe(2);
  mkdirSync(join(folder, "empty"));
  expect((await fmt(["empty"])).code).toBe(2);
});

test("--canonical", async () => {
  const slide = "[227x227x3] INPUT\n[55x55x96] CONV1: 96 11x11 filters at stride 4, pad 0\n";
  const canonical = "INPUT                     [227x227x3]\nCONV1: CONV11-96/4 pad 0  [55x55x96]\n";
  expect((await fmt(["-", "--canonical"], slide)).out).toBe(canonical);
  expect((await fmt(["-"], slide)).out).toBe(slide);
});

test("files that the configuration passes over, unless they are named", async () => {
  put("ignoring/cnnc.config.json", '{ "lint": { "ignore": ["old", "one.cnn"] } }');
  for (const name of ["old/a.cnn", "one.cnn", "two.cnn"]) put(`ignoring/${name}`, LOOSE);
  const within = (args: readonly string[]) => runCommand(["fmt", ...args], { cwd: join(folder, "ignoring") });
  expect((await within(["--check"])).out).toBe("two.cnn\n");
  expect((await within(["."])).out).toBe("two.cnn\n");
  expect([read("ignoring/old/a.cnn"), read("ignoring/two.cnn")]).toEqual([LOOSE, TIDY]);
  expect((await within(["one.cnn"])).out).toBe("one.cnn\n");
  put("ignoring/cnnc.config.json", "{");
  expect((await within(["."])).code).toBe(2);
});

test("# prettier-ignore, # @noformat, and pragmas", async () => {
  const kept = "# prettier-ignore\nnet  A{ INPUT 8 }\n";
  expect((await fmt(["-"], `${kept}net  B = A\n`)).out).toBe(`${kept}net B = A\n`);
  expect((await fmt(["-"], `# @noformat\n${LOOSE}`)).out).toBe(`# @noformat\n${LOOSE}`);
  expect((await fmt(["-", "--require-pragma"], LOOSE)).out).toBe(LOOSE);
  expect((await fmt(["-", "--require-pragma"], `# @format\n${LOOSE}`)).out).toBe(`# @format\n${TIDY}`);
  expect((await fmt(["-", "--insert-pragma"], LOOSE)).out).toBe(`# @format\n\n${TIDY}`);
  expect((await fmt(["-", "--insert-pragma"], `# @prettier\n${LOOSE}`)).out).toBe(`# @prettier\n${TIDY}`);
});
