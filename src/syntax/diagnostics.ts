/** What the lexer, the parser and the AST builder report. */
import { defineDiagnostic } from "../base/diagnostics.js";

export const unexpectedCharacter = defineDiagnostic<{ characters: string }>({
  code: "CNN1001",
  severity: "error",
  spoilsLine: "rest",
  title: "a character that the language does not use",
  message: ({ characters }) => `the language has no use for ${characters} here`,
  explanation: `Programs consist of words, numbers, texts in double quotes and the signs - -> * / // + % ^ ( ) [ ] { } : , = | @ ? #
and < >. A character from a word processor, such as a curly quote, has to be replaced or removed.`,
  example: {
    wrong: "INPUT 32x32x3 - CONV3-16 - “RELU”",
    right: "INPUT 32x32x3 - CONV3-16 - RELU",
  },
});

export const unexpectedToken = defineDiagnostic<{ expected: string; found: string }>({
  code: "CNN1002",
  severity: "error",
  spoilsLine: "rest",
  title: "something else was expected here",
  message: ({ expected, found }) => `expected ${expected}, found ${found}`,
  explanation: `The text cannot be read from here to the end of the line or the next closing bracket. What stands after
that is checked as usual.`,
  example: {
    wrong: `INPUT 32x32x3
if in.c = 3 { CONV3-16 } else { CONV1-16 }`,
    right: `INPUT 32x32x3
if in.c == 3 { CONV3-16 } else { CONV1-16 }`,
  },
});

export const unclosedBracket = defineDiagnostic<{ open: string; close: string }>({
  code: "CNN1003",
  severity: "error",
  spoilsLine: "whole",
  title: "a bracket that is never closed",
  message: ({ open, close }) => `this ${open} is never closed: a ${close} is missing`,
  explanation: `Groups stand in [ ], the bodies of nets in { }, expressions in ( ). Each opening bracket needs its
closing one.`,
  example: {
    wrong: "INPUT 32x32x3 - [CONV3-16 - RELU*2",
    right: "INPUT 32x32x3 - [CONV3-16 - RELU]*2",
  },
});

export const strayBracket = defineDiagnostic<{ close: string; open: string }>({
  code: "CNN1005",
  severity: "error",
  spoilsLine: "whole",
  title: "a closing bracket without an opening one",
  message: ({ close, open }) => `this ${close} closes nothing: no ${open} is open here`,
  explanation: `Remove the bracket, or write the opening one where the group starts.`,
  example: {
    wrong: "INPUT 32x32x3 - CONV3-16 - RELU]*2",
    right: "INPUT 32x32x3 - [CONV3-16 - RELU]*2",
  },
});

export const missingSeparator = defineDiagnostic<{ left: string; right: string }>({
  code: "CNN1006",
  severity: "error",
  title: "two layers with nothing between them",
  message: ({ left, right }) => `${left} and ${right} stand side by side: write a dash or a new line between them`,
  explanation: `A dash, an arrow or a new line means 'then'. Layers on one line are joined with one of them:
CONV3-64 - RELU.`,
  example: {
    wrong: "INPUT 32x32x3 - CONV3-16 RELU",
    right: "INPUT 32x32x3 - CONV3-16 - RELU",
  },
});

export const emptyLink = defineDiagnostic<Record<string, never>>({
  code: "CNN1007",
  severity: "error",
  title: "a dash with nothing beside it",
  message: () => "a layer is missing here: a dash joins two layers",
  explanation: `A dash or an arrow joins what stands before it to what stands after it. Remove it, or write the layer
that is missing.`,
  example: {
    wrong: "INPUT 32x32x3 - CONV3-16 - - RELU",
    right: "INPUT 32x32x3 - CONV3-16 - RELU",
  },
});

export const claimWithoutFigure = defineDiagnostic<{ subject: string }>({
  code: "CNN1008",
  severity: "error",
  title: "a claim without a figure",
  message: ({ subject }) => `${subject}: claims nothing: a number such as 1,728, 150K or 3.2M has to follow`,
  explanation: `A claim is a figure that the compiler checks, with its arithmetic before an equals sign if you like:
memory: 224*224*64=3.2M. Memory is counted in values, not in bytes.`,
  example: {
    wrong: `INPUT 32x32x3
CONV3-16  params: few`,
    right: `INPUT 32x32x3
CONV3-16  params: 448`,
  },
});

export const misplaced = defineDiagnostic<{ what: string; where: string; mend: string }>({
  code: "CNN1012",
  severity: "error",
  mayFollow: true,
  title: "something in a place where it means nothing",
  message: ({ what, where, mend }) => `${what} cannot stand ${where}: ${mend}`,
  explanation: `Nets, blocks, functions and use lines stand side by side in a file; TOTAL, assert and train in a file or directly in
the braces of a net; default, let and output lines also in other braces; claims behind a layer or TOTAL.`,
  example: {
    wrong: `block Pair(c) {
  CONV3-c - RELU
  assert params < 1M
}
INPUT 32x32x3 - Pair(16)`,
    right: `block Pair(c) { CONV3-c - RELU }
INPUT 32x32x3 - Pair(16)
assert params < 1M`,
  },
});

export const tooDeep = defineDiagnostic<{ limit: number }>({
  code: "CNN5005",
  severity: "error",
  title: "brackets that are nested too deeply",
  message: ({ limit }) => `brackets may be nested ${limit} deep, here they are nested deeper`,
  explanation: `The limit protects from programs that would use up the memory. Published networks nest four deep.`,
  example: {
    wrong: `INPUT 32x32x3 - ${"[".repeat(33)}RELU${"]".repeat(33)}`,
    right: "INPUT 32x32x3 - [[CONV3-16 - RELU]*2 - POOL2]*2",
  },
});

export const wrongGroupBrackets = defineDiagnostic<{ what: string; right: string; open: string; close: string }>({
  code: "CNN1013",
  severity: "error",
  title: "a group or branches in the wrong brackets",
  message: ({ what, right, open, close }) => `${what} stand in ${right}, not in ${open} ${close}`,
  explanation: `Square brackets group layers: [CONV3-64 - RELU]*2. Braces hold the branches of a merging layer (ADD { a | b }),
the bodies of nets and blocks and what follows a condition. Parentheses hold arguments, expressions and remarks.`,
  example: {
    wrong: "INPUT 32x32x3 - (CONV3-16 - RELU)*2",
    right: "INPUT 32x32x3 - [CONV3-16 - RELU]*2",
  },
});

export const misspeltKeyword = defineDiagnostic<{ word: string; keyword: string }>({
  code: "CNN1014",
  severity: "error",
  title: "a misspelt keyword",
  message: ({ word, keyword }) => `${word} is no word of the language: did you mean ${keyword}?`,
  explanation: `The words of the language are net, block, fn, let, use, default, output, assert, train, if, else, but, and in
the braces of but drop, replace and insert. Words of other languages (def, var, import, elif) stand for one of them.`,
  example: {
    wrong: "nett Small { INPUT 32x32x3 - CONV3-16 }",
    right: "net Small { INPUT 32x32x3 - CONV3-16 }",
  },
});

export const tooManyTerms = defineDiagnostic<{ limit: number }>({
  code: "CNN5006",
  severity: "error",
  title: "an expression with too many terms",
  message: ({ limit }) => `an expression may have ${limit} terms in a row, here are more`,
  explanation: `The limit protects from programs that would use up the memory.`,
  example: {
    wrong: `INPUT 32x32x3 - GAP - FC-(1${" + 1".repeat(299)})`,
    right: "INPUT 32x32x3 - GAP - FC-300",
  },
});

export const spacedCount = defineDiagnostic<{ layer: string; count: string }>({
  code: "CNN2023",
  severity: "error",
  title: "a count that does not touch its layer",
  message: ({ layer, count }) => `the dash before a count has no blanks around it: ${layer}-${count}`,
  explanation: `A dash that touches a layer and a number binds the number to the layer (CONV3-64 has 64 filters); every
other dash means 'then'.`,
  example: {
    wrong: "INPUT 32x32x3 - CONV3 -16",
    right: "INPUT 32x32x3 - CONV3-16",
  },
});

export const emptyProgram = defineDiagnostic<{ file: string }>({
  code: "CNN1010",
  severity: "error",
  mayFollow: true,
  title: "a file without a network",
  message: ({ file }) => `${file} describes no network`,
  explanation: `A file holds at least one chain of layers, such as: INPUT 32x32x3 - CONV3-16 - RELU - GAP - FC-10.`,
  example: {
    wrong: "# still to be written",
    right: "INPUT 32x32x3 - CONV3-16 - GAP - FC-10",
  },
});

export const notUtf8 = defineDiagnostic<{ file: string; found: string }>({
  code: "CNN5002",
  severity: "error",
  title: "a file that is not UTF-8 text",
  message: ({ file, found }) => `${file} is not UTF-8 text: ${found}`,
  explanation: `Programs are UTF-8 text. Save the file with that encoding; most editors offer it beside the file name.`,
  example: {
    wrong: `# für Ziffern
INPUT 28x28x1 - CONV3-16`,
    right: `# für Ziffern
INPUT 28x28x1 - CONV3-16`,
    encoding: "latin1",
  },
});

export const fileTooLarge = defineDiagnostic<{ file: string; size: string; limit: string }>({
  code: "CNN5003",
  severity: "error",
  title: "a file that is too large",
  message: ({ file, size, limit }) => `${file} has ${size} bytes, a program may have ${limit}`,
  explanation: `The limit protects from files that are no programs.`,
  example: {
    wrong: `# a remark that is longer than the network
INPUT 28x28x1 - CONV3-16`,
    right: "INPUT 28x28x1 - CONV3-16",
    limits: { fileSize: 40 },
  },
});
