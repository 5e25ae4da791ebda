/** Names of the parameters of a block, net or function: each once. */
import { diagnose, type Diagnostic } from "../base/diagnostics.js";
import type { Span } from "../base/source.js";
import type { Parameter } from "../syntax/ast.js";
import { duplicateParameter } from "./diagnostics.js";

/** What takes parameters, with its name. */
interface Named {
  readonly name: { readonly text: string };
  readonly parameters: readonly Parameter[];
}

export function checkNames({ name, parameters }: Named): Diagnostic[] {
  const seen = new Map<string, Span>();
  const found: Diagnostic[] = [];
  for (const { name: parameter } of parameters) {
    const { text, span } = parameter;
    const before = seen.get(text);
    const related = before ? [{ span: before, text: "the first one" }] : [];
    if (before) found.push(diagnose(duplicateParameter, span, { name: text, net: name.text }, { related }));
    else seen.set(text, span);
  }
  return found;
}
