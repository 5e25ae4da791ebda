/** A whole program: its files, its nets collected, families told from models, `but` resolved, each net elaborated. */
import { diagnose, type Diagnostic } from "../base/diagnostics.js";
import { closest } from "../base/suggest.js";
import { textOf, type Span } from "../base/source.js";
import type { Network, Node, Step } from "../ir/network.js";
import type * as ast from "../syntax/ast.js";
import { emptyProgram } from "../syntax/diagnostics.js";
import { bindArguments } from "./bind-arguments.js";
import type { NetChange } from "./changes.js";
import { checkPlaces } from "./check-places.js";
import { findCycles } from "./cycles.js";
import {
  netCycle,
  netIsBlock,
  tooDeepBlocks,
  tooDeepNesting,
  tooManyBases,
  tooMuchWork,
  unknownNet,
} from "./diagnostics.js";
import { elaborateNet } from "./elaborate.js";
import { evaluate } from "./evaluate.js";
import { LayerMemo } from "./layer-memo.js";
import type { Memory } from "./memory.js";
import { ModuleLoader, type Declared, type Library, type Module, type ParseFile, type Resolver } from "./modules.js";
import { oncePerName } from "./once-per-name.js";
import type { NetRequest, NetResult, Observation, Observer } from "./net-request.js";
import { MOST_NAMED, type Place, type Work } from "./place.js";
import { defaultLimits, NO_DEFAULTS, type Limits } from "./state.js";
import { Tapes } from "./tapes.js";
import { Scope, UNKNOWN, type GivenArgument, type Value } from "./values.js";

export interface ElaborateResult {
  /** The nets of the file that have no errors and no open parameters, in the order of the text. */
  networks: Network[];
  /** The inputs of the nets that have errors. */
  inputsOfOthers: readonly Node[];
  /** Names of all nets that are models, also those with errors. */
  names: string[];
  diagnostics: Diagnostic[];
  /** Whether a file that is used could not be read in full: what follows from that is not told. */
  isBroken: boolean;
  /**
   * A net of the result once more, with letters for the sides of its inputs, so that what is computed from them can be read.
   * Undefined where a layer needs numbers.
   */
  open(name: string): Network | undefined;
  /** The files that each `use` line brings. */
  uses: ReadonlyMap<ast.UseDeclaration, readonly ast.Program[]>;
}

export interface ElaborateOptions {
  limits?: Limits;
  /** Finds the files that are used; without it there are none. */
  resolve?: Resolver;
  /** What `use std` brings. */
  library?: Library;
  /** Is told of every link of a chain, each time that it is walked. */
  observe?: Observer;
  /** What is known from before. */
  memory?: Memory;
  /** Reads a file that is used; by default it is parsed. */
  parseFile?: ParseFile;
  /** Every call and round is walked, also where an equal one was walked before: what that saves has to give the same. */
  walksAll?: boolean;
}

/** Elaborates every net of a program. Never throws for a mistake in it. */
export function elaborate(program: ast.Program, options: ElaborateOptions = {}): ElaborateResult {
  return new ProgramElaborator(program, options).run();
}

/** What calls that lead too far are told with: once, however many blocks lead there. */
const LIMITS_OF_CALLS = new Set([tooDeepBlocks.code, tooDeepNesting.code, tooMuchWork.code]);

const NO_CALLS: readonly Step[] = [];

/** Steps from a net to the one that has a body. */
const MOST_BASES = 32;

class ProgramElaborator {
  private readonly diagnostics: Diagnostic[] = [];
  private readonly reported = new Set<string>();
  /** Nets that are told to be made from themselves. */
  private readonly cyclic = new Set<string>();
  private readonly results = new Map<string, NetResult>();
  private readonly limits: Limits;
  private readonly work: Work;
  private readonly module: Module;
  private readonly isBroken: boolean;
  private readonly uses: ReadonlyMap<ast.UseDeclaration, readonly ast.Program[]>;
  private readonly observe: Observer | undefined;
  private readonly isObserved: boolean;
  private readonly tapes: Tapes | undefined;
  private readonly layers: LayerMemo | undefined;
  private readonly memory: Memory | undefined;
  /** What is told while something is elaborated that is to be remembered. */
  private recorded: { reported: Diagnostic[]; observations: Observation[] } | undefined;
  /** `assert` and `train` beside the nets. */
  private shared: readonly ast.Item[] = [];

  constructor(
    private readonly program: ast.Program,
    { limits = defaultLimits, resolve, library = new Map(), observe, memory, parseFile, walksAll }: ElaborateOptions,
  ) {
    this.limits = limits;
    if (!walksAll) {
      this.tapes = memory?.tapes ?? new Tapes();
      this.layers = memory?.layers ?? new LayerMemo();
    }
    this.work = { steps: 0, limit: limits.calls, told: false, depth: 0, calls: 0, deepest: limits.blockDepth };
    const nothing: Resolver = () => ({ problem: "no files can be read here" });
    const loader = new ModuleLoader({
      resolve: resolve ?? nothing,
      library,
      limits,
      work: this.work,
      report: this.report,
      parseFile,
      memo: this.layers,
    });
    this.module = loader.load(program);
    this.isBroken = loader.foundUnreadable;
    this.uses = loader.uses;
    this.memory = memory;
    this.isObserved = observe !== undefined;
    this.observe =
      (observe ?? memory) &&
      ((observation) => {
        this.recorded?.observations.push(observation);
        observe?.(observation);
      });
    this.collectLoose();
  }

  run(): ElaborateResult {
    checkPlaces(this.program).forEach(this.report);
    findCycles(this.module).forEach(this.report);
    const nets = this.ownNets();
    const models = nets.filter(({ declaration }) => isModel(declaration));
    if (this.module.units.size === 0 && this.module.functions.size === 0 && !this.hasDeclarations()) {
      const { source } = this.program;
      this.report(diagnose(emptyProgram, { source, start: 0, end: 0 }, { file: source.path }));
    }
    for (const { declaration } of nets)
      if (!isModel(declaration))
        this.remembered(`family ${declaration.name.text}`, () => this.readFamily(declaration.name.text));
    const results = models.map(({ declaration }) => this.resultOf(declaration.name.text, []));
    const networks = results.flatMap((result) => result?.network ?? []);
    const inputsOfOthers = results.flatMap((result) => result?.inputs ?? []);
    for (const declared of this.ownUnits()) {
      const { declaration, isUsed } = declared;
      if (declaration.kind === "block" && !isUsed)
        this.remembered(`block ${declaration.name.text}`, () => this.readBlock(declared));
    }
    const names = models.map(({ declaration }) => declaration.name.text);
    const diagnostics = oncePerName(this.diagnostics, this.program);
    const { isBroken, uses } = this;
    return { networks, inputsOfOthers, names, diagnostics, isBroken, open: (name) => this.open(name), uses };
  }

  private report = (diagnostic: Diagnostic): void => {
    this.recorded?.reported.push(diagnostic);
    // Nets that share blocks share lines: what is wrong with them is told once.
    const { source, start, end } = diagnostic.span;
    const isLimit = LIMITS_OF_CALLS.has(diagnostic.code);
    const key = isLimit ? diagnostic.code : `${diagnostic.code}:${source.path}:${start}:${end}`;
    if (this.reported.has(key)) return;
    this.reported.add(key);
    this.diagnostics.push(diagnostic);
  };

  private own: readonly Declared[] | undefined;

  /** Blocks and nets of this file itself, once all are declared. */
  private ownUnits(): readonly Declared[] {
    return (this.own ??= [...this.module.units.values()].filter(({ module }) => module === this.module));
  }

  private ownNets(): (Declared & { declaration: ast.NetDeclaration })[] {
    return this.ownUnits().filter(
      (declared): declared is Declared & { declaration: ast.NetDeclaration } => declared.declaration.kind === "net",
    );
  }

  /** A file of blocks or functions alone, or one that only takes others in, is a library. */
  private hasDeclarations(): boolean {
    return this.program.items.some(
      ({ kind }) => kind === "block" || kind === "net" || kind === "use" || kind === "let",
    );
  }

  /** The chain outside of nets is a net named after the file; without one, `assert` and `train` hold for all nets. */
  private collectLoose(): void {
    const chain = ["element", "total", "output"];
    const elements = this.program.items.filter(({ kind }) => chain.includes(kind));
    const [first] = elements;
    if (!first) {
      this.shared = this.program.items.filter(({ kind }) => kind === "assert" || kind === "train");
      return;
    }
    const last = elements.at(-1)!;
    const span: Span = { source: first.span.source, start: first.span.start, end: last.span.end };
    const name = { text: netNameOf(this.program.source.path), span };
    // The chain reads the default lines itself, each in its place.
    const body = this.program.items.filter(({ kind }) =>
      [...chain, "default", "assert", "train", "let"].includes(kind),
    );
    const declaration: ast.NetDeclaration = { kind: "net", name, parameters: [], body, span };
    if (!this.module.units.has(name.text)) {
      this.module.units.set(name.text, { declaration, module: this.module, defaults: NO_DEFAULTS });
    }
  }

  /** What `run` gives and tells, from memory where nothing that it depends on has changed. */
  private remembered<T>(key: string, run: () => T): T {
    if (!this.memory) return run();
    const known = this.memory.recall(key);
    if (known) {
      known.reported.forEach(this.report);
      for (const name of known.used) this.module.units.get(name)!.isUsed = true;
      if (this.isObserved) for (const observation of known.observations) this.observe?.(observation);
      this.work.steps += known.steps;
      return known.value as T;
    }
    const units = this.ownUnits();
    const before = units.filter(({ isUsed }) => isUsed);
    for (const declared of before) declared.isUsed = false;
    const steps = this.work.steps;
    this.recorded = { reported: [], observations: [] };
    const value = run();
    const used = units.filter(({ isUsed }) => isUsed).map(({ declaration }) => declaration.name.text);
    this.memory.keep(key, { value, used, steps: this.work.steps - steps, ...this.recorded });
    this.recorded = undefined;
    for (const declared of before) declared.isUsed = true;
    return value;
  }

  private elaborated(request: NetRequest): NetResult {
    const { observe, tapes, layers } = this;
    return elaborateNet({ ...request, observe, tapes, layers }, this.limits, this.work);
  }

  /** Tells what is wrong with a family whatever its arguments are: its open parameters have no value, and no mistakes. */
  private readFamily(name: string): void {
    const declared = this.module.units.get(name)!;
    const { declaration, defaults } = declared;
    if (declaration.isUnreadable) return;
    const scope = this.openScope(declared);
    if (!declaration.body && declaration.kind === "net") {
      // Its base has to exist and to take what it is given.
      const { base } = declaration;
      if (base && this.baseOf(base.name, name)) this.requestFor(base.name.text, base, [name], scope);
      return;
    }
    const span = declaration.name.span;
    const items = declaration.body ?? [];
    const request = { name, span, items, scope, defaults, changes: [], trail: NO_CALLS };
    const result = this.elaborated(request);
    result.diagnostics.filter(({ severity }) => severity === "error").forEach(this.report);
  }

  /** The same for a block that nothing calls. */
  private readBlock(declared: Declared): void {
    const { declaration, defaults } = declared;
    if (declaration.isUnreadable) return;
    const { name } = declaration;
    const scope = this.openScope(declared);
    const items = declaration.body ?? [];
    const request: NetRequest = {
      name: name.text,
      span: name.span,
      items,
      scope,
      defaults,
      changes: [],
      trail: NO_CALLS,
      isBlock: true,
    };
    const result = this.elaborated(request);
    result.diagnostics.filter(({ severity }) => severity === "error").forEach(this.report);
  }

  /** The parameters of a unit without values; defaults that are wrong are told. */
  private openScope({ declaration, module }: Declared): Scope {
    const scope = new Scope(module, module.scope);
    const place = this.placeIn(scope);
    for (const parameter of declaration.parameters) {
      if (parameter.default) evaluate(parameter.default, place, `the parameter ${parameter.name.text}`);
      scope.set(parameter.kind === "label" ? `@${parameter.name.text}` : parameter.name.text, UNKNOWN);
    }
    return scope;
  }

  private placeIn(scope: Scope): Place {
    return { scope, report: this.report, work: this.work };
  }

  private resultOf(name: string, path: readonly string[]): NetResult | undefined {
    const known = this.results.get(name);
    if (known) return known;
    const result = this.remembered(`net ${name}`, () => {
      const request = this.requestFor(name, undefined, path);
      if (!request) return undefined;
      const found = this.elaborated(request);
      found.diagnostics.forEach(this.report);
      return found;
    });
    if (result) this.results.set(name, result);
    return result;
  }

  private open(name: string): Network | undefined {
    const known = this.results.get(name);
    const request = known && this.requestFor(name, undefined, []);
    if (!request) return undefined;
    // Annotations are about the sizes that are written; what they supplied stays.
    const opened = { ...request, hasOpenInputs: true, inherited: known.filled };
    return elaborateNet(opened, this.limits, this.work).network;
  }

  /** What to elaborate for a net: its own body, or that of the net it is made from with the changes on top. */
  private requestFor(
    name: string,
    use: ast.Reference | undefined,
    path: readonly string[],
    outer: Scope = this.module.scope,
  ): NetRequest | undefined {
    const { declaration, defaults, module } = this.module.units.get(name)!;
    if (declaration.kind !== "net" || declaration.isUnreadable) return undefined;
    const scope = this.bind(declaration, module, use, outer);
    if (!scope) return undefined;
    if (declaration.body) {
      return {
        name,
        documentation: declaration.documentation,
        span: declaration.name.span,
        items: declaration.body,
        scope,
        defaults,
        changes: [],
        trail: NO_CALLS,
        shared: this.shared,
      };
    }
    const { base } = declaration;
    if (!base || !this.baseOf(base.name, name)) return undefined;
    const baseName = base.name.text;
    const cycle = [...path, name];
    if (cycle.length > MOST_BASES) {
      this.report(diagnose(tooManyBases, base.name.span, { limit: MOST_BASES }));
      return undefined;
    }
    if (cycle.includes(baseName)) {
      const members = cycle.slice(cycle.indexOf(baseName));
      if (!members.some((member) => this.cyclic.has(member))) {
        this.report(diagnose(netCycle, base.name.span, { cycle: [...members, baseName] }));
      }
      members.forEach((member) => this.cyclic.add(member));
      return undefined;
    }
    const request = this.requestFor(baseName, base, cycle, scope);
    if (!request) return undefined;
    const level = 1 + Math.max(-1, ...request.changes.map((change) => change.level));
    const changes = (declaration.changes ?? []).map((change): NetChange => ({ change, scope, defaults, level }));
    const step: Step = {
      text: `${name} = ${textOf(base.span)}${changes.length > 0 ? " but { ... }" : ""}`,
      span: declaration.name.span,
    };
    const changed: NetRequest = {
      ...request,
      name,
      span: declaration.name.span,
      documentation: declaration.documentation ?? request.documentation,
    };
    if (changes.length === 0 && request.changes.length === 0) return { ...changed, trail: [step, ...request.trail] };
    // What annotations supply is decided by the net as it stands without the changes.
    const before = this.elaborated(request);
    before.diagnostics.forEach(this.report);
    return {
      ...changed,
      changes: [...request.changes, ...changes],
      trail: [step, ...request.trail],
      inherited: before.filled,
      baseName,
    };
  }

  /** Whether the net that another is made from exists. */
  private baseOf(name: ast.Identifier, user: string): boolean {
    const found = this.module.units.get(name.text);
    if (found?.declaration.kind === "net") return true;
    if (found) this.report(diagnose(netIsBlock, name.span, { name: name.text }));
    else if (!this.module.isTold(name.text)) this.reportUnknownNet(name, user);
    return false;
  }

  /** The parameters of a net with the values it is used with, evaluated in `outer`. */
  private bind(
    declaration: ast.NetDeclaration,
    module: Module,
    use: ast.Reference | undefined,
    outer: Scope,
  ): Scope | undefined {
    const { parameters, name } = declaration;
    const place = this.placeIn(outer);
    const given = (use?.arguments ?? []).map(({ name: argument, value, span }): GivenArgument | undefined => {
      const found = evaluate(value, place, `an argument of ${name.text}`);
      return found === undefined ? undefined : { name: argument, value: found, span };
    });
    if (given.includes(undefined)) return undefined;
    const scope = new Scope(module, module.scope);
    const inside = this.placeIn(scope);
    const evaluateDefault = (value: ast.Expression, what: string): Value | undefined => evaluate(value, inside, what);
    const callee = { name: name.text, parameters };
    const span = use?.span ?? name.span;
    const bound = bindArguments(callee, given as GivenArgument[], span, scope, this.report, evaluateDefault);
    return bound ? scope : undefined;
  }

  private reportUnknownNet(name: ast.Identifier, user: string): void {
    const names = [...this.module.units.values()]
      .filter(({ declaration }) => declaration.kind === "net" && declaration.name.text !== user)
      .map(({ declaration }) => declaration.name.text);
    const known = names.slice(0, MOST_NAMED);
    const suggestion = closest(name.text, names);
    const fixes = suggestion
      ? [{ title: `did you mean ${suggestion}?`, edits: [{ span: name.span, text: suggestion }] }]
      : [];
    this.report(diagnose(unknownNet, name.span, { name: name.text, known }, { fixes }));
  }
}

/** A net whose parameters all have a value; the others are families. */
function isModel({ parameters }: ast.NetDeclaration): boolean {
  return parameters.every((parameter) => parameter.default !== undefined);
}

/** `examples/vgg16.slide.cnn` holds the net `vgg16.slide`. */
export function netNameOf(path: string): string {
  const file = path.split(/[/\\]/).at(-1)!;
  return file.replace(/\.cnn$/, "") || "net";
}
