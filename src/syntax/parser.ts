/**
 * The grammar, as a chevrotain CST parser with recovery at the next line or closing bracket. `grammar/cnn.ebnf` is the
 * same in print. The rules build a concrete tree; `build-ast.ts` makes the AST of it.
 */
import { CstParser, EMPTY_ALT, EOF, tokenMatcher, type IToken, type TokenType } from "chevrotain";
import { closest } from "../base/suggest.js";
import { MERGING } from "./brackets.js";
import { syntaxMessages } from "./messages.js";
import * as t from "./tokens.js";

/** Tokens between a net's name and its brace that are looked over. */
const LONGEST_HEADING = 40;

export class CnnParser extends CstParser {
  /** Whether `but { ... }` is being read, where a comma separates changes. */
  private insideChanges = false;

  constructor() {
    super(t.tokenModes, {
      recoveryEnabled: true,
      maxLookahead: 1,
      // The grammar is validated by a test (test/syntax/parser.test.ts), not at every start.
      skipValidations: true,
      nodeLocationTracking: "onlyOffset",
      errorMessageProvider: syntaxMessages,
    });
    this.performSelfAnalysis();
  }

  override reset(): void {
    super.reset();
    this.insideChanges = false;
    this.enclosed = undefined;
  }

  program = this.RULE("program", () => {
    this.SUBRULE1(this.itemList);
    // A bracket that closes nothing must not hide what follows it.
    this.MANY(() => {
      this.SUBRULE(this.strayClose);
      this.SUBRULE2(this.itemList);
    });
  });

  strayClose = this.RULE("strayClose", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Bar) },
      { ALT: () => this.CONSUME(t.RightSquare) },
      { ALT: () => this.CONSUME(t.RightCurly) },
      { ALT: () => this.CONSUME(t.RightParen) },
    ]);
  });

  /** Items separated by any mix of dashes, arrows and line ends, which all mean *then*. */
  itemList = this.RULE("itemList", () => {
    this.MANY({
      GATE: () => !this.closes(this.LA(1)),
      DEF: () => {
        this.OR([
          { ALT: () => this.SUBRULE(this.separator) },
          { GATE: () => !this.isStrayGroup(), ALT: () => this.SUBRULE(this.item) },
          { ALT: () => this.SUBRULE(this.stray) },
        ]);
      },
    });
  });

  /** What no item starts with, with the rest of its line: one message for all of it. */
  stray = this.RULE("stray", () => {
    this.OR([
      ...STRAY_TOKENS.map((type, index) => ({ ALT: () => this.consume(index, type) })),
      { ALT: () => this.SUBRULE(this.strayGroup) },
    ]);
    this.MANY(() => this.SUBRULE(this.remarkToken));
  });

  /** An expression in parentheses where a layer should stand. */
  strayGroup = this.RULE("strayGroup", () => {
    this.CONSUME(t.LeftParen);
    this.MANY(() => {
      this.OR([{ ALT: () => this.SUBRULE(this.strayGroup) }, { ALT: () => this.SUBRULE(this.remarkToken) }]);
    });
    this.CONSUME(t.RightParen);
  });

  separator = this.RULE("separator", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Newline) },
      { ALT: () => this.CONSUME(t.Dash) },
      { ALT: () => this.CONSUME(t.Arrow) },
      { ALT: () => this.CONSUME(t.Comma) },
    ]);
  });

  item = this.RULE("item", () => {
    this.OR([
      { GATE: () => this.isKeyword(t.Net, "net"), ALT: () => this.SUBRULE(this.netDeclaration) },
      { GATE: () => this.isKeyword(t.Block, "block"), ALT: () => this.SUBRULE(this.blockDeclaration) },
      { GATE: () => this.isKeyword(t.Default, "default"), ALT: () => this.SUBRULE(this.defaultDeclaration) },
      { GATE: () => this.isKeyword(t.Function, "fn"), ALT: () => this.SUBRULE(this.functionDeclaration) },
      { GATE: () => this.isKeyword(t.Let, "let"), ALT: () => this.SUBRULE(this.letDeclaration) },
      { GATE: () => this.isKeyword(t.Use, "use"), ALT: () => this.SUBRULE(this.useDeclaration) },
      {
        GATE: () => !this.isKeywordLabel() && this.isKeyword(t.Output, "output"),
        ALT: () => this.SUBRULE(this.outputDeclaration),
      },
      { GATE: () => this.isKeyword(t.Assert, "assert"), ALT: () => this.SUBRULE(this.assertDeclaration) },
      { GATE: () => this.isKeyword(t.Train, "train"), ALT: () => this.SUBRULE(this.trainDeclaration) },
      { ALT: () => this.SUBRULE(this.totalClaim) },
      { ALT: () => this.SUBRULE(this.element) },
    ]);
  });

  netDeclaration = this.RULE("netDeclaration", () => {
    // A misspelt keyword is told by the AST builder: what follows is still read as what was meant.
    this.OR([{ ALT: () => this.CONSUME(t.Net) }, { ALT: () => this.CONSUME(t.Identifier) }]);
    this.SUBRULE(this.declaredName);
    this.OPTION(() => this.SUBRULE(this.parameters));
    // What does not belong into the heading is skipped, so that the body is still read as one.
    this.MANY({
      GATE: () => !tokenMatcher(this.LA(1), t.Equals) && this.headingGoesOn(),
      DEF: () => this.SUBRULE(this.remarkToken),
    });
    this.OR2([
      { ALT: () => this.SUBRULE(this.body) },
      {
        ALT: () => {
          this.CONSUME(t.Equals);
          this.SUBRULE(this.reference);
          this.OPTION2({
            GATE: () => this.isBut(),
            DEF: () => {
              // Another word, or none, is told by the AST builder.
              this.OPTION3(() =>
                this.OR3([
                  { ALT: () => this.CONSUME(t.But) },
                  { ALT: () => this.CONSUME2(t.Identifier, { LABEL: "otherBut" }) },
                ]),
              );
              this.SUBRULE(this.changes);
            },
          });
        },
      },
    ]);
  });

  blockDeclaration = this.RULE("blockDeclaration", () => {
    this.OR([{ ALT: () => this.CONSUME(t.Block) }, { ALT: () => this.CONSUME(t.Identifier) }]);
    this.SUBRULE(this.declaredName);
    this.OPTION(() => this.SUBRULE(this.parameters));
    this.MANY({ GATE: () => this.headingGoesOn(), DEF: () => this.SUBRULE(this.remarkToken) });
    this.SUBRULE(this.body);
  });

  declaredName = this.RULE("declaredName", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Name) },
      { ALT: () => this.CONSUME(t.Mnemonic) }, // VGG16 looks like a layer with a window
      { ALT: () => this.CONSUME(t.Identifier) },
    ]);
  });

  parameters = this.RULE("parameters", () => {
    this.CONSUME(t.LeftParen);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.parameter) });
    this.CONSUME(t.RightParen);
  });

  /** `c`, `s = 1`, `Unit`, `@skip`. */
  parameter = this.RULE("parameter", () => {
    this.OPTION(() => this.CONSUME(t.At));
    this.SUBRULE(this.declaredName);
    this.OPTION2(() => {
      // A missing = is told by the AST builder, who still knows what was meant.
      this.OPTION3(() => this.OR([{ ALT: () => this.CONSUME(t.Equals) }, { ALT: () => this.CONSUME(t.Colon) }]));
      this.SUBRULE(this.expression);
    });
  });

  body = this.RULE("body", () => {
    this.CONSUME(t.LeftCurly);
    this.SUBRULE(this.alternatives);
    this.CONSUME(t.RightCurly);
  });

  reference = this.RULE("reference", () => {
    this.SUBRULE(this.declaredName);
    this.OPTION(() => this.SUBRULE(this.arguments));
  });

  arguments = this.RULE("arguments", () => {
    this.CONSUME(t.LeftParen);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.argument) });
    this.CONSUME(t.RightParen);
  });

  /** `64`, `groups = 32`, `Act = RELU6`. */
  argument = this.RULE("argument", () => {
    this.OPTION({
      GATE: () => tokenMatcher(this.LA(2), t.Equals) || tokenMatcher(this.LA(2), t.Colon),
      DEF: () => {
        this.SUBRULE(this.declaredName);
        // A colon is told by the AST builder.
        this.OR([{ ALT: () => this.CONSUME(t.Equals) }, { ALT: () => this.CONSUME(t.Colon) }]);
      },
    });
    this.SUBRULE(this.expression);
  });

  functionDeclaration = this.RULE("functionDeclaration", () => {
    // Without its keyword it is told by the AST builder.
    this.OR([
      { ALT: () => this.CONSUME(t.Function) },
      { GATE: () => !this.touches(1), ALT: () => this.CONSUME(t.Identifier) },
      { ALT: EMPTY_ALT() },
    ]);
    this.SUBRULE(this.declaredName);
    this.SUBRULE(this.parameters);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.expression);
  });

  letDeclaration = this.RULE("letDeclaration", () => {
    this.OR([{ ALT: () => this.CONSUME(t.Let) }, { ALT: () => this.CONSUME(t.Identifier) }]);
    this.SUBRULE(this.declaredName);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.expression);
    // `let x = CONV3-64`: a layer, which is told by the AST builder.
    this.OPTION({
      GATE: () => tokenMatcher(this.LA(1), t.BindDash),
      DEF: () => this.AT_LEAST_ONE(() => this.SUBRULE(this.remarkToken)),
    });
  });

  useDeclaration = this.RULE("useDeclaration", () => {
    this.OR([{ ALT: () => this.CONSUME(t.Use) }, { ALT: () => this.CONSUME(t.Identifier, { LABEL: "misspelt" }) }]);
    this.OR2([
      { GATE: () => this.endsAt(2), ALT: () => this.CONSUME(t.StringLiteral) },
      { GATE: () => this.endsAt(2), ALT: () => this.CONSUME2(t.Identifier) },
      // A path without its quotes is told by the AST builder.
      { ALT: () => this.AT_LEAST_ONE(() => this.SUBRULE(this.remarkToken)) },
    ]);
  });

  /** `output aux1 = AVGPOOL5/3 - FC-1000`: a chain up to the end of the line. */
  outputDeclaration = this.RULE("outputDeclaration", () => {
    this.OR([{ ALT: () => this.CONSUME(t.Output) }, { ALT: () => this.CONSUME(t.Identifier) }]);
    this.SUBRULE(this.declaredName);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.chain);
  });

  /** Elements joined by dashes; a dash at the end of a line goes on with the next. */
  chain = this.RULE("chain", () => {
    this.SUBRULE(this.element);
    this.MANY(() => {
      this.OR([{ ALT: () => this.CONSUME(t.Dash) }, { ALT: () => this.CONSUME(t.Arrow) }]);
      this.MANY2(() => this.CONSUME(t.Newline));
      this.SUBRULE2(this.element);
    });
  });

  assertDeclaration = this.RULE("assertDeclaration", () => {
    this.OR([{ ALT: () => this.CONSUME(t.Assert) }, { ALT: () => this.CONSUME(t.Identifier, { LABEL: "misspelt" }) }]);
    this.SUBRULE(this.comparing);
    // `at batch 1`
    this.OPTION({
      GATE: () => ["at", "batch"].includes(this.LA(1).image),
      DEF: () => {
        this.OPTION2({ GATE: () => this.LA(1).image === "at", DEF: () => this.CONSUME2(t.Identifier) });
        this.CONSUME3(t.Identifier);
        this.SUBRULE(this.operand);
      },
    });
  });

  trainDeclaration = this.RULE("trainDeclaration", () => {
    this.OR2([{ ALT: () => this.CONSUME(t.Train) }, { ALT: () => this.CONSUME(t.Identifier) }]);
    this.CONSUME(t.LeftCurly);
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.Newline) },
        { ALT: () => this.CONSUME(t.Comma) },
        { ALT: () => this.SUBRULE(this.setting) },
      ]);
    });
    this.CONSUME(t.RightCurly);
  });

  /** `optimizer sgd lr 1e-2 momentum 0.9`: a word and what follows it on the line. */
  setting = this.RULE("setting", () => {
    this.CONSUME(t.Identifier);
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME2(t.Identifier) },
        { ALT: () => this.CONSUME(t.Name) },
        { ALT: () => this.CONSUME(t.Mnemonic) },
        { ALT: () => this.CONSUME(t.Equals) },
        { ALT: () => this.CONSUME(t.Colon) },
        // `cross-entropy`: refused later, as one word.
        { GATE: () => !this.isNegativeNumber(), ALT: () => this.CONSUME(t.Dash) },
        { ALT: () => this.SUBRULE(this.value) },
      ]);
    });
  });

  /** A number of a setting: a literal, or an expression in parentheses. */
  value = this.RULE("value", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.NumberLiteral) },
      { ALT: () => this.CONSUME(t.Quantity) },
      {
        ALT: () => {
          this.CONSUME(t.Dash);
          this.CONSUME2(t.NumberLiteral);
        },
      },
      { ALT: () => this.SUBRULE(this.arguments) },
    ]);
  });

  changes = this.RULE("changes", () => {
    this.CONSUME(t.LeftCurly);
    this.insideChanges = true;
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.Newline) },
        { ALT: () => this.CONSUME(t.Comma) },
        { ALT: () => this.SUBRULE(this.change) },
      ]);
    });
    this.insideChanges = false;
    this.CONSUME(t.RightCurly);
  });

  /** `CONV1: 7x7 stride 2`, `drop NORM1`, `replace FC6: CONV3-64`, `insert after CONV1: BN`. */
  change = this.RULE("change", () => {
    this.OR([
      {
        GATE: () => this.verbAt(1) === "drop",
        ALT: () => {
          this.CONSUME(t.Identifier);
          this.SUBRULE(this.path);
          // `drop NORM1, NORM2`
          this.MANY({
            GATE: () => this.isFurtherLabel(),
            DEF: () => {
              this.CONSUME(t.Comma);
              this.SUBRULE5(this.path);
            },
          });
        },
      },
      {
        GATE: () => this.verbAt(1) === "replace",
        ALT: () => {
          this.CONSUME2(t.Identifier);
          this.SUBRULE2(this.path);
          this.CONSUME(t.Colon);
          this.SUBRULE(this.chain);
        },
      },
      {
        GATE: () => this.verbAt(1) === "insert",
        ALT: () => {
          this.CONSUME3(t.Identifier);
          this.CONSUME4(t.Identifier);
          this.SUBRULE3(this.path);
          this.CONSUME2(t.Colon);
          this.SUBRULE2(this.chain);
        },
      },
      {
        ALT: () => {
          this.SUBRULE4(this.path);
          this.CONSUME3(t.Colon);
          this.AT_LEAST_ONE({
            // The next change may stand on the same line.
            GATE: () => !tokenMatcher(this.LA(2), t.Colon) && this.isPart(),
            DEF: () => this.SUBRULE(this.part),
          });
        },
      },
    ]);
  });

  /** A label, or the name that reports give: `Stage1.conv2`. */
  path = this.RULE("path", () => {
    this.OR([{ ALT: () => this.SUBRULE(this.declaredName) }, { ALT: () => this.CONSUME(t.DottedName) }]);
    this.MANY(() => {
      this.CONSUME(t.Dot);
      this.OR2([
        { ALT: () => this.SUBRULE2(this.declaredName) },
        { ALT: () => this.CONSUME2(t.DottedName) },
        { ALT: () => this.CONSUME(t.NumberLiteral) },
      ]);
    });
  });

  defaultDeclaration = this.RULE("defaultDeclaration", () => {
    this.OR([{ ALT: () => this.CONSUME(t.Default) }, { ALT: () => this.CONSUME(t.Identifier) }]);
    this.SUBRULE(this.layer);
  });

  totalClaim = this.RULE("totalClaim", () => {
    this.CONSUME(t.Total);
    this.AT_LEAST_ONE(() => this.SUBRULE(this.claim));
  });

  /** `{ a | b }` behind a merging layer; other brackets are told by the AST builder. */
  branches = this.RULE("branches", () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.LeftCurly);
          this.SUBRULE(this.alternatives);
          this.CONSUME(t.RightCurly);
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.LeftSquare);
          this.SUBRULE2(this.alternatives);
          this.CONSUME(t.RightSquare);
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.LeftParen);
          this.SUBRULE3(this.alternatives);
          this.CONSUME(t.RightParen);
        },
      },
    ]);
  });

  alternatives = this.RULE("alternatives", () => {
    this.SUBRULE(this.itemList);
    this.MANY(() => {
      this.CONSUME(t.Bar);
      this.SUBRULE2(this.itemList);
    });
  });

  element = this.RULE("element", () => {
    this.OR([
      {
        GATE: () => this.isAnnotation(),
        ALT: () => {
          this.AT_LEAST_ONE({ GATE: () => this.isAnnotation(), DEF: () => this.SUBRULE(this.annotation) });
          this.OPTION({ GATE: () => this.startsLink(), DEF: () => this.SUBRULE(this.link) });
        },
      },
      { ALT: () => this.SUBRULE2(this.link) },
    ]);
  });

  /** A layer or group with what stands around it. */
  link = this.RULE("link", () => {
    this.OPTION({ GATE: () => this.isLabel(), DEF: () => this.SUBRULE(this.label) });
    this.MANY({ GATE: () => this.isAnnotation(), DEF: () => this.SUBRULE(this.annotation) });
    this.OR([
      { ALT: () => this.SUBRULE(this.group) },
      { GATE: () => this.isCondition(), ALT: () => this.SUBRULE(this.conditional) },
      { ALT: () => this.SUBRULE(this.layer) },
      { ALT: () => this.SUBRULE(this.labelled) },
      { ALT: () => this.SUBRULE(this.wrongGroup) },
    ]);
    this.MANY2(() => this.SUBRULE(this.repeat));
    this.MANY3({
      GATE: () => !tokenMatcher(this.LA(1), t.LeftSquare) || this.isAnnotation(),
      DEF: () => {
        this.OR2([{ ALT: () => this.SUBRULE2(this.annotation) }, { ALT: () => this.SUBRULE(this.claim) }]);
      },
    });
  });

  label = this.RULE("label", () => {
    // An @ before it, a dash in it and = behind it are told by the AST builder.
    this.OPTION(() => this.CONSUME(t.At));
    this.OR([{ ALT: () => this.SUBRULE(this.declaredName) }, { ALT: () => this.CONSUME(t.Output) }]);
    this.MANY(() => {
      this.OR2([{ ALT: () => this.CONSUME(t.Dash) }, { ALT: () => this.CONSUME(t.BindDash) }]);
      this.OR3([{ ALT: () => this.SUBRULE2(this.declaredName) }, { ALT: () => this.CONSUME(t.NumberLiteral) }]);
    });
    this.OR4([{ ALT: () => this.CONSUME(t.Colon) }, { ALT: () => this.CONSUME(t.Equals) }]);
  });

  /** `@e1`: what that label names. */
  labelled = this.RULE("labelled", () => {
    this.CONSUME(t.At);
    this.SUBRULE(this.declaredName);
  });

  conditional = this.RULE("conditional", () => {
    this.SUBRULE(this.condition);
    this.SUBRULE(this.body);
    this.MANY({
      GATE: () => this.isElse(true),
      DEF: () => {
        this.MANY2(() => this.CONSUME(t.Newline));
        this.OPTION2({ GATE: () => !this.isElseIf(this.LA(1)), DEF: () => this.SUBRULE(this.otherwise) });
        this.SUBRULE2(this.condition);
        this.SUBRULE2(this.body);
      },
    });
    this.OPTION({
      GATE: () => this.isElse(false),
      DEF: () => {
        this.MANY3(() => this.CONSUME2(t.Newline));
        this.SUBRULE2(this.otherwise);
        this.SUBRULE3(this.body);
      },
    });
  });

  /** `else`, or what is told to be meant as that. */
  otherwise = this.RULE("otherwise", () => {
    this.OR([{ ALT: () => this.CONSUME(t.Else) }, { ALT: () => this.CONSUME(t.Identifier) }]);
  });

  condition = this.RULE("condition", () => {
    // `elif` is told by the AST builder.
    this.OR([{ ALT: () => this.CONSUME(t.If) }, { ALT: () => this.CONSUME(t.Identifier) }]);
    this.SUBRULE(this.comparing);
  });

  comparing = this.RULE("comparing", () => {
    this.SUBRULE(this.expression);
    // A single equals sign is told by the AST builder.
    this.OPTION(() => {
      this.CONSUME(t.Equals);
      this.SUBRULE2(this.expression);
    });
  });

  annotation = this.RULE("annotation", () => {
    this.CONSUME(t.LeftSquare);
    this.OR([
      { GATE: () => !this.isSizeToken(this.LA(2)), ALT: () => this.CONSUME(t.Size) },
      { GATE: () => !this.isSizeToken(this.LA(2)), ALT: () => this.CONSUME(t.NumberLiteral) },
      // `[H/2xW/2x64]`, `[55 x 55]`: told by the AST builder.
      { ALT: () => this.AT_LEAST_ONE(() => this.SUBRULE(this.sizeToken)) },
    ]);
    this.CONSUME(t.RightSquare);
  });

  sizeToken = this.RULE("sizeToken", () => {
    this.OR(SIZE_TOKENS.map((type, index) => ({ ALT: () => this.consume(index, type) })));
  });

  group = this.RULE("group", () => {
    this.CONSUME(t.LeftSquare);
    this.SUBRULE(this.alternatives);
    this.CONSUME(t.RightSquare);
  });

  /** A group in other brackets, which is told and read all the same. */
  wrongGroup = this.RULE("wrongGroup", () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.LeftParen);
          this.SUBRULE(this.alternatives);
          this.CONSUME(t.RightParen);
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.LeftCurly);
          this.SUBRULE2(this.alternatives);
          this.CONSUME(t.RightCurly);
        },
      },
    ]);
  });

  repeat = this.RULE("repeat", () => {
    this.CONSUME(t.Star);
    this.SUBRULE(this.operand);
    // `*3 as i`
    this.OPTION({
      GATE: () => this.LA(1).image === "as",
      DEF: () => {
        this.CONSUME(t.Identifier);
        this.SUBRULE(this.declaredName);
      },
    });
  });

  layer = this.RULE("layer", () => {
    let merges = false;
    this.ACTION(() => (merges = MERGING.test(this.LA(1).image)));
    this.OR([
      { ALT: () => this.CONSUME(t.Mnemonic) },
      { ALT: () => this.CONSUME(t.Name) },
      { ALT: () => this.CONSUME(t.Identifier) },
    ]);
    this.OPTION(() => {
      this.CONSUME(t.BindDash);
      this.SUBRULE(this.operand);
    });
    this.OPTION4({ GATE: () => !merges && this.isCall(), DEF: () => this.SUBRULE(this.arguments) });
    this.MANY({ GATE: () => !(merges && this.opensBranches()) && this.isPart(), DEF: () => this.SUBRULE1(this.part) });
    this.OPTION2(() => {
      this.CONSUME(t.Colon);
      this.MANY2({ GATE: () => this.isPart(), DEF: () => this.SUBRULE2(this.part) });
    });
    this.OPTION3({
      GATE: () => tokenMatcher(this.LA(1), t.LeftCurly) || (merges && this.opensBranches()),
      DEF: () => this.SUBRULE(this.branches),
    });
  });

  part = this.RULE("part", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.NumberLiteral) },
      { ALT: () => this.CONSUME(t.Size) },
      { ALT: () => this.CONSUME(t.Identifier) },
      { ALT: () => this.CONSUME(t.DottedName) },
      { ALT: () => this.CONSUME(t.And) },
      { ALT: () => this.CONSUME(t.Name) },
      { ALT: () => this.CONSUME(t.Question) },
      { ALT: () => this.CONSUME(t.Comma) },
      { ALT: () => this.CONSUME(t.Times) },
      { ALT: () => this.CONSUME(t.Equals) },
      {
        ALT: () => {
          this.CONSUME(t.Slash);
          this.SUBRULE(this.operand);
        },
      },
      // `pad -1`: refused later, in the words of the attribute.
      {
        GATE: () => this.isNegativeNumber(),
        ALT: () => {
          this.CONSUME(t.Dash);
          this.CONSUME2(t.NumberLiteral);
        },
      },
      { ALT: () => this.SUBRULE(this.annotation) },
      { GATE: () => this.isRemark(), ALT: () => this.SUBRULE(this.remark) },
      { ALT: () => this.SUBRULE(this.arguments) },
    ]);
  });

  /** `(class scores)`: words that only people read. */
  remark = this.RULE("remark", () => {
    this.CONSUME(t.LeftParen);
    this.MANY({
      GATE: () => !tokenMatcher(this.LA(1), t.RightParen),
      DEF: () => this.SUBRULE(this.remarkToken),
    });
    this.CONSUME(t.RightParen);
  });

  remarkToken = this.RULE("remarkToken", () => {
    this.OR(REMARK_TOKENS.map((type, index) => ({ ALT: () => this.consume(index, type) })));
  });

  /** One number, one variable, or an expression in parentheses; what else stands there is kept for the message. */
  operand = this.RULE("operand", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.NumberLiteral) },
      {
        ALT: () => {
          this.CONSUME(t.Identifier);
          this.OPTION({ GATE: () => this.touchesParenthesis(), DEF: () => this.SUBRULE(this.arguments) });
        },
      },
      { ALT: () => this.CONSUME(t.DottedName) },
      { ALT: () => this.CONSUME(t.Question) },
      { ALT: () => this.CONSUME(t.Size) },
      { ALT: () => this.CONSUME(t.Mnemonic) },
      { ALT: () => this.CONSUME(t.Name) },
      {
        ALT: () => {
          this.CONSUME(t.Dash);
          this.CONSUME2(t.NumberLiteral);
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.LeftParen);
          this.SUBRULE(this.expression);
          this.CONSUME(t.RightParen);
        },
      },
    ]);
  });

  claim = this.RULE("claim", () => {
    this.CONSUME(t.ClaimKey);
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.ClaimQuantity) },
        { ALT: () => this.CONSUME(t.ClaimOperator) },
        { ALT: () => this.CONSUME(t.ClaimEquals) },
        { ALT: () => this.CONSUME(t.ClaimText) },
      ]);
    });
  });

  // Expressions, loosest first.

  expression = this.RULE("expression", () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.If);
          this.SUBRULE(this.expression);
          this.CONSUME(t.Then);
          this.SUBRULE2(this.expression);
          this.CONSUME(t.Else);
          this.SUBRULE3(this.expression);
        },
      },
      { ALT: () => this.SUBRULE(this.disjunction) },
    ]);
  });

  disjunction = this.RULE("disjunction", () => {
    this.SUBRULE(this.conjunction);
    this.MANY(() => {
      this.CONSUME(t.Or);
      this.SUBRULE2(this.conjunction);
    });
  });

  conjunction = this.RULE("conjunction", () => {
    this.SUBRULE(this.negation);
    this.MANY(() => {
      this.CONSUME(t.And);
      this.SUBRULE2(this.negation);
    });
  });

  negation = this.RULE("negation", () => {
    this.MANY(() => this.CONSUME(t.Not));
    this.SUBRULE(this.comparison);
  });

  comparison = this.RULE("comparison", () => {
    this.SUBRULE(this.sum);
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.DoubleEquals) },
        { ALT: () => this.CONSUME(t.NotEquals) },
        { ALT: () => this.CONSUME(t.LessEqual) },
        { ALT: () => this.CONSUME(t.GreaterEqual) },
        { ALT: () => this.CONSUME(t.Less) },
        { ALT: () => this.CONSUME(t.Greater) },
      ]);
      this.SUBRULE2(this.sum);
    });
  });

  sum = this.RULE("sum", () => {
    this.SUBRULE(this.product);
    this.MANY({
      GATE: () => !this.isThen(),
      DEF: () => {
        this.OR([{ ALT: () => this.CONSUME(t.Plus) }, { ALT: () => this.CONSUME(t.Dash) }]);
        this.SUBRULE2(this.product);
      },
    });
  });

  product = this.RULE("product", () => {
    this.SUBRULE(this.power);
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.Star) },
        { ALT: () => this.CONSUME(t.Slash) },
        { ALT: () => this.CONSUME(t.DoubleSlash) },
        { ALT: () => this.CONSUME(t.Percent) },
      ]);
      this.SUBRULE2(this.power);
    });
  });

  power = this.RULE("power", () => {
    this.SUBRULE(this.unary);
    this.MANY(() => {
      this.CONSUME(t.Caret);
      this.SUBRULE2(this.unary);
    });
  });

  unary = this.RULE("unary", () => {
    this.MANY(() => this.CONSUME(t.Dash));
    this.SUBRULE(this.primary);
  });

  primary = this.RULE("primary", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.NumberLiteral) },
      { ALT: () => this.CONSUME(t.Quantity) },
      { ALT: () => this.CONSUME(t.Question) },
      { ALT: () => this.CONSUME(t.Size) },
      { ALT: () => this.CONSUME(t.StringLiteral) },
      { ALT: () => this.CONSUME(t.DottedName) },
      {
        ALT: () => {
          this.SUBRULE(this.declaredName);
          this.OPTION(() => this.SUBRULE(this.arguments));
        },
      },
      { ALT: () => this.SUBRULE(this.labelled) },
      {
        ALT: () => {
          this.CONSUME(t.LeftParen);
          this.SUBRULE(this.expression);
          this.CONSUME(t.RightParen);
        },
      },
    ]);
  });

  // What one token of look-ahead cannot tell.

  /** `[55x55x96]`, `[4096]`: a group never starts with a number. */
  private isAnnotation(): boolean {
    if (!tokenMatcher(this.LA(1), t.LeftSquare)) return false;
    return this.isSize(this.LA(2)) || this.isArithmetic();
  }

  /** Parentheses without a layer in them: no group is meant. */
  private isStrayGroup(): boolean {
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

  private isSizeToken(token: IToken): boolean {
    return SIZE_TOKENS.some((type) => tokenMatcher(token, type));
  }

  /** `[H/2xW/2x64]`: brackets with nothing in them but numbers, letters and signs. */
  private isArithmetic(): boolean {
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

  private startsLink(): boolean {
    const next = this.LA(1);
    const starts = [t.LeftSquare, t.LeftParen, t.LeftCurly, t.Mnemonic, t.Name, t.Identifier, t.At, t.If];
    return starts.some((type) => tokenMatcher(next, type));
  }

  /** A word and a colon, with a layer, group or net behind it; without one, `CONV1:` is itself the layer. */
  private isLabel(): boolean {
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
  private isWrongLabel(): boolean {
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
  private isTight(index: number): boolean {
    const [before, sign, after] = [this.LA(index - 1), this.LA(index), this.LA(index + 1)];
    return before.startOffset + before.image.length === sign.startOffset && sign.startOffset + 1 === after.startOffset;
  }

  /** The keyword, or a word that is misspelt or of another language where only the keyword can be meant. */
  private isKeyword(keyword: TokenType, word: string): boolean {
    const first = this.LA(1);
    if (tokenMatcher(first, keyword)) return true;
    if (!tokenMatcher(first, t.Identifier)) return false;
    if (word === "fn" && this.isFunction(1)) return true;
    return standsFor(first.image, word) && this.followsKeyword(word);
  }

  private followsKeyword(word: string): boolean {
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
  private isFunction(index: number): boolean {
    if (!tokenMatcher(this.LA(index), t.Identifier) || !this.touches(index)) return false;
    for (let next = index + 2; next < LONGEST_HEADING; next++) {
      const token = this.LA(next);
      if (tokenMatcher(token, t.RightParen)) return tokenMatcher(this.LA(next + 1), t.Equals);
      if ([...BRACKETS_AND_LINES, EOF].some((type) => tokenMatcher(token, type))) return false;
    }
    return false;
  }

  /** Whether the line ends at an index. */
  private endsAt(index: number): boolean {
    return [t.Newline, t.RightCurly, EOF].some((type) => tokenMatcher(this.LA(index), type));
  }

  /** `but {`, another word in its place, or the brace alone. */
  private isBut(): boolean {
    const [first, second] = [this.LA(1), this.LA(2)];
    const isOther = tokenMatcher(first, t.Identifier) && tokenMatcher(second, t.LeftCurly);
    return isOther || tokenMatcher(first, t.But) || (tokenMatcher(first, t.LeftCurly) && this.startsChange(2));
  }

  /** `CONV1: 7x7` or `drop NORM1`, also on a further line. */
  private startsChange(at: number): boolean {
    let index = at;
    while (tokenMatcher(this.LA(index), t.Newline)) index++;
    const isName = [t.Name, t.Mnemonic, t.Identifier, t.DottedName].some((type) => tokenMatcher(this.LA(index), type));
    return (isName && tokenMatcher(this.LA(index + 1), t.Colon)) || this.verbAt(index) !== undefined;
  }

  /** `[`, which is no annotation, or `(` behind a merging layer: braces are meant. */
  private opensBranches(): boolean {
    const next = this.LA(1);
    return tokenMatcher(next, t.LeftParen) || (tokenMatcher(next, t.LeftSquare) && !this.isAnnotation());
  }

  /** Whether a brace or an equals sign follows on the line of a net's heading. */
  private headingGoesOn(): boolean {
    for (let index = 1; index <= LONGEST_HEADING; index++) {
      const token = this.LA(index);
      if ([t.LeftCurly, t.Equals].some((type) => tokenMatcher(token, type))) return true;
      if ([t.Newline, EOF].some((type) => tokenMatcher(token, type))) return false;
    }
    return false;
  }

  /** Behind a comma a label that starts no change of its own. */
  private isFurtherLabel(): boolean {
    const names = [t.Name, t.Mnemonic, t.Identifier, t.DottedName];
    const isName = names.some((type) => tokenMatcher(this.LA(2), type));
    const ends = [t.Comma, t.Newline, t.RightCurly, t.Dot].some((type) => tokenMatcher(this.LA(3), type));
    return isName && ends;
  }

  /**
   * `drop NORM1`: the verb of a change, which has a label behind it and is not itself one. A misspelt verb, or one of another
   * language, is told by the AST builder.
   */
  private verbAt(at: number): string | undefined {
    const [verb, next] = [this.LA(at), this.LA(at + 1)];
    const names = [t.Name, t.Mnemonic, t.Identifier, t.DottedName].some((type) => tokenMatcher(next, type));
    return names && tokenMatcher(verb, t.Identifier) ? verbOf(verb.image) : undefined;
  }

  /** `output: FC-10`: a label. */
  private isKeywordLabel(): boolean {
    return tokenMatcher(this.LA(2), t.Colon);
  }

  /** `let c = in.c - CONV3-64`: a dash before a layer, a block or a group is no minus. */
  private isThen(): boolean {
    const [dash, next] = [this.LA(1), this.LA(2)];
    if (!tokenMatcher(dash, t.Dash)) return false;
    const isLayer = [t.Mnemonic, t.LeftSquare, t.At, t.If].some((type) => tokenMatcher(next, type));
    // One letter is a size.
    return isLayer || (tokenMatcher(next, t.Name) && next.image.length > 1);
  }

  /** Whether `else` follows, here or on a further line; `again` where it has a condition of its own. */
  private isElse(again: boolean): boolean {
    let index = 1;
    while (tokenMatcher(this.LA(index), t.Newline)) index++;
    const [word, next] = [this.LA(index), this.LA(index + 1)];
    if (tokenMatcher(word, t.Else)) return tokenMatcher(next, t.If) === again;
    if (this.isElseIf(word)) return again;
    if (!tokenMatcher(word, t.Identifier) || !standsFor(word.image, "else")) return false;
    return tokenMatcher(next, again ? t.If : t.LeftCurly);
  }

  /** `if`, or a word that is misspelt where a comparison follows. */
  private isCondition(): boolean {
    const [word, , sign] = [this.LA(1), this.LA(2), this.LA(3)];
    if (tokenMatcher(word, t.If)) return true;
    const compares = COMPARISONS.some((type) => tokenMatcher(sign, type));
    return tokenMatcher(word, t.Identifier) && compares && standsFor(word.image, "if");
  }

  private isElseIf(word: IToken): boolean {
    return tokenMatcher(word, t.Identifier) && ELSE_IF.includes(word.image);
  }

  /** `Bottleneck(64, 2)`: parentheses that touch the name, unless it is a layer's and there is prose in them. */
  private isCall(): boolean {
    const isName = tokenMatcher(this.LA(0), t.Name);
    return this.touchesParenthesis() && (isName || !this.isProse([t.Mark, t.Colon, t.Bar]));
  }

  /** `max(3, 4)`: a call has no blank before its parenthesis. */
  private touchesParenthesis(): boolean {
    return this.touches(0);
  }

  /** Whether a parenthesis touches the token at an index. */
  private touches(index: number): boolean {
    const [name, parenthesis] = [this.LA(index), this.LA(index + 1)];
    return tokenMatcher(parenthesis, t.LeftParen) && name.startOffset + name.image.length === parenthesis.startOffset;
  }

  private isSize(token: IToken): boolean {
    return tokenMatcher(token, t.Size) || tokenMatcher(token, t.NumberLiteral);
  }

  private isPart(): boolean {
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
  private isNegativeNumber(): boolean {
    const [dash, number] = [this.LA(1), this.LA(2)];
    return (
      tokenMatcher(dash, t.Dash) && tokenMatcher(number, t.NumberLiteral) && dash.startOffset + 1 === number.startOffset
    );
  }

  /** Parentheses with signs that no expression has, or two words or numbers side by side that no operator joins. */
  private isRemark(): boolean {
    return tokenMatcher(this.LA(1), t.LeftParen) && this.isProse(REMARK_SIGNS);
  }

  private isProse(signs: readonly TokenType[]): boolean {
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

  private closes(token: IToken): boolean {
    return [t.RightSquare, t.RightCurly, t.RightParen, t.Bar, EOF].some((type) => tokenMatcher(token, type));
  }

  // Recovery: a mistake is skipped up to something that separates items, never mended by inventing tokens, which would
  // turn one mistake into several messages.

  override canTokenTypeBeInsertedInRecovery(): boolean {
    return false;
  }

  canRecoverWithSingleTokenDeletion(): boolean {
    return false;
  }

  /** Tokens between parentheses, with the closing one: found when the first mistake is. */
  private enclosed: Set<IToken> | undefined;
  private resyncAt: IToken | undefined;

  /**
   * Where reading goes on: behind the parentheses that the mistake is in, and past whole groups and bodies, at the next sign
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

/** What is written for a keyword by those who know it from elsewhere. */
const OTHER_WORDS: Record<string, readonly string[]> = {
  net: ["network", "model"],
  block: ["def", "class", "module", "function", "func", "fun"],
  fn: ["def", "func", "function", "fun"],
  let: ["var", "const", "val", "set"],
  use: ["import", "include", "require", "from", "using"],
  assert: ["check", "require", "ensure"],
  train: ["training"],
  else: ["otherwise"],
  drop: ["remove", "delete", "del", "without"],
  replace: ["change", "swap", "exchange", "substitute"],
  insert: ["add", "append", "put"],
};

/** What is written for `else if`. */
export const ELSE_IF = ["elif", "elsif", "elseif"];

/** Whether a word is a keyword misspelt, or that of another language. */
function standsFor(word: string, keyword: string): boolean {
  return closest(word, [keyword]) !== undefined || OTHER_WORDS[keyword]?.includes(word) === true;
}

/** What a word before a label is meant to do: `drop`, `replace`, `insert`. */
export function verbOf(word: string): string | undefined {
  return ["drop", "replace", "insert"].find((verb) => standsFor(word, verb));
}

/** Where an item ends at the latest. */
const ITEM_ENDS = [t.Newline, t.Dash, t.Arrow, t.Bar, t.RightSquare, t.RightCurly, t.RightParen];

function enclosedIn(tokens: readonly IToken[]): Set<IToken> {
  const found = new Set<IToken>();
  const open: number[] = [];
  tokens.forEach((token, index) => {
    if (tokenMatcher(token, t.LeftParen)) open.push(index);
    if (!tokenMatcher(token, t.RightParen)) return;
    const start = open.pop();
    // Of nested ones the outer marks all.
    if (start !== undefined && tokens.length > start)
      tokens.slice(start + 1, index + 1).forEach((inner) => found.add(inner));
  });
  return found;
}

const { Newline, LeftSquare, RightSquare, LeftCurly, RightCurly, LeftParen, RightParen } = t;
const BRACKETS_AND_LINES = [Newline, LeftSquare, RightSquare, LeftCurly, RightCurly, LeftParen, RightParen];

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
const SIZE_TOKENS = [
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

/** What a remark may hold: everything but brackets and the end of the line. */
const REMARK_TOKENS: TokenType[] = [
  ...t.tokenModes.modes.program.filter((type) => ![...BRACKETS_AND_LINES, t.WhiteSpace, t.Comment].includes(type)),
  t.ClaimQuantity,
  t.ClaimOperator,
  t.ClaimEquals,
  t.ClaimText,
];

/** What no item and no separator starts with. */
const STRAY_TOKENS: TokenType[] = [
  t.NumberLiteral,
  t.Quantity,
  t.StringLiteral,
  t.Size,
  t.DottedName,
  t.But,
  t.Then,
  t.Else,
  t.And,
  t.Or,
  t.Not,
  t.BindDash,
  t.DoubleSlash,
  t.Slash,
  t.Star,
  t.Times,
  t.Plus,
  t.Percent,
  t.Caret,
  t.Colon,
  t.DoubleEquals,
  t.NotEquals,
  t.LessEqual,
  t.GreaterEqual,
  t.Less,
  t.Greater,
  t.Equals,
  t.Dot,
  t.Question,
  t.Mark,
  t.ClaimKey,
];

let parser: CnnParser | undefined;

/** The parser, made when first needed and used again. */
export function programParser(): CnnParser {
  parser ??= new CnnParser();
  return parser;
}
