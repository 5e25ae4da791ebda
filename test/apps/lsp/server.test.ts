/** The built language server, asked by a client of the protocol over standard streams. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  CancellationTokenSource,
  type CallHierarchyIncomingCall,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  type ClientCapabilities,
  type CodeAction,
  type CodeLens,
  type CompletionItem,
  type DocumentDiagnosticReport,
  type DocumentHighlight,
  type DocumentLink,
  type DocumentSymbol,
  type FoldingRange,
  type Hover,
  type InlayHint,
  type Location,
  type SelectionRange,
  type SemanticTokens,
  type SignatureHelp,
  type TextEdit,
  type WorkspaceEdit,
  type WorkspaceSymbol,
} from "vscode-languageserver-protocol/node";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { applied, Editor, marked, placeOf } from "./client.js";

const folder = mkdtempSync(join(tmpdir(), "cnnc-lsp-"));
const uriOf = (name: string) => pathToFileURL(join(folder, name)).href;

const BLOCKS = `## Two convolutions.
block Double(c, s = 1) {
  [CONV3-c/s - BN - RELU]*2
}
`;
const NET = `use "./blocks.cnn"

# A small net.
net Small(classes = 10) {
  INPUT 32x32x3
  e1: Double(16)
  POOL2
  CONV3-32 - RELU
  CONCAT { ID | CONV1-8 }
  GAP - FC-classes - SOFTMAX
}
`;

let editor: Editor;
beforeAll(async () => {
  mkdirSync(join(folder, "sub"));
  writeFileSync(join(folder, "blocks.cnn"), BLOCKS);
  writeFileSync(join(folder, "net.cnn"), NET);
  editor = await Editor.start(folder);
});
afterAll(async () => {
  expect(await editor.stop()).toBe(0);
  rmSync(folder, { recursive: true });
});

let count = 0;
/** A document of its own, opened with a text. */
async function opened(text: string): Promise<string> {
  const uri = uriOf(`open${count++}.cnn`);
  await editor.open(uri, text);
  return uri;
}

describe("diagnostics", () => {
  test("come after a change, for the text as it is then", async () => {
    const uri = await opened("INPUT 8x8x3 - POOL9");
    const first = await editor.diagnostics(uri);
    expect(first.diagnostics).toMatchObject([
      { code: "CNN2102", source: "cnnc", severity: 1, range: { start: { line: 0, character: 14 } } },
    ]);
    await editor.edit(uri, "2", { start: { line: 0, character: 18 }, end: { line: 0, character: 19 } });
    expect(await editor.diagnostics(uri)).toMatchObject({ version: 2, diagnostics: [] });
  });

  test("of a text whose address is no file of this machine", async () => {
    for (const uri of ["file://host/share/net.cnn", "file:///a%zz.cnn", "untitled:Untitled-1"]) {
      await editor.open(uri, "INPUT 8x8x3 - POOL9");
      expect((await editor.diagnostics(uri)).diagnostics, uri).toMatchObject([{ code: "CNN2102" }]);
      await editor.close(uri);
    }
  });

  test("can be asked for", async () => {
    const uri = await opened("INPUT 8x8x3 - POOL9");
    const report = await editor.ask<DocumentDiagnosticReport>("textDocument/diagnostic", uri);
    expect(report).toMatchObject({ kind: "full", items: [{ code: "CNN2102" }] });
  });

  test("are not offered to be asked for by an editor that is told, which would show them twice", async () => {
    const providerFor = async (textDocument: ClientCapabilities["textDocument"]) => {
      const other = await Editor.start(folder, { textDocument });
      await other.stop();
      return other.capabilities.diagnosticProvider;
    };
    expect(await providerFor({ publishDiagnostics: {}, diagnostic: {} })).toBeUndefined();
    expect(await providerFor({ diagnostic: {} })).toMatchObject({ interFileDependencies: true });
  });

  test("a file that is used changes: so does what is wrong with its users", async () => {
    const [user, used] = [uriOf("net.cnn"), uriOf("blocks.cnn")];
    await editor.open(user, NET);
    expect((await editor.diagnostics(user)).diagnostics).toEqual([]);
    const toldOfUser = () => editor.told.get(user)!.diagnostics;
    await editor.open(used, BLOCKS.replace("Double(c", "Twice(c"));
    const start = placeOf(NET, "Double");
    await vi.waitFor(() => expect(toldOfUser()).toMatchObject([{ range: { start } }]), 5_000);
    await editor.edit(used, BLOCKS);
    await vi.waitFor(() => expect(toldOfUser()).toEqual([]), 5_000);
    await editor.close(used);
  });

  test("a half-typed line loses nothing else", async () => {
    const broken = NET.replace("  POOL2\n", "  POOL2\n  CONV3-\n");
    const uri = await opened(broken);
    const { diagnostics } = await editor.diagnostics(uri);
    expect(diagnostics).toHaveLength(1);
    const hints = await hintsIn(uri, 20);
    expect(hints.map(({ label }) => label)).toContain("32x32x16 · 2,832");
    const symbols = await editor.ask<DocumentSymbol[]>("textDocument/documentSymbol", uri);
    expect(symbols.map(({ name }) => name)).toEqual(["Small"]);
  });
});

test("what the linter says, by the configuration of the folder, with its fixes", async () => {
  const text = "net N {\n  INPUT 8x8x3 - CONV3-4 - BN - RELU - FC-2\n}\n";
  const uri = await opened(text);
  const report = () => editor.ask<{ items: { code: string; severity: number }[] }>("textDocument/diagnostic", uri);
  const { items } = await report();
  const found = items.find(({ code }) => code === "CNN3111");
  expect(found).toMatchObject({ severity: 2, range: { start: placeOf(text, "CONV3-4") } });
  const start = placeOf(text, "CONV3-4");
  const actions = await editor.ask<CodeAction[]>("textDocument/codeAction", uri, {
    range: { start, end: start },
    context: { diagnostics: [] },
  });
  expect(actions[0]!.edit!.changes![uri]![0]!.newText).toContain("no bias");
  writeFileSync(join(folder, "cnnc.config.json"), '{"lint": {"rules": {"bias-before-norm": "off"}}}');
  const changes = [{ uri: uriOf("cnnc.config.json"), type: 1 }];
  await editor.connection.sendNotification("workspace/didChangeWatchedFiles", { changes });
  expect((await report()).items.map(({ code }) => code)).not.toContain("CNN3111");
  rmSync(join(folder, "cnnc.config.json"));
  await editor.connection.sendNotification("workspace/didChangeWatchedFiles", { changes });
});

function hintsIn(uri: string, lines: number): Promise<InlayHint[]> {
  const range = { start: { line: 0, character: 0 }, end: { line: lines, character: 0 } };
  return editor.ask<InlayHint[]>("textDocument/inlayHint", uri, { range });
}

describe("what is shown", () => {
  test("hints: sizes and parameters behind layers; blocks show their result", async () => {
    const uri = await opened(NET);
    const hints = await hintsIn(uri, 20);
    // 3*3*3*16 + 16 and 3*3*16*16 + 16, and 2*16 of each normalisation.
    expect(hints.map(({ position, label }) => [position.line, label])).toEqual([
      [4, "32x32x3"],
      [5, "32x32x16 · 2,832"],
      [6, "16x16x16"],
      [7, "16x16x32 · 4,640"],
      [8, "16x16x8 · 264"],
      [8, "16x16x40 · 264"],
      [9, "40"],
      [9, "10 · 410"],
    ]);
  });

  test("hover: the arithmetic of a layer, a block with its documentation, a label", async () => {
    const uri = await opened(NET);
    const hover = async (word: string, from?: number) =>
      (await editor.ask<Hover>("textDocument/hover", uri, { position: placeOf(NET, word, from) })).contents as {
        value: string;
      };
    const { value } = await hover("CONV3-32");
    expect(value).toContain("16x16x16 -> **16x16x32**");
    expect(value).toContain("(16 - 3 + 2*1)/1 + 1 = 16");
    expect(value).toContain("params 4,640, macs 1,179,648");
    expect(value).toContain("receptive field 10x10");
    expect(value).toContain("how many filters");
    expect((await hover("Double")).value).toContain("Two convolutions.");
    expect((await hover("classes -")).value).toContain("parameter `classes`");
  });

  test("lenses: what a net costs, above it", async () => {
    const uri = await opened(NET);
    const lenses = await editor.ask<CodeLens[]>("textDocument/codeLens", uri);
    expect(lenses.map(({ command }) => command!.title)).toEqual([
      expect.stringMatching(/^8,146 params · [\d,]+ macs · [\d.]+ kB peak$/),
      "build ONNX",
      "report",
    ]);
    expect(lenses[0]!.range.start).toEqual(placeOf(NET, "Small"));
  });

  test("semantic tokens tell layers, blocks, parameters and labels", async () => {
    const text = "block B(c) {\n  CONV3-c\n}\nnet N {\n  INPUT 4x4x1\n  a: B(2)\n}\n";
    const uri = await opened(text);
    const { data } = await editor.ask<SemanticTokens>("textDocument/semanticTokens/full", uri);
    const types = editor.capabilities.semanticTokensProvider!.legend.tokenTypes;
    const found: string[] = [];
    let [line, character] = [0, 0];
    for (let index = 0; index < data.length; index += 5) {
      const [down, right, length, type] = data.slice(index, index + 4) as [number, number, number, number];
      [line, character] = down > 0 ? [line + down, right] : [line, character + right];
      found.push(`${text.split("\n")[line]!.slice(character, character + length)} ${types[type]!}`);
    }
    expect(found).toEqual([
      "B class",
      "c parameter",
      "CONV3 type",
      "c parameter",
      "N class",
      "INPUT type",
      "a property",
      "B class",
    ]);
  });

  test("symbols, folds, links and selections", async () => {
    const uri = await opened(NET);
    const [small] = await editor.ask<DocumentSymbol[]>("textDocument/documentSymbol", uri);
    expect([small!.name, small!.detail, small!.children!.map(({ name }) => name)]).toEqual([
      "Small",
      "(classes = 10)",
      ["e1"],
    ]);
    const folds = await editor.ask<FoldingRange[]>("textDocument/foldingRange", uri);
    expect(folds.map(({ startLine, endLine }) => [startLine, endLine])).toEqual([[3, 10]]);
    const links = await editor.ask<DocumentLink[]>("textDocument/documentLink", uri);
    expect(links.map(({ target }) => target)).toEqual([uriOf("blocks.cnn")]);
    const positions = [placeOf(NET, "16)")];
    const [selection] = await editor.ask<SelectionRange[]>("textDocument/selectionRange", uri, { positions });
    const sizes: number[] = [];
    for (let one = selection; one; one = one.parent!) sizes.push(one.range.end.character - one.range.start.character);
    expect(sizes.slice(0, 2)).toEqual([2, 4]);
    const found = await editor.connection.sendRequest<WorkspaceSymbol[]>("workspace/symbol", { query: "dbl" });
    expect(found.map(({ name }) => name)).toEqual(["Double"]);
  });
});

describe("names", () => {
  test("definition, references and highlights, over files", async () => {
    const uri = uriOf("net.cnn");
    const position = placeOf(NET, "Double");
    const definition = await editor.ask<Location>("textDocument/definition", uri, { position });
    expect(definition).toMatchObject({ uri: uriOf("blocks.cnn"), range: { start: placeOf(BLOCKS, "Double") } });
    const context = { includeDeclaration: true };
    const references = await editor.ask<Location[]>("textDocument/references", uri, { position, context });
    const own = references.filter((one) => [uri, uriOf("blocks.cnn")].includes(one.uri));
    expect(own.map((one) => one.uri).sort()).toEqual([uriOf("blocks.cnn"), uri].sort());
    const highlights = await editor.ask<DocumentHighlight[]>("textDocument/documentHighlight", uri, {
      position: placeOf(NET, "classes"),
    });
    expect(highlights.map(({ range }) => range.start.line)).toEqual([3, 9]);
  });

  test("rename: a parameter with its uses and where it is named in calls", async () => {
    const text = "block B(c) {\n  CONV3-c - CONV1-(2*c)\n}\nnet N {\n  INPUT 4x4x1 - B(c = 3)\n}\n";
    const uri = await opened(text);
    const position = placeOf(text, "c)");
    expect(await editor.ask("textDocument/prepareRename", uri, { position })).toMatchObject({ placeholder: "c" });
    const edit = await editor.ask<WorkspaceEdit>("textDocument/rename", uri, { position, newName: "width" });
    expect(edit.changes![uri]!.map(({ range }) => [range.start.line, range.start.character])).toEqual([
      [0, 8],
      [1, 8],
      [1, 21],
      [4, 18],
    ]);
    await expect(editor.ask("textDocument/rename", uri, { position, newName: "Width" })).rejects.toThrow(
      "small letter",
    );
    await expect(editor.ask("textDocument/rename", uri, { position, newName: "let" })).rejects.toThrow(
      "a word of the language",
    );
  });

  test("rename of a label, with the changes of other nets to it", async () => {
    const text = "net A {\n  INPUT 4x4x1\n  c1: CONV3-2\n  FC-2\n}\nnet B = A but {\n  c1: 4 filters\n}\n";
    const uri = await opened(text);
    const edit = await editor.ask<WorkspaceEdit>("textDocument/rename", uri, {
      position: placeOf(text, "c1"),
      newName: "first",
    });
    expect(edit.changes![uri]!.map(({ range }) => range.start.line)).toEqual([2, 6]);
  });
});

describe("completion", () => {
  const complete = async (text: string) => {
    const found = marked(text);
    const uri = await opened(found.text);
    const items = await editor.ask<CompletionItem[]>("textDocument/completion", uri, { position: found.position });
    return items.map(({ label }) => label);
  };

  test("layers, blocks and words at the beginning of a link", async () => {
    const labels = await complete("block Up(c) { CONV3-c }\nnet N {\n  INPUT 8x8x3 - ^\n}\n");
    expect(labels).toEqual(expect.arrayContaining(["CONV", "MAXPOOL", "BN", "Up", "output"]));
    expect(labels).not.toContain("net");
    expect(await complete("^")).toEqual(expect.arrayContaining(["net", "block", "use", "INPUT"]));
  });

  test("behind a dash that touches a layer: a count, or in capitals also the next layer", async () => {
    expect(await complete("net N(k) { INPUT 8x8x3 - CONV-^ }")).toEqual(["k"]);
    expect(await complete("net N(K) { INPUT 8x8x3 - RELU-PO^ }")).toEqual(expect.arrayContaining(["POOL", "K"]));
  });

  test("attributes that fit and are not there yet, with their values", async () => {
    const labels = await complete("INPUT 8x8x3 - CONV3-8 stride 2 ^");
    expect(labels).toEqual(expect.arrayContaining(["pad", "groups", "dilation", "no bias"]));
    expect(labels).not.toContain("stride");
    expect(await complete("INPUT 8x8x3 - CONV3-8 pad ^")).toEqual(["half", "same"]);
    expect(await complete("INPUT 8x8x3 - CONV3-8 no ^")).toEqual(["bias"]);
  });

  test("labels, members, files, modules, arguments, training", async () => {
    expect(await complete("net N {\n  INPUT 8x8x3\n  e1: CONV3-3\n  ADD { @^ | ID }\n}")).toEqual(["e1"]);
    expect(await complete("block B { let c = in.^ }")).toEqual(["h", "w", "c", "d", "l"]);
    expect(await complete('use "^')).toEqual(expect.arrayContaining(["./blocks.cnn", "./net.cnn"]));
    expect(await complete("use ^")).toContain("std");
    expect(await complete("block B(c, s = 1) { CONV3-c/s }\nINPUT 8x8x3 - B(^")).toEqual(
      expect.arrayContaining(["c", "s"]),
    );
    expect(await complete("net N {\n  INPUT 4 - FC-2\n  train {\n    optimizer ^\n  }\n}")).toContain("adamw");
    expect(await complete("net N {\n  INPUT 4 - FC-2\n  train {\n    optimizer sgd lr 0.1 ^\n  }\n}")).toContain(
      "momentum",
    );
    expect(await complete("# a comment ^")).toEqual([]);
  });

  test("arguments that are given are not offered again", async () => {
    const block = "block B(c, s = 1, k = 3) { CONV3-c/s - CONV k x k }\nnet N { INPUT 8x8x3 - ";
    const offered = async (call: string) =>
      (await complete(`${block}${call} }`)).filter((label) => ["c", "s", "k"].includes(label));
    expect(await offered("B(max(4, 8), ^)")).toEqual(["s", "k"]);
    expect(await offered("B(4, k = 5, ^)")).toEqual(["s"]);
    expect(await offered("B(4, s^)")).toEqual(["s", "k"]);
  });

  test("signatures of blocks, with the argument that is being written", async () => {
    const found = marked("## Makes it narrow.\nblock B(c, s = 1) { CONV3-c/s }\nINPUT 8x8x3 - B(4, ^)");
    const uri = await opened(found.text);
    const help = await editor.ask<SignatureHelp>("textDocument/signatureHelp", uri, { position: found.position });
    expect(help).toMatchObject({
      activeParameter: 1,
      signatures: [{ label: "B(c, s = 1)", documentation: { value: "Makes it narrow." } }],
    });
  });
});

test("code actions: the fixes of what is wrong there", async () => {
  const text = "INPUT 8x8x3 - conv3-16";
  const uri = await opened(text);
  const place = placeOf(text, "conv3");
  const actions = await editor.ask<CodeAction[]>("textDocument/codeAction", uri, {
    range: { start: place, end: place },
    context: { diagnostics: [] },
  });
  expect(actions[0]).toMatchObject({ kind: "quickfix", isPreferred: true, diagnostics: [{ source: "cnnc" }] });
  const [edit] = actions[0]!.edit!.changes![uri]!;
  expect(edit!.newText).toContain("CONV3");
});

test("code actions: other ways to write it", async () => {
  const text = "INPUT 8x8x3 - CONV3-4 - CONV3-4";
  const uri = await opened(text);
  const place = placeOf(text, "CONV3-4");
  const range = { start: place, end: place };
  const actions = await editor.ask<CodeAction[]>("textDocument/codeAction", uri, {
    range,
    context: { diagnostics: [] },
  });
  expect(actions.map(({ title, kind }) => [title, kind])).toEqual([
    ["annotate it: [8x8x4]", "refactor.rewrite"],
    ["write it as 2 rounds", "refactor.extract"],
  ]);
});

test("formatting, and the canonical form", async () => {
  const text = "net N {\nINPUT 8x8x3\n[8x8x4] CONV1: 4 3x3 filters at stride 1, pad 1 # why\n}\n";
  const uri = await opened(text);
  const options = { tabSize: 2, insertSpaces: true };
  const edits = await editor.ask<TextEdit[]>("textDocument/formatting", uri, { options });
  expect(applied(text, edits)).toBe(
    "net N {\n  INPUT 8x8x3\n  [8x8x4] CONV1: 4 3x3 filters at stride 1, pad 1 # why\n}\n".replace(" # why", "  # why"),
  );
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  const actions = await editor.ask<CodeAction[]>("textDocument/codeAction", uri, {
    range,
    context: { diagnostics: [] },
  });
  const canonical = actions.find(({ title }) => title.includes("canonical"))!.edit!.changes![uri]!;
  expect(applied(text, canonical)).toContain("CONV1: CONV3-4");
  const broken = await opened("net N {\nINPUT 8x8x3 - (\n");
  expect(await editor.ask("textDocument/formatting", broken, { options })).toEqual([]);
});

test("call hierarchy of blocks", async () => {
  const text = "block A { RELU }\nblock B { A - A }\nnet N { INPUT 8x8x3 - B - A }\n";
  const uri = await opened(text);
  const [item] = await editor.ask<CallHierarchyItem[]>("textDocument/prepareCallHierarchy", uri, {
    position: placeOf(text, "B {"),
  });
  const outgoing = await editor.connection.sendRequest<CallHierarchyOutgoingCall[]>("callHierarchy/outgoingCalls", {
    item,
  });
  expect(outgoing.map(({ to, fromRanges }) => [to.name, fromRanges.length])).toEqual([["A", 2]]);
  const incoming = await editor.connection.sendRequest<CallHierarchyIncomingCall[]>("callHierarchy/incomingCalls", {
    item,
  });
  expect(incoming.filter(({ from }) => from.uri === uri).map(({ from }) => from.name)).toEqual(["N"]);
});

test("a request that is not wanted any more, and edits while one is under way", async () => {
  const uri = await opened(NET);
  const source = new CancellationTokenSource();
  const params = { textDocument: { uri }, position: placeOf(NET, "CONV3-32") };
  const request = editor.connection.sendRequest("textDocument/hover", params, source.token);
  source.cancel();
  await expect(request).rejects.toMatchObject({ code: -32800 });
  // An edit behind a request: the answer is about the text before it, or there is none.
  const late = hintsIn(uri, 20).then(
    (hints) => hints.length,
    ({ code }: { code: number }) => code,
  );
  await editor.edit(uri, "INPUT 4x4x1 - FC-2");
  expect([8, -32801]).toContain(await late);
  expect((await hintsIn(uri, 20)).map(({ label }) => label)).toEqual(["4x4x1", "2 · 34"]);
});

test("a client that counts bytes", async () => {
  const other = await Editor.start(folder, { general: { positionEncodings: ["utf-8", "utf-16"] } });
  expect(other.capabilities.positionEncoding).toBe("utf-8");
  const uri = uriOf("bytes.cnn");
  await other.open(uri, "# größe\nINPUT 8x8x3 - POOL2 # ä\n");
  await other.edit(uri, "9", { start: { line: 1, character: 18 }, end: { line: 1, character: 19 } });
  await other.edit(uri, "é", { start: { line: 0, character: 2 }, end: { line: 0, character: 4 } });
  const { diagnostics } = await other.diagnostics(uri);
  expect(diagnostics.map(({ code, range }) => [code, range.start])).toEqual([["CNN2102", { line: 1, character: 14 }]]);
  expect(await other.stop()).toBe(0);
});

test("nothing outside of the workspace is read", async () => {
  const outside = mkdtempSync(join(tmpdir(), "cnnc-outside-"));
  writeFileSync(join(outside, "secret.cnn"), BLOCKS);
  const uri = await opened(`use "../${outside.split("/").at(-1)!}/secret.cnn"\nINPUT 8x8x3 - FC-2\n`);
  const { diagnostics } = await editor.diagnostics(uri);
  expect(diagnostics[0]!.message).toContain("it lies outside of the workspace");
  rmSync(outside, { recursive: true });
});
