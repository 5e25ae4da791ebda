/** An editor: a client of the protocol that drives the built server over its standard streams. */
import { spawn, type ChildProcess } from "node:child_process";
import { pathToFileURL } from "node:url";
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type ConfigurationParams,
  type InitializeResult,
  type Position,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  type TextEdit,
} from "vscode-languageserver-protocol/node";
import { SourceText } from "../../../src/base/source.js";
import { program } from "../../command-line.js";

export class Editor {
  /** The last diagnostics of each document, with those who wait for more. */
  readonly told = new Map<string, PublishDiagnosticsParams>();
  private readonly waiting: { uri: string; version: number; done: (params: PublishDiagnosticsParams) => void }[] = [];
  private readonly versions = new Map<string, number>();
  capabilities!: InitializeResult["capabilities"];
  /** What the server reads with `workspace/configuration`. */
  settings: unknown;

  private constructor(
    private readonly server: ChildProcess,
    readonly connection: ProtocolConnection,
  ) {}

  static async start(
    folder: string,
    capabilities: ClientCapabilities = {},
    options: unknown = {},
    command: readonly string[] = [program, "lsp", "--stdio"],
  ): Promise<Editor> {
    const server = spawn(process.execPath, command, { stdio: ["pipe", "pipe", "inherit"] });
    const connection = createProtocolConnection(
      new StreamMessageReader(server.stdout!),
      new StreamMessageWriter(server.stdin!),
    );
    const editor = new Editor(server, connection);
    connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) =>
      editor.receive(params),
    );
    connection.onRequest("client/registerCapability", () => null);
    editor.settings = options;
    connection.onRequest("workspace/configuration", ({ items }: ConfigurationParams) =>
      items.map(({ section }) => (section === "cnnc" ? editor.settings : null)),
    );
    connection.listen();
    const result = await connection.sendRequest<InitializeResult>("initialize", {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: [{ uri: pathToFileURL(folder).href, name: "work" }],
      capabilities,
      initializationOptions: options,
    });
    editor.capabilities = result.capabilities;
    await connection.sendNotification("initialized", {});
    return editor;
  }

  private receive(params: PublishDiagnosticsParams): void {
    this.told.set(params.uri, params);
    for (const one of [...this.waiting]) {
      if (one.uri !== params.uri || (params.version ?? 0) < one.version) continue;
      this.waiting.splice(this.waiting.indexOf(one), 1);
      one.done(params);
    }
  }

  async open(uri: string, text: string): Promise<void> {
    this.versions.set(uri, 1);
    const textDocument = { uri, languageId: "cnn", version: 1, text };
    await this.connection.sendNotification("textDocument/didOpen", { textDocument });
  }

  /** Replaces a stretch of the text, or all of it. */
  async edit(uri: string, text: string, range?: Range): Promise<void> {
    const version = this.versions.get(uri)! + 1;
    this.versions.set(uri, version);
    const contentChanges = [range ? { range, text } : { text }];
    await this.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges,
    });
  }

  async close(uri: string): Promise<void> {
    await this.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
  }

  /** The diagnostics of the document as it is now. */
  diagnostics(uri: string): Promise<PublishDiagnosticsParams> {
    const version = this.versions.get(uri)!;
    const known = this.told.get(uri);
    if (known && (known.version ?? 0) >= version) return Promise.resolve(known);
    return new Promise((done) => this.waiting.push({ uri, version, done }));
  }

  /** A request about a document, or a place in it. */
  ask<R>(method: string, uri: string, more: object = {}): Promise<R> {
    return this.connection.sendRequest<R>(method, { textDocument: { uri }, ...more });
  }

  async stop(): Promise<number | null> {
    await this.connection.sendRequest("shutdown");
    const ended = new Promise<number | null>((done) => this.server.once("exit", done));
    await this.connection.sendNotification("exit");
    this.connection.end();
    return ended;
  }
}

/** The place of the sign `^` in a text, and the text without it. */
export function marked(text: string): { text: string; position: Position } {
  const offset = text.indexOf("^");
  const before = text.slice(0, offset).split("\n");
  const position = { line: before.length - 1, character: before.at(-1)!.length };
  return { text: text.slice(0, offset) + text.slice(offset + 1), position };
}

/** The place of a word in a text, the first one from a place on. */
export function placeOf(text: string, word: string, from = 0): Position {
  const before = text.slice(0, text.indexOf(word, from)).split("\n");
  return { line: before.length - 1, character: before.at(-1)!.length };
}

/** A text after edits that do not touch each other. */
export function applied(text: string, edits: readonly TextEdit[]): string {
  const source = new SourceText("", text);
  const offset = ({ line, character }: Position) => source.startOf(line + 1) + character;
  return [...edits]
    .sort((a, b) => offset(b.range.start) - offset(a.range.start))
    .reduce(
      (done, { range, newText }) => done.slice(0, offset(range.start)) + newText + done.slice(offset(range.end)),
      text,
    );
}
