/**
 * Which brackets a text means where they do not match, by how its lines are laid out: a half-written line does not take what
 * stands below it into its brackets.
 */
import type { IToken } from "chevrotain";
import type { SourceText } from "../base/source.js";
import { ARROWS, Block, DASH, Else, Function, Net, Use } from "./tokens.js";

/** Signs at the end of a line that go on with the next one, whatever is open. */
export const GOES_ON = `=,|:+*/%^<>@${DASH}${ARROWS}`;

/** What can only stand outside of all brackets, where it begins a line. */
const OUTERMOST = [Net, Block, Function, Use];

const isNewline = (token: IToken | undefined) => token?.image === "\n";

const goesOn = (token: IToken | undefined) => token !== undefined && GOES_ON.includes(token.image.at(-1)!);

/** The tokens cut before each declaration that begins a line without a blank before it. */
export function sectionsOf(tokens: readonly IToken[]): (readonly IToken[])[] {
  const starts = [0];
  let last: IToken | undefined;
  tokens.forEach((token, index) => {
    if (isNewline(token)) return;
    const before = tokens[index - 1];
    const begins = before && isNewline(before) && token.startOffset === before.startOffset + 1;
    if (begins && OUTERMOST.includes(token.tokenType) && !goesOn(last)) starts.push(index);
    last = token;
  });
  return starts.map((start, index) => tokens.slice(start, starts[index + 1]));
}

export class LineLayout {
  /** How far the line of each token is indented. */
  private readonly indents: number[] = [];
  private readonly isFirst: boolean[] = [];
  private readonly places = new Map<IToken, number>();

  constructor(
    source: SourceText,
    private readonly tokens: readonly IToken[],
  ) {
    let lineStart = source.text.lastIndexOf("\n", (tokens[0]?.startOffset ?? 0) - 1) + 1;
    let isBlank = true;
    tokens.forEach((token, index) => {
      this.places.set(token, index);
      const before = index > 0 ? this.indents[index - 1]! : 0;
      this.isFirst.push(isBlank && !isNewline(token));
      this.indents.push(this.isFirst[index] ? token.startOffset - lineStart : before);
      if (isNewline(token)) lineStart = token.startOffset + 1;
      isBlank = isNewline(token);
    });
  }

  /** The last token before one that is no end of a line. */
  endBefore(index: number): IToken | undefined {
    let at = index - 1;
    while (isNewline(this.tokens[at])) at--;
    return this.tokens[at];
  }

  /** From which of the open brackets on a token ends them because its line stands too far left to be in them. */
  firstEnded(open: readonly IToken[], index: number): number {
    const token = this.tokens[index]!;
    if (open.length === 0 || !this.isFirst[index]) return open.length;
    const closes = "]})".includes(token.image);
    if (!closes && goesOn(this.endBefore(index))) return open.length;
    const indent = this.indents[index]!;
    // A bracket is closed, and a branch or an alternative begun, below the line that opens it.
    const mayBeLevel = closes || token.image === "|" || token.tokenType === Else;
    let first = open.length;
    while (first > 0) {
      const outer = this.indentOf(open[first - 1]!);
      if (mayBeLevel ? outer <= indent : outer < indent) break;
      first--;
    }
    return first;
  }

  /**
   * Whether a closing brace stands within what a brace at the end of an earlier line opens: on a line with something before it, or on
   * one that is further in.
   */
  isInside(open: readonly IToken[], index: number): boolean {
    const opener = open.findLast(({ image }) => image === "{");
    if (!opener || !isNewline(this.tokens[this.places.get(opener)! + 1])) return false;
    return !this.isFirst[index] || this.indents[index]! > this.indentOf(opener);
  }

  private indentOf(token: IToken): number {
    return this.indents[this.places.get(token)!]!;
  }
}
