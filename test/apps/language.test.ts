/** The whole language from the command line: files that use files, limits, sizes, budgets, the dump of every example. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dump } from "npyjs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root, runCommand } from "../command-line.js";

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "cnnc-language-"))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const cnnc = (args: readonly string[], input = "") => runCommand(args, { cwd: folder, input });

function file(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, text);
  return name;
}

/** A NumPy file of float32 values. */
function npyOf(values: Float32Array, shape: readonly number[]): ArrayBuffer {
  return dump(values, shape as number[]) as ArrayBuffer;
}

describe("use", () => {
  test("reads files beside, below and above, within the project", async () => {
    file("project/package.json", "{}");
    file("project/blocks.cnn", "block Conv(c) { CONV3-c - RELU }");
    file("project/lib/more.cnn", 'use "../blocks.cnn"\nblock Two(c) { Conv(c)*2 }');
    const main = file("project/nets/main.cnn", 'use "../lib/more.cnn"\nINPUT 8x8x3 - Two(4) - Conv(5)');
    expect(await cnnc(["check", main])).toMatchObject({ code: 0, out: `${main}: 1 net, nothing to report\n` });
  });

  test("never a file outside of the project, also not through a link", async () => {
    file("outside.cnn", "block Secret { RELU }");
    symlinkSync(join(folder, "outside.cnn"), join(folder, "project/link.cnn"));
    for (const target of ["../outside.cnn", "./link.cnn", "../../../../../../etc/hostname"]) {
      const { code, out } = await cnnc(["check", file("project/bad.cnn", `use "${target}"\nINPUT 8 - RELU`)]);
      expect([target, code, /CNN5012.*(outside of the project|no such file)/.test(out)]).toEqual([target, 1, true]);
    }
    for (const target of [join(folder, "outside.cnn"), "https://example.org/x.cnn", "file:///etc/hostname"]) {
      const { out } = await cnnc(["check", file("project/bad.cnn", `use "${target}"\nINPUT 8 - RELU`)]);
      expect(out).toContain("a path is relative to the file that it stands in");
    }
  });

  test("a misspelt file, a folder, a file that is no text", async () => {
    const tell = async (target: string) =>
      (await cnnc(["check", file("project/bad.cnn", `use "${target}"\nINPUT 8 - RELU`)])).out;
    expect(await tell("./block.cnn")).toContain("there is no such file; did you mean blocks.cnn?");
    expect(await tell("./blocks")).toContain("did you mean blocks.cnn?");
    expect(await tell("./lib")).toContain("it is a folder");
    writeFileSync(join(folder, "project/binary.cnn"), Uint8Array.of(0x49, 0xff, 0xfe));
    expect(await tell("./binary.cnn")).toContain("is not UTF-8 text");
  });

  test("files that use each other: the cycle", async () => {
    file("project/a.cnn", 'use "./b.cnn"\nblock A { RELU }');
    file("project/b.cnn", 'use "./a.cnn"\nblock B { RELU }');
    const { code, out } = await cnnc(["check", "project/a.cnn"]);
    expect(code).toBe(1);
    expect(out).toContain("these files use each other: project/a.cnn -> project/b.cnn -> project/a.cnn");
  });

  test("a mistake in a used file is shown there, with the call", async () => {
    file("project/wrong.cnn", "block Wrong(c) { CONV3-c strid 2 }");
    const { out } = await cnnc(["check", file("project/uses.cnn", 'use "./wrong.cnn"\nINPUT 8x8x3\nWrong(4)')]);
    expect(out).toContain("--> project/wrong.cnn:1:26");
    expect(out).toContain("in Wrong(4) (project/uses.cnn:3:1)");
  });
});

describe("--limit", () => {
  test.each([
    ["layers=3", "INPUT 8 - RELU*5", "CNN5001"],
    ["blockDepth=1", "block A { RELU }\nblock B { A }\nINPUT 8 - B", "CNN5009"],
    ["repeats=4", "INPUT 8 - RELU*5", "CNN5010"],
    ["calls=2", "block A { RELU }\nINPUT 8 - A*5", "CNN5011"],
    ["fileSize=10", "INPUT 8 - RELU*5", "CNN5003"],
  ])("%s", async (limit, text, code) => {
    const path = file("limited.cnn", text);
    expect((await cnnc(["check", path])).code).toBe(0);
    const { code: exit, out } = await cnnc(["check", path, "--limit", limit]);
    expect([exit, out.includes(code)]).toEqual([1, true]);
  });

  test("importDepth=1", async () => {
    file("project/c.cnn", "block C { RELU }");
    file("project/d.cnn", 'use "./c.cnn"\nblock D { C }');
    const path = file("project/e.cnn", 'use "./d.cnn"\nINPUT 8 - D');
    expect((await cnnc(["check", path])).code).toBe(0);
    expect((await cnnc(["check", path, "--limit", "importDepth=1"])).out).toContain("CNN5014");
  });

  test.each([
    ["layrs=3", "did you mean layers?"],
    ["layers=0", "A limit is a name and a whole number from 1"],
    ["layers", "A limit is a name and a whole number from 1"],
  ])("%s is wrong use", async (limit, message) => {
    const { code, err } = await cnnc(["check", "limited.cnn", "--limit", limit]);
    expect([code, err.includes(message)]).toEqual([2, true]);
  });
});

describe("sizes", () => {
  const sizes = async (text: string, ...args: string[]) =>
    (await cnnc(["sizes", "-", ...args], text)).out.split("\n").slice(1).join("\n");

  test("AlexNet's first layers: 227 fits, 224 does not", async () => {
    const text = (size: number) => `INPUT ${size}x${size}x3 - CONV11-96/4 pad 0 - POOL3/2`;
    expect(await sizes(text(227))).toBe(
      "  height and width: works from 19; loses no pixel at ..., 203, 211, 219, 227, 235, 243, ... (every 8 from 19); 227 fits\n",
    );
    expect(await sizes(text(224))).toContain("; 224 loses some");
  });

  test("letters, and what has to hold of them", async () => {
    expect(await sizes("INPUT HxWx3\nassert H % 4 == 0\nADD { [POOL2]*2 - UPSAMPLE4 | ID }\nassert W % 4 == 0")).toBe(
      "  H and W: works at 4, 8, 12, 16, 20, 24, ... (every 4 from 4), and loses no pixel\n",
    );
  });

  test("what a net computes from its size changes with it", async () => {
    // Whatever arrives is halved to the pixel and cropped to fit.
    const text =
      "INPUT 20x20x1\na: CONV3-4 pad 0\nPOOL2 - UPSAMPLE2 - let h = in.h\nCONCAT { @a - CROP h x (in.w) | ID }";
    expect(
      (
        await cnnc(
          ["sizes", "-"],
          text.replace("let h = in.h\nCONCAT { @a - CROP h x (in.w)", "CONCAT { @a - CROP 18x18"),
        )
      ).out,
    ).toContain("height and width: works at 20, 21");
    expect(
      await sizes("INPUT 20x30x1\na: CONV3-4\nPOOL2\nlet h = in.h\nlet w = in.w\nCONCAT { @a - CROP h x w | ID }"),
    ).toContain("works from 2");
  });

  test("no size works, and inputs without sides", async () => {
    expect(await sizes("INPUT 32 - FC-3")).toContain("its input has no sides that could vary");
  });

  test("JSON", async () => {
    const { nets } = JSON.parse(
      (await cnnc(["sizes", "-", "--format", "json", "--up-to", "12"], "INPUT 9x9x1 - POOL3")).out,
    ) as {
      nets: { net: string; limit: number; sides: { name: string; smallest: number; fitting: number[] }[] }[];
    };
    expect(nets[0]!.limit).toBe(12);
    expect(nets[0]!.sides.map(({ name, smallest, fitting }) => [name, smallest, fitting])).toEqual([
      ["height", 3, [3, 6, 9, 12]],
      ["width", 3, [3, 6, 9, 12]],
    ]);
  });
});

describe("budgets", () => {
  test("one that is exceeded fails the build", async () => {
    const path = file("budget.cnn", "INPUT 8x8x3 - FC-100\nassert params < 1K");
    const { code, err } = await cnnc(["build", path, "--target", "onnx", "-o", "x.onnx"]);
    expect([code, err.includes("CNN2125")]).toEqual([1, true]);
  });

  test("one that is exceeded keeps nobody from seeing by what, nor other nets from being built", async () => {
    const text =
      "net Small(c = 4) { INPUT 8x8x3 - CONV3-c\nassert params < 200 }\nnet Wide = Small(40)\nnet Wider = Small(80)";
    const path = file("family.cnn", text);
    expect((await cnnc(["check", path])).out.match(/CNN2125/g)).toHaveLength(2);
    const wide = await cnnc(["report", path, "--net", "Wide"]);
    expect([wide.code, wide.out.includes("1,120"), wide.err.match(/CNN2125/g)!.length]).toEqual([1, true, 1]);
    expect(await cnnc(["report", path, "--net", "Small"])).toMatchObject({ code: 0, err: "" });
    expect((await cnnc(["sizes", path, "--net", "Wide"])).code).toBe(1);
    expect((await cnnc(["build", path, "--net", "Small", "--target", "onnx", "-o", "small.onnx"])).code).toBe(0);
    expect((await cnnc(["build", path, "--net", "Wide", "--target", "onnx", "-o", "wide.onnx"])).code).toBe(1);
    expect(existsSync(join(folder, "wide.onnx"))).toBe(false);
    const { out } = await cnnc([
      "build",
      path,
      "--net",
      "Wide",
      "--target",
      "onnx",
      "-o",
      "w.onnx",
      "--format",
      "json",
    ]);
    expect(JSON.parse(out)).toMatchObject({ schema: "cnnc-diagnostics/1" });
  });

  test("one that depends on the size is decided where that is given", async () => {
    const path = file("open.cnn", "INPUT HxWx3 - CONV3-8\nassert macs < 1M");
    expect((await cnnc(["report", path])).code).toBe(0);
    expect((await cnnc(["report", path, "--size", "H=32", "--size", "W=32"])).code).toBe(0);
    const { code, err, out } = await cnnc(["report", path, "--size", "H=320", "--size", "W=320"]);
    expect([code, err.includes("macs is 22,118,400"), out.includes("22,118,400")]).toEqual([1, true, true]);
  });
});

describe("run with several inputs", () => {
  const path = () =>
    file("stereo.cnn", "left: INPUT 4x4x1\nright: INPUT 4x4x1\nCONCAT { @left | @right } - GAP\noutput sum = FC-1");

  test.each(["onnx", "tfjs"])("each has noise of its own, %s gives every output", async (backend) => {
    const { code, out } = await cnnc(["run", path(), "--backend", backend, "--format", "json"]);
    const { inputs, outputs } = JSON.parse(out) as {
      inputs: { name: string; from: string }[];
      outputs: { name: string; values: number[] }[];
    };
    expect([code, inputs.map(({ name }) => name), outputs.map(({ name }) => name)]).toEqual([
      0,
      ["left", "right"],
      ["sum"],
    ]);
  });

  test("a file is given by the name of its input", async () => {
    writeFileSync(join(folder, "x.npy"), new Uint8Array(npyOf(new Float32Array(16).fill(0.5), [4, 4, 1])));
    const { code, out } = await cnnc(["run", path(), "--input", "left=x.npy", "--format", "json"]);
    expect([code, /"from": "x.npy"/.test(out), /"from": "seeded noise"/.test(out)]).toEqual([0, true, true]);
    expect((await cnnc(["run", path(), "--input", "x.npy"])).err).toContain("say which is meant, as left=x.npy");
    expect((await cnnc(["run", path(), "--input", "lefd=x.npy"])).err).toContain("did you mean left?");
    expect((await cnnc(["run", path(), "--input", "left=x.npy", "--input", "left=x.npy"])).err).toContain(
      "left is given twice",
    );
  });
});

describe("--dump ir", () => {
  const examples = readdirSync(join(root, "examples"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".cnn") && !name.endsWith("sketch.cnn"))
    .map((name) => join(root, "examples", name));

  // Every network passes the verifier before it is dumped: an unsound one ends the compiler with code 3.
  test("every example is sound and can be seen", async () => {
    const { code, out } = await cnnc(["check", "--dump", "ir", ...examples]);
    expect(code).toBe(0);
    expect(out.match(/^net /gm)!.length).toBeGreaterThan(90);
    expect(out).toContain(
      "  e1.conv1: HxWx64 = conv(input) { filters: 64, window: 3x3, stride: 1x1, pad: half, dilation: 1x1, groups: 1, bias: true }",
    );
    expect(out).toContain("  Up1.concat1: floor(H/4)xfloor(W/4)x512 = concat(e3.relu2, Up1.upconv1)");
    expect(out).toMatch(/^ {2}output fc1, aux1, aux2$/m);
  });
});
