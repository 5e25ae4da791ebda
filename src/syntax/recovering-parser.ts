/**
 * How reading goes on behind a mistake: at the next line or closing bracket, past whole groups and bodies, so that one
 * mistake is one message.
 */
import { CstParser, EOF, tokenMatcher, type IToken, type TokenType } from "chevrotain";
import { syntaxMessages } from "./messages.js";
import * as t from "./tokens.js";

/** A parser of the language without its rules; one that has them calls `performSelfAnalysis` when they stand. */
export abstract class RecoveringParser extends CstParser {
  constructor() {
    super(t.tokenModes, {
      recoveryEnabled: true,
      maxLookahead: 1,
      // The grammar is validated by a test (test/syntax/parser.test.ts), not at every start.
      skipValidations: true,
      nodeLocationTracking: "onlyOffset",
      errorMessageProvider: syntaxMessages,
    });
    // Within a repetition chevrotain looks for the next sign of the kind that it waits for, in whatever brackets that stands.
    Object.assign(this, { attemptInRepetitionRecovery: () => undefined });
  }

  override reset(): void {
    super.reset();
    this.enclosed = undefined;
  }

  // Recovery: a mistake is skipped up to something that separates items, never mended by inventing tokens, which would
  // turn one mistake into several messages.

  override canTokenTypeBeInsertedInRecovery(): boolean {
    return false;
  }

  canRecoverWithSingleTokenDeletion(): boolean {
    return false;
  }

  /** Tokens between parentheses or in an annotation, with the closing sign: found when the first mistake is. */
  private enclosed: Set<IToken> | undefined;
  private resyncAt: IToken | undefined;

  /**
   * Where reading goes on: behind the parentheses or the annotation that the mistake is in, and past whole groups and bodies, at the next sign
   * that ends an item. A heading goes on with its body.
   */
  findReSyncTokenType(): TokenType {
    const internals = this as unknown as { flattenFollowSet(): TokenType[]; getHumanReadableRuleStack(): string[] };
    const possible = internals.flattenFollowSet();
    const rules = internals.getHumanReadableRuleStack();
    const isHeading = rules.slice(rules.lastIndexOf("item")).includes("parameters");
    const ends = isHeading ? [...ITEM_ENDS, t.LeftCurly] : ITEM_ENDS;
    this.enclosed ??= enclosedIn(this.input);
    let index = 1;
    while (this.enclosed.has(this.LA(index))) index++;
    for (let depth = 0; ; index++) {
      const token = this.LA(index);
      const isEnd = depth === 0 && ends.some((type) => tokenMatcher(token, type));
      const found = isEnd ? possible.find((type) => tokenMatcher(token, type)) : undefined;
      if (found || tokenMatcher(token, EOF)) {
        this.resyncAt = token;
        return found ?? EOF;
      }
      // A parenthesis that is never closed holds nothing.
      if ("[{".includes(token.image) || (token.image === "(" && this.enclosed.has(this.LA(index + 1)))) depth++;
      else if ("]})".includes(token.image)) depth = Math.max(0, depth - 1);
    }
  }

  reSyncTo(): IToken[] {
    const skipped: IToken[] = [];
    const internals = this as unknown as { SKIP_TOKEN(): IToken };
    while (this.LA(1) !== this.resyncAt && !tokenMatcher(this.LA(1), EOF)) {
      skipped.push(this.LA(1));
      internals.SKIP_TOKEN();
    }
    return skipped;
  }
}

/** Where an item ends at the latest. */
const ITEM_ENDS = [t.Newline, t.Dash, t.Arrow, t.Bar, t.RightSquare, t.RightCurly, t.RightParen];

/** Tokens that end with what is around them. A group holds layers, and so is no annotation, which starts with a size. */
function enclosedIn(tokens: readonly IToken[]): Set<IToken> {
  const found = new Set<IToken>();
  const open: number[] = [];
  const enclose = (start: number, end: number) => tokens.slice(start + 1, end + 1).forEach((inner) => found.add(inner));
  tokens.forEach((token, index) => {
    if (tokenMatcher(token, t.LeftParen)) open.push(index);
    if (
      tokenMatcher(token, t.LeftSquare) &&
      SIZES.some((type) => tokens[index + 1] && tokenMatcher(tokens[index + 1]!, type))
    ) {
      let end = index + 1;
      while (end < tokens.length && ![t.Newline, t.RightSquare].some((type) => tokenMatcher(tokens[end]!, type))) end++;
      if (end < tokens.length && tokenMatcher(tokens[end]!, t.RightSquare)) enclose(index, end);
    }
    if (!tokenMatcher(token, t.RightParen)) return;
    const start = open.pop();
    // Of nested ones the outer marks all.
    if (start !== undefined) enclose(start, index);
  });
  return found;
}

const SIZES = [t.Size, t.NumberLiteral];
