/**
 * The lines of a body that an edit lies in, which can be parsed by themselves. To parse a net of 2,000 lines anew takes seven times
 * as long as all else that a keystroke asks for (`bench/keystroke.mjs`). Where a link begins is told by how the lines are laid
 * out, as the parser does where brackets do not match, so that half-written lines can be read by themselves too.
 */
import { GOES_ON } from "../../syntax/bracket-layout.js";
import type { Change } from "./chunks.js";

/** Lines of a body, as offsets in the text before and after an edit in them. */
export interface Piece {
  readonly start: number;
  readonly endBefore: number;
  readonly end: number;
}

const HEADING = /^(?:net|block)\b[^\n#"]*\{[ \t\r]*(?:#[^\n]*)?$/;

/** What begins an item that nothing before it can take for its own. */
const BEGINS_ITEM = /[A-Z[@]|[a-z_]\w*[ \t]*:|(?:let|default|output)\b/y;

interface Line {
  readonly start: number;
  /** Behind its line break. */
  readonly next: number;
  readonly indent: number;
  /** Without blanks and comments at its ends; empty where nothing else stands on it. */
  readonly text: string;
}

function lineAt(text: string, start: number): Line {
  const lineBreak = text.indexOf("\n", start);
  const end = lineBreak < 0 ? text.length : lineBreak;
  const whole = text.slice(start, end);
  const comment = whole.indexOf("#");
  const written = comment < 0 ? whole : whole.slice(0, comment);
  const trimmed = written.trimStart();
  return { start, next: end + 1, indent: written.length - trimmed.length, text: trimmed.trimEnd() };
}

/** In the first line 0: to look for a line break before the start would find one there. */
const lineStartBefore = (text: string, at: number) => (at > 0 ? text.lastIndexOf("\n", at - 1) + 1 : 0);

/** Lines that hold items one by one: of a net or block, or of a chain outside of nets. */
export interface Body {
  readonly indent: number;
  /** Whether a brace on a line of its own ends it; else it goes on to the end of the part of the text that it stands in. */
  readonly isClosed: boolean;
}

/**
 * The body of a net or block whose heading begins at `start`; undefined where its lines are laid out in another way than line by
 * line between a heading and a brace of its own.
 */
export function declaredBody(text: string, start: number, end: number): Body | undefined {
  const heading = text.slice(start, text.indexOf("\n", start));
  if (!HEADING.test(heading)) return undefined;
  let indent: number | undefined;
  let isClosed = false;
  for (let at = start + heading.length + 1; at < end;) {
    const line = lineAt(text, at);
    at = line.next;
    if (line.text === "") continue;
    if (isClosed || line.text.includes('"')) return undefined;
    if (isClosing(line)) isClosed = true;
    else if (line.indent < (indent ??= line.indent)) return undefined;
  }
  return isClosed && indent ? { indent, isClosed } : undefined;
}

/** The chain outside of nets in a part of the text; undefined where quotes may hide what is in them. */
export const chainBody = (text: string): Body | undefined =>
  text.includes('"') ? undefined : { indent: 0, isClosed: false };

/**
 * The lines around an edit in a body, whose first line starts at `start`, of the part that ends at `end` of `after`; undefined where
 * they cannot be told from what stands around them.
 */
export function pieceAround(
  before: string,
  after: string,
  start: number,
  end: number,
  { indent, isClosed }: Body,
  change: Change,
): Piece | undefined {
  const { delta } = change;
  const begins = (at: number) => beginsItem(before, at, start, indent) && beginsItem(after, at, start, indent);
  let first = lineStartBefore(after, change.start);
  while (first >= start && !begins(first)) first = first > 0 ? lineStartBefore(after, first - 1) : -1;
  if (first < start) return undefined;
  let at = first;
  for (; at < end;) {
    const line = lineAt(after, at);
    // Behind the edit, and at the start of a line in both texts.
    if (at > first && at - delta >= change.end && before[at - delta - 1] === "\n") {
      if (isClosed && isClosing(line) && isClosing(lineAt(before, at - delta))) break;
      if (beginsItem(after, at, start, indent) && beginsItem(before, at - delta, start, indent)) break;
    }
    if (line.text !== "" && (line.indent < indent || line.text.includes('"'))) return undefined;
    at = line.next;
  }
  if (at < end) return { start: first, endBefore: at - delta, end: at };
  return isClosed ? undefined : { start: first, endBefore: end - delta, end };
}

/** Whether an item of the body begins on a line, whatever stands before it. */
function beginsItem(text: string, at: number, body: number, indent: number): boolean {
  const line = lineAt(text, at);
  BEGINS_ITEM.lastIndex = 0;
  if (line.indent !== indent || !BEGINS_ITEM.test(line.text)) return false;
  for (let above = at; above > body;) {
    above = lineStartBefore(text, above - 1);
    const { text: written } = lineAt(text, above);
    if (written !== "") return !GOES_ON.includes(written.at(-1)!);
  }
  return true;
}

const isClosing = ({ indent, text }: Line) => indent === 0 && text === "}";
