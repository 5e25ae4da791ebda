/** The command line as users have it. `npm test` builds it first. */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encode } from "fast-png";
import { dump } from "npyjs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { program, root, runCommand, spawnCommand, type Surroundings } from "../command-line.js";

const examples = join(root, "examples/lecture14");
let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "cnnc-test-"))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const cnnc = (args: readonly string[], options: Surroundings = {}) => runCommand(args, { cwd: folder, ...options });

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const small = "INPUT 6x6x1 - CONV3-2 - RELU - POOL2 - FC-3 - SOFTMAX";
const two = "net A { INPUT 4x4x1 - FC-2 }\nnet B { INPUT 4x4x1 - FC-3 }";

describe("exit codes", () => {
  test("0: fine, also with warnings", async () => {
    expect((await cnnc(["check", join(examples, "lenet5.cnn")])).code).toBe(0);
    expect((await cnnc(["check", join(examples, "vgg16.slide.cnn")])).code).toBe(0);
    for (const args of [["--help"], ["--version"], ["report", "--help"]]) expect((await cnnc(args)).code).toBe(0);
  });

  test("1: errors in the program", async () => {
    const path = file("wrong.cnn", "INPUT 8x8x3 - POOL9");
    for (const args of [
      ["check", path],
      ["report", path],
      ["build", path, "--target", "onnx", "-o", "x.onnx"],
      ["run", path],
      ["verify", path],
    ]) {
      const { code, err, out } = await cnnc(args);
      expect([args[0], code]).toEqual([args[0], 1]);
      expect(out + err).toContain("error[CNN2102]");
    }
    expect(existsSync(join(folder, "x.onnx"))).toBe(false);
  });

  test.each([
    ["no command", []],
    ["an unknown command", ["chekc", "x.cnn"]],
    ["an unknown option", ["check", "--frmt", "json", "x.cnn"]],
    ["a value that is no choice", ["report", "small.cnn", "--format", "yaml"]],
    ["no target", ["build", "small.cnn", "-o", "x"]],
    ["no output", ["build", "small.cnn", "--target", "onnx"]],
    ["a seed that is none", ["verify", "small.cnn", "--seed", "-1"]],
    ["a seed that is too large", ["verify", "small.cnn", "--seed", "4294967296"]],
    ["a missing file", ["check", "missing.cnn"]],
    ["a folder", ["check", "."]],
    ["a net that does not exist", ["report", "small.cnn", "--net", "Smal"]],
    ["two ways to choose", ["report", "small.cnn", "--net", "small", "--all"]],
    ["a code that does not exist", ["explain", "CNN0000"]],
    ["an input of the wrong kind", ["run", "small.cnn", "--input", "small.cnn"]],
    ["a missing input", ["run", "small.cnn", "--input", "missing.png"]],
    ["the program as a file beside the output", ["build", "model.d.ts", "--target", "tfjs", "-o", "model.js"]],
    ["a dump as JSON", ["check", "--dump", "ir", "--format", "json", "small.cnn"]],
    ["an ending of no target", ["build", "small.cnn", "--target", "onnx", "-o", "notes.txt"]],
    ["standard output", ["build", "small.cnn", "--target", "onnx", "-o", "-"]],
    ["a model that no browser holds", ["build", "large.cnn", "--target", "tfjs", "-o", "x.js"]],
    ["an ending of another target", ["build", "small.cnn", "--target", "tfjs", "-o", "x.onnx"]],
    ["the program as its own output", ["build", "small.onnx", "--target", "onnx", "-o", "small.onnx"]],
  ])("2: wrong use, told in words: %s", async (_name, args) => {
    file("small.cnn", small);
    file("small.onnx", small);
    file("model.d.ts", small);
    file("large.cnn", "INPUT 50000 - FC-50000");
    const { code, err } = await cnnc(args);
    expect(code).toBe(2);
    expect(err).toMatch(/\S/);
    expect(err).not.toMatch(/^ +at /m);
  });
});

describe("a process of its own", () => {
  test.each([
    [0, ["--version"], "", /^\d+\.\d+\.\d+\n$/, /^$/],
    [0, ["check", "-"], small, /^<stdin>: 1 net, nothing to report\n$/, /^$/],
    [1, ["check", "-"], "INPUT 8x8x3 - POOL9", /^error\[CNN2102\]/, /^$/],
    [1, ["report", "-"], "INPUT 8x8x3 - POOL9", /^$/, /^error\[CNN2102\]/],
    [2, ["check", "missing.cnn"], "", /^$/, /^error: missing.cnn: there is no such file\n$/],
  ] as const)("ends with %i: %j", (code, args, input, out, err) => {
    const result = spawnCommand(args, { cwd: folder, input });
    expect(result).toEqual({ code, out: expect.stringMatching(out), err: expect.stringMatching(err) });
  });
});

describe("check", () => {
  test("several files, one with errors: a frame for each finding, a line for each file", async () => {
    const wrong = file("frames.cnn", "INPUT 227x227x3\n[56x56x96] CONV1: 96 11x11 filters at stride 4, pad 0\n");
    const { code, out } = await cnnc(["check", join(examples, "lenet5.cnn"), wrong]);
    expect(code).toBe(1);
    expect(out).toContain("error[CNN2101]: CONV1 gives 55x55x96, the annotation says 56x56x96");
    expect(out).toContain(`--> ${wrong}:2:1`);
    expect(out).toContain("= height and width: (227 - 11 + 2*0)/4 + 1 = 55");
    expect(out).toContain("= help: write [55x55x96]");
    expect(out).toContain("= help: or pad 2, which gives 56x56x96");
    expect(out).toMatch(/lenet5\.cnn: 1 net, nothing to report\n/);
    expect(out).toMatch(/frames\.cnn: 1 net, 1 error\n$/);
  });

  test("JSON gives the same as data", async () => {
    const wrong = file("json.cnn", "INPUT 32x32x3\nconv3-16\n");
    const { code, out } = await cnnc(["check", "--format", "json", wrong]);
    expect(code).toBe(1);
    const document = JSON.parse(out);
    expect(document.schema).toBe("cnnc-diagnostics/1");
    expect(document.totals).toEqual({ errors: 1, warnings: 0, infos: 0 });
    const [found] = document.files[0].diagnostics;
    expect(found.code).toBe("CNN1011");
    expect(found.place.start).toEqual({ line: 2, column: 1, offset: 14 });
    expect(found.fixes[0].edits[0]).toMatchObject({ text: "CONV3", place: { end: { line: 2, column: 6 } } });
  });

  test("a missing file keeps no other from being checked", async () => {
    const { code, out, err } = await cnnc([
      "check",
      join(examples, "lenet5.cnn"),
      "missing.cnn",
      join(examples, "alexnet.cnn"),
    ]);
    expect([code, err]).toEqual([2, "error: missing.cnn: there is no such file\n"]);
    expect(out).toMatch(/lenet5\.cnn: 1 net, nothing to report\n.*alexnet\.cnn: 1 net, nothing to report\n$/);
  });

  test("standard input", async () => {
    expect((await cnnc(["check", "-"], { input: small })).out).toBe("<stdin>: 1 net, nothing to report\n");
  });

  test("what is no text, or no program", async () => {
    const binary = await cnnc(["check", file("binary.cnn", Uint8Array.of(0x49, 0x4e, 0x0a, 0x93, 0x41))]);
    expect([binary.code, binary.out]).toEqual([
      1,
      expect.stringContaining("error[CNN5002]: " + join(folder, "binary.cnn") + " is not UTF-8 text: byte 4 is 0x93"),
    ]);
    expect(binary.out).toContain("binary.cnn:2:1");
    const wide = await cnnc(["check", file("wide.cnn", Buffer.from("\ufeffINPUT", "utf16le"))]);
    expect(wide.out).toContain("it is UTF-16, save it as UTF-8");
    const empty = await cnnc(["check", file("empty.cnn", "")]);
    expect([empty.code, empty.out]).toEqual([1, expect.stringContaining("error[CNN1010]")]);
    const comments = await cnnc(["check", file("comments.cnn", "# nothing\n\n")]);
    expect(comments.code).toBe(1);
    expect((await cnnc(["check", file("bom.cnn", `\ufeff${small}`)])).code).toBe(0);
  });

  test("stages can be seen", async () => {
    file("small.cnn", small);
    const ir = (await cnnc(["check", "--dump", "ir", "small.cnn"])).out;
    expect(ir).toContain("  pool1: 3x3x2 = pool(relu1) { window: 2x2, stride: 2x2, pad: 0x0..0x0, ceil: false }");
    const ast = (await cnnc(["check", "--dump", "ast", "small.cnn"])).out;
    expect(JSON.parse(ast.slice(0, ast.lastIndexOf("}") + 1)).items.length).toBe(6);
  });
});

describe("colours", () => {
  const escape = "\u001b[";
  test("none where output is no terminal, or NO_COLOR is set", async () => {
    const path = file("colour.cnn", "INPUT 8x8x3 - POOL9");
    expect((await cnnc(["check", path])).out).not.toContain(escape);
    expect((await cnnc(["check", path], { env: { FORCE_COLOR: "1" } })).out).toContain(escape);
    expect((await cnnc(["check", path], { env: { FORCE_COLOR: "1", NO_COLOR: "1" } })).out).not.toContain(escape);
  });
});

describe("report", () => {
  test("JSON as its schema says, integers exact", async () => {
    const { code, out } = await cnnc(["report", join(examples, "vgg16.slide.cnn"), "--format", "json"]);
    expect(code).toBe(0);
    const report = JSON.parse(out);
    expect(Object.keys(report)).toEqual(["schema", "net", "inputs", "outputs", "layers", "totals"]);
    expect(report.schema).toBe("cnnc-report/1");
    expect(report.inputs).toEqual([{ name: "input", shape: [224, 224, 3] }]);
    expect(report.outputs).toEqual([{ name: "fc3", shape: [1000] }]);
    expect(report.layers[1]).toEqual({
      name: "conv1",
      op: "conv",
      inputs: ["input"],
      output: [224, 224, 64],
      params: 1792,
      weights: 1728,
      biases: 64,
      buffers: 0,
      macs: 224 * 224 * 1728,
      flops: 2 * 224 * 224 * 1728,
      activations: 3211264,
      // What it reads, gives and has learnt, 4 bytes each.
      bytes: (224 * 224 * 3 + 3211264 + 1792) * 4,
      // 173,408,256 operations for 13,454,336 bytes.
      intensity: 12.89,
      receptiveField: { size: [3, 3], stride: [1, 1], padding: [1, 1], aligned: true, global: false },
      line: 3,
    });
    // Simonyan and Zisserman's 138M parameters; multiply-accumulates as torchvision counts its vgg16.
    expect(report.totals).toEqual({
      layers: 22,
      params: 138357544,
      weights: 138344128,
      biases: 13416,
      buffers: 0,
      macs: 15470264320,
      // Nothing but convolutions, pools and dense layers stands on the slide.
      flops: 2 * 15470264320,
      activations: 15237608,
      bytes: report.layers.reduce((sum: number, layer: { bytes: number }) => sum + layer.bytes, 0),
      intensity: expect.any(Number),
    });
  });

  test("columns as they are asked for, with what they are", async () => {
    const report = (...args: string[]) => cnnc(["report", join(examples, "alexnet.cnn"), ...args]);
    expect((await report("--columns", "name,field,stride,padding")).out).toMatch(/^CONV5 +163 +16 +64$/m);
    expect((await report("--columns", "name,bytes", "--precision", "int8")).out).toMatch(/^relu1 +580,800$/m);
    expect((await report("--explain", "--columns", "macs")).out).toMatch(
      /^macs\n {2}Multiply-accumulates of convolutions/,
    );
    expect(JSON.parse((await report("--explain", "--format", "json")).out).columns.length).toBe(15);
    expect(await report("--columns", "name,speed")).toMatchObject({
      code: 2,
      err: expect.stringContaining("There is no column speed"),
    });
  });

  test("CSV for spreadsheets and LaTeX for papers", async () => {
    const csv = await cnnc([
      "report",
      join(examples, "lenet5.cnn"),
      "--format",
      "csv",
      "--columns",
      "name,output,params,macs",
    ]);
    const lines = csv.out.trimEnd().split("\r\n");
    expect(lines.slice(0, 3)).toEqual(["name,output,params,macs", "input,32x32x1,0,0", "conv1,28x28x6,156,117600"]);
    expect(lines.length).toBe(14);
    file("two.cnn", two);
    const both = (await cnnc(["report", "two.cnn", "--all", "--format", "csv", "--columns", "name,params"])).out;
    expect(both.trimEnd().split("\r\n")).toEqual(["net,name,params", "A,input,0", "A,fc1,34", "B,input,0", "B,fc1,51"]);
    const latex = (
      await cnnc(["report", join(examples, "lenet5.cnn"), "--format", "latex", "--columns", "name,output,macs"])
    ).out;
    expect(latex).toContain("  \\begin{tabular}{lrr}");
    expect(latex).toContain("    conv1 & $28 \\times 28 \\times 6$ & 117\\,600 \\\\");
    const awkward = file("awkward.cnn", "net A_b { INPUT 4x4x1 - a_b: FC-2 }");
    expect((await cnnc(["report", awkward, "--format", "latex"])).out).toContain("a\\_b & FC-2");
  });

  test("integers past 2^53 are not rounded", async () => {
    const path = file("huge.cnn", "INPUT 200000x200000x1000 - CONV3-300000");
    const { out } = await cnnc(["report", path, "--format", "json"]);
    const macs = 200000n * 200000n * 300000n * 9n * 1000n;
    expect(out).toContain(`"macs": ${macs},`);
  });

  test("several nets: text shows all, JSON wants a choice", async () => {
    file("two.cnn", two);
    expect((await cnnc(["report", "two.cnn"])).out).toMatch(/^A\n[^]*\n\nB\n/);
    const refused = await cnnc(["report", "two.cnn", "--format", "json"]);
    expect([refused.code, refused.err]).toEqual([
      2,
      "error: two.cnn has several nets: choose one with --net, out of A and B\n",
    ]);
    expect(JSON.parse((await cnnc(["report", "two.cnn", "--format", "json", "--net", "B"])).out).net).toBe("B");
    const lines = (await cnnc(["report", "two.cnn", "--format", "json", "--all"])).out.trim().split("\n");
    expect(lines.map((line) => JSON.parse(line).net)).toEqual(["A", "B"]);
  });

  test("a family alone is no model", async () => {
    const { code, err } = await cnnc(["report", file("family.cnn", "net F(n) { INPUT 4x4x1 - FC-n }")]);
    expect([code, err]).toEqual([2, expect.stringContaining("has only families of nets")]);
  });

  test("the slide form is a program again", async () => {
    const slide = (await cnnc(["report", join(examples, "alexnet.slide.cnn"), "--format", "slide"])).out;
    const again = await cnnc(["report", "-", "--format", "slide"], { input: slide });
    expect(again.out).toBe(slide);
    expect(again.err).toBe("");
  });

  test("Markdown", async () => {
    const { out } = await cnnc(["report", join(examples, "lenet5.cnn"), "--format", "markdown"]);
    expect(out).toContain("## LeNet5");
    expect(out).toMatch(/^\| conv1 +\| CONV5-6 pad 0 +\| +28x28x6 \| +156 \| +117,600 \| +4,704 \|$/m);
    expect(out).toMatch(/^\| \*\*13 layers\*\* .*\*\*61,706\*\*/m);
  });

  test("a page: to a file or to standard output, of all nets or one, and never over the program", async () => {
    file("two.cnn", two);
    const path = join(folder, "pages", "two.html");
    const { code, out } = await cnnc(["report", "two.cnn", "--format", "html", "-o", path]);
    expect([code, out]).toEqual([0, expect.stringMatching(/two\.html {2}[\d.]+ kB\n$/)]);
    const page = readFileSync(path, "utf8");
    expect([...page.matchAll(/<h2>(\w+)</g)].map(([, name]) => name)).toEqual(["A", "B"]);
    expect((await cnnc(["report", "two.cnn", "--format", "html"])).out).toBe(page);
    const one = (await cnnc(["report", "two.cnn", "--format", "html", "--net", "B", "--columns", "macs,name"])).out;
    expect([...one.matchAll(/<h2>(\w+)</g)].map(([, name]) => name)).toEqual(["B"]);
    expect(one).toMatch(/<thead><tr><th [^>]*data-column="macs"/);
    expect(await cnnc(["report", "two.cnn", "--format", "html", "-o", "two.cnn"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("is the program itself"),
    });
    expect(await cnnc(["report", "two.cnn", "-o", "two.txt"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("-o is for --format html"),
    });
  });

  test("errors of the program are JSON too where JSON was asked for", async () => {
    const { code, out } = await cnnc(["report", "-", "--format", "json"], { input: "INPUT 8x8x3 - POOL9" });
    expect(code).toBe(1);
    expect(JSON.parse(out).files[0].diagnostics[0].code).toBe("CNN2102");
  });
});

describe("build", () => {
  test("ONNX: the same bytes each time, others with another seed, none half written", async () => {
    file("small.cnn", small);
    const build = (output: string, ...more: string[]) =>
      cnnc(["build", "small.cnn", "--target", "onnx", "-o", output, ...more]);
    expect((await build("a.onnx")).out).toMatch(/^a\.onnx {2}\d+ bytes\n$/);
    await build("b.onnx");
    await build("c.onnx", "--seed", "1");
    const [a, b, c] = ["a", "b", "c"].map((name) => readFileSync(join(folder, `${name}.onnx`)));
    expect(a!.equals(b!)).toBe(true);
    expect(a!.equals(c!)).toBe(false);
    expect(readdirSync(folder).filter((name) => name.includes(".tmp"))).toEqual([]);
  });

  test("a folder is filled with files named as the net", async () => {
    file("two.cnn", two);
    const { out } = await cnnc([
      "build",
      "two.cnn",
      "--net",
      "B",
      "--target",
      "tfjs",
      "-o",
      "models/",
      "--format",
      "json",
    ]);
    const report = JSON.parse(out);
    expect(report.files.map((entry: { path: string }) => entry.path)).toEqual(
      ["B.group1-shard1of1.bin", "B.weights.json", "B.d.ts", "B.js"].map((name) => join("models", name)),
    );
    expect(readdirSync(join(folder, "models")).sort()).toEqual([
      "B.d.ts",
      "B.group1-shard1of1.bin",
      "B.js",
      "B.weights.json",
    ]);
    await cnnc(["build", "two.cnn", "--net", "A", "--target", "onnx", "-o", "models"]);
    expect(existsSync(join(folder, "models/A.onnx"))).toBe(true);
  });

  test("where it cannot be written, that is said and nothing is left", async () => {
    file("small.cnn", small);
    file("blocked", "a file");
    const { code, err } = await cnnc(["build", "small.cnn", "--target", "onnx", "-o", "blocked/x.onnx"]);
    expect([code, err]).toEqual([2, expect.stringMatching(/^error: blocked\/x\.onnx cannot be written/)]);
    mkdirSync(join(folder, "taken.onnx"), { recursive: true });
    await cnnc(["build", "small.cnn", "--target", "onnx", "-o", "taken.onnx"]);
    expect(readdirSync(join(folder, "taken.onnx"))).toEqual(["small.onnx"]);
  });

  test("more than a target holds", async () => {
    file("large.cnn", "INPUT 40000 - FC-30000");
    const { code, err } = await cnnc(["build", "large.cnn", "--target", "tfjs", "-o", "large.js"]);
    expect([code, err]).toEqual([
      2,
      expect.stringContaining(
        "has weights of 4.80 GB; a tfjs model holds at most 4.29 GB: build it with --weights none",
      ),
    ]);
  });
});

describe("build with options of a target", () => {
  const build = (...args: string[]) => cnnc(["build", "open.cnn", ...args]);
  beforeAll(() => void file("open.cnn", "INPUT HxWx3 - CONV3-8 - BN - RELU - POOL2 - BN"));

  test("letters stay open in an ONNX file, some or all", async () => {
    expect((await build("--target", "onnx", "-o", "open.onnx")).code).toBe(0);
    expect((await build("--target", "onnx", "-o", "open.onnx", "--size", "H=32")).code).toBe(0);
    expect(await build("--target", "tfjs", "-o", "open.js")).toMatchObject({
      code: 2,
      err: expect.stringContaining("open leaves H and W open: give numbers, as --size H=224 --size W=224"),
    });
  });

  test("weights in a file of their own, normalisations folded, another operator set", async () => {
    const options = ["--external-data", "--fold-bn", "--opset", "21"];
    const { code, out, err } = await build("--target", "onnx", "-o", "apart.onnx", ...options);
    expect([code, err]).toEqual([
      0,
      "1 batch normalisation folded into the layers before them; 1 stands behind no layer that could take it in\n",
    ]);
    expect(out).toMatch(/^apart\.onnx {2}\S+ \S+\napart\.onnx\.data {2}\d+ bytes\n$/);
  });

  test("a model of standard layers", async () => {
    const { code, out } = await build(
      "--target",
      "tfjs-model",
      "-o",
      "web/",
      "--size",
      "H=8",
      "--size",
      "W=8",
      "--fold-bn",
    );
    expect(code).toBe(0);
    expect(out.split("\n")[0]).toMatch(/^web\/open\.json /);
    file("lrn.cnn", "INPUT 8x8x3 - LRN");
    expect(await cnnc(["build", "lrn.cnn", "--target", "tfjs-model", "-o", "lrn.json"])).toMatchObject({
      code: 2,
      err: "error: lrn cannot be built for tfjs-model: lrn1 (LocalResponseNormalization) is no layer of TensorFlow.js itself; --target tfjs writes such layers as code\n",
    });
  });

  test.each([
    [["--target", "tfjs", "--opset", "18"], "--opset is for --target onnx, not for tfjs"],
    [["--target", "pytorch", "--external-data"], "--external-data is for --target onnx, not for pytorch"],
    [
      ["--target", "safetensors", "--fold-bn"],
      "--fold-bn is for --target onnx, tfjs, tfjs-model, pytorch and keras, not for safetensors",
    ],
    [["--target", "onnx", "--opset", "27"], "An operator set is a whole number from 17 to 26."],
    [
      ["--target", "onnx", "--weights", "none", "--fold-bn"],
      "--fold-bn is about weights: with --weights none there are none",
    ],
    [
      ["--target", "onnx", "--weights", "none", "--external-data"],
      "--external-data is about weights: with --weights none there are none",
    ],
  ])("%j is told as wrong use", async (args, message) => {
    expect(await build("-o", "x", ...args)).toMatchObject({ code: 2, err: expect.stringContaining(message) });
  });
});

describe("an interrupt", () => {
  const build = ["build", "wide.cnn", "--target", "tfjs", "-o", "wide/model.js"];
  const contents = () =>
    Object.fromEntries(
      readdirSync(join(folder, "wide")).map((name) => [
        name,
        createHash("sha1")
          .update(readFileSync(join(folder, "wide", name)))
          .digest("hex"),
      ]),
    );
  let before: Record<string, string>;
  beforeAll(async () => {
    // 157 MB: enough for the signal to come while they are written.
    file("wide.cnn", "INPUT 64x64x64 - FC-150 - FC-10");
    expect((await cnnc(build)).code).toBe(0);
    before = contents();
  });

  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "%s leaves what stood there, and nothing else",
    async (signal) => {
      const args = [program, ...build, "--seed", "1"];
      const child = spawn(process.execPath, args, { cwd: folder, stdio: "ignore" });
      const exit = new Promise<number | null>((done) => child.on("exit", done));
      // As soon as the unfinished work is seen.
      while (!readdirSync(join(folder, "wide")).some((name) => name.endsWith(".tmp"))) {
        expect(child.exitCode).toBe(null);
        await new Promise((done) => setTimeout(done, 5));
      }
      child.kill(signal);
      expect(await exit).toBe({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }[signal]);
      expect(contents()).toEqual(before);
    },
  );
});

describe("too large to run is said before memory is asked for", () => {
  test.each([
    ["weights", "INPUT 224x224x3 - CONV3-64 - RELU - FC-4096", "net has weights of 52.6 GB: too large to run"],
    ["a value", "INPUT 8000x8000x3 - CONV3-64 - GAP", "conv1 gives 8000x8000x64, 16.4 GB: too large to run"],
  ])("%s", async (_what, text, message) => {
    file("net.cnn", text);
    for (const args of [
      ["run", "net.cnn"],
      ["run", "net.cnn", "--backend", "tfjs"],
      ["verify", "net.cnn"],
    ]) {
      expect(await cnnc(args)).toMatchObject({ code: 2, err: `error: ${message}\n` });
    }
  });
});

describe("run", () => {
  test("open sizes are those of the input's file", async () => {
    file("open-run.cnn", "INPUT HxWx3\nassert H % 2 == 0\nPOOL2");
    file("picture.npy", new Uint8Array(dump(new Float32Array(6 * 4 * 3), [6, 4, 3])));
    const { code, out, err } = await cnnc(["run", "open-run.cnn", "--input", "picture.npy"]);
    expect([code, err]).toEqual([0, "picture.npy: H = 6 and W = 4\n"]);
    expect(out).toContain("pool1 3x2x3");
    expect(await cnnc(["run", "open-run.cnn", "--input", "picture.npy", "--size", "H=5"])).toMatchObject({ code: 2 });
    expect((await cnnc(["run", "open-run.cnn"])).err).toContain("leaves H and W open: give numbers");
  });

  test("both backends print the same top five", () => {
    // In processes of their own: what native code prints would be seen.
    const [onnx, tfjs] = ["onnx", "tfjs"].map((backend) =>
      spawnCommand(["run", join(examples, "lenet5.cnn"), "--backend", backend]),
    );
    expect([onnx!.code, tfjs!.code]).toEqual([0, 0]);
    const ranking = (text: string) =>
      [...text.matchAll(/^ +(\d) +0\.(\d{3})/gm)].map((match) => match.slice(1).join(" "));
    expect(ranking(onnx!.out).length).toBe(5);
    expect(ranking(onnx!.out)).toEqual(ranking(tfjs!.out));
    expect(tfjs!.err).toBe("");
  });

  test("a NumPy array, alone and as a batch", async () => {
    file("small.cnn", small);
    const image = Float32Array.from({ length: 36 }, (_, index) => index / 36);
    file("one.npy", new Uint8Array(dump(image, [6, 6, 1])));
    file("batch.npy", new Uint8Array(dump(Float32Array.from([...image, ...image]), [2, 6, 6, 1])));
    const run = async (name: string) =>
      JSON.parse((await cnnc(["run", "small.cnn", "--input", name, "--format", "json"])).out);
    const [one, batch] = [await run("one.npy"), await run("batch.npy")];
    expect(one).toMatchObject({
      schema: "cnnc-run/1",
      net: "small",
      backend: "onnx",
      input: { from: "one.npy", shape: [1, 6, 6, 1] },
    });
    expect(one.outputs[0]).toMatchObject({ name: "softmax1", shape: [1, 3] });
    expect(one.outputs[0].values.reduce((sum: number, value: number) => sum + value, 0)).toBeCloseTo(1, 5);
    expect(batch.outputs[0].shape).toEqual([2, 3]);
    expect(batch.outputs[0].values.slice(3)).toEqual(one.outputs[0].values);
    file("wrong.npy", new Uint8Array(dump(image, [36])));
    expect((await cnnc(["run", "small.cnn", "--input", "wrong.npy"])).err).toBe(
      "error: wrong.npy holds 36, the input is 6x6x1, or Nx6x6x1 for several\n",
    );
    const bigEndian = new Uint8Array(dump(image, [6, 6, 1]));
    bigEndian[bigEndian.indexOf("<".charCodeAt(0))] = ">".charCodeAt(0);
    file("big.npy", bigEndian);
    expect((await cnnc(["run", "small.cnn", "--input", "big.npy"])).err).toBe(
      'error: big.npy: its numbers are big-endian; save it with astype("<f4")\n',
    );
    file("none.npy", new Uint8Array(dump(new Float32Array(0), [0, 6, 6, 1])));
    expect((await cnnc(["run", "small.cnn", "--input", "none.npy"])).err).toBe(
      "error: none.npy holds no image: its batch is empty\n",
    );
    file("cut.npy", Uint8Array.of(0x93, 0x4e, 0x55));
    expect(await cnnc(["run", "small.cnn", "--input", "cut.npy"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("not a NumPy file"),
    });
  });

  test("a picture: grey or colour as the input is, resized with a word about it", async () => {
    file("small.cnn", small);
    const values = async (name: string) => {
      const { out, err } = await cnnc(["run", "small.cnn", "--input", name, "--format", "json"]);
      return { values: JSON.parse(out).outputs[0].values as number[], err };
    };
    const grey = Uint8Array.from({ length: 36 }, (_, index) => index * 7);
    file("grey.png", encode({ width: 6, height: 6, data: grey, channels: 1, depth: 8 }));
    file(
      "rgba.png",
      encode({
        width: 6,
        height: 6,
        data: Uint8Array.from([...grey].flatMap((value) => [value, value, value, 128])),
        channels: 4,
        depth: 8,
      }),
    );
    file(
      "array.npy",
      new Uint8Array(
        dump(
          Float32Array.from(grey, (value) => value / 255),
          [6, 6, 1],
        ),
      ),
    );
    expect(await values("grey.png")).toEqual(await values("array.npy"));
    expect((await values("rgba.png")).err).toBe(
      "rgba.png: its transparency is dropped, its colours are turned to grey\n",
    );
    (await values("rgba.png")).values.forEach(async (value, index) =>
      expect(value).toBeCloseTo((await values("grey.png")).values[index]!, 5),
    );
    const twice = Uint8Array.from(
      { length: 144 },
      (_, index) => grey[Math.floor(index / 24) * 6 + Math.floor((index % 12) / 2)]!,
    );
    file("large.png", encode({ width: 12, height: 12, data: twice, channels: 1, depth: 8 }));
    expect((await values("large.png")).err).toBe("large.png: resized from 12x12 to 6x6 (height x width)\n");
    // Black and white, eight pixels to a byte: 6 pixels a row leave two bits unused.
    const bits = Uint8Array.of(0b10101000, 0b01010100, 0b11100000, 0b00011100, 0b11111100, 0);
    file("bits.png", encode({ width: 6, height: 6, data: bits, channels: 1, depth: 1 }));
    const pixels = Float32Array.from(
      { length: 36 },
      (_, index) => (bits[Math.floor(index / 6)]! >> (7 - (index % 6))) & 1,
    );
    file("bits.npy", new Uint8Array(dump(pixels, [6, 6, 1])));
    expect(await values("bits.png")).toEqual(await values("bits.npy"));
    file("no.png", "text");
    expect(await cnnc(["run", "small.cnn", "--input", "no.png"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("neither a PNG nor a JPEG file"),
    });
  });
});

describe("verify", () => {
  test("a line for each output of each net", async () => {
    file("two.cnn", two);
    const { code, out } = await cnnc(["verify", "two.cnn"]);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^A \(seed 0\): tfjs and onnx agree on fc1\n {2}largest difference \S+ absolute, \S+ relative; 1\.0e-4 relative is allowed\nB /,
    );
  });

  test("JSON", async () => {
    const { out } = await cnnc(["verify", join(examples, "lenet5.cnn"), "--format", "json", "--seed", "3"]);
    const document = JSON.parse(out);
    expect(document).toMatchObject({
      schema: "cnnc-verify/1",
      tolerance: 1e-4,
      nets: [{ net: "LeNet5", seed: 3, agrees: true }],
    });
    expect(document.nets[0].comparisons[0].relative).toBeLessThan(1e-4);
  });
});

test("weights that are taken from a model of its own are those that it was built with", async () => {
  file("small.cnn", "INPUT 6x6x1 - CONV3-2 - BN - RELU - POOL2 - FC-3 - SOFTMAX");
  expect((await cnnc(["build", "small.cnn", "--target", "onnx", "-o", "model.onnx", "--seed", "4"])).code).toBe(0);
  await cnnc(["build", "small.cnn", "--target", "safetensors", "-o", "seeded.safetensors", "--seed", "4"]);
  const { code, err } = await cnnc(["weights", "import", "model.onnx", "small.cnn", "-o", "taken.safetensors"]);
  expect([code, err]).toEqual([0, ""]);
  const outputs = await Promise.all(
    ["seeded", "taken"].map(async (name) => {
      const { out } = await cnnc(["run", "small.cnn", "--weights", `${name}.safetensors`, "--format", "json"]);
      return (JSON.parse(out) as { outputs: unknown }).outputs;
    }),
  );
  expect(outputs[1]).toEqual(outputs[0]);
});

test("explain", async () => {
  expect((await cnnc(["explain", "2101"])).out).toBe((await cnnc(["explain", "cnn2101"])).out);
  const { code, out } = await cnnc(["explain", "cnn2101"]);
  expect([code, out]).toEqual([0, expect.stringMatching(/^error\[CNN2101\]: an annotation that does not fit\n\n/)]);
});

test("every command's help has an example", async () => {
  for (const command of ["check", "report", "build", "run", "verify", "explain"]) {
    expect((await cnnc([command, "--help"])).out).toMatch(/Example:\n {2}cnnc /);
  }
  expect((await cnnc(["--help"])).out).toContain("Exit codes: 0 fine, 1 errors in the program, 2 wrong use");
});

test("a reader that stops early is no error", () => {
  const run = spawnSync(
    "bash",
    [
      "-c",
      `"${process.execPath}" "${program}" report "${join(examples, "vgg16.cnn")}" | head -1; echo \${PIPESTATUS[0]}`,
    ],
    { encoding: "utf8" },
  );
  expect(run.stdout.trim().split("\n").at(-1)).toBe("0");
  expect(run.stderr).toBe("");
});

test("a missing runtime is named, with the command that installs it", async () => {
  // Without node_modules the bundle runs, the runtimes are not found.
  const bare = mkdtempSync(join(tmpdir(), "cnnc-bare-"));
  try {
    for (const part of ["bin", "dist", "package.json"]) spawnSync("cp", ["-r", join(root, part), bare]);
    file("small.cnn", small);
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [join(bare, "bin/cnnc.js"), ...args], { cwd: folder, encoding: "utf8" });
    expect((await run("check", "small.cnn")).status).toBe(0);
    const onnx = await run("run", "small.cnn");
    expect([onnx.status, onnx.stderr]).toEqual([
      2,
      "error: running ONNX models needs the package onnxruntime-node: npm install onnxruntime-node\n",
    ]);
    const tfjs = await run("run", "small.cnn", "--backend", "tfjs");
    expect(tfjs.stderr).toBe(
      "error: running tfjs models needs the package @tensorflow/tfjs: npm install @tensorflow/tfjs\n",
    );
  } finally {
    rmSync(bare, { recursive: true, force: true });
  }
});
