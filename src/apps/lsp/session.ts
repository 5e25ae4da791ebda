/** What all requests share: the documents, what is known of them, and how places are counted. */
import type { Location, Range } from "vscode-languageserver/node";
import { sep } from "node:path";
import { lintProgram, type Diagnostic, type SourceText, type Span } from "../../index.js";
import { Workspace, type Analysis } from "../../service/index.js";
import { usualConfiguration, type Configuration } from "./configuration.js";
import { changedText, Documents, type OpenDocument } from "./documents.js";
import { Files, pathOf, uriOf } from "./files.js";
import { LintConfigs } from "./lint-config.js";
import { Positions } from "./positions.js";
import type { TextDocumentContentChangeEvent, TextDocumentItem } from "vscode-languageserver/node";

export class Session {
  readonly files = new Files();
  readonly documents = new Documents();
  readonly workspace = new Workspace(this.files);
  readonly lintConfigs: LintConfigs;
  positions = new Positions();
  private readonly linted = new WeakMap<Analysis, readonly Diagnostic[]>();
  private settings = usualConfiguration;
  private readonly times = new Map<string, number>();
  private readonly timed = new WeakSet<Analysis>();

  /** `tell` hears what is wrong with configurations. */
  constructor(tell: (problem: string) => void) {
    this.lintConfigs = new LintConfigs(tell);
  }

  get configuration(): Configuration {
    return this.settings;
  }

  set configuration(settings: Configuration) {
    this.settings = settings;
    this.workspace.limits = settings.limits;
    this.workspace.forgetAll();
  }

  open({ uri, version, text }: TextDocumentItem): void {
    this.put({ uri, version, text, path: pathOf(uri) });
  }

  change(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): void {
    const before = this.documents.get(uri);
    if (before) this.put({ ...before, version, text: changedText(before.text, changes, this.positions) });
  }

  close(uri: string): void {
    const document = this.documents.delete(uri);
    if (!document) return;
    this.workspace.close(document.path);
    this.times.delete(document.path);
  }

  private put(document: OpenDocument): void {
    this.documents.set(document);
    this.workspace.set(document.path, document.text);
  }

  analysis(uri: string): Analysis | undefined {
    const path = pathOf(uri);
    const start = performance.now();
    const analysis = this.workspace.analysis(path);
    if (analysis && !this.timed.has(analysis)) {
      this.timed.add(analysis);
      this.times.set(path, performance.now() - start);
    }
    return analysis;
  }

  /** Milliseconds that it took to read a file the last time. */
  timeOf(uri: string): number {
    return this.times.get(pathOf(uri)) ?? 0;
  }

  /** All that there is to tell of a file, with what the linter says where nothing is wrong. */
  lint(analysis: Analysis): readonly Diagnostic[] {
    const known = this.linted.get(analysis);
    if (known) return known;
    if (this.isIgnored(analysis.source.path)) return analysis.diagnostics;
    const { rules } = this.settings;
    const config = this.lintConfigs.configFor(analysis.source.path, this.files.roots);
    const found = lintProgram(analysis, { ...config, rules: { ...rules, ...config.rules } });
    this.linted.set(analysis, found);
    return found;
  }

  /** Whether a configuration says that a file is to be passed over: by the linter and by the formatter. */
  isIgnored(path: string): boolean {
    const { ignore = [] } = this.lintConfigs.configFor(path, this.files.roots);
    return ignore.some((entry) => path === entry || path.startsWith(entry + sep));
  }

  /** What is known of the programs of the workspace, of those that are open first. */
  *analyses(): Generator<Analysis> {
    const paths = new Set([...this.workspace.openPaths, ...this.files.programs()]);
    for (const path of paths) {
      const analysis = this.workspace.analysis(path);
      if (analysis) yield analysis;
    }
  }

  range(span: Span): Range {
    return this.positions.range(span);
  }

  /** Undefined for a place in what is shipped. */
  location(span: Span): Location | undefined {
    const uri = uriOf(span.source.path);
    return uri === undefined ? undefined : { uri, range: this.range(span) };
  }

  /** The offsets of a range of a text. */
  offsets(source: SourceText, { start, end }: Range): { start: number; end: number } {
    return { start: this.positions.offset(source, start), end: this.positions.offset(source, end) };
  }

  /** The range of offsets of a text. */
  rangeOf(source: SourceText, start: number, end: number): Range {
    return this.range({ source, start, end });
  }
}
