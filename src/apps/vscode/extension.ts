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

/** The panels that are open, by document and title. */
const panels = new Map<string, vscode.WebviewPanel>();

/** What the server makes of a net, in a panel beside the text; what was asked for before is shown again in its old place. */
async function showPanel(what: "report" | "draw", uri: unknown, net?: string): Promise<void> {
  const document = documentOf(uri);
  if (document === undefined || !client) return;
  const found = await client.sendRequest<{ net: string; html: string } | { problem: string }>("cnnc/page", {
    uri: document,
    net,
    what,
  });
  if ("problem" in found) {
    void vscode.window.showWarningMessage(found.problem);
    return;
  }
  const title = what === "report" ? found.net : `${found.net}, drawn`;
  const key = `${document} ${title}`;
  let panel = panels.get(key);
  if (panel) panel.reveal(undefined, true);
  else {
    const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    panel = vscode.window.createWebviewPanel("cnnc", title, place, { enableScripts: true });
    panel.onDidDispose(() => panels.delete(key));
    panels.set(key, panel);
  }
  panel.webview.html = found.html;
}

const TARGETS = ["onnx", "tfjs", "tfjs-model", "pytorch", "keras", "safetensors"];

async function build(uri?: unknown, net?: string, target?: string): Promise<void> {
  const document = documentOf(uri);
  if (document === undefined) return;
  const chosen = target ?? (await vscode.window.showQuickPick(TARGETS, { title: "What to build" }));
  if (chosen === undefined) return;
  const path = await saved(document);
  if (path !== undefined)
    run(["build", path, ...(net ? ["--net", net] : []), "--target", chosen, "-o", join(path, "..", "out/")]);
}

async function verify(uri?: unknown, net?: string): Promise<void> {
  const document = documentOf(uri);
  const path = document === undefined ? undefined : await saved(document);
  if (path !== undefined) run(["verify", path, ...(net ? ["--net", net] : [])]);
}

/** The file of a document, with the text as it stands in the editor: the command line reads the file. */
async function saved(uri: string): Promise<string | undefined> {
  const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri);
  const place =
    document?.isDirty || document?.isUntitled ? await vscode.workspace.save(document.uri) : vscode.Uri.parse(uri);
  return place?.fsPath;
}

/** Runs the command line where its output can be read. */
function run(words: readonly string[]): void {
  const terminal = vscode.window.terminals.find(({ name }) => name === "cnnc") ?? vscode.window.createTerminal("cnnc");
  const command = vscode.workspace.getConfiguration("cnnc").get("command", "npx cnnc");
  const quoted = words.map((word) => (/^[\w./=@:+\\-]+$/.test(word) ? word : JSON.stringify(word)));
  terminal.show(true);
  terminal.sendText([command, ...quoted].join(" "));
}
