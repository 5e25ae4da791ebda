/** Names that a program declares, in the braces where they hold, and what mentions them. */
import type { Span } from "../base/source.js";
import { operatorOf } from "../ops/registry.js";
import type { Change, Element, Identifier, Item, Parameter, Program } from "../syntax/ast.js";
import { partsWithin } from "./walk.js";

export interface DeclaredName {
  readonly kind: "parameter" | "let" | "counter" | "function" | "block" | "net";
  readonly name: Identifier;
  /** All of the declaration, for taking it away. */
  readonly span: Span;
  /** The net, block or function whose parameter it is. */
  readonly owner?: string;
  /** What has the same name in braces around it. */
  readonly shadows?: DeclaredName;
  uses: number;
  /** Whether it is handed on as a value (`Stage(Basic, 64)`): its parameters are then what others call it with. */
  isValue: boolean;
}

export interface Names {
  readonly declared: readonly DeclaredName[];
  /** Names that stand somewhere and are not declared in the file. */
  readonly foreign: ReadonlySet<string>;
}

/** Reads all names of a program. Whatever could be a use counts as one. */
export function namesIn(program: Program): Names {
  const reader = new NameReader();
  reader.items(program.items, reader.file);
  return { declared: reader.declared, foreign: reader.foreign };
}

class Scope {
  private readonly own = new Map<string, DeclaredName>();

  constructor(private readonly outer?: Scope) {}

  get(name: string): DeclaredName | undefined {
    return this.own.get(name) ?? this.outer?.get(name);
  }

  add(found: DeclaredName): void {
    this.own.set(found.name.text, found);
  }
}

class NameReader {
  readonly declared: DeclaredName[] = [];
  readonly foreign = new Set<string>();
  readonly file = new Scope();

  items(items: readonly Item[], scope: Scope): void {
    // Nets, blocks and functions may be used above their declarations.
    for (const item of items) {
      if (item.kind === "net" || item.kind === "block" || item.kind === "function")
        this.declare(item.kind, item.name, item.span, scope);
    }
    for (const item of items) this.item(item, scope);
  }

  private item(item: Item, scope: Scope): void {
    switch (item.kind) {
      case "let":
        // Its value is still about the names before it.
        this.uses(item.value, scope);
        this.declare("let", item.name, item.span, scope);
        return;
      case "function":
        this.uses(item.body, this.parameters(item.parameters, item.name.text, scope));
        return;
      case "block":
        this.items(item.body, this.parameters(item.parameters, item.name.text, scope));
        return;
      case "net": {
        const inner = this.parameters(item.parameters, item.name.text, scope);
        this.items(item.body ?? [], inner);
        if (item.base) {
          this.use(item.base.name.text, inner, true);
          this.uses(item.base.arguments, inner);
        }
        for (const change of item.changes ?? []) this.change(change, inner);
        return;
      }
      case "output":
        this.items(item.chain, scope);
        return;
      case "element":
        this.element(item, scope);
        return;
      default:
        this.uses(item, scope);
    }
  }

  private change(change: Change, scope: Scope): void {
    if (change.kind === "set") this.uses(change.parts, scope);
    else if (change.kind !== "drop") this.items(change.chain, scope);
  }

  private element({ core, repeats, counter }: Element, scope: Scope): void {
    this.uses(repeats, scope);
    const inner = counter ? new Scope(scope) : scope;
    if (counter) this.declare("counter", counter, counter.span, inner);
    if (core.kind === "group") this.items(core.items, new Scope(inner));
    else if (core.kind === "conditional") {
      for (const { condition, items } of core.branches) {
        this.uses(condition, inner);
        this.items(items, new Scope(inner));
      }
      this.items(core.otherwise ?? [], new Scope(inner));
    } else if (core.kind === "layer") {
      // In capitals it is a layer of the language, or else a block.
      if (!core.capitals || !operatorOf(core.mnemonic)) this.use(core.head.text, inner);
      const { count, call, parts, branches } = core;
      this.uses([count, call?.arguments, parts], inner);
      for (const { items } of branches?.chains ?? []) this.items(items, new Scope(inner));
    } else if (core.kind === "labelled") this.use(`@${core.label.text}`, inner);
  }

  private parameters(parameters: readonly Parameter[], owner: string, outer: Scope): Scope {
    const scope = new Scope(outer);
    for (const { kind, name, default: value } of parameters) {
      if (value) this.uses(value, scope);
      const text = kind === "label" ? `@${name.text}` : name.text;
      this.declare("parameter", { text, span: name.span }, name.span, scope, owner);
    }
    return scope;
  }

  private declare(kind: DeclaredName["kind"], name: Identifier, span: Span, scope: Scope, owner?: string): void {
    const found: DeclaredName = { kind, name, span, owner, shadows: scope.get(name.text), uses: 0, isValue: false };
    this.declared.push(found);
    scope.add(found);
  }

  /** Every name within an expression, or within the parts of a layer. */
  private uses(part: unknown, scope: Scope): void {
    for (const found of partsWithin(part)) {
      const { kind, name, text, label } = found;
      if (kind === "variable") this.use(String(name), scope);
      else if (kind === "unit") this.use((name as Identifier).text, scope, true);
      else if (kind === "call") this.use((name as Identifier).text, scope);
      // A word may be a number's name, as in `stride s`.
      else if (kind === "word" && scope.get(String(text))) this.use(String(text), scope);
      else if (kind === "label") this.use(`@${(label as Identifier).text}`, scope);
    }
  }

  private use(name: string, scope: Scope, isValue = false): void {
    const found = scope.get(name);
    if (!found) {
      this.foreign.add(name);
      return;
    }
    found.uses++;
    found.isValue ||= isValue;
  }
}
