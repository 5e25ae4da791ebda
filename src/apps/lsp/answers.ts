/** What the service knows, in the protocol's terms: one function for each request. */
import {
  CompletionItemKind,
  DocumentHighlightKind,
  FoldingRangeKind,
  InlayHintKind,
  InsertTextFormat,
  MarkupKind,
  SymbolKind as ProtocolSymbol,
  type CallHierarchyIncomingCall,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  type CodeLens,
  type CompletionItem,
  type DocumentHighlight,
  type DocumentLink,
  type DocumentSymbol,
  type FoldingRange,
  type Hover,
  type InlayHint,
  type Location,
  type Position,
  type Range,
  type SelectionRange,
  type SignatureHelp,
  type WorkspaceEdit,
  type WorkspaceSymbol,
} from "vscode-languageserver/node";
import { resolve, dirname } from "node:path";
import {
  callsIn,
  callsOf,
  completionsAt,
  definitionAt,
  foldsOf,
  hintsOf,
  hoverAt,
  lensesOf,
  linksOf,
  occurrencesOf,
  outlineOf,
  referencesTo,
  renamableAt,
  renameEdits,
  selectionsAt,
  semanticTokens,
  signatureAt,
  spanOf,
  TOKEN_TYPES,
  unitAt,
  type Analysis,
  type Completion,
  type NamedSymbol,
  type OutlineItem,
} from "../../service/index.js";
import { pathOf, uriOf } from "./files.js";
import type { Session } from "./session.js";
import { workspaceEdit } from "./workspace-edit.js";

export class Answers {
  constructor(private readonly session: Session) {}

  /** What is known of a file, with a place in it. */
  private at(uri: string, position: Position): { analysis: Analysis; offset: number } | undefined {
    const analysis = this.session.analysis(uri);
    return analysis && { analysis, offset: this.session.positions.offset(analysis.source, position) };
  }

  hover(uri: string, position: Position): Hover | null {
    const place = this.at(uri, position);
    const found = place && hoverAt(place.analysis, place.offset);
    return found
      ? { contents: { kind: MarkupKind.Markdown, value: found.text }, range: this.session.range(found.span) }
      : null;
  }

  completion(uri: string, position: Position): CompletionItem[] {
    const place = this.at(uri, position);
    if (!place) return [];
    const files = this.session.files.usableFrom(pathOf(uri));
    return completionsAt(place.analysis, place.offset, { files, modules: ["std"] }).map(completionItem);
  }

  signature(uri: string, position: Position): SignatureHelp | null {
    const place = this.at(uri, position);
    const found = place && signatureAt(place.analysis, place.offset);
    if (!found) return null;
    const { label, documentation, parameters, active } = found;
    return {
      signatures: [
        {
          label,
          ...(documentation ? { documentation: { kind: MarkupKind.Markdown, value: documentation } } : {}),
          parameters: parameters.map(([start, end]) => ({ label: [start, end] })),
        },
      ],
      activeSignature: 0,
      activeParameter: active,
    };
  }

  definition(uri: string, position: Position): Location | null {
    const place = this.at(uri, position);
    const found = place && definitionAt(place.analysis, place.offset);
    return (found && this.session.location(found.declared)) ?? null;
  }

  references(uri: string, position: Position, withDeclaration: boolean): Location[] {
    const place = this.at(uri, position);
    const symbol = place && definitionAt(place.analysis, place.offset);
    if (!symbol) return [];
    return referencesTo(this.session.analyses(), symbol)
      .filter(({ isDeclaration }) => withDeclaration || !isDeclaration)
      .flatMap(({ span }) => this.session.location(span) ?? []);
  }

  highlights(uri: string, position: Position): DocumentHighlight[] {
    const place = this.at(uri, position);
    const symbol = place && definitionAt(place.analysis, place.offset);
    if (!symbol) return [];
    return occurrencesOf(place.analysis, symbol).map(({ span, isDeclaration }) => ({
      range: this.session.range(span),
      kind: isDeclaration ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
    }));
  }

  prepareRename(uri: string, position: Position): { range: Range; placeholder: string } | null {
    const place = this.at(uri, position);
    const found = place && renamableAt(place.analysis, place.offset);
    return found ? { range: this.session.range(found.span), placeholder: found.symbol.name } : null;
  }

  /** Errors: a text, where there is nothing to rename or the name cannot be had. */
  rename(uri: string, position: Position, name: string): WorkspaceEdit | string {
    const place = this.at(uri, position);
    const found = place && renamableAt(place.analysis, place.offset);
    if (!found) return "there is no name here that can be written in another way";
    const result = renameEdits(this.session.analyses(), found.symbol, name);
    return "problem" in result ? result.problem : workspaceEdit(this.session, result.edits);
  }

  symbols(uri: string): DocumentSymbol[] {
    const analysis = this.session.analysis(uri);
    return analysis ? outlineOf(analysis).map((item) => this.documentSymbol(item)) : [];
  }

  workspaceSymbols(query: string): WorkspaceSymbol[] {
    const wanted = query.toLowerCase();
    return [...this.session.analyses()].flatMap((analysis) =>
      outlineOf(analysis)
        .filter(({ name }) => isSubsequence(wanted, name.toLowerCase()))
        .flatMap(({ kind, name, nameSpan }): WorkspaceSymbol[] => {
          const location = this.session.location(nameSpan);
          return location ? [{ name, kind: OUTLINE_KINDS[kind], location }] : [];
        }),
    );
  }

  private documentSymbol({ kind, name, detail, span, nameSpan, children }: OutlineItem): DocumentSymbol {
    return {
      name,
      detail,
      kind: OUTLINE_KINDS[kind],
      range: this.session.range(span),
      selectionRange: this.session.range(nameSpan),
      children: children.map((child) => this.documentSymbol(child)),
    };
  }

  folds(uri: string): FoldingRange[] {
    const analysis = this.session.analysis(uri);
    if (!analysis) return [];
    const line = (offset: number) => analysis.source.position(offset).line - 1;
    return foldsOf(analysis).map(({ start, end, kind }) => ({
      startLine: line(start),
      endLine: line(end),
      ...(kind === "comment" ? { kind: FoldingRangeKind.Comment } : {}),
    }));
  }

  selections(uri: string, positions: readonly Position[]): SelectionRange[] {
    return positions.flatMap((position) => {
      const place = this.at(uri, position);
      if (!place) return [];
      const spans = selectionsAt(place.analysis, place.offset);
      const found = spans.reduceRight<SelectionRange | undefined>(
        (parent, span) => ({ range: this.session.range(span), ...(parent ? { parent } : {}) }),
        undefined,
      );
      return found ? [found] : [];
    });
  }

  /** Five numbers for each token, each place told from the one before it. */
  tokens(uri: string, range?: Range): number[] {
    const analysis = this.session.analysis(uri);
    if (!analysis) return [];
    const { source } = analysis;
    const { positions } = this.session;
    const [first, last] = range
      ? [positions.offset(source, range.start), positions.offset(source, range.end)]
      : [0, Infinity];
    const data: number[] = [];
    let before: Position = { line: 0, character: 0 };
    for (const { start, length, type, isDeclaration } of semanticTokens(analysis)) {
      if (start + length < first || start > last) continue;
      const [place, end] = [positions.at(source, start), positions.at(source, start + length)];
      if (end.line !== place.line) continue;
      const isSameLine = place.line === before.line;
      data.push(
        place.line - before.line,
        isSameLine ? place.character - before.character : place.character,
        end.character - place.character,
        TOKEN_TYPES.indexOf(type),
        isDeclaration ? 1 : 0,
      );
      before = place;
    }
    return data;
  }

  hints(uri: string, range: Range): InlayHint[] {
    const analysis = this.session.analysis(uri);
    if (!analysis || !this.session.configuration.hints) return [];
    const { positions } = this.session;
    const { source } = analysis;
    return hintsOf(analysis, this.session.offsets(source, range)).map(({ offset, text }) => ({
      position: positions.at(source, offset),
      label: text,
      kind: InlayHintKind.Type,
      paddingLeft: true,
    }));
  }

  lenses(uri: string): CodeLens[] {
    const analysis = this.session.analysis(uri);
    if (!analysis || !this.session.configuration.lenses) return [];
    return lensesOf(analysis).flatMap(({ net, span, text }) => {
      const range = this.session.range(span);
      const commands = [
        { title: text, command: "cnnc.report", arguments: [uri, net] },
        { title: "build ONNX", command: "cnnc.build", arguments: [uri, net, "onnx"] },
        { title: "report", command: "cnnc.report", arguments: [uri, net] },
      ];
      return commands.map((command) => ({ range, command }));
    });
  }

  links(uri: string): DocumentLink[] {
    const analysis = this.session.analysis(uri);
    if (!analysis) return [];
    return linksOf(analysis).flatMap(({ span, target }) => {
      const found = uriOf(resolve(dirname(pathOf(uri)), target));
      return found === undefined ? [] : [{ range: this.session.range(span), target: found }];
    });
  }

  prepareCalls(uri: string, position: Position): CallHierarchyItem[] {
    const place = this.at(uri, position);
    const unit = place && unitAt(place.analysis, place.offset);
    return unit ? this.callItem(unit) : [];
  }

  incomingCalls({ uri, selectionRange }: CallHierarchyItem): CallHierarchyIncomingCall[] {
    const unit = this.unitOf(uri, selectionRange);
    if (!unit) return [];
    return [...this.session.analyses()].flatMap((analysis) =>
      callsOf(analysis, unit).flatMap(({ symbol, places }) =>
        this.callItem(symbol).map((from) => ({ from, fromRanges: places.map((span) => this.session.range(span)) })),
      ),
    );
  }

  outgoingCalls({ uri, selectionRange }: CallHierarchyItem): CallHierarchyOutgoingCall[] {
    const unit = this.unitOf(uri, selectionRange);
    const analysis = this.session.analysis(uri);
    if (!unit || !analysis) return [];
    return callsIn(analysis, unit).flatMap(({ symbol, places }) =>
      this.callItem(symbol).map((to) => ({ to, fromRanges: places.map((span) => this.session.range(span)) })),
    );
  }

  private unitOf(uri: string, { start }: Range): NamedSymbol | undefined {
    const place = this.at(uri, start);
    return place && unitAt(place.analysis, place.offset);
  }

  /** None for what is shipped, which lies in no file. */
  private callItem(symbol: NamedSymbol): CallHierarchyItem[] {
    const location = this.session.location(symbol.declared);
    const span = spanOf(symbol);
    if (!location || !span) return [];
    const kind = symbol.kind === "net" ? ProtocolSymbol.Class : ProtocolSymbol.Struct;
    const range = this.session.range(span);
    return [{ name: symbol.name, kind, uri: location.uri, range, selectionRange: location.range }];
  }
}

/** Whether the letters of one text stand in another in their order. */
function isSubsequence(wanted: string, text: string): boolean {
  let found = 0;
  for (const letter of text) if (letter === wanted[found]) found++;
  return found === wanted.length;
}

const OUTLINE_KINDS: Record<OutlineItem["kind"], ProtocolSymbol> = {
  net: ProtocolSymbol.Class,
  block: ProtocolSymbol.Struct,
  function: ProtocolSymbol.Function,
  variable: ProtocolSymbol.Variable,
  label: ProtocolSymbol.Field,
  output: ProtocolSymbol.Event,
};

const COMPLETION_KINDS: Record<Completion["kind"], CompletionItemKind> = {
  net: CompletionItemKind.Class,
  block: CompletionItemKind.Struct,
  function: CompletionItemKind.Function,
  variable: CompletionItemKind.Variable,
  parameter: CompletionItemKind.TypeParameter,
  counter: CompletionItemKind.Variable,
  label: CompletionItemKind.Reference,
  layer: CompletionItemKind.Constructor,
  attribute: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  keyword: CompletionItemKind.Keyword,
  member: CompletionItemKind.Field,
  file: CompletionItemKind.File,
  module: CompletionItemKind.Module,
};

function completionItem({ label, kind, detail, documentation, snippet }: Completion): CompletionItem {
  return {
    label,
    kind: COMPLETION_KINDS[kind],
    detail,
    ...(documentation ? { documentation: { kind: MarkupKind.Markdown, value: documentation } } : {}),
    ...(snippet === undefined ? {} : { insertText: snippet, insertTextFormat: InsertTextFormat.Snippet }),
  };
}
