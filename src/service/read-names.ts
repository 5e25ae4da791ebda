/** Reads the names of a program: what each stands for, by the scopes that the elaborator has. */
import type { Span } from "../base/source.js";
import { itemsWithin, labelOf } from "../elaborate/labels.js";
import { operatorOf } from "../ops/registry.js";
import type * as ast from "../syntax/ast.js";
import { expressionsOfParts, expressionsWithin } from "../syntax/expressions.js";
import {
  parametersOf,
  symbolOf,
  type NamedSymbol,
  type Names,
  type Occurrence,
  type SymbolKind,
  type Uses,
} from "./names.js";

type Unit = ast.NetDeclaration | ast.BlockDeclaration;

/** Steps from a net to the one that has a body. */
const MOST_BASES = 32;

/** The names of a program, with those of the files that it uses. */
export function readNames(program: ast.Program, uses: Uses): Names {
  return new NameReader(program, uses).read();
}

/** Names in force in some braces; labels with their `@`. */
class NameScope {
  readonly own = new Map<string, NamedSymbol>();
  constructor(
    readonly range: { readonly start: number; readonly end: number },
    readonly parent?: NameScope,
  ) {}

  find(key: string): NamedSymbol | undefined {
    return this.own.get(key) ?? this.parent?.find(key);
  }
}

class NameReader {
  private readonly occurrences: Occurrence[] = [];
  private readonly scopes: NameScope[] = [];
  private container: string | undefined;

  constructor(
    private readonly program: ast.Program,
    private readonly uses: Uses,
    private readonly units = new Map<string, NamedSymbol>(),
    private readonly functions = new Map<string, NamedSymbol>(),
  ) {}

  /** What is asked for is read: of what can be written at one place only the declaration around it. */
  read(): Names {
    this.declareAll(this.program, new Set());
    const { units, functions } = this;
    const readAll = () => this.readAll();
    let occurrences: readonly Occurrence[] | undefined;
    return {
      units,
      functions,
      get occurrences() {
        return (occurrences ??= readAll());
      },
      visibleAt: (offset) => this.scopesAt(offset),
    };
  }

  private readAll(): Occurrence[] {
    this.readItems(() => true);
    this.occurrences.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
    return this.occurrences;
  }

  private readItems(isRead: (item: ast.Item) => boolean): void {
    const { items, source } = this.program;
    const file = this.scope({ start: 0, end: source.text.length });
    for (const item of items) if (item.kind === "let") this.declare(file, "variable", item.name, item);
    this.declareLabels(items, file);
    for (const item of items) if (isRead(item)) this.item(item, file);
  }

  private scopesAt(offset: number): NamedSymbol[] {
    const { units, functions } = this;
    const reader = new NameReader(this.program, this.uses, units, functions);
    const isAround = ({ start, end }: { start: number; end: number }) => start <= offset && offset <= end;
    reader.readItems(({ span }) => isAround(span));
    const around = reader.scopes.filter(({ range }) => isAround(range));
    const found = around.reverse().flatMap(({ own }) => [...own.values()]);
    return [...new Set([...found, ...units.values(), ...functions.values()])];
  }

  private scope(range: { start: number; end: number }, parent?: NameScope): NameScope {
    const scope = new NameScope(range, parent);
    this.scopes.push(scope);
    return scope;
  }

  // Declarations.

  /** Those of a file go before those of the files that it uses. */
  private declareAll(program: ast.Program, seen: Set<ast.Program>): void {
    if (seen.has(program)) return;
    seen.add(program);
    for (const item of program.items) {
      if (item.kind === "net" || item.kind === "block") this.declareUnit(item);
      if (item.kind === "function" && !this.functions.has(item.name.text)) {
        this.functions.set(item.name.text, symbolOf("function", item.name, item));
      }
    }
    for (const item of program.items) {
      if (item.kind === "use") for (const used of this.uses.get(item) ?? []) this.declareAll(used, seen);
    }
  }

  private declareUnit(item: Unit): void {
    if (!this.units.has(item.name.text)) this.units.set(item.name.text, symbolOf(item.kind, item.name, item));
  }

  private declare(
    scope: NameScope,
    kind: SymbolKind,
    name: ast.Identifier,
    declaration: NamedSymbol["declaration"],
    key = name.text,
  ): void {
    const symbol = symbolOf(kind, name, declaration, this.container);
    scope.own.set(key, symbol);
    this.occurrences.push({ symbol, span: name.span, isDeclaration: true });
  }

  /** Labels hold in the whole body, in all of its braces. */
  private declareLabels(items: readonly ast.Item[], scope: NameScope): void {
    for (const { name, item } of labelledIn(items)) {
      // Told as a mistake where it is there twice: the first one is meant.
      const known = scope.own.get(`@${name.text}`);
      if (known) this.occurrences.push({ symbol: known, span: name.span, isDeclaration: true });
      else this.declare(scope, "label", name, item, `@${name.text}`);
    }
  }

  private parameters(parameters: readonly ast.Parameter[], scope: NameScope): void {
    for (const parameter of parameters) {
      if (parameter.default) this.expression(parameter.default, scope);
      const { kind, name } = parameter;
      this.declare(scope, "parameter", name, parameter, kind === "label" ? `@${name.text}` : name.text);
    }
  }

  // Uses.

  private use(symbol: NamedSymbol | undefined, span: Span): void {
    if (symbol) this.occurrences.push({ symbol, span, isDeclaration: false });
  }

  private item(item: ast.Item, scope: NameScope): void {
    switch (item.kind) {
      case "net":
      case "block":
        this.unit(item, scope);
        break;
      case "function": {
        // One that stands in braces is told, and declares nothing.
        const symbol = this.functions.get(item.name.text);
        if (symbol) this.occurrences.push({ symbol, span: item.name.span, isDeclaration: true });
        const inner = this.scope(item.span, scope);
        this.within(item.name.text, () => {
          this.parameters(item.parameters, inner);
          this.expression(item.body, inner);
        });
        break;
      }
      case "let":
        this.expression(item.value, scope);
        if (!scope.own.has(item.name.text)) this.declare(scope, "variable", item.name, item);
        break;
      case "default":
        this.layer(item.layer, scope);
        break;
      case "output":
        for (const link of item.chain) this.element(link, scope);
        break;
      case "assert":
        this.expression(item.condition, scope);
        if (item.batch) this.expression(item.batch, scope);
        break;
      case "train":
        for (const { words } of item.settings)
          for (const word of words) if (word.kind === "value") this.expression(word.value, scope);
        break;
      case "element":
        this.element(item, scope);
        break;
    }
  }

  private within(name: string, run: () => void): void {
    const outer = this.container;
    this.container = name;
    run();
    this.container = outer;
  }

  private unit(item: Unit, scope: NameScope): void {
    const symbol = this.units.get(item.name.text);
    if (symbol) this.occurrences.push({ symbol, span: item.name.span, isDeclaration: true });
    const inner = this.scope(item.span, scope);
    this.within(item.name.text, () => {
      this.parameters(item.parameters, inner);
      this.body(item.body ?? [], inner);
      if (item.kind === "net") this.changedNet(item, inner);
    });
  }

  private body(items: readonly ast.Item[], scope: NameScope): void {
    this.declareLabels(items, scope);
    for (const item of items) this.item(item, scope);
  }

  /** Braces within a body: their `let` lines are their own, their labels those of the body. */
  private braces(items: readonly ast.Item[], scope: NameScope, span: Span): void {
    const inner = this.scope(span, scope);
    for (const item of items) this.item(item, inner);
  }

  private changedNet({ base, changes = [] }: ast.NetDeclaration, scope: NameScope): void {
    if (!base) return;
    const target = this.units.get(base.name.text);
    this.use(target, base.name.span);
    this.arguments(base.arguments, target, scope);
    const labels = this.labelsOfNet(target);
    for (const change of changes) {
      this.use(labels.get(change.label.text), change.label.span);
      if (change.kind === "set") this.expressions(expressionsOfParts(change.parts), scope);
      else if (change.kind !== "drop") for (const link of change.chain) this.element(link, scope);
    }
  }

  /** The labels of a net, by name, also of one that is made from another. */
  private labelsOfNet(symbol: NamedSymbol | undefined, depth = 0): ReadonlyMap<string, NamedSymbol> {
    const { declaration } = symbol ?? {};
    if (!declaration || !("kind" in declaration) || declaration.kind !== "net" || depth > MOST_BASES) return new Map();
    const { body, base } = declaration;
    if (!body) return this.labelsOfNet(this.units.get(base?.name.text ?? ""), depth + 1);
    const labels = new Map<string, NamedSymbol>();
    for (const { name, item } of labelledIn(body)) {
      if (!labels.has(name.text)) labels.set(name.text, symbolOf("label", name, item, symbol!.name));
    }
    return labels;
  }

  private element(element: ast.Element, scope: NameScope): void {
    const { core, repeats, counter } = element;
    this.expressions(repeats, scope);
    const inner = counter ? this.scope(element.span, scope) : scope;
    if (counter) this.declare(inner, "counter", counter, element);
    switch (core.kind) {
      case "layer":
        this.layer(core, inner);
        break;
      case "group":
        this.braces(core.items, inner, core.span);
        break;
      case "labelled":
        this.use(scope.find(`@${core.label.text}`), core.label.span);
        break;
      case "conditional":
        for (const branch of core.branches) {
          this.expression(branch.condition, inner);
          this.braces(branch.items, inner, core.span);
        }
        if (core.otherwise) this.braces(core.otherwise, inner, core.span);
        break;
    }
  }

  private layer(layer: ast.Layer, scope: NameScope): void {
    const found =
      scope.find(layer.head.text) ?? (operatorOf(layer.mnemonic) ? undefined : this.units.get(layer.head.text));
    const target = found ?? this.units.get(layer.head.text);
    if (target && !operatorOf(layer.mnemonic)) this.use(target, layer.head.span);
    if (layer.count) this.expression(layer.count, scope);
    this.arguments(layer.call?.arguments ?? [], target, scope);
    this.expressions(expressionsOfParts(layer.parts), scope);
    for (const { items, span } of layer.branches?.chains ?? []) this.braces(items, scope, span);
  }

  /** Arguments with names name the parameters of what is called. */
  private arguments(given: readonly ast.Argument[], target: NamedSymbol | undefined, scope: NameScope): void {
    for (const { name, value } of given) {
      const parameter = name && parametersOf(target).find((one) => one.name.text === name.text);
      if (name && parameter) this.use(symbolOf("parameter", parameter.name, parameter, target!.name), name.span);
      this.expression(value, scope);
    }
  }

  private expressions(expressions: readonly ast.Expression[], scope: NameScope): void {
    for (const expression of expressions) this.expression(expression, scope);
  }

  private expression(expression: ast.Expression, scope: NameScope): void {
    switch (expression.kind) {
      case "variable":
        this.use(scope.find(expression.name), expression.span);
        break;
      case "label":
        this.use(scope.find(`@${expression.label.text}`), expression.label.span);
        break;
      case "unit": {
        const target = scope.find(expression.name.text) ?? this.units.get(expression.name.text);
        this.use(target, expression.name.span);
        this.arguments(expression.call?.arguments ?? [], target, scope);
        return;
      }
      case "call": {
        const target = this.functions.get(expression.name.text);
        this.use(target, expression.name.span);
        this.arguments(expression.arguments, target, scope);
        return;
      }
    }
    this.expressions(expressionsWithin(expression), scope);
  }
}

/** The label of a line of a slide: `CONV1: 96 11x11 filters`. */
function slideLabel(element: ast.Element): ast.Identifier | undefined {
  const { core } = element;
  if (core.kind !== "layer") return undefined;
  const operator = operatorOf(core.mnemonic);
  return operator && labelOf(element, core, operator).label;
}

/** Everything with a label in a body and its braces, in the order of the text. */
function* labelledIn(
  items: readonly ast.Item[],
): Generator<{ name: ast.Identifier; item: ast.Element | ast.OutputDeclaration }> {
  for (const item of items) {
    if (item.kind === "output") {
      yield { name: item.name, item };
      yield* labelledIn(item.chain);
    }
    if (item.kind !== "element") continue;
    const name = item.label ?? slideLabel(item);
    if (name) yield { name, item };
    for (const body of itemsWithin(item.core)) yield* labelledIn(body);
  }
}
