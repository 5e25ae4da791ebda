/** Misspelt words, signs and brackets of the language. */
import { describe, test } from "vitest";
import { expectMistake } from "../harness.js";

describe("misspelt keywords, and those of other languages", () => {
  test.each([
    [
      "nett A { INPUT 8x8x3 - RELU }",
      'CNN1014 at "nett": nett is no word of the language: did you mean net?',
      "net A { INPUT 8x8x3 - RELU }",
    ],
    [
      "ner A { INPUT 8x8x3 - RELU }",
      'CNN1014 at "ner": ner is no word of the language: did you mean net?',
      "net A { INPUT 8x8x3 - RELU }",
    ],
    [
      "network A { INPUT 8x8x3 - RELU }",
      'CNN1014 at "network": network is no word of the language: did you mean net?',
      "net A { INPUT 8x8x3 - RELU }",
    ],
    [
      "blok Unit(c) { CONV3-c }\nINPUT 8x8x3 - Unit(4)",
      'CNN1014 at "blok": blok is no word of the language: did you mean block?',
      "block Unit(c) { CONV3-c }\nINPUT 8x8x3 - Unit(4)",
    ],
    [
      "def Unit(c) { CONV3-c }\nINPUT 8x8x3 - Unit(4)",
      'CNN1014 at "def": def is no word of the language: did you mean block?',
      "block Unit(c) { CONV3-c }\nINPUT 8x8x3 - Unit(4)",
    ],
    [
      "class Unit(c) { CONV3-c }\nINPUT 8x8x3 - Unit(4)",
      'CNN1014 at "class": class is no word of the language: did you mean block?',
      "block Unit(c) { CONV3-c }\nINPUT 8x8x3 - Unit(4)",
    ],
    [
      "defualt CONV 4 3x3\nINPUT 8x8x3 - CONV",
      'CNN1014 at "defualt": defualt is no word of the language: did you mean default?',
      "default CONV 4 3x3\nINPUT 8x8x3 - CONV",
    ],
    [
      "func twice(x) = 2*x\nINPUT 8x8x3 - CONV3-twice(4)",
      'CNN1014 at "func": func is no word of the language: did you mean fn?',
      "fn twice(x) = 2*x\nINPUT 8x8x3 - CONV3-twice(4)",
    ],
    [
      "lte c = 4\nINPUT 8x8x3 - CONV3-c",
      'CNN1014 at "lte": lte is no word of the language: did you mean let?',
      "let c = 4\nINPUT 8x8x3 - CONV3-c",
    ],
    [
      "const c = 4\nINPUT 8x8x3 - CONV3-c",
      'CNN1014 at "const": const is no word of the language: did you mean let?',
      "let c = 4\nINPUT 8x8x3 - CONV3-c",
    ],
    [
      "import std\nINPUT 8x8x3 - CONV3-divisible(17)",
      'CNN1014 at "import": import is no word of the language: did you mean use?',
      "use std\nINPUT 8x8x3 - CONV3-divisible(17)",
    ],
    [
      "net A {\nINPUT 8x8x3\noutptut aux = FC-3\nRELU }",
      'CNN1014 at "outptut": outptut is no word of the language: did you mean output?',
      "net A {\nINPUT 8x8x3\noutput aux = FC-3\nRELU }",
    ],
    [
      "asert params < 10\nINPUT 8x8x3 - RELU",
      'CNN1014 at "asert": asert is no word of the language: did you mean assert?',
      "assert params < 10\nINPUT 8x8x3 - RELU",
    ],
    [
      "assret params < 10\nINPUT 8x8x3 - RELU",
      'CNN1014 at "assret": assret is no word of the language: did you mean assert?',
      "assert params < 10\nINPUT 8x8x3 - RELU",
    ],
    [
      "trian { batch 3 }\nINPUT 8x8x3 - RELU",
      'CNN1014 at "trian": trian is no word of the language: did you mean train?',
      "train { batch 3 }\nINPUT 8x8x3 - RELU",
    ],
    [
      "INPUT 8x8x3 - fi in.c == 3 { RELU }",
      'CNN1014 at "fi": fi is no word of the language: did you mean if?',
      "INPUT 8x8x3 - if in.c == 3 { RELU }",
    ],
    [
      "INPUT 8x8x3 - if in.c == 3 { RELU } els { TANH }",
      'CNN1014 at "els": els is no word of the language: did you mean else?',
      "INPUT 8x8x3 - if in.c == 3 { RELU } else { TANH }",
    ],
    [
      "INPUT 8x8x3 - if in.c == 3 { RELU } elsif in.c == 4 { TANH }",
      'CNN1014 at "elsif": elsif is no word of the language: did you mean else if?',
      "INPUT 8x8x3 - if in.c == 3 { RELU } else if in.c == 4 { TANH }",
    ],
    ["TOTL params: 3M", 'CNN1004 at "TOTL": no layer is called TOTL', "TOTAL params: 3M"],
  ])("%s", (line, expected, mended?: string) => expectMistake("", line, expected, mended));
});

describe("characters", () => {
  const BEFORE = "INPUT 8x8x3 - ";

  test.each([
    ["“RELU”", 'CNN1001 at "“": the language has no use for “ ” here'],
    ["RELU § - TANH", 'CNN1001 at "§": the language has no use for § here'],
    ["RELU ; TANH §", 'CNN1001 at "§": the language has no use for § here'],
    ["CONV3–4 ↠ RELU", 'CNN1001 at "↠": the language has no use for ↠ here'],
  ])("%s", (line, expected, mended?: string) => expectMistake(BEFORE, line, expected, mended));
});

describe("brackets", () => {
  const BEFORE = "INPUT 8x8x3 - ";

  test.each([
    ["[RELU - TANH", 'CNN1003 at "[": this [ is never closed: a ] is missing', "[RELU - TANH]"],
    ["[RELU - TANH)*2", 'CNN1003 at "[": this [ is never closed: a ] is missing', "[RELU - TANH]*2"],
    ["RELU] - TANH", 'CNN1005 at "]": this ] closes nothing: no [ is open here', "RELU - TANH"],
    ["RELU) - TANH", 'CNN1005 at ")": this ) closes nothing: no ( is open here', "RELU - TANH"],
    ["RELU } - TANH", 'CNN1005 at "}": this } closes nothing: no { is open here', "RELU  - TANH"],
    ["CONV3-(4 - RELU", 'CNN1003 at "(": this ( is never closed: a ) is missing', "CONV3-(4) - RELU"],
    ["ADD { RELU | TANH", 'CNN1003 at "{": this { is never closed: a } is missing', "ADD { RELU | TANH }"],
    ["{RELU - TANH}*2", 'CNN1013 at "{": groups stand in [ ], not in { }', "[RELU - TANH]*2"],
    ["(RELU - TANH)*2", 'CNN1013 at "(": groups stand in [ ], not in ( )', "[RELU - TANH]*2"],
    ["[[RELU]*2 - TANH", 'CNN1003 at "[": this [ is never closed: a ] is missing', "[[RELU]*2 - TANH]"],
  ])("%s", (line, expected, mended?: string) => expectMistake(BEFORE, line, expected, mended));
});

describe("dashes, arrows and commas", () => {
  const BEFORE = "INPUT 8x8x3 - ";

  test.each([
    ["- RELU", 'CNN1007 at "-": a layer is missing here: a dash joins two layers', " RELU"],
    ["RELU -", 'CNN1007 at "-": a layer is missing here: a dash joins two layers', "RELU "],
    ["RELU - - TANH", 'CNN1007 at "-": a layer is missing here: a dash joins two layers', "RELU -  TANH"],
    ["RELU -> -> TANH", 'CNN1007 at "->": a layer is missing here: a dash joins two layers', "RELU ->  TANH"],
    [
      "RELU TANH",
      'CNN1006 at "TANH": RELU and TANH stand side by side: write a dash or a new line between them',
      "RELU - TANH",
    ],
    [
      "[RELU][TANH]",
      'CNN1006 at "[TANH]": [RELU] and [TANH] stand side by side: write a dash or a new line between them',
      "[RELU] - [TANH]",
    ],
    ["[RELU - ]", 'CNN1007 at "-": a layer is missing here: a dash joins two layers', "[RELU  ]"],
    ["[ - RELU]", 'CNN1007 at "-": a layer is missing here: a dash joins two layers', "[  RELU]"],
    ["CONV3 -4", 'CNN2023 at "-4": the dash before a count has no blanks around it: CONV3-4', "CONV3-4"],
    ["CONV3 - 4", 'CNN2023 at "4": the dash before a count has no blanks around it: CONV3-4', "CONV3-4"],
    ["CONV3- 4", 'CNN2023 at "4": the dash before a count has no blanks around it: CONV3-4', "CONV3-4"],
    ["CONV3--4", 'CNN2023 at "4": the dash before a count has no blanks around it: CONV3-4', "CONV3-4"],
    [
      "RELU | TANH",
      'CNN1012 at "|": | cannot stand here: branches belong to a layer that joins them, as in ADD { a | b }',
    ],
  ])("%s", (line, expected, mended?: string) => expectMistake(BEFORE, line, expected, mended));
});

describe("numbers and sizes", () => {
  const BEFORE = "INPUT ";

  test.each([
    ["8x8x3 - CONV3-1,024", 'CNN2004 at "024": CONV has its filters twice', "8x8x3 - CONV3-1024"],
    ["8*8*3 - RELU", 'CNN2021 at "8*8*3": a size is written with x between its numbers: INPUT 8x8x3', "8x8x3 - RELU"],
    ["8X8X3 - RELU", 'CNN2002 at "X8X3": INPUT has no attribute X8X3; it has shape', "8x8x3 - RELU"],
    ["8x8x - RELU", 'CNN2002 at "x8x": INPUT has no attribute x8x; it has shape'],
    ["8x8xx3 - RELU", 'CNN2002 at "x8xx3": INPUT has no attribute x8xx3; it has shape', "8x8x3 - RELU"],
    ["(8, 8, 3) - RELU", 'CNN2005 at "(8, 8, 3)": INPUT takes no size', "8x8x3 - RELU"],
    ["[8x8x3 - RELU", 'CNN1003 at "[": this [ is never closed: a ] is missing', "[8x8x3] - RELU"],
    ["8x8x3 - 64", 'CNN1002 at "64": expected a layer, a dash or a new line, found 64'],
    ["8x8x3 - CONV3-4 3x3", 'CNN2004 at "3x3": CONV has its window twice'],
    [
      "8x8x3 - RELU = TANH",
      'CNN2024 at "=": attributes are written without an equals sign: stride 2',
      "8x8x3 - RELU TANH",
    ],
  ])("%s", (line, expected, mended?: string) => expectMistake(BEFORE, line, expected, mended));
});

describe("claims", () => {
  const BEFORE = "INPUT 8x8x3\n";

  test.each([
    [
      "RELU memory: lots",
      'CNN1008 at "memory: lots": memory: claims nothing: a number such as 1,728, 150K or 3.2M has to follow',
    ],
    [
      "RELU params: ",
      'CNN1008 at "params:": params: claims nothing: a number such as 1,728, 150K or 3.2M has to follow',
    ],
    [
      "RELU = memory: 192",
      'CNN2024 at "=": attributes are written without an equals sign: stride 2',
      "RELU memory: 192",
    ],
    ["RELU memory 192", 'CNN2002 at "memory": RELU has no attribute memory'],
    ["RELU memory: 191", 'CNN3101 at "191": relu1 memory is claimed as 191 values, it is 192', "RELU memory: 192"],
    ["CONV3-4 params: 100", 'CNN3101 at "100": conv1 params is claimed as 100, it is 108', "CONV3-4 params: 108"],
    ["CONV3-4 params: 3*3*3*5 = 108", 'CNN3102 at "3*3*3*5": 3*3*3*5 is 135, not 108'],
    [
      "[RELU]*2 memory: 192",
      'CNN1012 at "memory: 192": a claim cannot stand behind a group: write it behind a layer, or in a TOTAL line',
    ],
    [
      "RELU\nTOTAL memory: 3",
      'CNN3101 at "3": TOTAL memory is claimed as 3 values, the lines above add up to 384',
      "RELU\nTOTAL memory: 384",
    ],
    ["RELU\nTOTAL: 3", 'CNN1002 at ":": expected a claim such as params: 138M, found :'],
    ["RELU\nTOTAL", 'CNN1002 at "L": expected a claim such as params: 138M, found the end of the file'],
  ])("%s", (line, expected, mended?: string) => expectMistake(BEFORE, line, expected, mended));
});
