// The language server as an editor has it: a process of its own, asked over its streams.
import { spawn } from "node:child_process";
import { resolve } from "node:path";
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";

const program = resolve(import.meta.dirname, "../../bin/cnnc.js");
const uri = "file:///bench/bench.cnn";

/** Starts a server with a file open; `type` tells how long hints and diagnostics took for its next text. */
export async function startServer(text) {
  const server = spawn(process.execPath, [program, "lsp", "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  let isTold = () => undefined;
  connection.onNotification("textDocument/publishDiagnostics", ({ version }) => isTold(version));
  connection.listen();
  await connection.sendRequest("initialize", { processId: process.pid, rootUri: null, capabilities: {} });
  await connection.sendNotification("initialized", {});
  let version = 1;
  let before = text;
  const published = () => new Promise((done) => (isTold = (told) => told === version && done()));
  const opened = published();
  await connection.sendNotification("textDocument/didOpen", {
    textDocument: { uri, languageId: "cnn", version, text },
  });
  await opened;
  return {
    async type({ text: next, at }) {
      const change = changeBetween(before, next);
      before = next;
      version++;
      const line = lineOf(next, at);
      const range = { start: { line: Math.max(0, line - 30), character: 0 }, end: { line: line + 30, character: 0 } };
      const start = performance.now();
      const told = published().then(() => performance.now() - start);
      void connection.sendNotification("textDocument/didChange", {
        textDocument: { uri, version },
        contentChanges: [change],
      });
      await connection.sendRequest("textDocument/inlayHint", { textDocument: { uri }, range });
      const hints = performance.now() - start;
      return { hints, diagnostics: await told };
    },
    stop() {
      connection.dispose();
      server.kill();
    },
  };
}

const lineOf = (text, offset) => text.slice(0, offset).split("\n").length - 1;

function placeOf(text, offset) {
  const line = lineOf(text, offset);
  return { line, character: offset - (text.lastIndexOf("\n", offset - 1) + 1) };
}

function changeBetween(before, after) {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let same = 0;
  const most = Math.min(before.length, after.length) - start;
  while (same < most && before.at(-1 - same) === after.at(-1 - same)) same++;
  return {
    range: { start: placeOf(before, start), end: placeOf(before, before.length - same) },
    text: after.slice(start, after.length - same),
  };
}
