/** The colours of programs: a TextMate grammar, made from the operators and the words that they take. */
import { losses, optimizers, schedules, trainingNumbers } from "../../ir/training-options.js";
import { operators } from "../../ops/registry.js";

type Captures = Readonly<Record<string, { readonly name: string }>>;

/** What stands on one line. */
export interface MatchRule {
  readonly name?: string;
  readonly match: string;
  readonly captures?: Captures;
}

/** What goes from a beginning to an end, with what is looked for in between. */
export interface SpanRule {
  readonly name?: string;
  readonly begin: string;
  readonly end: string;
  readonly beginCaptures?: Captures;
  readonly endCaptures?: Captures;
  readonly patterns?: readonly GrammarRule[];
}

/** Rules that stand together, and the name of one in the grammar's repository. */
export type GrammarRule =
  MatchRule | SpanRule | { readonly patterns: readonly GrammarRule[] } | { readonly include: string };

/** The parts of the TextMate format that are used. */
export interface Grammar {
  readonly name: string;
  readonly scopeName: string;
  readonly fileTypes: readonly string[];
  readonly patterns: readonly GrammarRule[];
  readonly repository: Readonly<Record<string, GrammarRule>>;
}

const all = Object.values(operators);
/** The longest first: an alternative ends a search. */
const words = (list: readonly string[]): string =>
  [...new Set(list)].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).join("|");
const mnemonics = words(all.flatMap((operator) => operator.mnemonics));
const attributes = words(all.flatMap((operator) => Object.keys(operator.parameters)));
const training = words([
  ...["loss", "optimizer", "schedule"],
  ...Object.keys(trainingNumbers),
  ...[losses, optimizers, schedules].flatMap((choices) =>
    Object.values(choices).flatMap(({ numbers }) => Object.keys(numbers)),
  ),
]);
const choices = words([losses, optimizers, schedules].flatMap((kinds) => Object.keys(kinds)));

const match = (name: string, expression: string): MatchRule => ({ name: `${name}.cnn`, match: expression });
const captures = (...names: string[]): Captures =>
  Object.fromEntries(names.flatMap((name, index) => (name ? [[String(index + 1), { name: `${name}.cnn` }]] : [])));

/** What `grammar/cnn.tmLanguage.json` holds. */
export const grammar: Grammar = {
  name: "cnn",
  scopeName: "source.cnn",
  fileTypes: ["cnn"],
  patterns: [{ include: "#training" }, { include: "#item" }],
  repository: {
    item: {
      patterns: [
        { include: "#comment" },
        { include: "#string" },
        { include: "#declaration" },
        { include: "#keyword" },
        { include: "#label" },
        { include: "#annotation" },
        { include: "#layer" },
        { include: "#value" },
        { include: "#operator" },
      ],
    },
    comment: {
      patterns: [
        {
          begin: "##",
          end: "$",
          name: "comment.line.documentation.cnn",
          beginCaptures: { 0: { name: "punctuation.definition.comment.cnn" } },
        },
        {
          begin: "#",
          end: "$",
          name: "comment.line.number-sign.cnn",
          beginCaptures: { 0: { name: "punctuation.definition.comment.cnn" } },
        },
      ],
    },
    string: match("string.quoted.double", '"[^"\\n]*"'),
    declaration: {
      patterns: [
        { match: "\\b(net|block)\\s+([A-Za-z_]\\w*)", captures: captures("keyword.declaration", "entity.name.type") },
        { match: "\\b(fn)\\s+([A-Za-z_]\\w*)", captures: captures("keyword.declaration", "entity.name.function") },
        {
          match: "\\b(let|output)\\s+([A-Za-z_]\\w*)",
          captures: captures("keyword.declaration", "variable.other.definition"),
        },
      ],
    },
    keyword: {
      patterns: [
        match("keyword.declaration", "\\b(net|block|fn|let|use|default|output|assert|train|but)\\b"),
        match("keyword.control", "\\b(if|then|else|drop|replace|after|before|with|as)\\b"),
        match("keyword.operator.wordlike", "\\b(and|or|not)\\b"),
        match("support.other.total", "\\bTOTAL\\b"),
      ],
    },
    // `CONV1:`, `e1:`; a layer's name there is a name.
    label: {
      match: "(@[A-Za-z_]\\w*)|\\b([A-Za-z_]\\w*)\\s*(:)",
      captures: captures("variable.other.label", "entity.name.label", "punctuation.separator"),
    },
    annotation: {
      match: "(\\[)\\s*((?:\\d+|[A-Z])(?:[x\u00d7](?:\\d+|[A-Z]))*)\\s*(\\])",
      captures: captures("punctuation.section.brackets", "constant.numeric.size", "punctuation.section.brackets"),
    },
    layer: {
      patterns: [
        {
          match: `\\b((?:(?:MAX|AVG)[ \\t]+)?(?:${mnemonics}))((?:\\d+(?:[x\u00d7]\\d+)*)?)\\b(?:(-)(?=[0-9a-z(?]))?`,
          captures: captures("support.class.layer", "constant.numeric.window", "keyword.operator.bind"),
        },
        match("support.class.layer", "\\b(?:ReLU|SOFT-MAX|soft-max)\\b"),
        match("entity.name.type", "\\b[A-Z]\\w*[a-z]\\w*(?=\\()"),
        match("entity.name.type", "\\b[A-Z]\\w*[a-z]\\w*\\b"),
      ],
    },
    value: {
      patterns: [
        match("constant.numeric.size", "\\b(?:\\d+|[A-Z])(?:[x\u00d7](?:\\d+|[A-Z]))+\\b"),
        match("constant.numeric", "\\b\\d+(?:_\\d{3})*(?:\\.\\d+)?(?:[eE][-+]?\\d+)?(?:\\s?[KkMGT]i?B?)?\\b"),
        match("variable.language", "\\b(?:in|peak)\\.[a-z]\\w*"),
        match("keyword.other.negation", "\\bno\\b"),
        match("support.type.property-name", `\\b(?:${attributes})\\b`),
        match("constant.language", "\\b(?:half|same)\\b"),
        match("entity.name.function", "\\b[a-z_]\\w*(?=\\()"),
        match("variable.other", "\\b[a-z_]\\w*\\b"),
        // The letter of a size.
        match("variable.language", "\\b[A-Z]\\b"),
      ],
    },
    operator: {
      patterns: [
        match("keyword.operator.then", "->|[-\u2010-\u2015\u2212\u2192\u21d2\u27f6]"),
        match("keyword.operator.comparison", "==|!=|<=|>=|[<>\u2260\u2264\u2265]"),
        match("keyword.operator.arithmetic", "//|[*/+%^]"),
        match("keyword.operator.assignment", "="),
        match("keyword.operator.hole", "\\?"),
        match("punctuation.separator.branch", "\\|"),
        match("punctuation.separator", "[,;:]"),
        match("punctuation.section", "[\\[\\]{}()]"),
      ],
    },
    training: {
      begin: "\\b(train)\\s*(\\{)",
      beginCaptures: captures("keyword.declaration", "punctuation.section"),
      end: "\\}",
      endCaptures: { 0: { name: "punctuation.section.cnn" } },
      patterns: [
        { include: "#comment" },
        match("support.constant", `\\b(?:${choices})\\b`),
        match("support.type.property-name", `\\b(?:${training})\\b`),
        { include: "#value" },
        { include: "#operator" },
      ],
    },
  },
};
