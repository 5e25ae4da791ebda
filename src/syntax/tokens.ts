/**
 * The words of the language, and the lexer.
 *
 * Two modes: `program`, and `claim` for what follows `memory:` or `params:` up to the end of the line, a bracket or a
 * dash. In `program` mode a dash is one of two tokens: `BindDash` joins a count to its mnemonic (`CONV3-64`), every other
 * dash means *then*.
 */
import { createToken, Lexer, type CustomPatternMatcherFunc, type IToken, type TokenType } from "chevrotain";

export const DASH = "-\u2010\u2011\u2012\u2013\u2014\u2212"; // as slides and papers print it
export const ARROWS = "\u2192\u21d2\u27f6";
const word = "(?![A-Za-z0-9_])";

const regular = (name: string, pattern: RegExp, more: { longer_alt?: TokenType; categories?: TokenType[] } = {}) =>
  createToken({ name, pattern, ...more });

/** Tokens that end a claim and count as their twins of the program mode. */
const ending = (name: string, pattern: RegExp, twin: TokenType) =>
  createToken({ name, pattern, categories: [twin], pop_mode: true, line_breaks: name === "ClaimNewline" });

export const Comment = createToken({ name: "Comment", pattern: /#[^\n]*/, group: "comments" });
export const WhiteSpace = createToken({
  name: "WhiteSpace",
  pattern: /[ \t\r\f\u00a0\u2009\u202f\ufeff]+/,
  group: Lexer.SKIPPED,
});
export const Newline = createToken({ name: "Newline", pattern: /\n/, line_breaks: true });

// Words.
export const Identifier = regular("Identifier", /[a-z_][A-Za-z0-9_]*/);
const keyword = (name: string, word: string) => regular(name, new RegExp(word), { longer_alt: Identifier });
export const Net = keyword("Net", "net");
export const Block = keyword("Block", "block");
export const Function = keyword("Function", "fn");
export const Let = keyword("Let", "let");
export const Use = keyword("Use", "use");
export const Default = keyword("Default", "default");
export const Output = keyword("Output", "output");
export const Assert = keyword("Assert", "assert");
export const Train = keyword("Train", "train");
export const But = keyword("But", "but");
export const If = keyword("If", "if");
export const Then = keyword("Then", "then");
export const Else = keyword("Else", "else");
export const And = keyword("And", "and");
export const Or = keyword("Or", "or");
export const Not = keyword("Not", "not");
/** `in.c`, `peak.memory`, and `in.` alone, which is still being written. */
export const DottedName = regular("DottedName", /[a-z_][A-Za-z0-9_]*\.[A-Za-z_][A-Za-z0-9_]*|in\.(?![A-Za-z_])/);
export const Total = regular("Total", new RegExp(`TOTAL${word}`));
/** `CONV`, `CONV3`, `CONV1x7`, `MAX POOL2`, and as papers print them `ReLU`, `soft-max`. */
export const Mnemonic = regular(
  "Mnemonic",
  new RegExp(`(?:(?:MAX|AVG)[ \\t]+POOL|ReLU|SOFT-MAX|soft-max|[A-Z]{2,})(?:\\d+(?:[x\u00d7]\\d+)*)?${word}`),
);
export const Name = regular("Name", /[A-Z][A-Za-z0-9_]*/);

// Numbers and sizes.
/** `227x227x3`, `HxWx3`: one token; one capital letter stands for a size that is not fixed. */
export const Size = regular("Size", new RegExp(`(?:\\d+|[A-Z])(?:[x\u00d7](?:\\d+|[A-Z]))+${word}`));
export const NumberLiteral = regular("NumberLiteral", /\d+(?:_\d{3})*(?:\.\d+)?(?:[eE][-+]?\d+)?/);
/** `5M`, `64MB`, `64 MB`, `1.5GiB`: figures of budgets. */
export const Quantity = regular(
  "Quantity",
  new RegExp(`\\d+(?:_\\d{3})*(?:\\.\\d+)?(?:[KkMGT]i?B?|B|[ \\t][KkMGT]i?B)${word}`),
);
export const StringLiteral = regular("StringLiteral", /"[^"\n]*"/);

// Punctuation.
export const Arrow = regular("Arrow", new RegExp(`->|[${ARROWS}]`));
export const Dash = regular("Dash", new RegExp(`[${DASH}]`));
export const DoubleSlash = regular("DoubleSlash", /\/\//);
export const Slash = regular("Slash", /\//);
export const Star = regular("Star", /\*/);
export const Times = regular("Times", /\u00d7/);
export const Plus = regular("Plus", /\+/);
export const Percent = regular("Percent", /%/);
export const Caret = regular("Caret", /\^/);
export const LeftSquare = regular("LeftSquare", /\[/);
export const RightSquare = regular("RightSquare", /\]/);
export const LeftCurly = regular("LeftCurly", /\{/);
export const RightCurly = regular("RightCurly", /\}/);
export const LeftParen = regular("LeftParen", /\(/);
export const RightParen = regular("RightParen", /\)/);
export const Colon = regular("Colon", /:/);
export const Comma = regular("Comma", /[,;]/);
export const DoubleEquals = regular("DoubleEquals", /==/);
export const NotEquals = regular("NotEquals", /!=|\u2260/);
export const LessEqual = regular("LessEqual", /<=|\u2264/);
export const GreaterEqual = regular("GreaterEqual", />=|\u2265/);
export const Less = regular("Less", /</);
export const Greater = regular("Greater", />/);
export const Equals = regular("Equals", /=/);
export const Dot = regular("Dot", /\./);
export const Bar = regular("Bar", /\|/);
export const At = regular("At", /@/);
export const Question = regular("Question", /\?/);
/** Signs that only remarks contain. */
export const Mark = regular("Mark", /[!'"&$~]/);

/** `conv3`, `Conv3`: what someone writes who does not know that layers are in capitals. */
const maybeLayer = /^[A-Za-z]{2,}\d*(?:x\d+)*$/;

const bindDash: CustomPatternMatcherFunc = (text, offset, tokens) => {
  if (!DASH.includes(text[offset]!)) return null;
  const before = tokens[tokens.length - 1];
  if (!before || before.startOffset + before.image.length !== offset) return null;
  if (!/[0-9a-z(?]/.test(text[offset + 1] ?? "")) return null;
  const binds =
    before.tokenType === Mnemonic ||
    // A mistaken `conv3-64` is read as the layer that it means, where a layer can stand.
    ((before.tokenType === Identifier || before.tokenType === Name) &&
      maybeLayer.test(before.image) &&
      startsLayer(tokens[tokens.length - 2]));
  return binds ? ([text[offset]!] as unknown as RegExpExecArray) : null;
};

function startsLayer(token: IToken | undefined): boolean {
  if (!token) return true;
  return [Newline, Dash, Arrow, LeftSquare, LeftCurly, RightCurly, Bar, Colon, Default].some(
    (type) => token.tokenType === type || token.tokenType.CATEGORIES?.includes(type),
  );
}

export const BindDash = createToken({
  name: "BindDash",
  pattern: bindDash,
  start_chars_hint: [...DASH],
  line_breaks: false,
});

// Claims.
export const ClaimKey = createToken({
  name: "ClaimKey",
  pattern: /(?:memory|params|macs)[ \t]*:/,
  push_mode: "claim",
});
const ClaimNewline = ending("ClaimNewline", /\n/, Newline);
const ClaimArrow = ending("ClaimArrow", new RegExp(`->|[${ARROWS}]`), Arrow);
const ClaimDash = ending("ClaimDash", new RegExp(`[${DASH}](?![^\\s[A-Z])`), Dash);
const ClaimLeftSquare = ending("ClaimLeftSquare", /\[/, LeftSquare);
const ClaimRightSquare = ending("ClaimRightSquare", /\]/, RightSquare);
const ClaimRightCurly = ending("ClaimRightCurly", /\}/, RightCurly);
/** A further claim on the line: the mode stays. */
const NextClaimKey = createToken({
  name: "NextClaimKey",
  pattern: /(?:memory|params|macs)[ \t]*:/,
  categories: [ClaimKey],
});
export const ClaimQuantity = regular(
  "ClaimQuantity",
  new RegExp(`\\d[\\d,]*(?:\\.\\d+)?[KkMGBT]?(?![A-WYZa-wyz0-9_])`),
);
export const ClaimOperator = regular("ClaimOperator", /[*\u00d7x+()](?![A-Za-z])/);
export const ClaimEquals = regular("ClaimEquals", /=/);
export const ClaimText = regular("ClaimText", /[^\s#[\]{}()*=+~]+|[{*+()~]/);

export const tokenModes = {
  defaultMode: "program",
  modes: {
    program: [
      WhiteSpace,
      Comment,
      Newline,
      ClaimKey,
      Total,
      Size,
      Quantity,
      NumberLiteral,
      StringLiteral,
      Mnemonic,
      Name,
      DottedName,
      Net,
      Block,
      Function,
      Let,
      Use,
      Default,
      Output,
      Assert,
      Train,
      But,
      If,
      Then,
      Else,
      And,
      Or,
      Not,
      Identifier,
      Arrow,
      BindDash,
      Dash,
      DoubleSlash,
      Slash,
      Star,
      Times,
      Plus,
      Percent,
      Caret,
      LeftSquare,
      RightSquare,
      LeftCurly,
      RightCurly,
      LeftParen,
      RightParen,
      Colon,
      Comma,
      DoubleEquals,
      NotEquals,
      LessEqual,
      GreaterEqual,
      Less,
      Greater,
      Equals,
      Dot,
      Bar,
      At,
      Question,
      Mark,
    ],
    claim: [
      WhiteSpace,
      Comment,
      ClaimNewline,
      NextClaimKey,
      ClaimArrow,
      ClaimDash,
      ClaimLeftSquare,
      ClaimRightSquare,
      ClaimRightCurly,
      ClaimQuantity,
      ClaimOperator,
      ClaimEquals,
      ClaimText,
    ],
  },
};

let lexer: Lexer | undefined;

/** The lexer, made when first needed: its construction is what a small command spends its time on. */
export function programLexer(): Lexer {
  lexer ??= new Lexer(tokenModes, { positionTracking: "onlyOffset", skipValidations: true });
  return lexer;
}
