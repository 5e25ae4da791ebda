/** Files: what each declares and what it takes from others with `use`. */
import { diagnose, hasErrors } from "../base/diagnostics.js";
import { closest } from "../base/suggest.js";
import { SourceText, type Span } from "../base/source.js";
import { operatorOf } from "../ops/registry.js";
import type * as ast from "../syntax/ast.js";
import { parse, type ParseResult } from "../syntax/parse.js";
import { fileTooLarge } from "../syntax/diagnostics.js";
import { groupDigits } from "../base/integers.js";
import {
  duplicateName,
  fileNotFound,
  importCycle,
  lowerCaseUnit,
  nameInTwoFiles,
  nameOfLayer,
  tooManyFiles,
  unknownModule,
  upperCaseName,
} from "./diagnostics.js";
import { checkNames } from "./check-names.js";
import { extendDefaults } from "./extend-defaults.js";
import type { LayerMemo } from "./layer-memo.js";
import { declareVariable } from "./declare-variable.js";
import type { Report, Work } from "./place.js";
import { renameEdits } from "./rename.js";
import { NO_DEFAULTS, type Defaults, type Limits } from "./state.js";
import { isCapitalised, Scope } from "./values.js";

/** A block or net with what holds where it stands. */
export interface Declared {
  readonly declaration: ast.NetDeclaration | ast.BlockDeclaration;
  readonly module: Module;
  /** `default` lines of the file that stand before it. */
  defaults: Defaults;
  /** Set where it calls itself, which was told. */
  isCyclic?: boolean;
  /** Whether anything has called it. */
  isUsed?: boolean;
}

export interface DeclaredFunction {
  readonly declaration: ast.FunctionDeclaration;
  readonly module: Module;
  isCyclic?: boolean;
}

/** A file that is read. */
export class Module {
  /** Blocks and nets, also those of the files that it uses. */
  readonly units = new Map<string, Declared>();
  readonly functions = new Map<string, DeclaredFunction>();
  /** Its `let` lines. */
  readonly scope = new Scope(this);
  /** Whether a file that it uses could not be read, so that names that are not known may be of that. */
  isIncomplete = false;

  constructor(
    readonly program: ast.Program,
    private readonly library: Library,
  ) {}

  private readonly names: { size: number; capitalised: readonly string[] } = { size: 0, capitalised: [] };

  /** The names of blocks and nets that begin with a capital. The list stays the same as long as there are no more. */
  get capitalised(): readonly string[] {
    const { names, units } = this;
    if (names.size !== units.size) {
      names.size = units.size;
      names.capitalised = [...units.keys()].filter(isCapitalised);
    }
    return names.capitalised;
  }

  /** Whether a name that stands for nothing needs no message: it is told that it is declared in another case. */
  isTold(name: string): boolean {
    const other = otherCase(name);
    return this.isIncomplete || this.units.has(other) || this.functions.has(other) || this.functions.has(name);
  }

  /** The shipped module that declares a name. */
  shippedIn(name: string): string | undefined {
    const declares = new RegExp(`^(?:block|net|fn) ${name}\\b`, "m");
    return [...this.library].find(([, files]) => files.some(({ text }) => declares.test(text)))?.[0];
  }

  get source(): SourceText {
    return this.program.source;
  }
}

/** `Unit` and `unit`. */
function otherCase(name: string): string {
  const first = name[0] ?? "";
  return (/[a-z]/.test(first) ? first.toUpperCase() : first.toLowerCase()) + name.slice(1);
}

/** What a `use` leads to: a text under a name that tells it from others, or why there is none. */
export type Resolved = { readonly path: string; readonly text: string } | { readonly problem: string };

/** Finds what a file uses. `from` is the path of the file that has the `use`. Nothing is read where there is none. */
export type Resolver = (from: string, target: string) => Resolved;

/** The shipped modules: each name with its files. */
export type Library = ReadonlyMap<string, readonly { readonly path: string; readonly text: string }[]>;

/** Reads a file that is used. */
export type ParseFile = (path: string, text: string) => ParseResult;

export interface ModuleContext {
  readonly resolve: Resolver;
  readonly library: Library;
  readonly limits: Limits;
  readonly work: Work;
  readonly parseFile?: ParseFile;
  readonly memo?: LayerMemo;
  report: Report;
}

/** Reads the files of a program, each once. */
export class ModuleLoader {
  private readonly loaded = new Map<string, Module>();
  private readonly open: string[] = [];
  /** Whether a used file could not be read in full. */
  foundUnreadable = false;
  /** The files that each `use` line brings. */
  readonly uses = new Map<ast.UseDeclaration, readonly ast.Program[]>();

  constructor(private readonly context: ModuleContext) {}

  /** The module of a program that is parsed already. */
  load(program: ast.Program): Module {
    const { source } = program;
    const module = new Module(program, this.context.library);
    this.loaded.set(source.path, module);
    this.open.push(source.path);
    this.declareAll(module);
    this.useAll(module);
    this.open.pop();
    this.settle(module);
    return module;
  }

  private declareAll(module: Module): void {
    for (const item of module.program.items) {
      if (item.kind === "function") this.declareFunction(module, item);
      if (item.kind === "block") this.checkBlockName(module.program, item.name);
      if (item.kind === "net" || item.kind === "block" || item.kind === "function")
        checkNames(item).forEach(this.context.report);
      if (item.kind === "net" || item.kind === "block") this.declareUnit(module, item);
    }
  }

  private declareUnit(module: Module, declaration: Declared["declaration"]): void {
    const { text, span } = declaration.name;
    const before = module.units.get(text);
    if (before) {
      const related = [{ span: before.declaration.name.span, text: "the first one" }];
      const kinds = before.declaration.kind === declaration.kind ? `${declaration.kind}s` : "a net and a block";
      this.context.report(diagnose(duplicateName, span, { name: text, kinds }, { related }));
    } else {
      module.units.set(text, { declaration, module, defaults: NO_DEFAULTS });
    }
  }

  private declareFunction(module: Module, declaration: ast.FunctionDeclaration): void {
    const { text, span } = declaration.name;
    const before = module.functions.get(text);
    if (before) {
      const related = [{ span: before.declaration.name.span, text: "the first one" }];
      this.context.report(diagnose(duplicateName, span, { name: text, kinds: "functions" }, { related }));
      return;
    }
    if (/^[A-Z]/.test(text)) {
      const written = otherCase(text);
      const fixes = [{ title: `write ${written}`, edits: renameEdits(module.program, span, written) }];
      this.context.report(diagnose(upperCaseName, span, { what: "functions", name: text, written }, { fixes }));
    }
    module.functions.set(text, { declaration, module });
  }

  /** A block is used as a capitalised word, and cannot be told from a layer of the same name. */
  private checkBlockName(program: ast.Program, { text, span }: ast.Identifier): void {
    if (operatorOf(text)) {
      this.context.report(diagnose(nameOfLayer, span, { name: text }));
    } else if (!/^[A-Z]/.test(text)) {
      const written = otherCase(text);
      const fixes = [{ title: `write ${written}`, edits: renameEdits(program, span, written) }];
      this.context.report(diagnose(lowerCaseUnit, span, { what: "blocks", name: text, written }, { fixes }));
    }
  }

  private useAll(module: Module): void {
    for (const item of module.program.items) {
      if (item.kind !== "use") continue;
      const isKnown = !item.isUnreadable;
      const found = !isKnown ? [] : item.isPath ? this.usePath(module, item) : this.useLibrary(item);
      if (found.length === 0) module.isIncomplete = true;
      this.uses.set(
        item,
        found.map(({ program }) => program),
      );
      for (const used of found) {
        this.take(module, used, item);
        module.isIncomplete ||= used.isIncomplete;
      }
    }
  }

  private usePath(module: Module, { target, targetSpan }: ast.UseDeclaration): Module[] {
    const { limits, resolve, report } = this.context;
    const resolved = resolve(module.source.path, target);
    if ("problem" in resolved) {
      // `use "std"`: what is shipped has no quotes.
      const isShipped = this.context.library.has(target);
      const edits = [{ span: targetSpan, text: target }];
      const fixes = isShipped ? [{ title: `what is shipped has no quotes: use ${target}`, edits }] : [];
      report(diagnose(fileNotFound, targetSpan, { target, problem: resolved.problem }, { fixes }));
      return [];
    }
    return this.loadText(resolved.path, resolved.text, targetSpan, limits.importDepth);
  }

  private useLibrary({ target, targetSpan }: ast.UseDeclaration): Module[] {
    const { library, report, limits } = this.context;
    const files = library.get(target);
    if (!files) {
      const suggestion = closest(target, library.keys());
      const known = [...library.keys()];
      const fixes = suggestion
        ? [{ title: `write ${suggestion}`, edits: [{ span: targetSpan, text: suggestion }] }]
        : [
            {
              title: `a file is written in quotes: "./${target}.cnn"`,
              edits: [{ span: targetSpan, text: `"./${target}.cnn"` }],
            },
          ];
      report(diagnose(unknownModule, targetSpan, { name: target, known }, { fixes }));
      return [];
    }
    return files.flatMap(({ path, text }) => this.loadText(path, text, targetSpan, limits.importDepth));
  }

  private loadText(path: string, text: string, span: Span, deepest: number): Module[] {
    const { report, limits } = this.context;
    const known = this.loaded.get(path);
    if (this.open.includes(path)) {
      const cycle = [...this.open.slice(this.open.indexOf(path)), path];
      report(diagnose(importCycle, span, { cycle }));
      return [];
    }
    if (known) return [known];
    if (this.open.length > deepest) {
      report(diagnose(tooManyFiles, span, { limit: deepest }));
      return [];
    }
    if (text.length > limits.fileSize) {
      const args = { file: path, size: groupDigits(text.length), limit: groupDigits(limits.fileSize) };
      report(diagnose(fileTooLarge, span, args));
      return [];
    }
    const { parseFile = (file, written) => parse(new SourceText(file, written)) } = this.context;
    const { program, diagnostics } = parseFile(path, text);
    diagnostics.forEach(report);
    this.foundUnreadable ||= hasErrors(diagnostics);
    return [this.load(program)];
  }

  /** Brings the declarations of a used file in, also those that it uses itself. */
  private take(module: Module, used: Module, item: ast.UseDeclaration): void {
    for (const [name, declared] of used.units) {
      const before = module.units.get(name);
      // What a file declares itself goes before what is shipped, which may grow.
      if (before === declared || (before && !item.isPath)) continue;
      if (before) this.conflict(name, before.declaration.name.span, declared.declaration.name.span, item);
      else module.units.set(name, declared);
    }
    for (const [name, declared] of used.functions) {
      const before = module.functions.get(name);
      if (before === declared || (before && !item.isPath)) continue;
      if (before) this.conflict(name, before.declaration.name.span, declared.declaration.name.span, item);
      else module.functions.set(name, declared);
    }
  }

  private conflict(name: string, first: Span, second: Span, item: ast.UseDeclaration): void {
    const args = { name, first: first.source.path, second: second.source.path };
    const related = [
      { span: first, text: "here" },
      { span: second, text: "and here" },
    ];
    this.context.report(diagnose(nameInTwoFiles, item.targetSpan, args, { related }));
  }

  /** `let` and `default` lines, in order. */
  private settle(module: Module): void {
    const { report, work } = this.context;
    const place = { scope: module.scope, report, work };
    let defaults = NO_DEFAULTS;
    let sawChain = false;
    for (const item of module.program.items) {
      sawChain ||= item.kind === "element";
      if (item.kind === "let") {
        // Behind the first layer of a chain outside of nets it belongs to that chain.
        if (sawChain) continue;
        declareVariable(item, module.scope, place);
      } else if (item.kind === "default") {
        defaults = extendDefaults(defaults, item, module.scope, report, this.context.memo);
      } else if (item.kind === "net" || item.kind === "block") {
        const declared = module.units.get(item.name.text);
        if (declared?.declaration === item) declared.defaults = defaults;
      }
    }
  }
}
