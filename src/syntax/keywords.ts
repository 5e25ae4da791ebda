/** Keywords misspelt, and the words of other languages that stand for them. */
import { closest } from "../base/suggest.js";

/** What is written for a keyword by those who know it from elsewhere. */
const OTHER_WORDS: Record<string, readonly string[]> = {
  net: ["network", "model"],
  block: ["def", "class", "module", "function", "func", "fun"],
  fn: ["def", "func", "function", "fun"],
  let: ["var", "const", "val", "set"],
  use: ["import", "include", "require", "from", "using"],
  assert: ["check", "require", "ensure"],
  train: ["training"],
  else: ["otherwise"],
  drop: ["remove", "delete", "del", "without"],
  replace: ["change", "swap", "exchange", "substitute"],
  insert: ["add", "append", "put"],
};

/** What is written for `else if`. */
export const ELSE_IF = ["elif", "elsif", "elseif"];

/** Whether a word is a keyword misspelt, or that of another language. */
export function standsFor(word: string, keyword: string): boolean {
  return closest(word, [keyword]) !== undefined || OTHER_WORDS[keyword]?.includes(word) === true;
}

/** What a word before a label is meant to do: `drop`, `replace`, `insert`. */
export function verbOf(word: string): string | undefined {
  return ["drop", "replace", "insert"].find((verb) => standsFor(word, verb));
}
