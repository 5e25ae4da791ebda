/**
 * How the parser's errors are said. The provider runs inside chevrotain and returns text; the text carries what was
 * expected, in words, behind which `parse.ts` puts what was found.
 */
import type { IParserErrorMessageProvider, TokenType } from "chevrotain";

const A_VALUE = "a number, a variable or an expression in parentheses";

/** What can stand at the start of a rule, in words. */
const RULE_WORDS: Record<string, string> = {
  item: "a layer",
  itemList: "a layer",
  element: "a layer",
  link: "a layer",
  claim: "a claim such as params: 138M",
  totalClaim: "a claim such as params: 138M",
  group: "a layer or ]",
  layer: "a layer",
  repeat: A_VALUE,
  operand: A_VALUE,
  primary: A_VALUE,
  argument: A_VALUE,
  expression: A_VALUE,
  comparison: A_VALUE,
  value: "a number",
  condition: "a condition such as s != 1",
  conditional: "{ ... } behind the condition",
  parameter: "a parameter such as c or s = 1",
  chain: "a layer",
  labelled: "the name of a label",
  useDeclaration: 'a path in quotes, such as "./blocks.cnn", or std',
  setting: "a setting such as batch 128",
  blockDeclaration: "{ ... }",
  path: "a label",
  netDeclaration: "{ ... } or = and the name of a net",
  declaredName: "a name",
  changes: "a label with a colon, such as CONV1:, or }",
  change: "what changes, such as 7x7 stride 2",
  part: "an attribute of the layer",
  annotation: "a size such as 55x55x96",
  program: "a layer",
};

const TOKEN_WORDS: Record<string, string> = {
  LeftCurly: "{",
  RightCurly: "}",
  LeftSquare: "[",
  RightSquare: "]",
  LeftParen: "(",
  RightParen: ")",
  Colon: "a colon",
  Equals: "=",
  Identifier: "a name in lower case",
  Name: "a name",
  But: "but",
  Then: "then",
  Else: "else",
  NumberLiteral: "a number",
  EOF: "the end of the file",
};

/** Where a token stands for more than itself. */
const TOKENS_OF_RULES: Record<string, string> = {
  "change Identifier": "after or before",
  "body LeftCurly": "{ ... }",
  "arguments RightParen": "a comma or )",
  "parameters RightParen": "a comma or )",
};

function wordsFor(type: TokenType, rule: string): string {
  return TOKENS_OF_RULES[`${rule} ${type.name}`] ?? TOKEN_WORDS[type.name] ?? RULE_WORDS[rule] ?? type.name;
}

export const syntaxMessages: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected, ruleName }) => wordsFor(expected, ruleName),
  buildNotAllInputParsedMessage: () => "the end of the file",
  buildNoViableAltMessage: ({ ruleName }) => RULE_WORDS[ruleName] ?? "something else",
  buildEarlyExitMessage: ({ ruleName }) => RULE_WORDS[ruleName] ?? "something else",
};
