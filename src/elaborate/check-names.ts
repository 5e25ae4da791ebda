/** Names of the parameters of a block, net or function: each once, in an order that calls can follow. */
import { diagnose, type Diagnostic } from "../base/diagnostics.js";
import type { Span } from "../base/source.js";
import type { Parameter } from "../syntax/ast.js";
import { duplicateParameter, requiredBehindDefault } from "./diagnostics.js";

export function checkNames({ name, parameters }: { name: { text: string }; parameters: readonly Parameter[] }): Diagnostic[] {
  const seen = new Map<string, Span>();
  const found: Diagnostic[] = [];
  let withDefault: Parameter | undefined;
  for (const parameter of parameters) {
    const { text, span } = parameter.name;
    const before = seen.get(text);
    if (before) {
      const related = [{ span: before, text: "the first one" }];
      found.push(diagnose(duplicateParameter, span, { name: text, net: name.text }, { related }));
    } else if (!parameter.default && withDefault) {
      const args = { name: text, before: withDefault.name.text };
      found.push(diagnose(requiredBehindDefault, span, args));
    }
    seen.set(text, before ?? span);
    if (parameter.default) withDefault ??= parameter;
  }
  return found;
}
