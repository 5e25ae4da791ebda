/** Random edits of several files that use each other: the server answers as one that has just read what they have become. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SourceText } from "../../../src/base/source.js";
import { root } from "../../command-line.js";
import { edited, randomEdit } from "../../service/edits.js";
import { randomFrom } from "../../random.js";
import { Editor } from "./client.js";

const EDITS = Number(process.env["EDITS"] ?? 200);
/** Edits between two comparisons. */
const EACH = Math.max(50, EDITS / 10);

const folder = mkdtempSync(join(tmpdir(), "cnnc-edits-"));
const read = (file: string) => readFileSync(join(root, "examples/zoo", file), "utf8");
const BLOCKS = "block Double(c) { [CONV3-c - BN - RELU]*2 }\nfn twice(c) = 2*c\n";
const originals = new Map([
  ["blocks.cnn", BLOCKS],
  [
    "user.cnn",
    'use "./blocks.cnn"\nnet N {\n  INPUT 8x8x3\n  a: Double(4)\n  Double(twice(4)) - POOL2\n  GAP - FC-2\n}\n',
  ],
  ["resnet.cnn", read("resnet.cnn")],
  ["unet.cnn", read("unet.cnn")],
]);
const uriOf = (file: string) => pathToFileURL(join(folder, file)).href;

beforeAll(() => {
  for (const [file, text] of originals) writeFileSync(join(folder, file), text);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** All that a server says of the files as they are. */
async function answers(editor: Editor): Promise<unknown> {
  const range = { start: { line: 0, character: 0 }, end: { line: 10_000, character: 0 } };
  const methods: [string, object][] = [
    ["textDocument/diagnostic", {}],
    ["textDocument/inlayHint", { range }],
    ["textDocument/semanticTokens/full", {}],
    ["textDocument/documentSymbol", {}],
    ["textDocument/foldingRange", {}],
    ["textDocument/codeLens", {}],
    ["textDocument/documentLink", {}],
    ["textDocument/codeAction", { range, context: { diagnostics: [] } }],
  ];
  const all = [];
  for (const file of originals.keys())
    for (const [method, more] of methods) all.push([file, method, await editor.ask(method, uriOf(file), more)]);
  return all;
}

test(`${EDITS} edits`, { timeout: 1_800_000 }, async () => {
  const random = randomFrom(11);
  const texts = new Map(originals);
  const editor = await Editor.start(folder);
  for (const [file, text] of texts) await editor.open(uriOf(file), text);
  const past: Map<string, string>[] = [];
  for (let count = 1; count <= EDITS; count++) {
    const file = [...texts.keys()][Math.floor(random() * texts.size)]!;
    const text = texts.get(file)!;
    if (random() < 0.3 && past.length > 0) {
      // Taken back, as a whole: what is broken for long teaches little.
      const before = past.splice(Math.floor(random() * past.length))[0]!.get(file)!;
      texts.set(file, before);
      await editor.edit(uriOf(file), before);
    } else {
      past.push(new Map(texts));
      const edit = randomEdit(text, random);
      const source = new SourceText(file, text);
      const [start, end] = [edit.start, edit.end].map((offset) => {
        const { line, column } = source.position(offset);
        return { line: line - 1, character: column - 1 };
      });
      texts.set(file, edited(text, edit));
      await editor.edit(uriOf(file), edit.text, { start: start!, end: end! });
    }
    if (count % EACH !== 0) continue;
    const fresh = await Editor.start(folder);
    for (const [name, current] of texts) await fresh.open(uriOf(name), current);
    expect(await answers(editor), `after ${count} edits`).toEqual(await answers(fresh));
    expect(await fresh.stop()).toBe(0);
  }
  expect(await editor.stop()).toBe(0);
});
