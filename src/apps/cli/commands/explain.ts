/** `cnnc explain CODE`: what a diagnostic means and what to do about it. */
import { allKinds, closest, explainCode, explanationOf, toJson } from "../../../index.js";
import { EXIT, print, UsageError } from "../terminal.js";

export function explain(code: string, { format }: { format: "text" | "json" }): number {
  const found = explanationOf(code);
  if (!found) {
    const suggestion = closest(
      code.toUpperCase(),
      allKinds().map((kind) => kind.code),
    );
    throw new UsageError(`no diagnostic has the code ${code}${suggestion ? `; did you mean ${suggestion}?` : ""}`);
  }
  print(format === "json" ? toJson(found) : explainCode(code)!);
  return EXIT.fine;
}
