/** Blocks and functions that call themselves, found by the names in their bodies before anything is expanded. */
import { diagnose, type Diagnostic } from "../base/diagnostics.js";
import type { Span } from "../base/source.js";
import type * as ast from "../syntax/ast.js";
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
  // A name that leads in a circle does so where it stands first.
  const seen = new Set<string>();
  const uses = readUses(declaration).filter(({ kind, name }) => {
    const key = `${kind} ${name}`;
    return !seen.has(key) && seen.add(key);
  });
  known.set(declaration, uses);
  return uses;
}

function readUses(declaration: Callable["declaration"]): Use[] {
  const uses: Use[] = [];
  if (declaration.kind === "function") {
    expression(declaration.body, uses);
    return uses;
  }
  for (const parameter of declaration.parameters) if (parameter.default) expression(parameter.default, uses);
  items(declaration.body ?? [], uses);
  return uses;
}

function items(list: readonly ast.Item[], uses: Use[]): void {
  for (const item of list) {
    if (item.kind === "let") expression(item.value, uses);
    if (item.kind === "output") items(item.chain, uses);
    if (item.kind !== "element") continue;
    item.repeats.forEach((repeat) => expression(repeat, uses));
    const { core } = item;
    if (core.kind === "conditional") core.branches.forEach(({ condition }) => expression(condition, uses));
    if (core.kind === "layer") layer(core, uses);
    itemsWithin(core).forEach((inner) => items(inner, uses));
  }
}

function layer(found: ast.Layer, uses: Use[]): void {
  if (!found.branches) uses.push({ name: found.head.text, kind: "unit", span: found.head.span });
  if (found.count) expression(found.count, uses);
  found.call?.arguments.forEach(({ value }) => expression(value, uses));
  for (const part of found.parts) {
    if (part.kind === "value" || part.kind === "slash") expression(part.value, uses);
    if (part.kind === "tuple") part.values.forEach((value) => expression(value, uses));
  }
}

function expression(node: ast.Expression, uses: Use[]): void {
  switch (node.kind) {
    case "call":
      uses.push({ name: node.name.text, kind: "function", span: node.name.span });
      node.arguments.forEach(({ value }) => expression(value, uses));
      break;
    case "unit":
      // A block that is only named may never be called; one that is given to itself may end.
      node.call?.arguments.forEach(({ value }) => expression(value, uses));
      break;
    case "parenthesised":
      expression(node.inner, uses);
      break;
    case "negate":
    case "not":
      expression(node.operand, uses);
      break;
    case "binary":
      expression(node.left, uses);
      expression(node.right, uses);
      break;
    case "conditional":
      [node.condition, node.whenTrue, node.whenFalse].forEach((child) => expression(child, uses));
      break;
    default:
      break;
  }
}
