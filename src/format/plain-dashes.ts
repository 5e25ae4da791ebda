/** `->` and the dashes that books print, as `-`. */
import { ENDS_WITH_EXPRESSION } from "./layout.js";
import type { Word } from "./words.js";

/** Behind an expression a dash may be a minus, where an arrow is none: there they stay. */
export function withPlainDashes(words: readonly Word[]): Word[] {
  let isFirst = true;
  let stays = false;
  return words.map((word) => {
    if (isFirst) stays = ENDS_WITH_EXPRESSION.has(word.token);
    isFirst = word.kind === "newline" || OPENING.has(word.token);
    const isDash = word.kind === "then" || word.token === "BindDash";
    return isDash && !stays ? { ...word, text: "-" } : word;
  });
}

const OPENING = new Set(["LeftCurly", "LeftSquare", "Bar"]);
