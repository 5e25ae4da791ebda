/** `cnnc explain CODE`: what a diagnostic means and what to do about it. */
import { allKinds, closest, explainCode } from "../../../index.js";
import { EXIT, print, UsageError } from "../terminal.js";

export function explain(code: string): number {
  const text = explainCode(code);
  if (text === undefined) {
    const suggestion = closest(
      code.toUpperCase(),
      allKinds().map((kind) => kind.code),
    );
    throw new UsageError(`no diagnostic has the code ${code}${suggestion ? `; did you mean ${suggestion}?` : ""}`);
  }
  print(text);
  return EXIT.fine;
}
