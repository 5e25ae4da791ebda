/** Whatever the program: its meaning and its comments stay, and what is formatted stays as it is. */
import fc from "fast-check";
import { format } from "prettier/standalone";
import { describe, expect, test } from "vitest";
import { hasErrors } from "../../src/base/diagnostics.js";
import { SourceText } from "../../src/base/source.js";
import { compile } from "../../src/compile.js";
import * as plugin from "../../src/format/plugin.js";
import { dumpNetwork } from "../../src/ir/dump.js";
import { parse } from "../../src/syntax/parse.js";
import { disturbedPrograms, written } from "./programs.js";

const formatted = (text: string, options: object = {}) =>
  format(text, { parser: "cnn", plugins: [plugin], ...options });

/** A tree without its places. */
function meaning(text: string): unknown {
  const { program } = parse(new SourceText("net.cnn", text));
  const plain = JSON.stringify(program, (key, value: unknown) => {
    if (/^source$|span$/i.test(key)) return undefined;
    if (typeof value === "bigint") return `${value}n`;
    return key === "comments" ? program.comments.map((comment) => comment.text.trimEnd()) : value;
  });
  return JSON.parse(plain);
}

const parses = (text: string) => !hasErrors(parse(new SourceText("net.cnn", text)).diagnostics);

function compiled(text: string): unknown {
  const { networks, diagnostics } = compile("net.cnn", text);
  return { networks: networks.map(dumpNetwork), codes: diagnostics.map(({ code }) => code) };
}

async function expectFaithful(text: string, options: object = {}): Promise<void> {
  if (!parses(text)) return;
  const once = await formatted(text, options);
  expect(meaning(once)).toEqual(meaning(text));
  expect(await formatted(once, options)).toBe(once);
  // A remark over several lines is printed as it stands, and so are lines that say so.
  if (!/\([^()]*\n|prettier-ignore/.test(once)) expect(once).not.toMatch(/[ \t]$|\n\n\n/m);
  expect(once).toMatch(/^$|[^\n]\n$/);
}

describe("what people wrote", () => {
  test.each(written)("$name", async ({ text }) => {
    if (!parses(text)) return;
    await expectFaithful(text);
    for (const printWidth of [20, 40, 80]) await expectFaithful(text, { printWidth });
    await expectFaithful(text, { useTabs: true, tabWidth: 4 });
    expect(compiled(await formatted(text))).toEqual(compiled(text));
    expect(compiled(await formatted(text, { printWidth: 20 }))).toEqual(compiled(text));
  });
});

const RUNS = Number(process.env["FUZZ_RUNS"] ?? 500);

test("comments, blanks and line ends anywhere", { timeout: 600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(disturbedPrograms, fc.constantFrom(20, 60, 100), async (text, printWidth) => {
      await expectFaithful(text, { printWidth });
    }),
    { numRuns: RUNS },
  );
});
