/** A whole file: its nets collected, families told from models, `but` resolved, each net elaborated. */
import { diagnose, type Diagnostic } from "../base/diagnostics.js";
import { closest } from "../base/suggest.js";
import { textOf, type Span } from "../base/source.js";
import type { Network, Step } from "../ir/network.js";
import type * as ast from "../syntax/ast.js";
import { emptyProgram, misplaced } from "../syntax/diagnostics.js";
import { duplicateNet, duplicateParameter, netCycle, tooManyBases, unknownNet, wrongArguments } from "./diagnostics.js";
import { elaborateNet, extendDefaults, type NetRequest, type NetResult } from "./elaborate.js";
import { evaluate, MOST_NAMED, type Variables } from "./evaluate.js";
import { defaultLimits, type Defaults, type Limits } from "./state.js";

export interface ElaborateResult {
  /** The nets of the file that have no errors and no open parameters, in the order of the text. */
  networks: Network[];
  /** Names of all nets that are models, also those with errors. */
  names: string[];
  diagnostics: Diagnostic[];
}

/** Elaborates every net of a program. Never throws for a mistake in it. */
export function elaborate(program: ast.Program, limits: Limits = defaultLimits): ElaborateResult {
  return new ProgramElaborator(program, limits).run();
}

/** Steps from a net to the one that has a body. */
const MOST_BASES = 32;

/** A net by its name, with the `default` lines before it. */
interface Declared {
  declaration: ast.NetDeclaration;
  defaults: Defaults;
}

class ProgramElaborator {
  private readonly diagnostics: Diagnostic[] = [];
  private readonly reported = new Set<string>();
  private readonly declared = new Map<string, Declared>();
  /** Nets that are told to be made from themselves. */
  private readonly cyclic = new Set<string>();
  private readonly results = new Map<string, NetResult>();

  constructor(
    private readonly program: ast.Program,
    private readonly limits: Limits,
  ) {}

  run(): ElaborateResult {
    this.collect();
    const models = [...this.declared.values()].filter(({ declaration }) => this.isModel(declaration));
    if (this.declared.size === 0) {
      const { source } = this.program;
      const span: Span = { source, start: 0, end: 0 };
      this.report(diagnose(emptyProgram, span, { file: source.path }));
    }
    for (const { declaration } of this.declared.values()) {
      this.checkParameters(declaration);
      if (!this.isModel(declaration)) this.readFamily(declaration.name.text);
    }
    const networks = models.flatMap(({ declaration }) => {
      const { network } = this.resultOf(declaration.name.text, []) ?? {};
      return network ? [network] : [];
    });
    return { networks, names: models.map(({ declaration }) => declaration.name.text), diagnostics: this.diagnostics };
  }

  private report = (diagnostic: Diagnostic): void => {
    // A net and one made from it share lines: what is wrong with them is told once.
    const key = `${diagnostic.code}:${diagnostic.span.start}:${diagnostic.span.end}`;
    if (this.reported.has(key)) return;
    this.reported.add(key);
    this.diagnostics.push(diagnostic);
  };

  private collect(): void {
    let defaults: Defaults = new Map();
    const loose: ast.Item[] = [];
    for (const item of this.program.items) {
      if (item.kind === "net") this.declare(item, defaults);
      else {
        // The chain outside of nets reads the default lines itself, each in its place.
        loose.push(item);
        if (item.kind === "default") defaults = extendDefaults(defaults, item, new Map(), this.report);
      }
    }
    const elements = loose.filter((item) => item.kind === "element" || item.kind === "total");
    const [first] = elements;
    if (!first) return;
    const last = elements.at(-1)!;
    const span: Span = { source: first.span.source, start: first.span.start, end: last.span.end };
    const name = { text: netNameOf(this.program.source.path), span };
    this.declare({ kind: "net", name, parameters: [], body: loose, span }, new Map());
  }

  private declare(declaration: ast.NetDeclaration, defaults: Defaults): void {
    const before = this.declared.get(declaration.name.text);
    if (before) {
      const related = [{ span: before.declaration.name.span, text: "the first one" }];
      this.report(diagnose(duplicateNet, declaration.name.span, { name: declaration.name.text }, { related }));
      return;
    }
    this.declared.set(declaration.name.text, { declaration, defaults });
    for (const item of declaration.body ?? []) {
      const args = { what: "a net", where: "inside of a net", mend: "write it before or behind" };
      if (item.kind === "net") this.report(diagnose(misplaced, item.name.span, args));
    }
  }

  /** A net whose parameters all have a value; the others are families. */
  private isModel(declaration: ast.NetDeclaration): boolean {
    return declaration.parameters.every((parameter) => parameter.default !== undefined);
  }

  private checkParameters({ name, parameters }: ast.NetDeclaration): void {
    const seen = new Map<string, Span>();
    for (const parameter of parameters) {
      const { text, span } = parameter.name;
      const before = seen.get(text);
      const related = before ? [{ span: before, text: "the first one" }] : [];
      if (before) this.report(diagnose(duplicateParameter, span, { name: text, net: name.text }, { related }));
      else seen.set(text, span);
    }
  }

  /** Tells what is wrong with a family whatever its arguments are: its open parameters have no value, and no mistakes. */
  private readFamily(name: string): void {
    const { declaration, defaults } = this.declared.get(name)!;
    const variables = new Map(declaration.parameters.map((parameter) => [parameter.name.text, Number.NaN]));
    for (const parameter of declaration.parameters) {
      if (parameter.default)
        evaluate(parameter.default, variables, `the parameter ${parameter.name.text}`, this.report);
    }
    if (!declaration.body) {
      // Its base has to exist and to take what it is given.
      const { base } = declaration;
      if (base && !this.declared.has(base.name.text)) this.reportUnknownNet(base.name, name);
      else if (base) this.requestFor(base.name.text, base, [name], variables);
      return;
    }
    const span = declaration.name.span;
    const result = elaborateNet(
      { name, span, items: declaration.body, variables, defaults, changes: [], trail: [] },
      this.limits,
    );
    result.diagnostics.filter(({ severity }) => severity === "error").forEach(this.report);
  }

  private resultOf(name: string, path: readonly string[]): NetResult | undefined {
    const known = this.results.get(name);
    if (known) return known;
    const request = this.requestFor(name, undefined, path);
    if (!request) return undefined;
    const result = elaborateNet(request, this.limits);
    result.diagnostics.forEach(this.report);
    this.results.set(name, result);
    return result;
  }

  /** What to elaborate for a net: its own body, or that of the net it is made from with the changes on top. */
  private requestFor(
    name: string,
    use: ast.Reference | undefined,
    path: readonly string[],
    outer: Variables = new Map(),
  ): NetRequest | undefined {
    const { declaration, defaults } = this.declared.get(name)!;
    const variables = this.bind(declaration, use, outer);
    if (!variables) return undefined;
    if (declaration.body) {
      return {
        name,
        documentation: declaration.documentation,
        span: declaration.name.span,
        items: declaration.body,
        variables,
        defaults,
        changes: [],
        trail: [],
      };
    }
    const { base } = declaration;
    if (!base) return undefined;
    const baseName = base.name.text;
    if (!this.declared.has(baseName)) {
      this.reportUnknownNet(base.name, name);
      return undefined;
    }
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
    const request = this.requestFor(baseName, base, cycle, variables);
    if (!request) return undefined;
    const changes = (declaration.changes ?? []).map((change) => ({ ...change, variables }));
    const step: Step = {
      text: `${name} = ${textOf(base.span)}${changes.length > 0 ? " but" : ""}`,
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
    const before = elaborateNet(request, this.limits);
    before.diagnostics.forEach(this.report);
    return {
      ...changed,
      changes: [...request.changes, ...changes],
      trail: [step, ...request.trail],
      inherited: before.filled,
      baseName,
    };
  }

  /** The parameters of a net with the values it is used with. */
  private bind(
    declaration: ast.NetDeclaration,
    use: ast.Reference | undefined,
    outer: Variables,
  ): Map<string, number> | undefined {
    const { parameters, name } = declaration;
    const values = use?.arguments ?? [];
    // A parameter without a default needs a value, and so do all before it.
    const required = parameters.findLastIndex((parameter) => !parameter.default) + 1;
    if (values.length > parameters.length || values.length < required) {
      const wanted = `${required === parameters.length ? "" : `${required} to `}${parameters.length} argument${parameters.length === 1 ? "" : "s"}`;
      const span = use?.span ?? name.span;
      this.report(diagnose(wrongArguments, span, { net: name.text, wanted, found: values.length }));
      return undefined;
    }
    const bound = new Map<string, number>();
    for (const [index, parameter] of parameters.entries()) {
      const given = values[index];
      const expression = given ?? parameter.default!;
      const value = evaluate(expression, given ? outer : bound, `the parameter ${parameter.name.text}`, this.report);
      if (value === undefined) return undefined;
      bound.set(parameter.name.text, value);
    }
    return bound;
  }

  private reportUnknownNet(name: ast.Identifier, user: string): void {
    const names = [...this.declared.keys()].filter((other) => other !== user);
    const known = names.slice(0, MOST_NAMED);
    const suggestion = closest(name.text, names);
    const fixes = suggestion
      ? [{ title: `did you mean ${suggestion}?`, edits: [{ span: name.span, text: suggestion }] }]
      : [];
    this.report(diagnose(unknownNet, name.span, { name: name.text, known }, { fixes }));
  }
}

/** `examples/vgg16.slide.cnn` holds the net `vgg16.slide`. */
export function netNameOf(path: string): string {
  const file = path.split(/[/\\]/).at(-1)!;
  return file.replace(/\.cnn$/, "") || "net";
}
