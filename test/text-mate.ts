/** The TextMate grammar in the engine that editors have. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import oniguruma from "vscode-oniguruma";
import textmate, { type IGrammar } from "vscode-textmate";

const path = join(resolve(import.meta.dirname, ".."), "grammar/cnn.tmLanguage.json");

async function load(): Promise<IGrammar> {
  await oniguruma.loadWASM(readFileSync(createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm")));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (sources) => new oniguruma.OnigScanner(sources),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: () => Promise.resolve(textmate.parseRawGrammar(readFileSync(path, "utf8"), path)),
  });
  return (await registry.loadGrammar("source.cnn"))!;
}

const loading = load();

/** One line with its parts; the scope is the innermost one without the language's name, and empty where there is none. */
export interface ColouredLine {
  readonly line: string;
  readonly words: readonly { readonly start: number; readonly end: number; readonly scope: string }[];
}

export async function colouredLines(text: string): Promise<ColouredLine[]> {
  const grammar = await loading;
  let state = textmate.INITIAL;
  return text.split("\n").map((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    const words = tokens.map(({ startIndex, endIndex, scopes }) => ({
      start: startIndex,
      // The engine counts a line end that is not there.
      end: Math.min(endIndex, line.length),
      scope: scopes.at(-1)!.replace(/^source\.cnn$|\.cnn$/, ""),
    }));
    return { line, words: words.filter(({ start, end }) => start < end) };
  });
}
