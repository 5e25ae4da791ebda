/** What is said about branches, groups and labels. */
import { describe, test } from "vitest";
import { expectMistake } from "../harness.js";

describe("branches", () => {
  const BEFORE = "INPUT 8x8x3 - ";

  test.each([
    ["ADD { CONV3-4 | ID }", 'CNN2304 at "ADD": the branches of ADD do not have one shape'],
    ["ADD { CONV3-3/2 | ID }", 'CNN2304 at "ADD": the branches of ADD do not have one shape'],
    ["ADD { CONV3-3, ID }", 'CNN1002 at ",": expected | between branches, found ,', "ADD { CONV3-3 | ID }"],
    ["ADD { CONV3-3 - ID }", 'CNN2048 at "ADD": ADD has one branch: there is nothing to join it with'],
    ["ADD { CONV3-3 | }", 'CNN2047 at "| }": a branch of ADD is empty: ID is the input itself', "ADD { CONV3-3 | ID }"],
    [
      "ADD { CONV3-3 || ID }",
      'CNN2047 at "||": a branch of ADD is empty: ID is the input itself',
      "ADD { CONV3-3 | ID| ID }",
    ],
    [
      "ADD { | CONV3-3 | ID | }",
      'CNN2047 at "| }": a branch of ADD is empty: ID is the input itself',
      "ADD { | CONV3-3 | ID | ID }",
    ],
    ["ADD", 'CNN2045 at "ADD": ADD needs its branches: ADD { a | b }'],
    ["ADD {}", 'CNN2045 at "ADD": ADD needs its branches: ADD { a | b }'],
    ["ADD { | }", 'CNN2045 at "ADD": ADD needs its branches: ADD { a | b }'],
    ["ADD [ CONV3-3 | ID ]", 'CNN1013 at "[": branches stand in { }, not in [ ]', "ADD { CONV3-3 | ID }"],
    ["ADD(CONV3-3, ID)", 'CNN1013 at "(": branches stand in { }, not in ( )', "ADD { CONV3-3 | ID }"],
    ["ADD (CONV3-3 | ID)", 'CNN1013 at "(": branches stand in { }, not in ( )', "ADD { CONV3-3 | ID }"],
    [
      "RELU { CONV3-3 | ID }",
      'CNN2046 at "RELU": RELU has no branches: only ADD, MUL, MAX, MEAN and CONCAT take { ... }',
    ],
    [
      "{ CONV3-3 | ID }",
      'CNN1012 at "|": | cannot stand here: branches belong to a layer that joins them, as in ADD { a | b }',
    ],
    [
      "[CONV3-3 | ID]",
      'CNN1012 at "|": | cannot stand here: branches belong to a layer that joins them, as in ADD { a | b }',
    ],
    ["CONCAT { CONV3-3 | POOL2 }", 'CNN2304 at "CONCAT": the branches of CONCAT do not have one shape'],
    ["CONCAT { CONV3-3 | FC-10 }", 'CNN2304 at "CONCAT": the branches of CONCAT do not have one shape'],
    ["MUL { ID | GAP - FC-4 }", 'CNN2304 at "MUL": the branches of MUL do not have one shape'],
    ["ADD { CONV3-3 | IDD }", 'CNN1004 at "IDD": no layer is called IDD', "ADD { CONV3-3 | ID }"],
    [
      "ADD { CONV3-3 | ID } [4x4x3]",
      'CNN2101 at "[4x4x3]": ADD gives 8x8x3, the annotation says 4x4x3',
      "ADD { CONV3-3 | ID } [8x8x3]",
    ],
    ["ADD { CONV3-3 | ID", 'CNN1003 at "{": this { is never closed: a } is missing', "ADD { CONV3-3 | ID }"],
    [
      "ADD CONV3-3 | ID",
      'CNN1012 at "|": | cannot stand here: branches belong to a layer that joins them, as in ADD { a | b }',
    ],
  ])("%s", (line, expected, mended?: string) => expectMistake(BEFORE, line, expected, mended));
});

describe("labels", () => {
  const BEFORE = "INPUT 8x8x3 - a: CONV3-3 - enc1: RELU - ";

  test.each([
    ["@b", 'CNN2034 at "b": nothing is labelled b here; there are @a and @enc1'],
    [
      "ADD { @enc | ID }",
      'CNN2034 at "enc": nothing is labelled enc here; there are @a and @enc1',
      "ADD { @enc1 | ID }",
    ],
    ["ADD { enc1 | ID }", 'CNN1004 at "enc1": no layer is called enc1', "ADD { @enc1 | ID }"],
    ["ADD enc1", 'CNN2002 at "enc1": ADD has no attribute enc1'],
    ["ADD @enc1", 'CNN2045 at "ADD": ADD needs its branches: ADD { a | b }'],
    ["ADD(@enc1)", 'CNN1013 at "(": branches stand in { }, not in ( )', "ADD { @enc1 }"],
    ["ADD(enc1)", 'CNN1013 at "(": branches stand in { }, not in ( )', "ADD { @enc1 }"],
    ["a: RELU", 'CNN2011 at "a": two layers are labelled a'],
    [
      "@later - later: RELU",
      'CNN2035 at "later": @later is used before it: a chain can only go on from what stands above',
    ],
    ["@enc1.x", 'CNN1002 at "enc1.x": expected a name, found enc1.x'],
    ["@c: RELU", 'CNN1002 at "@": expected a label without @ where it is declared, found @', "c: RELU"],
    ["x = RELU", 'CNN1002 at "=": expected a colon behind the label, found =', "x: RELU"],
    ["my-label: RELU", 'CNN1002 at "my-label": expected a label of one word, found my-label', "my_label: RELU"],
    ["1a: RELU", 'CNN1002 at "1": expected a layer, a dash or a new line, found 1'],
    ["enc1", 'CNN1004 at "enc1": no layer is called enc1', "@enc1"],
    ["__proto__: RELU", 'CNN2029 at "__proto__": a layer cannot be called __proto__'],
  ])("%s", (line, expected, mended?: string) => expectMistake(BEFORE, line, expected, mended));
});

describe("labels", () => {
  test.each([
    ["a: INPUT 8x8x3\na: INPUT 8x8x3", 'CNN2011 at "a": two layers are labelled a'],
    [
      "a: INPUT 8x8x3\nINPUT 8x8x3",
      'CNN2018 at "INPUT": net has an INPUT already: a chain has one INPUT, at its start',
    ],
    ["a: INPUT 8x8x3\nb: INPUT 8x8x4\nADD { @a | @b }", 'CNN2304 at "ADD": the branches of ADD do not have one shape'],
    ["CONV3-4 - INPUT 8x8x3", 'CNN2018 at "INPUT": net starts with another layer: a chain has one INPUT, at its start'],
    ["@a: CONV3-4", 'CNN1002 at "@": expected a label without @ where it is declared, found @', "a: CONV3-4"],
  ])("%s", (line, expected, mended?: string) => expectMistake("", line, expected, mended));
});

describe("outputs", () => {
  const BEFORE = "net A {\nINPUT 8x8x3\n";

  test.each([
    ["output aux FC-3\nRELU }", 'CNN1002 at "FC": expected =, found FC', "output aux = FC-3\nRELU }"],
    ["output aux: FC-3\nRELU }", 'CNN1002 at ":": expected =, found :', "output aux = FC-3\nRELU }"],
    ["output = FC-3\nRELU }", 'CNN1002 at "=": expected a name, found ='],
    ["output aux =\nRELU }", 'CNN1002 at "\\n": expected a layer, found the end of the line'],
    [
      "outptu aux = FC-3\nRELU }",
      'CNN1014 at "outptu": outptu is no word of the language: did you mean output?',
      "output aux = FC-3\nRELU }",
    ],
    ["output aux = FC-3\noutput aux = FC-4\nRELU }", 'CNN2011 at "aux": two layers are labelled aux'],
    ["a: CONV3-4\noutput a = FC-3\nRELU }", 'CNN2011 at "a": two layers are labelled a'],
  ])("%s", (line, expected, mended?: string) => expectMistake(BEFORE, line, expected, mended));
});

describe("groups and annotations", () => {
  const BEFORE = "INPUT 8x8x3 - ";

  test.each([
    [
      "[CONV3-3 - RELU]*3 [4x4x3]",
      'CNN2101 at "[4x4x3]": the group gives 8x8x3, the annotation says 4x4x3',
      "[CONV3-3 - RELU]*3 [8x8x3]",
    ],
    ["[CONV3-3 - RELU]*n", 'CNN2007 at "n": no variable is called n here'],
    [
      "[CONV3-3 - RELU]*RELU",
      'CNN2010 at "RELU": * repeats what stands before it a whole number of times, not RELU times',
    ],
    [
      "[CONV3-3 - RELU]*1.5",
      'CNN2010 at "1.5": * repeats what stands before it a whole number of times, not 1.5 times',
    ],
    [
      "[CONV3-3 - RELU] x3",
      'CNN1006 at "x3": RELU] and x3 stand side by side: write a dash or a new line between them',
      "[CONV3-3 - RELU]*3",
    ],
    ["[CONV3-3 - RELU] 3", 'CNN1002 at "3": expected a layer, a dash or a new line, found 3'],
    ["(CONV3-3 - RELU)*3", 'CNN1013 at "(": groups stand in [ ], not in ( )', "[CONV3-3 - RELU]*3"],
    [
      "CONV3-4 [8 x 8 x 4]",
      'CNN1002 at "8 x 8 x 4": expected a size such as 55x55x96 or HxWx3, found 8 x 8 x 4',
      "CONV3-4 [8x8x4]",
    ],
    [
      "CONV3-4 [8, 8, 4]",
      'CNN1002 at "8, 8, 4": expected a size such as 55x55x96 or HxWx3, found 8, 8, 4',
      "CONV3-4 [8x8x4]",
    ],
    ["CONV3-4 [8/2x8/2x4]", 'CNN1002 at "8/2x8/2x4": expected a size such as 55x55x96 or HxWx3, found 8/2x8/2x4'],
    ["CONV3-4 [8xHx4]", 'CNN2107 at "8xHx4": the size 8xHx4 leaves H open: letters stand only for sides of an INPUT'],
    ["CONV3-4 [8x8x8]", 'CNN2101 at "[8x8x8]": CONV gives 8x8x4, the annotation says 8x8x8', "CONV3-4 [8x8x4]"],
  ])("%s", (line, expected, mended?: string) => expectMistake(BEFORE, line, expected, mended));
});
