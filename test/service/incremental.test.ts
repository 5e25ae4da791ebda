/** What is kept between two versions of a text changes no answer: random edits, each held against a fresh reading. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { diagnosticToJson, type Diagnostic } from "../../src/base/diagnostics.js";
import { compile } from "../../src/compile.js";
import { lintProgram } from "../../src/lint/lint-program.js";
import { analyse, type Analysis } from "../../src/service/analysis.js";
import { chunkStarts } from "../../src/service/incremental/chunks.js";
import { IncrementalMemory } from "../../src/service/incremental/memory.js";
import { hintsOf } from "../../src/service/hints.js";
import { outlineOf } from "../../src/service/outline.js";
import { semanticTokens } from "../../src/service/semantic-tokens.js";
import { edited, randomEdit } from "./edits.js";
import { randomFrom } from "../random.js";

const zoo = join(import.meta.dirname, "../../examples/zoo");
const programs = readdirSync(zoo).map((file) => ({ file, text: readFileSync(join(zoo, file), "utf8") }));

/** All that an editor shows of a file, as plain data. */
function shown(analysis: Analysis): unknown {
  return JSON.parse(
    JSON.stringify(
      {
        diagnostics: analysis.diagnostics.map(diagnosticToJson),
        linted: lintProgram(analysis).map(diagnosticToJson),
        hints: hintsOf(analysis, { start: 0, end: Infinity }),
        tokens: semanticTokens(analysis),
        outline: outlineOf(analysis).map(({ name, span, children }) => [name, span.start, span.end, children.length]),
        networks: analysis.networks.map(({ name, nodes, span }) => [
          name,
          span.start,
          nodes.map(({ name, op, args, inputs, type, span: { start, end }, argSpans }) => [
            [name, op, args, inputs, type, start, end],
            Object.entries(argSpans).map(([argument, at]) => [argument, at.start, at.end]),
          ]),
        ]),
      },
      (_key, value: unknown) => (typeof value === "bigint" ? `${value}n` : value),
    ),
  );
}

describe("chunks", () => {
  const parts = (text: string) => chunkStarts(text).map((start) => text.slice(start).split("\n")[0]);

  test("begin with declarations, comments above them included", () => {
    const text = "# file\n\n## doc\nblock B(c) {\n  CONV3-c\n}\nnet N {\n  INPUT 8x8x3\n}\n\nuse std\n";
    expect(parts(text)).toEqual(["# file", "## doc", "net N {", "use std"]);
  });

  test("not where a line goes on, nor in braces", () => {
    expect(parts("INPUT 8x8x3 -\nnet")).toEqual(["INPUT 8x8x3 -"]);
    expect(parts("block B {\nlet c = 3\nCONV3-c\n}")).toEqual(["block B {"]);
    expect(parts('# {\nuse "{"\nnet N { }')).toEqual(["# {", "net N { }"]);
  });

  test("where brackets do not match, at lines that can only stand outside of all", () => {
    expect(parts("net N {\n")).toEqual(["net N {"]);
    expect(parts("net N {\n  CONV3-(\n}\nnet M { RELU }\nlet c = 3\n")).toEqual([
      "net N {",
      "net M { RELU }",
      "let c = 3",
    ]);
    expect(parts("net N {\n  ADD { RELU\n}\n# of M\nnet M { RELU }\n")).toEqual(["net N {", "# of M"]);
    expect(parts("net N { RELU }}\nblock B {\nlet c = 3\nRELU\n}\n")).toEqual(["net N { RELU }}", "block B {"]);
  });
});

/** A body of many lines, in each of the notations. */
const lines = `net Lines(classes = 10) {
  INPUT 64x64x8
  CONV3-8 - RELU
  a: CONV 16 3x3 stride 2 [32x32x16]
  POOL2
  CONV4: 32 3x3 filters at pad 1
  ADD { CONV3-32 - BN | ID } - RELU
  [CONV3-32 - RELU]*2
  let k = 2 * 8
  CONV3-k - RELU -
    BN
  MAX POOL
  if in.c > 8 { CONV1-8 } else { CONV1-16 }
  @a - CONV3-4
  GAP - FC-classes
}
`;
programs.push(
  { file: "lines.cnn", text: lines },
  { file: "lines-twice.cnn", text: lines + lines.replace("Lines", "More") },
);

const EDITS = Number(process.env["EDITS"] ?? 15);

describe.each(programs)("$file", ({ file, text }) => {
  test(`${EDITS} edits, some of them taken back`, () => {
    const random = randomFrom([...file].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7));
    const memory = new IncrementalMemory();
    const past: string[] = [];
    let current = text;
    for (let count = 0; count < EDITS; count++) {
      const analysis = analyse(file, current, { memory });
      expect(shown(analysis), `after ${count} edits:\n${current}`).toEqual(shown(analyse(file, current)));
      const isBroken = analysis.diagnostics.some(({ severity }) => severity === "error");
      // A text with mistakes is mended after some edits.
      if (past.length > 0 && isBroken && random() < 0.4) current = past.pop()!;
      else {
        past.push(current);
        current = edited(current, randomEdit(current, random));
      }
    }
  });
});

/** What is typed into bodies, sign by sign. */
const TYPED = [
  "\n  CONV3-(2*8) pad 1 - BN # as before",
  "\n  [CONV3-16 - RELU]*2",
  "\n  ADD { CONV3-8 - BN | ID }",
  "\n  ADD {\n    CONV1-16/2\n    | AVGPOOL2\n  }",
  "\n  if in.c > 8 { CONV1-8 } else { ID }",
  "\n  Skip: CONV1-8 [3x3x8]",
  " }",
  "\n}\n\nblock New(c) { CONV3-c }\n",
];

/** More of them with `npm run fuzz:edits`. */
const TYPED_INTO = EDITS > 15 ? ["lines-twice.cnn", "unet.cnn", "shufflenet_v2.cnn"] : ["lines-twice.cnn"];
const typedInto = programs.filter(({ file }) => TYPED_INTO.includes(file));

describe.each(typedInto)("lines typed sign by sign into $file", ({ file, text }) => {
  test.each(TYPED)("%j", (typed) => {
    const random = randomFrom([...(file + typed)].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7));
    const ends = [...text.matchAll(/^ +\S.*$/gm)].map((line) => line.index + line[0].length);
    const start = ends[Math.floor(random() * ends.length)] ?? text.length;
    const memory = new IncrementalMemory();
    for (let length = 0; length <= typed.length; length++) {
      const current = text.slice(0, start) + typed.slice(0, length) + text.slice(start);
      expect(shown(analyse(file, current, { memory })), current).toEqual(shown(analyse(file, current)));
    }
    expect(shown(analyse(file, text, { memory }))).toEqual(shown(analyse(file, text)));
  });
});

test("with one mistake an editor tells what the command line tells", () => {
  const random = randomFrom(11);
  for (const { file, text } of programs)
    for (let count = 0; count < 10; count++) {
      const current = edited(text, randomEdit(text, random));
      const told = ({ diagnostics }: { diagnostics: readonly Diagnostic[] }) => diagnostics.map(diagnosticToJson);
      expect(told(analyse(file, current)), current).toEqual(told(compile(file, current)));
    }
});

test.each([
  ["what arrives, shown where it comes from", "block B { CONV9-3 pad 0 }", "CONV3-4 - B", "CONV1-4 - B"],
  ["a layer by its label", "block B { a: CONV3-3 [9x9x9] }", "B", "RELU - B - B"],
])("a message of a block that was told of another net before: %s", (_what, block, first, second) => {
  const memory = new IncrementalMemory();
  const text = `${block}\nnet N { INPUT 8x8x3 - ${first} }\nnet M { INPUT 8x8x3 - ${second} }\n`;
  analyse("a.cnn", text, { memory });
  const without = text.replace(first, "RELU");
  expect(shown(analyse("a.cnn", without, { memory }))).toEqual(shown(analyse("a.cnn", without)));
});

test("of a long body only the lines around an edit are read again", () => {
  const memory = new IncrementalMemory();
  const text = "net N {\n  INPUT 8x8x4\n  CONV3-4\n  ADD { CONV3-4 | ID }\n  GAP - FC-2\n}\n";
  const links = (version: string) => {
    const [net] = analyse("a.cnn", version, { memory }).program.items;
    return net?.kind === "net" ? net.body! : [];
  };
  const before = links(text);
  const after = links(text.replace("CONV3-4 | ID", "CONV5-4 | ID"));
  expect(after.map((link, index) => link === before[index])).toEqual([true, true, false, true, true]);
});

test("a count that an annotation supplied is there for a net with changes when the first of two labels goes", () => {
  const memory = new IncrementalMemory();
  const line = "  Conv: CONV3 [8x8x4]\n";
  const twice = `net N {\n  INPUT 8x8x4\n${line}${line}  FC-2\n}\nnet M = N but { Conv: stride 1 }\n`;
  analyse("a.cnn", twice, { memory });
  const once = twice.replace(line, "  CONV3-4\n");
  expect(shown(analyse("a.cnn", once, { memory }))).toEqual(shown(analyse("a.cnn", once)));
});

/** Edits after which what was read before them must not be told again, as versions of a text. */
test.each<[string, ...string[]]>([
  ["two lines are joined and split", "  CONV3-4\n  RELU", "  CONV3-4  RELU", "  CONV3-4\n  RELU"],
  ["a comment is written above a line", "  RELU\n#  CONV3-4", "  RELU\n# c  CONV3-4", "  RELU\n# c\n  CONV3-4"],
  ["a comment ends before a layer", "  CONV3-4 # x  RELU", "  CONV3-4 # x\n  RELU"],
  ["a dash as papers print it", "  CONV3-4 \n  RELU", "  CONV3-4 –\n  RELU", "  CONV3-4 – \n  RELU"],
  ["an arrow", "  CONV3-4 \n  RELU", "  CONV3-4 →\n  RELU"],
  [
    "a chain of an output",
    "  output o = FC-3 - ",
    "  output o = FC-3 - R",
    "  output o = FC-3 - RELU",
    "  output o = FC-3",
  ],
  ["an output with an arrow", "  output o = FC-3 →\n  let k = 2", "  output o = FC-3 → RELU\n  let k = 2"],
  ["train in other braces", "  a{\n    train\n  }", "  a{\n    train{ID\n  }"],
])("%s", (_what, ...lines) => {
  const memory = new IncrementalMemory();
  for (const line of lines) {
    const text = `net N {\n  INPUT 8x8x3\n${line}\n}\nnet M {\n  INPUT 8x8x3\n}\n`;
    expect(shown(analyse("a.cnn", text, { memory })), text).toEqual(shown(analyse("a.cnn", text)));
  }
});

test("which let and default lines blocks see goes by where a chain outside of nets begins", () => {
  const memory = new IncrementalMemory();
  const block = "block B(c) { CONV3-w }\nlet w = 3\ndefault CONV no bias\nnet N { INPUT 8x8x3 - B(2) }\n";
  for (const text of [block, `INPUT 8x8x3\n${block}`, block])
    expect(shown(analyse("a.cnn", text, { memory })), text).toEqual(shown(analyse("a.cnn", text)));
});

test("a text that begins with a line break", () => {
  const memory = new IncrementalMemory();
  for (const text of ["\nINPUT 8x8x3\nRELU\n", "\n- INPUT 8x8x3\nRELU\n", "\n  RELU\n", "\n  RELU - BN\n"])
    expect(shown(analyse("a.cnn", text, { memory })), text).toEqual(shown(analyse("a.cnn", text)));
});
