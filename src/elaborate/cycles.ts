/** Blocks and functions that call themselves, found by the names in their bodies before anything is expanded. */
import { diagnose, type Diagnostic } from "../base/diagnostics.js";
import type { Span } from "../base/source.js";
import type * as ast from "../syntax/ast.js";
import { expressionsOfLayer, expressionsWithin } from "../syntax/expressions.js";
import { callCycle } from "./diagnostics.js";
import { itemsWithin } from "./labels.js";
import type { Declared, DeclaredFunction, Module } from "./modules.js";

type Callable = Declared | DeclaredFunction;

interface Use {
  readonly name: string;
  readonly kind: "unit" | "function";
  readonly span: Span;
}

/** Calls within calls that are followed. */
const LONGEST_PATH = 2_000;

/** One diagnostic for each cycle; its members are marked and come to nothing when they are called. */
export function findCycles(module: Module): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const state = new Map<Callable, "open" | "done">();
  const path: { callable: Callable; name: string }[] = [];

  const visit = (callable: Callable, name: string): void => {
    state.set(callable, "open");
    // Longer ways are refused when they are called.
    if (path.length > LONGEST_PATH) return;
    path.push({ callable, name });
    for (const use of usesOf(callable)) {
      const next = calledBy(callable, use);
      if (!next) continue;
      if (state.get(next) === "open") {
        const cycle = path.slice(path.findIndex((entry) => entry.callable === next));
        const names = [...cycle.map((entry) => entry.name), use.name];
        const isTold = cycle.some((entry) => entry.callable.isCyclic);
        cycle.forEach((entry) => (entry.callable.isCyclic = true));
        if (!isTold) diagnostics.push(diagnose(callCycle, use.span, { name: use.name, cycle: names }));
      } else if (!state.has(next)) {
        visit(next, use.name);
      }
    }
    path.pop();
    state.set(callable, "done");
  };

  for (const callables of [module.units, module.functions])
    for (const [name, callable] of callables)
      if (usesOf(callable).length > 0 && !state.has(callable)) visit(callable, name);
  return diagnostics;
}

/** What a name in a body means: a parameter of that name hides what the file declares. */
function calledBy(callable: Callable, use: Use): Callable | undefined {
  const { declaration, module } = callable;
  if (declaration.parameters.some(({ name }) => name.text === use.name)) return undefined;
  return use.kind === "unit" ? module.units.get(use.name) : module.functions.get(use.name);
}

/** The uses in declarations that were read before: an editor keeps those that are not edited. */
const known = new WeakMap<Callable["declaration"], readonly Use[]>();

function usesOf({ declaration }: Callable): readonly Use[] {
  const before = known.get(declaration);
  if (before) return before;
  const uses = new Uses();
  uses.read(declaration);
  const all = [...uses.found.values()];
  known.set(declaration, all);
  return all;
}

/** Collects the uses in a declaration. A name that leads in a circle does so where it stands first. */
class Uses {
  readonly found = new Map<string, Use>();

  read(declaration: Callable["declaration"]): void {
    if (declaration.kind === "function") {
      this.expression(declaration.body);
      return;
    }
    for (const parameter of declaration.parameters) if (parameter.default) this.expression(parameter.default);
    this.items(declaration.body ?? []);
  }

  private items(list: readonly ast.Item[]): void {
    for (const item of list) {
      if (item.kind === "let") this.expression(item.value);
      if (item.kind === "output") this.items(item.chain);
      if (item.kind !== "element") continue;
      for (const repeat of item.repeats) this.expression(repeat);
      const { core } = item;
      if (core.kind === "conditional") for (const { condition } of core.branches) this.expression(condition);
      if (core.kind === "layer") this.layer(core);
      for (const inner of itemsWithin(core)) this.items(inner);
    }
  }

  private layer(layer: ast.Layer): void {
    const { branches, head } = layer;
    if (!branches && !this.found.has(head.text)) {
      this.found.set(head.text, { name: head.text, kind: "unit", span: head.span });
    }
    for (const value of expressionsOfLayer(layer)) this.expression(value);
  }

  private expression(node: ast.Expression): void {
    // A block that is only named may never be called; one that is given to itself may end.
    if (node.kind === "call") {
      const { text, span } = node.name;
      const key = `${text}()`;
      if (!this.found.has(key)) this.found.set(key, { name: text, kind: "function", span });
    }
    for (const inner of expressionsWithin(node)) this.expression(inner);
  }
}
