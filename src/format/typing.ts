/** What the formatter does while someone types: the text around may be half written. */
import { SourceText } from "../base/source.js";
import { tokenStream, type SourceToken } from "../syntax/token-stream.js";
import type { LayoutOptions } from "./print-program.js";
import { changesOrNone, type Range, type TextChange } from "./range.js";

/** An opening bracket that is not closed, with the indentation of the statement that it stands in. */
interface OpenBracket {
  readonly token: SourceToken;
  readonly indentation: string;
  hasBars: boolean;
}

/** The indentation of the line that a line end before `offset` has just begun. */
export function changesAfterLineEnd(text: string, offset: number, options: LayoutOptions): TextChange[] {
  const start = startOfLine(text, offset);
  if (start === 0) return [];
  const tokens = tokenStream(new SourceText("", text.slice(0, start)));
  const rest = text.slice(start, endOfLine(text, start));
  const wanted = indentationOf(rest.trim(), text, tokens, unitOf(options));
  return wanted === undefined ? [] : indented(text, start, wanted);
}

const unitOf = ({ tabWidth }: LayoutOptions) => " ".repeat(tabWidth);

/** As the layout has it, from the line with the bracket around it on; undefined for a line that is not to be touched. */
function indentationOf(rest: string, text: string, tokens: readonly SourceToken[], unit: string): string | undefined {
  const open = openBrackets(text, tokens, unit);
  const isIn = open.at(-1)?.token.kind === "LeftParen";
  // The words of a remark stay as they are.
  if (isIn && rest !== "") return undefined;
  const bracket = open.findLast(({ token }) => token.kind !== "LeftParen");
  if (bracket && rest.startsWith(CLOSING[bracket.token.text]!)) return bracket.indentation;
  const level = bracket ? bracket.indentation + unit : "";
  const last = tokens.findLast(({ kind }) => kind !== "Newline" && kind !== "Comment");
  const goesOn = isIn || isDash(last) || /^(?:->|[-\u2010-\u2014\u2212\u2192\u21d2\u27f6])/.test(rest);
  // On an empty line behind branches the next one is expected.
  const isInBranch = bracket?.hasBars === true && !rest.startsWith("|") && (goesOn || rest !== "");
  return level + (isInBranch ? unit : "") + (goesOn ? unit : "");
}

const isDash = (token: SourceToken | undefined) => token?.kind === "Dash" || token?.kind === "Arrow";

/** The layout of the declaration that the `}` before `offset` closes; of another brace its own indentation. */
export function changesAfterBrace(text: string, offset: number, options: LayoutOptions): TextChange[] {
  const tokens = tokenStream(new SourceText("", text.slice(0, offset)));
  const brace = tokens.pop();
  if (brace?.kind !== "RightCurly" || brace.end !== offset) return [];
  const opened = openBrackets(text, tokens, unitOf(options)).findLast(({ token }) => token.kind === "LeftCurly");
  if (!opened) return [];
  const heading = headingOf(text, tokens, tokens.indexOf(opened.token));
  const changes = heading && declarationChanges(text, { start: heading.start, end: offset }, options);
  if (changes) return changes;
  const start = startOfLine(text, offset);
  return text.slice(start, brace.start).trim() === "" ? indented(text, start, opened.indentation) : [];
}

/** `net` or `block`, first on its line, of the braces at an index. */
function headingOf(text: string, tokens: readonly SourceToken[], brace: number): SourceToken | undefined {
  for (let index = brace - 1; index >= 0; index--) {
    const token = tokens[index]!;
    if (DECLARATIONS.has(token.kind)) return isFirstOnLine(text, token) ? token : undefined;
    if (token.kind === "RightCurly" || token.kind === "LeftCurly") return undefined;
    if (token.kind === "Newline" && !token.isIgnored) return undefined;
  }
  return undefined;
}

const DECLARATIONS = new Set(["Net", "Block"]);

/** Undefined where the declaration cannot be read. Nothing outside of it changes but its indentation. */
function declarationChanges(text: string, range: Range, options: LayoutOptions): TextChange[] | undefined {
  const start = startOfLine(text, range.start);
  const isInside = (change: TextChange) => change.start >= start && change.start < range.end;
  const ofFile = changesOrNone(text, options, range);
  if (ofFile) return ofFile.filter(isInside);
  // Something else in the file is half written. On its own it stands at the margin.
  if (start < range.start) return undefined;
  // With the comments before it, one of which may say that it stays as it is.
  const from = startOfComments(text, start);
  return changesOrNone(text.slice(from, range.end), options)
    ?.map((change) => ({ ...change, start: change.start + from, end: change.end + from }))
    .filter(isInside);
}

/** Where the comments and blank lines before a line start. */
function startOfComments(text: string, line: number): number {
  let start = line;
  while (start > 0) {
    const before = startOfLine(text, start - 1);
    if (!/^\s*(?:#.*)?$/.test(text.slice(before, start - 1))) break;
    start = before;
  }
  return start;
}

/** The brackets that are open behind some words, outermost first. */
function openBrackets(text: string, tokens: readonly SourceToken[], unit: string): OpenBracket[] {
  const open: OpenBracket[] = [];
  // On the last line of parentheses over several lines the statement stands where their first line does.
  let continued: { line: number; indentation: string } | undefined;
  for (const token of tokens) {
    const line = startOfLine(text, token.start);
    // An unfinished declaration ends where the next one starts.
    if (DECLARATIONS.has(token.kind) && line === token.start) open.length = 0;
    if (token.kind === "Bar" && open.length > 0) open.at(-1)!.hasBars = true;
    if (OPENING.has(token.kind)) {
      const indentation = continued?.line === line ? continued.indentation : levelOf(text, line, unit);
      open.push({ token, indentation, hasBars: false });
    }
    if (!CLOSERS.has(token.kind)) continue;
    const closed = open.findLastIndex((bracket) => CLOSING[bracket.token.text] === token.text);
    if (closed < 0) continue;
    const { token: opener, indentation } = open[closed]!;
    if (opener.kind === "LeftParen" && opener.start < line) continued = { line, indentation };
    open.length = closed;
  }
  return open;
}

/** The indentation of a line, behind its bar where it starts a branch. */
function levelOf(text: string, line: number, unit: string): string {
  const indentation = indentationAt(text, line);
  return text[line + indentation.length] === "|" ? indentation + unit : indentation;
}

const OPENING = new Set(["LeftCurly", "LeftSquare", "LeftParen"]);
const CLOSERS = new Set(["RightCurly", "RightSquare", "RightParen"]);
const CLOSING: Readonly<Record<string, string>> = { "{": "}", "[": "]", "(": ")" };

const startOfLine = (text: string, offset: number) => text.lastIndexOf("\n", offset - 1) + 1;

const endOfLine = (text: string, offset: number) => {
  const end = text.indexOf("\n", offset);
  return end < 0 ? text.length : end;
};

const indentationAt = (text: string, start: number) => /^[ \t]*/.exec(text.slice(start, endOfLine(text, start)))![0];

const isFirstOnLine = (text: string, { start }: SourceToken) =>
  text.slice(startOfLine(text, start), start).trim() === "";

function indented(text: string, start: number, wanted: string): TextChange[] {
  const found = indentationAt(text, start);
  return found === wanted ? [] : [{ start, end: start + found.length, text: wanted }];
}
