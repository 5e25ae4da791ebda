/** Formatting by the built language server: of some lines, and while someone types. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Position, TextEdit } from "vscode-languageserver-protocol/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { applied, Editor, marked, placeOf } from "./client.js";

const folder = mkdtempSync(join(tmpdir(), "cnnc-lsp-format-"));
const uriOf = (name: string) => pathToFileURL(join(folder, name)).href;
const options = { tabSize: 2, insertSpaces: true };

let editor: Editor;
beforeAll(async () => {
  writeFileSync(join(folder, "cnnc.config.json"), '{ "lint": { "ignore": ["sketches"] } }');
  editor = await Editor.start(folder);
});
afterAll(async () => {
  expect(await editor.stop()).toBe(0);
  rmSync(folder, { recursive: true });
});

let count = 0;
async function opened(text: string, name = `open${count++}.cnn`): Promise<string> {
  const uri = uriOf(name);
  await editor.open(uri, text);
  return uri;
}

const LOOSE = "net A {\nINPUT 8x8x3\n  CONV3-4-RELU   \n}\n\nnet  B {\nINPUT 8x8x3\n}\n";

test("it says what it can", () => {
  expect(editor.capabilities).toMatchObject({
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    documentOnTypeFormattingProvider: { firstTriggerCharacter: "}", moreTriggerCharacter: ["\n"] },
  });
});

describe("a range", () => {
  const edits = (uri: string, start: Position, end: Position) =>
    editor.ask<TextEdit[]>("textDocument/rangeFormatting", uri, { range: { start, end }, options });

  test("is laid out as in the whole, in small edits", async () => {
    const uri = await opened(LOOSE);
    const place = placeOf(LOOSE, "RELU");
    const found = await edits(uri, place, place);
    expect(applied(LOOSE, found)).toBe(LOOSE.replace("CONV3-4-RELU   ", "CONV3-4 - RELU"));
    expect(found.map(({ newText }) => newText)).toEqual([" ", " ", ""]);
    const ofDeclaration = await edits(uri, placeOf(LOOSE, "net  B"), { line: 8, character: 0 });
    expect(applied(LOOSE, ofDeclaration)).toBe(LOOSE.replace("net  B {\nINPUT", "net B {\n  INPUT"));
  });

  test("is left alone where the file cannot be read", async () => {
    const uri = await opened(`${LOOSE}net C { INPUT 8 - (\n`);
    expect(await edits(uri, { line: 0, character: 0 }, { line: 4, character: 0 })).toEqual([]);
  });

  test("of a text with other ends of lines", async () => {
    const text = LOOSE.replaceAll("\n", "\r\n");
    const uri = await opened(text);
    const found = await edits(uri, { line: 1, character: 0 }, { line: 1, character: 3 });
    expect(found).toEqual([
      { range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } }, newText: "  " },
    ]);
  });
});

describe("typing", () => {
  /** The text after a sign was typed at `^`. */
  async function typed(text: string, sign: "\n" | "}"): Promise<string> {
    const { text: before, position } = marked(text);
    const uri = await opened(before);
    await editor.edit(uri, sign, { start: position, end: position });
    const { line, character } = position;
    const place = sign === "\n" ? { line: line + 1, character: 0 } : { line, character: character + 1 };
    const after = text.replace("^", sign);
    const params = { position: place, ch: sign, options };
    return applied(after, await editor.ask<TextEdit[]>("textDocument/onTypeFormatting", uri, params));
  }

  test("Enter indents", async () => {
    expect(await typed("net A {^\n}\n", "\n")).toBe("net A {\n  \n}\n");
    expect(await typed("net A {\n  INPUT 8x8x3 -^\n}\n", "\n")).toBe("net A {\n  INPUT 8x8x3 -\n    \n}\n");
  });

  test("a brace lays out what it closes, whatever stands elsewhere", async () => {
    expect(await typed("INPUT 8 - (\nnet  A{\nINPUT 8x8x3-RELU\n^\nblock  B {\n", "}")).toBe(
      "INPUT 8 - (\nnet A {\n  INPUT 8x8x3 - RELU\n}\nblock  B {\n",
    );
  });
});

test("a file that the configuration passes over", async () => {
  const uri = await opened(LOOSE, "sketches/a.cnn");
  const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
  expect(await editor.ask("textDocument/formatting", uri, { options })).toEqual([]);
  expect(await editor.ask("textDocument/rangeFormatting", uri, { range, options })).toEqual([]);
  const position = { line: 3, character: 1 };
  expect(await editor.ask("textDocument/onTypeFormatting", uri, { position, ch: "}", options })).toEqual([]);
});

test("# prettier-ignore and # @noformat", async () => {
  const text = `# prettier-ignore\n${LOOSE}`;
  const uri = await opened(text);
  const edits = await editor.ask<TextEdit[]>("textDocument/formatting", uri, { options });
  expect(applied(text, edits)).toBe(text.replace("net  B {\nINPUT", "net B {\n  INPUT"));
  const left = await opened(`# @noformat\n${LOOSE}`);
  expect(await editor.ask("textDocument/formatting", left, { options })).toEqual([]);
});
