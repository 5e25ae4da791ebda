/** How many blanks stand between two words of a line: none or one. */
import type { Word } from "./words.js";

/** Words with a blank on both sides. */
const SPACED = new Set(["Equals", "Bar", "If", "Then", "Else", "But"]);
/** Words with nothing behind them. */
const TIGHT_BEHIND = new Set(["LeftParen", "At", "BindDash", "Dot"]);
/** Words with nothing before them. */
const TIGHT_BEFORE = new Set(["RightParen", "Comma", "Colon", "BindDash", "Dot"]);

/** Blanks between `left` and `right`; `after` follows them. What is not settled here stays as it was written. */
export function gapBetween(left: Word, right: Word, after: Word | undefined): 0 | 1 {
  if (TIGHT_BEHIND.has(left.token) || TIGHT_BEFORE.has(right.token)) return 0;
  if (left.token === "LeftCurly" && right.token === "RightCurly") return 0;
  if (left.token === "LeftSquare" || right.token === "RightSquare") return 0;
  const isSpaced = ({ kind, token }: Word) => kind === "then" || kind === "comparison" || SPACED.has(token);
  if (isSpaced(left) || isSpaced(right)) return 1;
  if (left.token === "LeftCurly" || right.token === "LeftCurly" || right.token === "RightCurly") return 1;
  if (left.token === "Comma" || left.token === "Colon") return 1;
  if (left.kind === "repeat" || right.kind === "repeat" || left.kind === "stride") return 0;
  if (left.token === "RightSquare" || right.token === "LeftSquare") return 1;
  if (right.kind === "operator") return right.touches && after?.touches !== false ? 0 : 1;
  if (left.kind === "operator") return left.touches && right.touches ? 0 : 1;
  return right.touches ? 0 : 1;
}
