/** Blocks become functions and repeats loops, and the model stays the same. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import * as prettier from "prettier";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emitTfjs } from "../../src/emit/tfjs/emit.js";
import type { Network } from "../../src/ir/network.js";
import { isFixed } from "../../src/ir/dimension.js";
import { writeFiles } from "../../src/run/files.js";
import { TOLERANCE, verify } from "../../src/run/verify.js";
import { exampleNet, exampleNets } from "../example-nets.js";
import { networkOf } from "../harness.js";
import { awkwardNets } from "../run/awkward-nets.js";
import { typeProblems } from "./type-check.js";

async function codeOf(network: Network): Promise<string> {
  const files = await emitTfjs(network, { stem: "model" });
  return Buffer.concat([...files.at(-1)!.data.chunks()]).toString("utf8");
}

test.each(awkwardNets.map((text) => [text.replace(/\s+/g, " "), text]))("%s", async (_title, text) => {
  const { comparisons } = await verify(networkOf(text), 3, ["tfjs"]);
  expect(comparisons.length).toBeGreaterThan(0);
  for (const { relative } of comparisons) expect(relative).toBeLessThanOrEqual(TOLERANCE);
});

describe("code", () => {
  test("calls that are made alike share a function, whose parameters are what they differ in", async () => {
    const code = await codeOf(
      networkOf(
        "block Unit(c, k) { CONV-c window k - RELU }\nnet X { INPUT 8x8x3 - Unit(4, 1) - Unit(6, 3) - ADD { ID | Unit(6, 3) } }",
      ),
    );
    expect(code).toContain("function unit(name, outChannels, { kernelSize, padding }) {");
    expect(code).toContain('@param {{ kernelSize: number, padding: "valid" | "same" }} options');
    expect(code).toContain('...unit("Unit2", 6, { kernelSize: 3, padding: "same" }),');
    expect(code.match(/tf\.layers\.conv2d/g)).toHaveLength(1);
  });

  test("calls in a row are a loop, in a sequence a list", async () => {
    const blocks = "block A { CONV3-4 - RELU }\nblock B { ADD { A*3 | ID } }\n";
    expect(await codeOf(networkOf(`${blocks}net X { INPUT 8x8x4 - A*3 - FC-2 }`))).toContain(
      "...[1, 2, 3].flatMap((index) => a(`A${index}`)),",
    );
    const code = await codeOf(networkOf(`${blocks}net X { INPUT 8x8x4 - B*20 - FC-2 }`));
    expect(code).toContain("for (let index = 1; index <= 20; index++) {\n    x = b(x, `B${index}`);\n  }");
    expect(code).toContain(
      "for (let index = 1; index <= 3; index++) {\n      y = through(y, ...a(`${name}.A${index}`));\n    }",
    );
  });

  test("a deeper network of the same blocks is no longer", async () => {
    const [small, large] = await Promise.all(
      ["DenseNet121", "DenseNet201"].map(async (name) => {
        const network = exampleNet("zoo/densenet.cnn", name);
        return (await codeOf(network)).split("\n").length;
      }),
    );
    expect(large).toBe(small);
  });
});

describe("every net of the examples", () => {
  // Inside of the project, so that the emitted import of @tensorflow/tfjs has something to find.
  let folder: string;
  const paths: string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(import.meta.dirname, ".emitted-examples-"));
    for (const { name, network } of exampleNets) {
      if (!network.nodes.every(({ type }) => type.shape.every(isFixed))) continue;
      const stem = name.replace(/\W/g, "_");
      await writeFiles(folder, await emitTfjs(network, { stem, ending: ".mjs" }));
      paths.push(join(folder, `${stem}.mjs`));
    }
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("Prettier has nothing to change", async () => {
    expect(paths.length).toBeGreaterThanOrEqual(96);
    for (const path of paths) {
      const code = readFileSync(path, "utf8");
      expect(await prettier.format(code, { parser: "babel" })).toBe(code);
    }
  }, 60_000);

  test("the type checker has nothing to say", () => {
    expect(typeProblems(paths)).toEqual([]);
  }, 60_000);
});
