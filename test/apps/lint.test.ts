/** `cnnc lint`: files and folders, configurations, exit codes, changes that are written, and what other tools read. */
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
import { dirname, join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { root, runCommand, type Surroundings } from "../command-line.js";
import { configSchema } from "../schemas.js";

const BIASED = "INPUT 8x8x3 - CONV3-8 - BN - RELU - GAP - FC-10\n";
const MENDED = BIASED.replace("CONV3-8", "CONV3-8 no bias");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cnnc-lint-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
const read = (path: string) => readFileSync(join(folder, path), "utf8");
const config = (path: string, lint: unknown) => write(join(path, "cnnc.config.json"), JSON.stringify({ lint }));
const lint = (args: readonly string[], more: Surroundings = {}) =>
  runCommand(["lint", ...args], { cwd: folder, ...more });

test("the examples are clean, as they are published", async () => {
  const { code, out } = await runCommand(["lint", "examples", "--max-warnings", "0"], { cwd: root });
  expect([code, /warning|error/.test(out)]).toEqual([0, false]);
});

describe("files", () => {
  test("a finding as a person reads it, with its rule", async () => {
    write("net.cnn", BIASED);
    const { code, out } = await lint(["net.cnn"]);
    expect(code).toBe(0);
    expect(out)
      .toBe(`warning[CNN3111]: the bias of conv1 has no effect: bn1 takes each channel's mean away (bias-before-norm)
 --> net.cnn:1:15
   |
 1 | INPUT 8x8x3 - CONV3-8 - BN - RELU - GAP - FC-10
   |               ^^^^^^^
   |
   = 8 parameters without effect
   = help: write no bias

1 file: 1 warning; 1 of them mended by --fix
`);
  });

  test("folders: all programs below, but what is hidden, installed or passed over", async () => {
    for (const path of ["a.cnn", "b/c.cnn", ".git/d.cnn", "node_modules/e.cnn", "old/f.cnn", "g.txt"])
      write(path, BIASED);
    config(".", { ignore: ["old"] });
    const { out } = await lint([".", "--format", "json"]);
    const { files } = JSON.parse(out) as { files: { file: string }[] };
    expect(files.map(({ file }) => file)).toEqual(["a.cnn", "b/c.cnn"]);
    // What is named is linted.
    expect((await lint(["old/f.cnn"])).out).toContain("CNN3111");
  });

  test("standard input, which cannot be changed", async () => {
    expect((await lint(["-"], { input: BIASED })).out).toContain("--> <stdin>:1:15");
    expect((await lint(["-", "--fix"], { input: BIASED })).code).toBe(2);
  });

  test("a name that leads nowhere keeps no other file from being linted", async () => {
    write("net.cnn", BIASED);
    const { code, out, err } = await lint(["none.cnn", "net.cnn"]);
    expect([code, out.includes("CNN3111"), err.includes("there is no such file")]).toEqual([2, true, true]);
    mkdirSync(join(folder, "empty"));
    expect((await lint(["empty"])).err).toContain("empty has no .cnn files");
  });

  test("what several files use is told once, with the comments that stand there", async () => {
    write("blocks.cnn", "block Unit(c) { CONV3-c - BN - RELU }\n");
    for (const name of ["a", "b"]) write(`${name}.cnn`, 'use "./blocks.cnn"\nINPUT 8x8x3 - Unit(8) - GAP - FC-10\n');
    const { out } = await lint(["a.cnn", "b.cnn", "--fix"]);
    expect(out.match(/CNN3111/g)).toHaveLength(1);
    expect(read("blocks.cnn")).toContain("CONV3-c - BN");
    write("blocks.cnn", `# cnnc-disable bias-before-norm\n${read("blocks.cnn")}`);
    expect((await lint(["a.cnn", "b.cnn"])).out).toBe("2 files: nothing to tell\n");
  });
});

describe("exit codes", () => {
  test("warnings are for --max-warnings, errors are for all", async () => {
    write("net.cnn", BIASED);
    expect((await lint(["net.cnn"])).code).toBe(0);
    expect((await lint(["net.cnn", "--max-warnings", "1"])).code).toBe(0);
    expect((await lint(["net.cnn", "--max-warnings", "0"])).code).toBe(1);
    config(".", { rules: { "bias-before-norm": "error" } });
    expect((await lint(["net.cnn"])).code).toBe(1);
    config(".", { rules: { "bias-before-norm": "off" } });
    expect((await lint(["net.cnn", "--max-warnings", "0"])).code).toBe(0);
    write("broken.cnn", "INPUT 8x8x3 - POOL9\n");
    expect((await lint(["broken.cnn"])).code).toBe(1);
  });
});

describe("configurations", () => {
  test("the nearest one, and none outside of where the command runs", async () => {
    write("in/net.cnn", BIASED);
    config(".", { rules: { "bias-before-norm": "error" } });
    expect((await lint(["in/net.cnn"])).code).toBe(1);
    expect((await lint(["net.cnn"], { cwd: join(folder, "in") })).code).toBe(0);
    config("in", { rules: { "bias-before-norm": "info" } });
    expect((await lint(["in/net.cnn"])).out).toContain("info[CNN3111]");
    mkdirSync(join(folder, "other"));
    expect((await lint(["../in/net.cnn"], { cwd: join(folder, "other") })).out).toContain("warning[CNN3111]");
  });

  test("settings that rules have to know", async () => {
    write("net.cnn", "INPUT 64x64x3 - CONV3-20 - RELU - CONV1-2\n");
    config(".", { target: "tensor cores", objectSize: 32 });
    expect((await lint(["net.cnn"])).out).toMatch(/CNN3129[^]*CNN3130/);
  });

  test.each([
    ["{", /cnnc\.config\.json is no JSON/],
    ["[]", /it is no object/],
    ['{"lnit": {}}', /it has no setting lnit; did you mean lint\?/],
    ['{"lint": {"rulse": {}}}', /lint has no setting rulse; did you mean rules\?/],
    [
      '{"lint": {"rules": {"bias-before-nrom": "off"}}}',
      /there is no rule bias-before-nrom; did you mean bias-before-norm\?/,
    ],
    ['{"lint": {"rules": {"even-window": "warn"}}}', /even-window has no level warn; /],
    ['{"lint": {"rules": {"even-window": "warming"}}}', /did you mean warning\?/],
    ['{"lint": {"rules": {"even-window": 2}}}', /even-window has no level 2; there is off, info, warning and error/],
    ['{"lint": {"target": "tensor"}}', /lint has no target tensor; there is tensor cores/],
    ['{"lint": {"objectSize": 0}}', /a whole number of pixels/],
    ['{"lint": {"ignore": "old"}}', /a list of paths/],
  ])("%s", async (text, message) => {
    write("net.cnn", BIASED);
    write("cnnc.config.json", text);
    const { code, err } = await lint(["net.cnn"]);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });

  test("the published schema takes what the command takes", () => {
    const validate = new Ajv2020({ strict: true }).compile(configSchema);
    const examples = JSON.parse(readFileSync(join(root, "examples/cnnc.config.json"), "utf8")) as unknown;
    expect(validate(examples)).toBe(true);
    expect(validate({ lint: { rules: { "even-window": "off" }, target: "tensor cores", objectSize: 3 } })).toBe(true);
    expect(validate({ lint: { rules: { "evn-window": "off" } } })).toBe(false);
    expect(validate({ lint: { rules: { "even-window": "warn" } } })).toBe(false);
  });
});

describe("--fix", () => {
  test("writes what is safe, round after round, and tells what is left", async () => {
    write("net.cnn", `use std\nlet a = 1\nlet b = a\n${BIASED.replace("GAP", "GAP - FLATTEN")}`);
    const { code, out } = await lint(["net.cnn", "--fix", "--max-warnings", "0"]);
    expect([code, out]).toEqual([0, "1 file: nothing to tell; 5 changes made\n"]);
    expect(read("net.cnn")).toBe(MENDED);
  });

  test("keeps the mode, a byte order mark, line ends and where a link leads", async () => {
    write("net.cnn", `\ufeffuse std\r\n${BIASED.trim()}\r\n`);
    chmodSync(join(folder, "net.cnn"), 0o640);
    symlinkSync("net.cnn", join(folder, "link.cnn"));
    await lint(["link.cnn", "--fix"]);
    expect(read("net.cnn")).toBe(`\ufeff${MENDED.trim()}\r\n`);
    expect(statSync(join(folder, "net.cnn")).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder).sort()).toEqual(["link.cnn", "net.cnn"]);
  });

  test("leaves alone what needs a decision, what is disabled and what does not compile", async () => {
    for (const text of [
      "INPUT 8x8x3 - CONV3-8 - RELU - FC-10 - FC-10\n",
      `# cnnc-disable bias-before-norm\n${BIASED}`,
      `${BIASED}POOL9\n`,
    ]) {
      write("net.cnn", text);
      await lint(["net.cnn", "--fix"]);
      expect(read("net.cnn")).toBe(text);
    }
  });
});

describe("for other tools", () => {
  test("GitHub's workflow commands", async () => {
    write("a,b.cnn", BIASED);
    const { out } = await lint(["a,b.cnn", "--format", "github"]);
    expect(out).toBe(
      "::warning file=a%2Cb.cnn,line=1,endLine=1,col=15,endColumn=21,title=CNN3111 bias-before-norm::the bias of conv1 has no effect: bn1 takes each channel's mean away%0A8 parameters without effect\n",
    );
    write("net.cnn", MENDED);
    expect((await lint(["net.cnn", "--format", "github"])).out).toBe("");
  });
});
