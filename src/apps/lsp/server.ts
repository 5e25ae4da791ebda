/** The language server: the protocol's requests, each answered by what the service knows. */
import {
  CodeActionKind,
  createConnection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  LSPErrorCodes,
  PositionEncodingKind,
  ProposedFeatures,
  ResponseError,
  TextDocumentSyncKind,
  type CancellationToken,
  type Connection,
  type InitializeParams,
  type InitializeResult,
} from "vscode-languageserver/node";
import { TOKEN_TYPES } from "../../service/index.js";
import { Actions } from "./actions.js";
import { Answers } from "./answers.js";
import { configurationOf } from "./configuration.js";
import { diagnosticsOf, Publisher } from "./diagnostics.js";
import { pathOf } from "./files.js";
import { Formatting } from "./formatting.js";
import { pageOf, type PageRequest } from "./page.js";
import { Positions } from "./positions.js";
import { Session } from "./session.js";

/** Serves an editor over the streams of this process until it says that it is done. */
export function serve(input: NodeJS.ReadableStream, output: NodeJS.WritableStream, version: string): void {
  const connection = createConnection(ProposedFeatures.all, input, output);
  new Server(connection, version).listen();
}

class Server {
  private readonly session: Session;
  private readonly answers: Answers;
  private readonly formatting: Formatting;
  private readonly actions: Actions;
  private readonly publisher: Publisher;
  private capabilities: InitializeParams["capabilities"] = {};
  private initialSettings: unknown;

  constructor(
    private readonly connection: Connection,
    private readonly version: string,
  ) {
    this.session = new Session((problem) => connection.console.warn(problem));
    this.answers = new Answers(this.session);
    this.formatting = new Formatting(this.session);
    this.actions = new Actions(this.session, this.formatting);
    this.publisher = new Publisher(connection, this.session);
  }

  listen(): void {
    const { connection } = this;
    connection.onInitialize((params) => this.initialize(params));
    connection.onInitialized(() => void this.initialized());
    this.listenToDocuments();
    this.listenToRequests();
    connection.listen();
  }

  private initialize({ capabilities, workspaceFolders, initializationOptions }: InitializeParams): InitializeResult {
    this.capabilities = capabilities;
    const encodings = capabilities.general?.positionEncodings ?? [];
    // The client's first choice; all know UTF-16.
    const encoding =
      encodings[0] === PositionEncodingKind.UTF8 ? PositionEncodingKind.UTF8 : PositionEncodingKind.UTF16;
    this.session.positions = new Positions(encoding);
    this.session.files.roots = (workspaceFolders ?? []).map(({ uri }) => pathOf(uri));
    this.initialSettings = initializationOptions;
    this.session.configuration = configurationOf(initializationOptions);
    return {
      serverInfo: { name: "cnnc", version: this.version },
      capabilities: {
        positionEncoding: encoding,
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        hoverProvider: true,
        completionProvider: { triggerCharacters: [" ", "-", ".", "@", "(", ",", '"', "/", "|", "{"] },
        signatureHelpProvider: { triggerCharacters: ["(", ","] },
        definitionProvider: true,
        referencesProvider: true,
        documentHighlightProvider: true,
        renameProvider: { prepareProvider: true },
        documentSymbolProvider: true,
        workspaceSymbolProvider: true,
        foldingRangeProvider: true,
        selectionRangeProvider: true,
        semanticTokensProvider: {
          legend: { tokenTypes: [...TOKEN_TYPES], tokenModifiers: ["declaration"] },
          full: true,
          range: true,
        },
        inlayHintProvider: true,
        codeLensProvider: {},
        documentLinkProvider: {},
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.Refactor] },
        callHierarchyProvider: true,
        documentFormattingProvider: true,
        documentRangeFormattingProvider: true,
        documentOnTypeFormattingProvider: { firstTriggerCharacter: "}", moreTriggerCharacter: ["\n"] },
        ...this.diagnosticProvider(),
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  }

  /** An editor that shows what it is told and asks besides, as Visual Studio Code does, would show everything twice. */
  private diagnosticProvider(): InitializeResult["capabilities"] {
    if (this.capabilities.textDocument?.publishDiagnostics) return {};
    return { diagnosticProvider: { interFileDependencies: true, workspaceDiagnostics: false } };
  }

  private async initialized(): Promise<void> {
    const { workspace } = this.capabilities;
    if (workspace?.didChangeWatchedFiles?.dynamicRegistration) {
      const watchers = [{ globPattern: "**/*.cnn" }, { globPattern: "**/cnnc.config.json" }];
      await this.connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
    }
    if (workspace?.workspaceFolders) {
      this.connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => pathOf(uri)));
        const left = this.session.files.roots.filter((root) => !gone.has(root));
        this.session.files.roots = [...left, ...added.map(({ uri }) => pathOf(uri))];
        this.refresh();
      });
    }
    if (!workspace?.configuration) return;
    if (workspace.didChangeConfiguration?.dynamicRegistration) {
      await this.connection.client.register(DidChangeConfigurationNotification.type, { section: "cnnc" });
    }
    await this.readConfiguration();
  }

  private async readConfiguration(): Promise<void> {
    const settings: unknown = await this.connection.workspace.getConfiguration("cnnc");
    // An editor that has none says so, and has told its own when it started the server.
    this.session.configuration = configurationOf(settings ?? this.initialSettings);
    this.refresh();
  }

  /** Everything is looked at again. */
  private refresh(): void {
    this.session.workspace.forgetAll();
    this.publisher.all();
    const { workspace } = this.capabilities;
    if (workspace?.inlayHint?.refreshSupport) void this.connection.languages.inlayHint.refresh();
    if (workspace?.codeLens?.refreshSupport) void this.connection.sendRequest("workspace/codeLens/refresh");
    if (workspace?.diagnostics?.refreshSupport) void this.connection.languages.diagnostics.refresh();
  }

  private listenToDocuments(): void {
    const { connection, session, publisher } = this;
    connection.onDidOpenTextDocument(({ textDocument }) => {
      session.open(textDocument);
      publisher.soonWithDependents(textDocument.uri, pathOf(textDocument.uri));
    });
    connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
      session.change(uri, version, contentChanges);
      publisher.soonWithDependents(uri, pathOf(uri));
    });
    connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
      session.close(uri);
      publisher.forget(uri);
      publisher.all();
    });
    connection.onDidChangeWatchedFiles(({ changes }) => {
      for (const { uri } of changes) session.workspace.forget(pathOf(uri));
      if (changes.some(({ uri }) => uri.endsWith(".json"))) {
        session.lintConfigs.forgetAll();
        session.workspace.forgetAll();
      }
      publisher.all();
    });
    connection.onDidChangeConfiguration(({ settings }) => {
      if (this.capabilities.workspace?.configuration) {
        void this.readConfiguration();
        return;
      }
      session.configuration = configurationOf((settings as { cnnc?: unknown } | undefined)?.cnnc);
      this.refresh();
    });
  }

  private listenToRequests(): void {
    const { connection, answers, formatting, session } = this;
    const answered = <P extends object, R>(answer: (params: P) => R | Promise<R>) => this.answered(answer);
    connection.onHover(answered(({ textDocument, position }) => answers.hover(textDocument.uri, position)));
    connection.onCompletion(answered(({ textDocument, position }) => answers.completion(textDocument.uri, position)));
    connection.onSignatureHelp(answered(({ textDocument, position }) => answers.signature(textDocument.uri, position)));
    connection.onDefinition(answered(({ textDocument, position }) => answers.definition(textDocument.uri, position)));
    connection.onReferences(
      answered(({ textDocument, position, context }) =>
        answers.references(textDocument.uri, position, context.includeDeclaration),
      ),
    );
    connection.onDocumentHighlight(
      answered(({ textDocument, position }) => answers.highlights(textDocument.uri, position)),
    );
    connection.onPrepareRename(
      answered(({ textDocument, position }) => answers.prepareRename(textDocument.uri, position)),
    );
    connection.onRenameRequest(
      answered(({ textDocument, position, newName }) => {
        const result = answers.rename(textDocument.uri, position, newName);
        if (typeof result === "string") throw new ResponseError(LSPErrorCodes.RequestFailed, result);
        return result;
      }),
    );
    connection.onDocumentSymbol(answered(({ textDocument }) => answers.symbols(textDocument.uri)));
    connection.onWorkspaceSymbol(answered(({ query }) => answers.workspaceSymbols(query)));
    connection.onFoldingRanges(answered(({ textDocument }) => answers.folds(textDocument.uri)));
    connection.onSelectionRanges(
      answered(({ textDocument, positions }) => answers.selections(textDocument.uri, positions)),
    );
    connection.languages.semanticTokens.on(
      answered(({ textDocument }) => ({ data: answers.tokens(textDocument.uri) })),
    );
    connection.languages.semanticTokens.onRange(
      answered(({ textDocument, range }) => ({ data: answers.tokens(textDocument.uri, range) })),
    );
    connection.languages.inlayHint.on(answered(({ textDocument, range }) => answers.hints(textDocument.uri, range)));
    connection.onCodeLens(answered(({ textDocument }) => answers.lenses(textDocument.uri)));
    connection.onDocumentLinks(answered(({ textDocument }) => answers.links(textDocument.uri)));
    connection.onCodeAction(answered(({ textDocument, range }) => this.actions.at(textDocument.uri, range)));
    connection.languages.callHierarchy.onPrepare(
      answered(({ textDocument, position }) => answers.prepareCalls(textDocument.uri, position)),
    );
    connection.languages.callHierarchy.onIncomingCalls(answered(({ item }) => answers.incomingCalls(item)));
    connection.languages.callHierarchy.onOutgoingCalls(answered(({ item }) => answers.outgoingCalls(item)));
    connection.onRequest("cnnc/page", (params: PageRequest) => pageOf(session, params));
    connection.onDocumentFormatting(answered(({ textDocument }) => formatting.document(textDocument.uri)));
    connection.onDocumentRangeFormatting(
      answered(({ textDocument, range }) => formatting.range(textDocument.uri, range)),
    );
    connection.onDocumentOnTypeFormatting(
      answered(({ textDocument, position, ch }) => formatting.typed(textDocument.uri, position, ch)),
    );
    connection.languages.diagnostics.on(
      answered(({ textDocument }) => ({ kind: "full" as const, items: diagnosticsOf(session, textDocument.uri) })),
    );
  }

  /**
   * A handler that lets what is waiting come first: that the request is not wanted any more, and edits behind it, after which
   * its places are those of a text that is gone.
   */
  private answered<P extends object, R>(
    answer: (params: P) => R | Promise<R>,
  ): (params: P, token: CancellationToken) => Promise<R> {
    const versionOf = (params: P) => {
      const { textDocument } = params as { textDocument?: { uri: string } };
      return textDocument && this.session.documents.get(textDocument.uri)?.version;
    };
    return async (params, token) => {
      const version = versionOf(params);
      await new Promise((done) => setImmediate(done));
      if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, "not wanted any more");
      if (versionOf(params) !== version) throw new ResponseError(LSPErrorCodes.ContentModified, "the text has changed");
      return await answer(params);
    };
  }
}
