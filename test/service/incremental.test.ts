/** What is kept between two versions of a text changes no answer: random edits, each held against a fresh reading. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { diagnosticToJson } from "../../src/base/diagnostics.js";
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
        hints: hintsOf(analysis, { start: 0, end: Infinity }),
        tokens: semanticTokens(analysis),
        outline: outlineOf(analysis).map(({ name, span, children }) => [name, span.start, span.end, children.length]),
        networks: analysis.networks.map(({ name, nodes, span }) => [
          name,
          span.start,
          nodes.map((node) => [node.name, node.span.start, node.span.end]),
        ]),
      },
      (_key, value: unknown) => (typeof value === "bigint" ? `${value}n` : value),
    ),
  );
}

describe("chunks", () => {
  test("begin with declarations, comments above them included", () => {
    const text = "# file\n\n## doc\nblock B(c) {\n  CONV3-c\n}\nnet N {\n  INPUT 8x8x3\n}\n\nuse std\n";
    expect(chunkStarts(text)!.map((start) => text.slice(start).split("\n")[0])).toEqual([
      "# file",
      "## doc",
      "net N {",
      "use std",
    ]);
  });

  test("not where a line goes on, nor in braces, nor where brackets do not match", () => {
    expect(chunkStarts("INPUT 8x8x3 -\nnet")).toEqual([0]);
    expect(chunkStarts("block B {\nlet c = 3\nCONV3-c\n}")).toEqual([0]);
    expect(chunkStarts("net N {\n")).toBeUndefined();
    expect(chunkStarts("}\nnet N {")).toBeUndefined();
    expect(chunkStarts('# {\nuse "{"\nnet N { }')).toEqual([0, 12]);
  });
});

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
