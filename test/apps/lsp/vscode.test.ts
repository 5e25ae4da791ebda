/** The package for Visual Studio Code: what is in it, and that the server in it answers. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { usualLayout } from "../../../src/format/print-program.js";
import { root } from "../../command-line.js";
import { Editor } from "./client.js";

const folder = mkdtempSync(join(tmpdir(), "cnnc-vscode-"));
const unpacked = join(root, "out/vscode");
beforeAll(() => {
  const script = [join(root, "scripts/package-vscode.mjs"), join(folder, "cnnc.vsix")];
  const { status, stderr } = spawnSync(process.execPath, script, { encoding: "utf8" });
  expect([status, stderr.includes("rror")]).toEqual([0, false]);
});
afterAll(() => rmSync(folder, { recursive: true }));

test("it is small", () => {
  expect(statSync(join(folder, "cnnc.vsix")).size).toBeLessThan(3_000_000);
});

test("each command of the manifest is registered by the extension", () => {
  const { contributes, main } = JSON.parse(readFileSync(join(unpacked, "package.json"), "utf8")) as {
    contributes: { commands: { command: string }[] };
    main: string;
  };
  const extension = readFileSync(join(unpacked, main), "utf8");
  for (const { command } of contributes.commands) expect(extension).toContain(`registerCommand("${command}"`);
});

test("what it sets for programs: the formatter and its indentation, and nothing that changes a text unasked", () => {
  const { publisher, name, contributes } = JSON.parse(readFileSync(join(unpacked, "package.json"), "utf8")) as {
    publisher: string;
    name: string;
    contributes: { configurationDefaults: Record<string, Record<string, unknown>> };
  };
  expect(contributes.configurationDefaults).toEqual({
    "[cnn]": {
      "editor.tabSize": usualLayout.tabWidth,
      "editor.insertSpaces": true,
      "editor.defaultFormatter": `${publisher}.${name}`,
    },
  });
});

test("its server answers, and makes pages", async () => {
  const editor = await Editor.start(folder, {}, {}, [join(unpacked, "server.js"), "--stdio"]);
  const uri = pathToFileURL(join(folder, "a.cnn")).href;
  await editor.open(uri, "net A { INPUT 8x8x3 - CONV3-4 - GAP - FC-2 }");
  expect((await editor.diagnostics(uri)).diagnostics).toEqual([]);
  const page = (what: string, net?: string) =>
    editor.connection.sendRequest<Record<string, string>>("cnnc/page", { uri, what, net });
  expect(await page("report")).toMatchObject({ net: "A", html: expect.stringContaining("<h2>A") as string });
  expect((await page("draw"))["html"]).toContain("<svg");
  expect(await page("draw", "B")).toEqual({ problem: "there is no net B without mistakes" });
  expect(await editor.stop()).toBe(0);
});
