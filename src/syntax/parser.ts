/**
 * The grammar, as a chevrotain CST parser. `grammar/cnn.ebnf` is the same in print. The rules build a concrete tree;
 * `build-ast.ts` makes the AST of it.
 */
import { EMPTY_ALT, tokenMatcher, type TokenType } from "chevrotain";
import { MERGING } from "./brackets.js";
import { BRACKETS_AND_LINES, LookAhead, SIZE_TOKENS } from "./look-ahead.js";
import * as t from "./tokens.js";

export class CnnParser extends LookAhead {
  constructor() {
    super();
    this.performSelfAnalysis();
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
        { ALT: () => this.SUBRULE(this.strayWords) },
      ]);
    });
    this.CONSUME(t.RightCurly);
  });

  /** What no setting or change starts with, with the rest of its line: told by the AST builder. */
  strayWords = this.RULE("strayWords", () => {
    this.AT_LEAST_ONE(() => this.SUBRULE(this.remarkToken));
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
        { ALT: () => this.SUBRULE(this.strayWords) },
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
}

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
