/** What users set: when the server starts, when it asks for it, and when it changes. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { InlayHint } from "vscode-languageserver-protocol/node";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Editor } from "./client.js";

const folder = mkdtempSync(join(tmpdir(), "cnnc-lsp-settings-"));
const uriOf = (name: string) => pathToFileURL(join(folder, name)).href;

/** A bias before a normalisation (CNN3111), in 4 layers. */
const TEXT = "net N {\n  INPUT 8x8x3 - CONV3-4 - BN - RELU - FC-2\n}\n";
const PULL = { workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true } } };

let editor: Editor;
let uri: string;
let count = 0;
async function start(capabilities: object, options: unknown, name = `open${count++}.cnn`): Promise<void> {
  editor = await Editor.start(folder, capabilities, options);
  uri = uriOf(name);
  await editor.open(uri, TEXT);
}
beforeEach(() => mkdirSync(folder, { recursive: true }));
afterEach(async () => {
  expect(await editor.stop()).toBe(0);
  rmSync(folder, { recursive: true, force: true });
});

/** The severity of each code that is told. */
async function told(): Promise<Record<string, number>> {
  const { items } = await editor.ask<{ items: { code: string; severity: number }[] }>("textDocument/diagnostic", uri);
  return Object.fromEntries(items.map(({ code, severity }) => [code, severity]));
}

async function hints(): Promise<number> {
  const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
  return (await editor.ask<InlayHint[]>("textDocument/inlayHint", uri, { range })).length;
}

/** Tells the server that something changed; the settings come with it for a client that is not asked. */
async function change(cnnc: unknown): Promise<void> {
  editor.settings = cnnc;
  await editor.connection.sendNotification("workspace/didChangeConfiguration", { settings: { cnnc } });
}

const LEVELS = [{ lint: { "bias-before-norm": "off" } }, { lint: { "bias-before-norm": "error" } }] as const;
const FEW = { limits: { layers: 2 } };

describe.each([
  ["asked for", PULL],
  ["sent", {}],
])("settings that are %s", (_name, capabilities) => {
  test("levels of rules", async () => {
    await start(capabilities, LEVELS[0]);
    await expect.poll(told).not.toHaveProperty("CNN3111");
    await change(LEVELS[1]);
    await expect.poll(told).toMatchObject({ CNN3111: 1 });
    await change({});
    await expect.poll(told).toMatchObject({ CNN3111: 2 });
  });

  test("limits", async () => {
    await start(capabilities, FEW);
    await expect.poll(told).toMatchObject({ CNN5001: 1 });
    await change({ limits: { layers: 50 } });
    await expect.poll(told).not.toHaveProperty("CNN5001");
    await change(FEW);
    await expect.poll(told).toMatchObject({ CNN5001: 1 });
  });

  test("hints, and what is not understood", async () => {
    await start(capabilities, { hints: false });
    await expect.poll(hints).toBe(0);
    await change({ hints: { enabled: true }, lint: { "bias-before-norm": "loud" }, limits: { layers: "many" } });
    await expect.poll(hints).toBeGreaterThan(0);
    expect(await told()).toMatchObject({ CNN3111: 2 });
  });

  test("what is wrong is told again, without being asked for", async () => {
    await start(capabilities, LEVELS[0]);
    const codes = () => editor.told.get(uri)?.diagnostics.map(({ code, severity }) => `${code} ${severity}`);
    await expect.poll(codes).toBeDefined();
    await change(LEVELS[1]);
    await expect.poll(codes, { timeout: 5000 }).toContain("CNN3111 1");
  });
});

test("an editor without settings of its own: those that it started with stay", async () => {
  editor = await Editor.start(folder, PULL, { hints: false });
  editor.settings = null;
  uri = uriOf("null.cnn");
  await editor.open(uri, TEXT);
  await change(null);
  await new Promise((done) => setTimeout(done, 200));
  expect(await hints()).toBe(0);
});

test("a configuration of the workspace goes before levels of the editor", async () => {
  writeFileSync(join(folder, "cnnc.config.json"), '{ "lint": { "rules": { "bias-before-norm": "info" } } }');
  await start(PULL, LEVELS[1]);
  expect(await told()).toMatchObject({ CNN3111: 3 });
});

test("a file that the configuration passes over has no findings of the linter, but its mistakes", async () => {
  writeFileSync(join(folder, "cnnc.config.json"), '{ "lint": { "ignore": ["sketches", "one.cnn"] } }');
  await start({}, {}, "sketches/deep/a.cnn");
  expect(await told()).not.toHaveProperty("CNN3111");
  await editor.edit(uri, TEXT.replace("FC-2", "POOL99"));
  expect(await told()).toMatchObject({ CNN2102: 1 });
  uri = uriOf("one.cnn");
  await editor.open(uri, TEXT);
  expect(await told()).not.toHaveProperty("CNN3111");
  uri = uriOf("one.cnn.cnn");
  await editor.open(uri, TEXT);
  expect(await told()).toMatchObject({ CNN3111: 2 });

  writeFileSync(join(folder, "cnnc.config.json"), "{}");
  const changes = [{ uri: uriOf("cnnc.config.json"), type: 2 }];
  await editor.connection.sendNotification("workspace/didChangeWatchedFiles", { changes });
  uri = uriOf("one.cnn");
  expect(await told()).toMatchObject({ CNN3111: 2 });
});
