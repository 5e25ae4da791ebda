/** Whatever a command prints as JSON is as its published schema says, of nets and of mistakes. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isFixed } from "../../src/ir/dimension.js";
import { allKinds } from "../../src/diagnostics.js";
import { root, runCommand } from "../command-line.js";
import { exampleNets } from "../example-nets.js";
import { writeNoise } from "../run/labelled-images.js";
import { complaints, schemas, seen, type Schema } from "../schemas.js";

let folder: string;
const at = (name: string) => join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cnnc-json-"));
  writeFileSync(at("small.cnn"), "net Small { INPUT 8x8x1 - CONV3-4 - BN - RELU - FC-3 - SOFTMAX }");
  writeFileSync(at("stereo.cnn"), "left: INPUT 4x4x1\nright: INPUT 4x4x1\nCONCAT { @left | @right } - GAP - FC-2");
  writeFileSync(at("family.cnn"), "net N(k) { INPUT 8x8x3 - CONV-4 window k pad 0 - FC-2 }");
  writeFileSync(at("open.cnn"), "net Open { INPUT HxWx3 - CONV3-8 - ADD { ID | CONV3-8 } - POOL2 }");
  writeFileSync(at("over.cnn"), "net Over { INPUT 8x8x3 - FC-100\nassert params < 1K }");
  writeFileSync(at("wrong.cnn"), "INPUT 8x8x3 - POOL9\nconv3-16\n[5x5] RELU");
  writeNoise(at("noise"), 12);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The documents that a command prints, one or one a line; each is held against its schema. */
async function documentsOf(args: readonly string[], code = 0): Promise<Record<string, unknown>[]> {
  const result = await runCommand([...args, "--format", "json"], { cwd: folder });
  expect([args, result.code]).toEqual([args, code]);
  const texts = result.out.startsWith("{\n") ? [result.out] : result.out.trimEnd().split("\n");
  const documents = texts.map((text) => JSON.parse(text) as Record<string, unknown>);
  for (const document of documents) expect(complaints(document)).toEqual([]);
  return documents;
}

const namesOf = (documents: readonly Record<string, unknown>[]) => documents.map(({ schema }) => schema);

/** One net of each file of the zoo, as options; letters have numbers. */
const zoo = ["lecture14", "zoo"].flatMap((part) =>
  readdirSync(join(root, "examples", part))
    .filter((file) => file.endsWith(".cnn") && file !== "sketch.cnn")
    .map((file) => {
      const [{ name, network }] = exampleNets.filter((net) => net.name.startsWith(`${part}/${file} `)) as [
        (typeof exampleNets)[number],
      ];
      const letters = network.nodes[network.inputs[0]!]!.type.shape.some((side) => !isFixed(side));
      const size = letters ? network.symbols.flatMap((letter) => ["--size", `${letter}=96`]) : [];
      return { file: join(root, "examples", part, file), options: ["--net", name.split(" ")[1]!, ...size] };
    }),
);

describe.each(zoo)("$file", ({ file, options }) => {
  test.each([
    ["check", "cnnc-diagnostics/1", []],
    ["lint", "cnnc-lint/1", []],
    ["report", "cnnc-report/1", []],
    ["memory", "cnnc-memory/1", ["--batch", "4", "--train", "adam"]],
    ["fit", "cnnc-fit/1", ["--memory", "8GB"]],
    ["roofline", "cnnc-roofline/1", ["--device", "t4", "--fused"]],
    ["plan", "cnnc-plan/1", ["--devices", "8", "--batch", "64"]],
  ])("%s", async (command, schema, more) => {
    const own = ["check", "lint"].includes(command) ? [] : options;
    expect(namesOf(await documentsOf([command, file, ...own, ...more]))).toEqual([schema]);
  });
});

test("every net of a file: a line each", async () => {
  const documents = await documentsOf(["report", join(root, "examples/zoo/resnet.cnn"), "--all"]);
  expect(documents.length).toBeGreaterThan(4);
});

describe("other choices", () => {
  test.each([
    ["cnnc-report/1", "report open.cnn"],
    ["cnnc-report/1", "report small.cnn --precision int8"],
    ["cnnc-columns/1", "report small.cnn --explain"],
    ["cnnc-fmt/1", "fmt --check small.cnn", 1],
    ["cnnc-fmt/1", "fmt --canonical stereo.cnn"],
    ["cnnc-fmt/1", "fmt --check wrong.cnn", 1],
    ["cnnc-fmt/1", "fmt -"],
    ["cnnc-explain/1", "explain CNN2101"],
    ["cnnc-explain/1", "explain 9001"],
    ["cnnc-memory/1", "memory small.cnn --precision int8"],
    ["cnnc-memory/1", "memory small.cnn --checkpoint 2 --precision bfloat16 --train momentum"],
    ["cnnc-fit/1", "fit small.cnn --memory 1GB --train"],
    ["cnnc-fit/1", "fit small.cnn --memory 1kB", 1],
    ["cnnc-roofline/1", "roofline small.cnn --device board.json"],
    ["cnnc-plan/1", "plan small.cnn --devices 1 --device board.json"],
    ["cnnc-plan/1", "plan small.cnn --devices 4 --device board.json --link 1GB --memory 1kB", 1],
    ["cnnc-sizes/1", "sizes small.cnn"],
    ["cnnc-sizes/1", "sizes open.cnn --up-to 40"],
    ["cnnc-diff/1", "diff small.cnn small.cnn"],
    ["cnnc-diff/1", "diff small.cnn open.cnn", 1],
    ["cnnc-sweep/1", "sweep family.cnn --set k=6..9"],
    ["cnnc-draw/1", "draw small.cnn -o small.svg"],
    ["cnnc-build/1", "build small.cnn --target onnx -o small.onnx"],
    ["cnnc-build/1", "build small.cnn --target tfjs --weights none -o web/"],
    ["cnnc-run/1", "run small.cnn"],
    ["cnnc-run/1", "run stereo.cnn"],
    ["cnnc-verify/1", "verify small.cnn"],
  ] as [string, string, number?][])("%s: %s", async (schema, command, code = 0) => {
    writeFileSync(at("board.json"), '{"name": "b", "operations": {"float32": 1e11}, "bandwidth": 1e10, "memory": 1e9}');
    expect(namesOf(await documentsOf(command.split(" "), code))).toEqual([schema]);
  });

  test("nets of another kind side by side", async () => {
    const zfnet = join(root, "examples/lecture14/zfnet.cnn");
    const [document] = await documentsOf(["diff", zfnet, zfnet, "--net", "AlexNet", "--other", "ZFNet"], 1);
    expect(document!["isSame"]).toBe(false);
  });

  test("a training: a line for each epoch, and one for all", async () => {
    const args = ["train", "small.cnn", "--data", "noise", "--epochs", "2", "-o", "small.safetensors"];
    const names = ["cnnc-train-epoch/1", "cnnc-train-epoch/1", "cnnc-train/1"];
    expect(namesOf(await documentsOf(args))).toEqual(names);
    // With nothing left to learn there is no last epoch.
    expect(namesOf(await documentsOf([...args, "--resume"]))).toEqual(["cnnc-train/1"]);
    // With images to test with, too.
    mkdirSync(at("parted"), { recursive: true });
    for (const part of ["train", "t10k"]) {
      for (const what of ["images-idx3-ubyte", "labels-idx1-ubyte"])
        writeFileSync(at(`parted/${part}-${what}`), readFileSync(at(`noise/train-${what}`)));
    }
    const tested = await documentsOf([
      "train",
      "small.cnn",
      "--data",
      "parted",
      "--epochs",
      "1",
      "-o",
      "t.safetensors",
    ]);
    expect(Object.keys(tested[0]!)).toContain("test");
  });

  test("weights of another tool", async () => {
    await documentsOf(["build", "small.cnn", "--target", "onnx", "-o", "model.onnx"]);
    const args = ["weights", "import", "model.onnx", "small.cnn", "-o", "taken.safetensors"];
    expect(namesOf(await documentsOf(args))).toEqual(["cnnc-weights-import/1"]);
  });
});

describe("mistakes", () => {
  test.each([
    "check",
    "report",
    "memory",
    "fit --memory 1GB",
    "roofline --device t4",
    "sizes",
    "sweep --set k=1",
    "draw -o x.svg",
    "build --target onnx -o x.onnx",
    "run",
    "train --data noise",
    "verify",
  ])("%s", async (command) => {
    const [name, ...more] = command.split(" ") as [string, ...string[]];
    expect(namesOf(await documentsOf([name, "wrong.cnn", ...more], 1))).toEqual(["cnnc-diagnostics/1"]);
  });

  test("lint, which has a document of its own", async () => {
    expect(namesOf(await documentsOf(["lint", "wrong.cnn"], 1))).toEqual(["cnnc-lint/1"]);
  });

  test("diff and weights import, which read two files", async () => {
    for (const args of [
      ["diff", "small.cnn", "wrong.cnn"],
      ["weights", "import", "x.onnx", "wrong.cnn", "-o", "x.safetensors"],
    ])
      expect(namesOf(await documentsOf(args, 1))).toEqual(["cnnc-diagnostics/1"]);
  });

  test.each(["memory", "fit --memory 1GB", "roofline --device t4", "build --target onnx -o x.onnx", "run", "verify"])(
    "a budget that is exceeded: %s",
    async (command) => {
      const [name, ...more] = command.split(" ") as [string, ...string[]];
      expect(namesOf(await documentsOf([name, "over.cnn", ...more], 1))).toEqual(["cnnc-diagnostics/1"]);
    },
  );

  test("every code, by its example", async () => {
    mkdirSync(at("codes"));
    const files = allKinds().flatMap(({ code, example }) => {
      if (!example) return [];
      writeFileSync(at(`codes/${code}.cnn`), example.wrong);
      return [`codes/${code}.cnn`];
    });
    const found = JSON.stringify([
      ...(await documentsOf(["check", ...files], 1)),
      ...(await documentsOf(["lint", ...files], 1)),
    ]);
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter((file) => !found.includes(`"${file.slice(6, 13)}"`)).length).toBeLessThan(files.length / 4);
  });
});

describe("the schemas", () => {
  test("there is one for each document of the command line", () => {
    const commands = join(root, "src/apps/cli");
    const names = [
      ...readdirSync(commands, { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".ts"))
        .map((file) => readFileSync(join(commands, file), "utf8")),
      readFileSync(join(root, "src/analysis/report.ts"), "utf8"),
      readFileSync(join(root, "src/explain.ts"), "utf8"),
    ].flatMap((text) => [...text.matchAll(/schema: "(cnnc-[^"]+)"/g)].map((match) => match[1]!));
    expect([...new Set(names)].sort()).toEqual([...schemas.keys()].sort());
  });

  test("each is linked by the page that lists them", () => {
    const page = readFileSync(join(root, "docs/targets.md"), "utf8");
    for (const name of schemas.keys()) {
      expect(page).toContain(`[\`${name}\`](schemas/${name.slice(5, -2)}.schema.json)`);
    }
  });

  test("each was looked at by a document", () => {
    expect([...seen].sort()).toEqual([...schemas.keys()].sort());
  });

  /** All parts of a schema. */
  function* partsOf(value: unknown, path: string): Generator<[string, Schema]> {
    if (typeof value !== "object" || value === null) return;
    if (!Array.isArray(value)) yield [path, value as Schema];
    for (const [key, part] of Object.entries(value)) yield* partsOf(part, `${path}/${key}`);
  }

  test.each([...schemas])("%s allows nothing unsaid, and describes every figure", (_name, schema) => {
    for (const [path, part] of partsOf(schema, "")) {
      if (part["type"] === "object" && part["properties"])
        expect([path, part["additionalProperties"]]).toEqual([path, false]);
      for (const [name, property] of Object.entries((part["properties"] ?? {}) as Record<string, Schema>)) {
        const isFigure = ["integer", "number"].includes(property["type"] as string) || "$ref" in property;
        const target = definitionOf(schema, property);
        if (isFigure)
          expect(
            property["description"] ?? target?.["description"] ?? target?.["properties"],
            `${path} ${name}`,
          ).toBeDefined();
      }
    }
  });

  const definitionOf = (schema: Schema, { $ref }: Schema): Schema | undefined =>
    typeof $ref === "string" ? (schema["$defs"] as Record<string, Schema>)[$ref.split("/").at(-1)!] : undefined;
});
