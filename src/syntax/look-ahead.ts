/** What one token of look-ahead cannot tell: the questions that the rules of the grammar ask about what follows. */
import { EOF, tokenMatcher, type IToken, type TokenType } from "chevrotain";
import { ELSE_IF, standsFor, verbOf } from "./keywords.js";
import { RecoveringParser } from "./recovering-parser.js";
import * as t from "./tokens.js";

/** Tokens between a net's name and its brace that are looked over. */
const LONGEST_HEADING = 40;

export abstract class LookAhead extends RecoveringParser {
  /** Whether `but { ... }` is being read, where a comma separates changes. */
  protected insideChanges = false;

  override reset(): void {
    super.reset();
    this.insideChanges = false;
  }

  /** `[55x55x96]`, `[4096]`: a group never starts with a number. */
  protected isAnnotation(): boolean {
    if (!tokenMatcher(this.LA(1), t.LeftSquare)) return false;
    return this.isSize(this.LA(2)) || this.isArithmetic();
  }

  /** Parentheses without a layer in them: no group is meant. */
  protected isStrayGroup(): boolean {
    if (!tokenMatcher(this.LA(1), t.LeftParen)) return false;
    let depth = 1;
    for (let index = 2; depth > 0; index++) {
      const token = this.LA(index);
      const isLayer = [t.Mnemonic, t.Name, t.Newline, t.LeftSquare, t.LeftCurly, EOF];
      if (isLayer.some((type) => tokenMatcher(token, type))) return false;
      if (tokenMatcher(token, t.LeftParen)) depth++;
      if (tokenMatcher(token, t.RightParen)) depth--;
    }
    return true;
  }

  protected isSizeToken(token: IToken): boolean {
    return SIZE_TOKENS.some((type) => tokenMatcher(token, type));
  }

  /** `[H/2xW/2x64]`: brackets with nothing in them but numbers, letters and signs. */
  protected isArithmetic(): boolean {
    let joins = false;
    for (let index = 2; index < LONGEST_SIZE; index++) {
      const token = this.LA(index);
      if (tokenMatcher(token, t.RightSquare)) return joins;
      const isLetters = /^[A-Za-z_]/.test(token.image);
      if (!this.isSizeToken(token)) return false;
      if (isLetters && !/^([A-Z]|x[\dA-Z]*|[A-Z](x[\dA-Z])+|in\.[a-z])$/.test(token.image)) return false;
      joins ||= tokenMatcher(token, t.Size) || /^x/.test(token.image);
    }
    return false;
  }

  protected startsLink(): boolean {
    const next = this.LA(1);
    const starts = [t.LeftSquare, t.LeftParen, t.LeftCurly, t.Mnemonic, t.Name, t.Identifier, t.At, t.If];
    return starts.some((type) => tokenMatcher(next, type));
  }

  /** A word and a colon, with a layer, group or net behind it; without one, `CONV1:` is itself the layer. */
  protected isLabel(): boolean {
    if (!tokenMatcher(this.LA(2), t.Colon)) return this.isWrongLabel();
    let index = 3;
    while (tokenMatcher(this.LA(index), t.LeftSquare) && this.isSize(this.LA(index + 1))) index += 3;
    const next = this.LA(index);
    const starts = (types: readonly TokenType[]) => types.some((type) => tokenMatcher(next, type));
    if (tokenMatcher(this.LA(1), t.Mnemonic)) {
      // `NORM1: Normalization layer` is a layer in words, `CONV1: Bottleneck(64)` a block with a label.
      return starts([t.LeftSquare, t.Mnemonic, t.At, t.If]) || (starts([t.Name]) && this.touches(index));
    }
    // `conv1: 96 11x11` is a slide's line in small letters, which is told as that.
    return !starts([t.NumberLiteral, t.Size, t.Newline, EOF]);
  }

  /** `@e1: CONV3-64`, `my-label: CONV3-64`, `x = CONV3-64`: a label as it is not written. */
  protected isWrongLabel(): boolean {
    const is = (index: number, ...types: readonly TokenType[]) =>
      types.some((type) => tokenMatcher(this.LA(index), type));
    const startsLayer = (index: number) =>
      is(index, t.LeftSquare, t.Mnemonic, t.At, t.If) || (is(index, t.Name) && this.touches(index));
    if (is(1, t.At)) return is(2, t.Name, t.Mnemonic, t.Identifier) && is(3, t.Colon) && startsLayer(4);
    if (!is(1, t.Identifier, t.Name)) return false;
    if (is(2, t.Equals)) return startsLayer(3);
    let index = 2;
    while (is(index, t.Dash, t.BindDash) && is(index + 1, t.Identifier, t.Name, t.NumberLiteral) && this.isTight(index))
      index += 2;
    return index > 2 && is(index, t.Colon) && startsLayer(index + 1);
  }

  /** Whether a sign touches what stands on both sides of it. */
  protected isTight(index: number): boolean {
    const [before, sign, after] = [this.LA(index - 1), this.LA(index), this.LA(index + 1)];
    return before.startOffset + before.image.length === sign.startOffset && sign.startOffset + 1 === after.startOffset;
  }

  /** The keyword, or a word that is misspelt or of another language where only the keyword can be meant. */
  protected isKeyword(keyword: TokenType, word: string): boolean {
    const first = this.LA(1);
    if (tokenMatcher(first, keyword)) return true;
    if (!tokenMatcher(first, t.Identifier)) return false;
    if (word === "fn" && this.isFunction(1)) return true;
    return standsFor(first.image, word) && this.followsKeyword(word);
  }

  protected followsKeyword(word: string): boolean {
    const is = (index: number, ...types: readonly TokenType[]) =>
      types.some((type) => tokenMatcher(this.LA(index), type));
    switch (word) {
      case "fn":
        return this.isFunction(2);
      case "let":
        return is(2, t.Identifier) && is(3, t.Equals);
      case "output":
        return is(2, t.Identifier, t.Name) && is(3, t.Equals);
      case "use":
        return is(2, t.StringLiteral, t.Identifier) && this.endsAt(3);
      case "assert":
        return is(2, t.Identifier, t.DottedName, t.Name) && is(3, ...COMPARISONS, t.Percent, t.Plus, t.Star, t.Slash);
      case "train":
        return is(2, t.LeftCurly);
      default:
        return is(2, t.Name, t.Mnemonic);
    }
  }

  /** `double(x) = 2*x`. */
  protected isFunction(index: number): boolean {
    if (!tokenMatcher(this.LA(index), t.Identifier) || !this.touches(index)) return false;
    for (let next = index + 2; next < LONGEST_HEADING; next++) {
      const token = this.LA(next);
      if (tokenMatcher(token, t.RightParen)) return tokenMatcher(this.LA(next + 1), t.Equals);
      if ([...BRACKETS_AND_LINES, EOF].some((type) => tokenMatcher(token, type))) return false;
    }
    return false;
  }

  /** Whether the line ends at an index. */
  protected endsAt(index: number): boolean {
    return [t.Newline, t.RightCurly, EOF].some((type) => tokenMatcher(this.LA(index), type));
  }

  /** `but {`, another word in its place, or the brace alone. */
  protected isBut(): boolean {
    const [first, second] = [this.LA(1), this.LA(2)];
    const isOther = tokenMatcher(first, t.Identifier) && tokenMatcher(second, t.LeftCurly);
    return isOther || tokenMatcher(first, t.But) || (tokenMatcher(first, t.LeftCurly) && this.startsChange(2));
  }

  /** `CONV1: 7x7` or `drop NORM1`, also on a further line. */
  protected startsChange(at: number): boolean {
    let index = at;
    while (tokenMatcher(this.LA(index), t.Newline)) index++;
    const isName = [t.Name, t.Mnemonic, t.Identifier, t.DottedName].some((type) => tokenMatcher(this.LA(index), type));
    return (isName && tokenMatcher(this.LA(index + 1), t.Colon)) || this.verbAt(index) !== undefined;
  }

  /** `[`, which is no annotation, or `(` behind a merging layer: braces are meant. */
  protected opensBranches(): boolean {
    const next = this.LA(1);
    return tokenMatcher(next, t.LeftParen) || (tokenMatcher(next, t.LeftSquare) && !this.isAnnotation());
  }

  /** Whether a brace or an equals sign follows on the line of a net's heading. */
  protected headingGoesOn(): boolean {
    for (let index = 1; index <= LONGEST_HEADING; index++) {
      const token = this.LA(index);
      if ([t.LeftCurly, t.Equals].some((type) => tokenMatcher(token, type))) return true;
      if ([t.Newline, EOF].some((type) => tokenMatcher(token, type))) return false;
    }
    return false;
  }

  /** Behind a comma a label that starts no change of its own. */
  protected isFurtherLabel(): boolean {
    const names = [t.Name, t.Mnemonic, t.Identifier, t.DottedName];
    const isName = names.some((type) => tokenMatcher(this.LA(2), type));
    const ends = [t.Comma, t.Newline, t.RightCurly, t.Dot].some((type) => tokenMatcher(this.LA(3), type));
    return isName && ends;
  }

  /**
   * `drop NORM1`: the verb of a change, which has a label behind it and is not itself one. A misspelt verb, or one of another
   * language, is told by the AST builder.
   */
  protected verbAt(at: number): string | undefined {
    const [verb, next] = [this.LA(at), this.LA(at + 1)];
    const names = [t.Name, t.Mnemonic, t.Identifier, t.DottedName].some((type) => tokenMatcher(next, type));
    return names && tokenMatcher(verb, t.Identifier) ? verbOf(verb.image) : undefined;
  }

  /** `output: FC-10`: a label. */
  protected isKeywordLabel(): boolean {
    return tokenMatcher(this.LA(2), t.Colon);
  }

  /** `let c = in.c - CONV3-64`: a dash before a layer, a block or a group is no minus. */
  protected isThen(): boolean {
    const [dash, next] = [this.LA(1), this.LA(2)];
    if (!tokenMatcher(dash, t.Dash)) return false;
    const isLayer = [t.Mnemonic, t.LeftSquare, t.At, t.If].some((type) => tokenMatcher(next, type));
    // One letter is a size.
    return isLayer || (tokenMatcher(next, t.Name) && next.image.length > 1);
  }

  /** Whether `else` follows, here or on a further line; `again` where it has a condition of its own. */
  protected isElse(again: boolean): boolean {
    let index = 1;
    while (tokenMatcher(this.LA(index), t.Newline)) index++;
    const [word, next] = [this.LA(index), this.LA(index + 1)];
    if (tokenMatcher(word, t.Else)) return tokenMatcher(next, t.If) === again;
    if (this.isElseIf(word)) return again;
    if (!tokenMatcher(word, t.Identifier) || !standsFor(word.image, "else")) return false;
    return tokenMatcher(next, again ? t.If : t.LeftCurly);
  }

  /** `if`, or a word that is misspelt where a comparison follows. */
  protected isCondition(): boolean {
    const [word, , sign] = [this.LA(1), this.LA(2), this.LA(3)];
    if (tokenMatcher(word, t.If)) return true;
    const compares = COMPARISONS.some((type) => tokenMatcher(sign, type));
    return tokenMatcher(word, t.Identifier) && compares && standsFor(word.image, "if");
  }

  protected isElseIf(word: IToken): boolean {
    return tokenMatcher(word, t.Identifier) && ELSE_IF.includes(word.image);
  }

  /** `Bottleneck(64, 2)`: parentheses that touch the name, unless it is a layer's and there is prose in them. */
  protected isCall(): boolean {
    const isName = tokenMatcher(this.LA(0), t.Name);
    return this.touchesParenthesis() && (isName || !this.isProse([t.Mark, t.Colon, t.Bar]));
  }

  /** `max(3, 4)`: a call has no blank before its parenthesis. */
  protected touchesParenthesis(): boolean {
    return this.touches(0);
  }

  /** Whether a parenthesis touches the token at an index. */
  protected touches(index: number): boolean {
    const [name, parenthesis] = [this.LA(index), this.LA(index + 1)];
    return tokenMatcher(parenthesis, t.LeftParen) && name.startOffset + name.image.length === parenthesis.startOffset;
  }

  protected isSize(token: IToken): boolean {
    return tokenMatcher(token, t.Size) || tokenMatcher(token, t.NumberLiteral);
  }

  protected isPart(): boolean {
    const next = this.LA(1);
    if (tokenMatcher(next, t.LeftSquare)) return this.isAnnotation();
    if (tokenMatcher(next, t.Comma) && this.insideChanges) {
      // Behind the comma stands the next change.
      const isSet = [3, 5].some((index) => tokenMatcher(this.LA(index), t.Colon));
      return !isSet && this.verbAt(2) === undefined;
    }
    return !tokenMatcher(next, t.Dash) || this.isNegativeNumber();
  }

  /** A dash that touches a number: no layer starts with one. */
  protected isNegativeNumber(): boolean {
    const [dash, number] = [this.LA(1), this.LA(2)];
    return (
      tokenMatcher(dash, t.Dash) && tokenMatcher(number, t.NumberLiteral) && dash.startOffset + 1 === number.startOffset
    );
  }

  /** Parentheses with signs that no expression has, or two words or numbers side by side that no operator joins. */
  protected isRemark(): boolean {
    return tokenMatcher(this.LA(1), t.LeftParen) && this.isProse(REMARK_SIGNS);
  }

  protected isProse(signs: readonly TokenType[]): boolean {
    const matches = (token: IToken, types: readonly TokenType[]) => types.some((type) => tokenMatcher(token, type));
    let previousIsOperand = false;
    for (let index = 2; ; index++) {
      const token = this.LA(index);
      if (matches(token, [EOF, ...BRACKETS_AND_LINES])) return false;
      if (matches(token, signs)) return true;
      const isOperand = matches(token, OPERANDS);
      if (isOperand && previousIsOperand) return true;
      previousIsOperand = isOperand;
    }
  }

  protected closes(token: IToken): boolean {
    return [t.RightSquare, t.RightCurly, t.RightParen, t.Bar, EOF].some((type) => tokenMatcher(token, type));
  }
}

const { Newline, LeftSquare, RightSquare, LeftCurly, RightCurly, LeftParen, RightParen } = t;
export const BRACKETS_AND_LINES = [Newline, LeftSquare, RightSquare, LeftCurly, RightCurly, LeftParen, RightParen];

/** Words and numbers: two of them side by side are prose. */
const OPERANDS = [
  t.Identifier,
  t.DottedName,
  t.Name,
  t.Mnemonic,
  t.NumberLiteral,
  t.Quantity,
  t.Size,
  t.But,
  t.Net,
  t.Block,
  t.Default,
  t.Use,
  t.Output,
  t.Train,
];
const COMPARISONS = [t.DoubleEquals, t.NotEquals, t.LessEqual, t.GreaterEqual, t.Less, t.Greater];

/** Tokens between the brackets of an annotation that are looked over. */
const LONGEST_SIZE = 24;

/** What sizes with arithmetic, blanks or commas are made of. */
export const SIZE_TOKENS = [
  t.NumberLiteral,
  t.Size,
  t.Name,
  t.Mnemonic,
  t.Identifier,
  t.DottedName,
  t.Slash,
  t.DoubleSlash,
  t.Star,
  t.Times,
  t.Plus,
  t.Dash,
  t.Comma,
  t.Question,
  t.LeftParen,
  t.RightParen,
];

const REMARK_SIGNS = [t.Mark, t.Dot, t.Colon, t.Equals, t.At, t.Bar];
