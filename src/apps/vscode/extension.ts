/** The extension for Visual Studio Code: it starts the language server and shows what it is asked for in panels. */
import * as vscode from "vscode";
import {
  LanguageClient,
  TransportKind,
  type LanguageClientOptions,
  type ServerOptions,
} from "vscode-languageclient/node";
import { join } from "node:path";

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const start = async () => {
    client = clientFor(context);
    await client.start();
  };
  context.subscriptions.push(
    vscode.commands.registerCommand("cnnc.report", (uri?: string, net?: string) => showPanel("report", uri, net)),
    vscode.commands.registerCommand("cnnc.draw", (uri?: string, net?: string) => showPanel("draw", uri, net)),
    vscode.commands.registerCommand("cnnc.build", build),
    vscode.commands.registerCommand("cnnc.verify", verify),
    vscode.commands.registerCommand("cnnc.restart", async () => {
      await client?.stop();
      await start();
    }),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

function clientFor(context: vscode.ExtensionContext): LanguageClient {
  const module = context.asAbsolutePath("server.js");
  const server: ServerOptions = { module, transport: TransportKind.stdio };
  const settings = vscode.workspace.getConfiguration("cnnc");
  const options: LanguageClientOptions = {
    documentSelector: [{ language: "cnn" }],
    initializationOptions: settings,
    synchronize: { configurationSection: "cnnc" },
  };
  return new LanguageClient("cnnc", "cnnc", server, options);
}

/** The document that a command is about: the one that it names, or the one that is open. */
function documentOf(uri: unknown): string | undefined {
  if (typeof uri === "string") return uri;
  const document = vscode.window.activeTextEditor?.document;
  if (document?.languageId === "cnn") return document.uri.toString();
  void vscode.window.showInformationMessage("Open a .cnn file first.");
  return undefined;
}

/** What the server makes of a net, as a page of its own. */
async function showPanel(what: "report" | "draw", uri: unknown, net?: string): Promise<void> {
  const document = documentOf(uri);
  if (document === undefined || !client) return;
  const found = await client.sendRequest<{ html: string } | { problem: string }>("cnnc/page", {
    uri: document,
    net,
    what,
  });
  if ("problem" in found) {
    void vscode.window.showWarningMessage(found.problem);
    return;
  }
  const panel = vscode.window.createWebviewPanel("cnnc", net ?? what, vscode.ViewColumn.Beside, {
    enableScripts: true,
  });
  panel.webview.html = found.html;
}

const TARGETS = ["onnx", "tfjs", "tfjs-model", "pytorch", "keras", "safetensors"];

async function build(uri?: unknown, net?: string, target?: string): Promise<void> {
  const document = documentOf(uri);
  const chosen = target ?? (await vscode.window.showQuickPick(TARGETS, { title: "What to build" }));
  if (document === undefined || chosen === undefined) return;
  const path = vscode.Uri.parse(document).fsPath;
  run(["build", path, ...(net ? ["--net", net] : []), "--target", chosen, "-o", join(path, "..", "out/")]);
}

function verify(uri?: unknown, net?: string): void {
  const document = documentOf(uri);
  if (document !== undefined) run(["verify", vscode.Uri.parse(document).fsPath, ...(net ? ["--net", net] : [])]);
}

/** Runs the command line where its output can be read. */
function run(words: readonly string[]): void {
  const terminal = vscode.window.terminals.find(({ name }) => name === "cnnc") ?? vscode.window.createTerminal("cnnc");
  const command = vscode.workspace.getConfiguration("cnnc").get("command", "npx cnnc");
  const quoted = words.map((word) => (/^[\w./=@:+\\-]+$/.test(word) ? word : JSON.stringify(word)));
  terminal.show(true);
  terminal.sendText([command, ...quoted].join(" "));
}
