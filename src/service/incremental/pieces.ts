/**
 * The lines of a body that an edit lies in, which can be parsed by themselves. To parse a net of 2,000 lines anew takes seven times
 * as long as all else that a keystroke asks for (`bench/keystroke.mjs`).
 */
import { SourceText } from "../../base/source.js";
import type { Item } from "../../syntax/ast.js";
import { parse } from "../../syntax/parse.js";
import { GOES_ON, type Change } from "./chunks.js";

/** Lines of a body, as offsets in the text before and after an edit in them. */
export interface Piece {
  readonly start: number;
  readonly endBefore: number;
  readonly end: number;
}

/** What begins a link that nothing before it can take for its own. */
const BEGINS_LINK = /[A-Z]/;

/** Text in which a line is not what it seems. */
const NOT_PLAIN = /[#"]/;

/**
 * The lines around an edit in the body of the declaration from `start` to `end` of `after`; undefined where they cannot be
 * told from what stands around them.
 */
export function pieceAround(
  before: string,
  after: string,
  start: number,
  end: number,
  change: Change,
): Piece | undefined {
  const changeEnd = change.end + change.delta;
  const lines = linesOfBody(after, start, end, change.start, changeEnd);
  if (!lines) return undefined;
  const piece = { start: lines.start, endBefore: lines.end - change.delta, end: lines.end };
  if (piece.endBefore < change.end) return undefined;
  const texts = [before.slice(piece.start, piece.endBefore), after.slice(piece.start, piece.end)];
  return texts.every(isWhole) ? piece : undefined;
}

const CLOSING = new Map([
  ["(", ")"],
  ["[", "]"],
  ["{", "}"],
]);

/** Whether a text begins with a link, has all its brackets, and leaves nothing open for the line behind it. */
function isWhole(text: string): boolean {
  const trimmed = text.trim();
  if (!BEGINS_LINK.test(trimmed[0] ?? "") || GOES_ON.includes(trimmed.at(-1)!) || NOT_PLAIN.test(trimmed)) return false;
  const open: string[] = [];
  for (const sign of trimmed) {
    const closing = CLOSING.get(sign);
    if (closing) open.push(closing);
    else if (/[)\]}]/.test(sign) && open.pop() !== sign) return false;
  }
  return open.length === 0;
}

/** The nearest starts of links, directly in the braces of a body, before and behind a stretch. */
function linesOfBody(
  text: string,
  start: number,
  end: number,
  from: number,
  to: number,
): { start: number; end: number } | undefined {
  let depth = 0;
  let last = "";
  let first: number | undefined;
  let lineStart = start;
  let isBlank = true;
  for (let at = start; at < end; at++) {
    const sign = text[at]!;
    if (sign === "\n") {
      lineStart = at + 1;
      isBlank = true;
      continue;
    }
    if (sign <= " ") continue;
    const isBoundary =
      isBlank && depth === 1 && (last === "{" || last === "" || !GOES_ON.includes(last)) && BEGINS_LINK.test(sign);
    // The brace that ends the body stands on a line of its own.
    const isEnd = isBlank && depth === 1 && sign === "}";
    if ((isBoundary || isEnd) && lineStart >= to && first !== undefined) return { start: first, end: lineStart };
    if (isBoundary && lineStart <= from) first = lineStart;
    isBlank = false;
    if (sign === "#") at = (text.indexOf("\n", at) + 1 || end + 1) - 2;
    else if (sign === '"') return undefined;
    else if (sign === "{" || sign === "(" || sign === "[") depth++;
    else if (sign === "}" || sign === ")" || sign === "]") depth--;
    if (depth === 0 && sign === "}") return undefined;
    if (sign !== "#") last = sign;
  }
  return undefined;
}

/** What stands before lines of a body that are parsed by themselves. */
export const BEFORE = "net Lines {\n";

/** The links of some lines, whose places count from `BEFORE`; undefined where anything is wrong. */
export function parseLines(path: string, text: string): readonly Item[] | undefined {
  const { program, diagnostics } = parse(new SourceText(path, `${BEFORE}${text}\n}`));
  const [net, ...others] = program.items;
  if (diagnostics.length > 0 || others.length > 0 || net?.kind !== "net" || !net.body) return undefined;
  return net.body.every(({ kind }) => kind === "element") ? net.body : undefined;
}
