/** `use`: files, the shipped modules, what goes wrong with them. */
import { describe, expect, test } from "vitest";
import { compile } from "../../src/compile.js";
import { describe as say } from "../harness.js";

/** Files by their path; a target names one of them as it is. */
function compileFiles(files: Record<string, string>, limits = {}) {
  const resolve = (_from: string, target: string) => {
    const path = target.replace(/^\.\//, "");
    const text = files[path];
    return text === undefined ? { problem: "there is no such file" } : { path, text };
  };
  return compile("main.cnn", files["main.cnn"]!, { resolve, limits });
}

const shapeOf = (files: Record<string, string>) => {
  const { networks, diagnostics } = compileFiles(files);
  expect(diagnostics.map(say)).toEqual([]);
  return networks[0]!.nodes.at(-1)!.type.shape.join("x");
};

describe("use", () => {
  test("brings blocks, nets and functions of a file", () => {
    const blocks = "let k = 3\ndefault CONV no bias\nfn twice(x) = 2*x\nblock Conv(c) { CONV (twice(c)) k x k }";
    expect(shapeOf({ "main.cnn": 'use "./b.cnn"\nINPUT 8x8x3 - Conv(4) - CONV1-(twice(5))', "b.cnn": blocks })).toBe(
      "8x8x10",
    );
  });

  test("and what that file uses itself", () => {
    const files = {
      "main.cnn": 'use "./a.cnn"\nINPUT 8x8x3 - A - B',
      "a.cnn": 'use "./b.cnn"\nblock A { B }',
      "b.cnn": "block B { CONV3-4 }",
    };
    expect(shapeOf(files)).toBe("8x8x4");
  });

  test("default and let lines of a file hold for its own blocks alone", () => {
    const files = {
      "main.cnn": 'use "./b.cnn"\nINPUT 8x8x3 - CONV3-4',
      "b.cnn": "default CONV no bias\nlet c = 4\nblock B { CONV3-c }",
    };
    expect(compileFiles(files).networks[0]!.nodes[1]!.args["bias"]).toBe(true);
    const seen = compileFiles({ ...files, "main.cnn": 'use "./b.cnn"\nINPUT 8x8x3 - CONV3-c' });
    expect(seen.diagnostics.map(({ code }) => code)).toEqual(["CNN2007"]);
  });

  test("nets of other files are no models of this one, and may be its bases", () => {
    const files = {
      "main.cnn": 'use "./b.cnn"\nnet A = B but { fc1: 5 }',
      "b.cnn": "net B { INPUT 8 - FC-3 }\nnet C { INPUT 4 - RELU }",
    };
    const { networks, names } = compileFiles(files);
    expect(names).toEqual(["A"]);
    expect(networks[0]!.nodes.at(-1)!.type.shape).toEqual([5]);
  });

  test("an error in a used file is shown there", () => {
    const { diagnostics } = compileFiles({
      "main.cnn": 'use "./b.cnn"\nINPUT 8x8x3 - B',
      "b.cnn": "block B { CONVV3-4 }",
    });
    expect(diagnostics.map((found) => `${found.span.source.path} ${found.code}`)).toEqual(["b.cnn CNN1004"]);
    const broken = compileFiles({ "main.cnn": 'use "./b.cnn"\nINPUT 8x8x3 - B', "b.cnn": "block B { CONV3-4 ) }" });
    expect(broken.diagnostics.map((found) => `${found.span.source.path} ${found.code}`)).toEqual(["b.cnn CNN1005"]);
    expect(broken.networks).toEqual([]);
  });

  test("CNN5012: a file that is not there", () => {
    const { diagnostics } = compileFiles({ "main.cnn": 'use "./c.cnn"\nINPUT 8x8x3 - RELU' });
    expect(diagnostics.map(say)).toEqual(['CNN5012 at "\\"./c.cnn\\"": ./c.cnn: there is no such file']);
  });

  test("CNN5013: files that use each other", () => {
    const files = {
      "main.cnn": 'use "./a.cnn"\nINPUT 8 - A',
      "a.cnn": 'use "./b.cnn"\nblock A { RELU }',
      "b.cnn": 'use "./a.cnn"\nblock B { RELU }',
    };
    expect(compileFiles(files).diagnostics.map(say)).toEqual([
      'CNN5013 at "\\"./a.cnn\\"": these files use each other: a.cnn -> b.cnn -> a.cnn',
    ]);
  });

  test("CNN5014: files that go too deep", () => {
    const files = Object.fromEntries(
      Array.from({ length: 5 }, (_, index) => [`f${index}.cnn`, `use "./f${index + 1}.cnn"\nblock B${index} { RELU }`]),
    );
    const { diagnostics } = compileFiles(
      { ...files, "f5.cnn": "block B5 { RELU }", "main.cnn": 'use "./f0.cnn"\nINPUT 8 - B0' },
      { importDepth: 3 },
    );
    expect(diagnostics.map(say)).toEqual([
      'CNN5014 at "\\"./f3.cnn\\"": files may use files 3 deep, here they go deeper',
    ]);
  });

  test("CNN2039: two files with one name", () => {
    const files = {
      "main.cnn": 'use "./a.cnn"\nuse "./b.cnn"\nINPUT 8 - X',
      "a.cnn": "block X { RELU }",
      "b.cnn": "block X { TANH }",
    };
    expect(compileFiles(files).diagnostics.map(say)).toEqual([
      'CNN2039 at "\\"./b.cnn\\"": X is declared in a.cnn and in b.cnn',
    ]);
  });
});

describe("use std", () => {
  test("brings the shipped blocks", () => {
    const text =
      "use std\nblock Unit(c, s) { CONV3-c/s - BN }\nINPUT 8x8x3 - CONV1-(divisible(17)) - Residual(Unit, 16) - SqueezeExcite(4)";
    expect(shapeOf({ "main.cnn": text })).toBe("8x8x16");
  });

  test("gives way to a file's own declarations", () => {
    expect(shapeOf({ "main.cnn": "use std\nfn divisible(v) = 5\nINPUT 8x8x3 - CONV1-(divisible(17))" })).toBe("8x8x5");
  });

  test("in quotes it is a file, which is told", () => {
    const [found] = compileFiles({ "main.cnn": 'use "std"\nINPUT 8 - RELU' }).diagnostics;
    expect([found!.code, found!.fixes[0]!.title]).toEqual(["CNN5012", "what is shipped has no quotes: use std"]);
  });

  test("CNN5015: other names want quotes", () => {
    const { diagnostics } = compileFiles({ "main.cnn": "use blocks\nINPUT 8 - RELU" });
    expect(diagnostics.map(say)).toEqual(['CNN5015 at "blocks": nothing called blocks is shipped; there is std']);
    expect(diagnostics[0]!.fixes[0]!.edits[0]!.text).toBe('"./blocks.cnn"');
  });
});
