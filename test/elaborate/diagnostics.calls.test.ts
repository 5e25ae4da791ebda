/** What is said about blocks and their calls: each mistake is one message, at its place, with the change that mends it. */
import { describe, test } from "vitest";
import { expectMistake } from "../harness.js";

describe("calls of a block", () => {
  const BEFORE = "block Unit(c, s = 1) { CONV3-c/s - BN }\nINPUT 8x8x3 - ";

  test.each([
    ["Unit 64", 'CNN2043 at "64": arguments stand in parentheses that touch the name: Unit(64)', "Unit(64)"],
    ["Unit-64", 'CNN2043 at "64": arguments stand in parentheses that touch the name: Unit(64)', "Unit(64)"],
    [
      "Unit 64, 2",
      'CNN2043 at "64, 2": arguments stand in parentheses that touch the name: Unit(64, 2)',
      "Unit(64, 2)",
    ],
    [
      "Unit (64, 2)",
      'CNN2043 at "(64, 2)": arguments stand in parentheses that touch the name: Unit(64, 2)',
      "Unit(64, 2)",
    ],
    ["Unit(64 2)", 'CNN1002 at "2": expected a comma or ), found 2', "Unit(64, 2)"],
    ["Unit(64, 2,)", 'CNN1002 at ",": expected no comma before ), found ,', "Unit(64, 2)"],
    ["Unit", 'CNN2049 at "Unit": Unit needs its c'],
    ["Unit()", 'CNN2049 at "Unit()": Unit needs its c'],
    ["Unit(64, 2, 3)", 'CNN2016 at "Unit(64, 2, 3)": Unit takes at most 2 arguments, not 3'],
    ["Unit(64, t = 2)", 'CNN2041 at "t": Unit has no parameter t; it has c and s'],
    ["Unit(64, c = 2)", 'CNN2040 at "c = 2": Unit gets its c twice'],
    ["Unit(c = 64, c = 8)", 'CNN2040 at "c = 8": Unit gets its c twice'],
    ["Unit(64, s == 2)", 'CNN2007 at "s": no variable is called s here'],
    ["Unit(64, s: 2)", 'CNN1002 at ":": expected = behind the name of an argument, found :', "Unit(64, s = 2)"],
    ["Unti(64)", 'CNN2030 at "Unti": no block or net is called Unti; there is Unit', "Unit(64)"],
    ["unit(64)", 'CNN2037 at "unit": blocks are written with a capital: Unit', "Unit(64)"],
    ["UNIT(64)", 'CNN1004 at "UNIT": no layer is called UNIT', "Unit(64)"],
    ["Unit(sixty)", 'CNN2007 at "sixty": no variable is called sixty here'],
    ["Unit(64, s = 2/3)", 'CNN2009 at "s": the stride of CONV has to be a whole number, but s is 0.666667'],
    ["Unit(64) { ID }", 'CNN2046 at "Unit": Unit has no branches: only ADD, MUL, MAX, MEAN and CONCAT take { ... }'],
    [
      "Unit(64) stride 2",
      'CNN2043 at "stride 2": arguments stand in parentheses that touch the name: Unit(64, stride = 2)',
      "Unit(64, stride = 2)",
    ],
  ])("%s", (line, expected, mended?: string) => expectMistake(BEFORE, line, expected, mended));
});

describe("arguments that stand for blocks and layers", () => {
  const BEFORE = "block Conv(c, Act = RELU, stride = 1) { CONV3-c/stride - Act }\nINPUT 8x8x3 - ";

  test.each([
    [
      "Conv(4, strid = 2)",
      'CNN2041 at "strid": Conv has no parameter strid; it has c, Act and stride',
      "Conv(4, stride = 2)",
    ],
    ["Conv(RELU)", 'CNN2042 at "RELU": the c of Conv is a number, not the layer RELU'],
    ["Conv(4, 2)", 'CNN2042 at "2": the Act of Conv is a block, a net or a layer, not 2'],
    ["Conv(4, Rleu)", 'CNN2030 at "Rleu": no block or net is called Rleu; there is Conv', "Conv(4, RELU)"],
    ["Conv(4, RLEU)", 'CNN1004 at "RLEU": no layer is called RLEU', "Conv(4, RELU)"],
    ["Conv(4, relu)", 'CNN1011 at "relu": layers are written in capitals: RELU', "Conv(4, RELU)"],
    ["Conv(4, Relu)", 'CNN1011 at "Relu": layers are written in capitals: RELU', "Conv(4, RELU)"],
    [
      "Conv(4, act = TANH)",
      'CNN2041 at "act": Conv has no parameter act; it has c, Act and stride',
      "Conv(4, Act = TANH)",
    ],
    ["Conv(Conv)", 'CNN2042 at "Conv": the c of Conv is a number, not Conv'],
  ])("%s", (line, expected, mended?: string) => expectMistake(BEFORE, line, expected, mended));
});

describe("arguments that stand for blocks and layers", () => {
  const BEFORE = "block Unit(act, c) { CONV3-c - act }\nINPUT 8x8x3 - ";

  test.each([["Unit(RELU, 64)", 'CNN2042 at "RELU": the act of Unit is a number, not the layer RELU']])(
    "%s",
    (line, expected, mended?: string) => expectMistake(BEFORE, line, expected, mended),
  );
});

describe("labels as arguments", () => {
  const BEFORE = "block Up(c, @skip) { UPCONV2-c/2 - CONCAT { @skip | ID } }\nINPUT 8x8x3 - e1: CONV3-4 - POOL2 - ";

  test.each([
    ["Up(64, e1)", 'CNN2007 at "e1": no variable is called e1 here', "Up(64, @e1)"],
    ["Up(64, @e2)", 'CNN2034 at "e2": nothing is labelled e2 here; there is @e1', "Up(64, @e1)"],
    ["Up(64, @e)", 'CNN2034 at "e": nothing is labelled e here; there is @e1'],
    ["Up(64)", 'CNN2049 at "Up(64)": Up needs its @skip'],
    ["Up(@e1, 64)", 'CNN2042 at "@e1": the c of Up is a number, not @e1'],
    ["Up(64, 3)", 'CNN2042 at "3": the @skip of Up is a label such as @e1, not 3'],
    ["POOL2 - Up(64, @e1)", 'CNN2304 at "CONCAT": the branches of CONCAT do not have one shape'],
  ])("%s", (line, expected, mended?: string) => expectMistake(BEFORE, line, expected, mended));
});

describe("labels as arguments", () => {
  test.each([
    [
      "block Up(c, skip) { UPCONV2-c/2 - CONCAT { @skip | ID } }\nINPUT 8x8x3 - e1: CONV3-4 - POOL2 - Up(64, @e1)",
      'CNN2042 at "@e1": the skip of Up is a number, not @e1',
    ],
    [
      "block Up(c, @skip) { UPCONV2-c/2 - CONCAT { skip | ID } }\nINPUT 8x8x3 - e1: CONV3-4 - POOL2 - Up(64, @e1)",
      'CNN1004 at "skip": no layer is called skip',
      "block Up(c, @skip) { UPCONV2-c/2 - CONCAT { @skip | ID } }\nINPUT 8x8x3 - e1: CONV3-4 - POOL2 - Up(64, @e1)",
    ],
    [
      "block Up(c) { UPCONV2-c/2 - CONCAT { @e1 | ID } }\nINPUT 8x8x3 - e1: CONV3-4 - POOL2 - Up(64)",
      'CNN2034 at "e1": nothing is labelled e1 here',
    ],
  ])("%s", (line, expected, mended?: string) => expectMistake("", line, expected, mended));
});

describe("declarations of blocks", () => {
  test.each([
    [
      "block unit(c) { CONV3-c - BN }\nINPUT 8x8x3 - unit(64) - unit(4)",
      'CNN2037 at "unit": blocks are written with a capital: Unit',
      "block Unit(c) { CONV3-c - BN }\nINPUT 8x8x3 - Unit(64) - Unit(4)",
    ],
    [
      "block unit(c) { CONV3-c - BN }\nINPUT 8x8x3 - Unit(64)",
      'CNN2037 at "unit": blocks are written with a capital: Unit',
      "block Unit(c) { CONV3-c - BN }\nINPUT 8x8x3 - Unit(64)",
    ],
    [
      "block RELU(c) { CONV3-c - BN }\nINPUT 8x8x3 - RELU(64)",
      'CNN2036 at "RELU": RELU is a layer of the language: a block needs another name',
    ],
    [
      "block Unit(c) { CONV3-c }\nblock Unit(c) { CONV3-c }\nINPUT 8x8x3 - Unit(64)",
      'CNN2013 at "Unit": two blocks are called Unit',
    ],
    ["block Unit(c) { CONV3-c }\nnet Unit { INPUT 3 - FC-3 }", 'CNN2013 at "Unit": a net and a block are called Unit'],
    [
      "block Unit(c, c) { CONV3-c - BN }\nINPUT 8x8x3 - Unit(64, 4)",
      'CNN2022 at "c": Unit has two parameters called c',
    ],
    [
      "block Unit(c s) { CONV3-c/s }\nINPUT 8x8x3 - Unit(64, 2)",
      'CNN1002 at "s": expected a comma, found s',
      "block Unit(c, s) { CONV3-c/s }\nINPUT 8x8x3 - Unit(64, 2)",
    ],
    [
      "block Unit(c, s: 1) { CONV3-c/s }\nINPUT 8x8x3 - Unit(64)",
      'CNN1002 at ":": expected =, found :',
      "block Unit(c, s = 1) { CONV3-c/s }\nINPUT 8x8x3 - Unit(64)",
    ],
    [
      "block Unit(c, s 1) { CONV3-c/s }\nINPUT 8x8x3 - Unit(64)",
      'CNN1002 at "1": expected =, found 1',
      "block Unit(c, s = 1) { CONV3-c/s }\nINPUT 8x8x3 - Unit(64)",
    ],
    [
      "block Unit(c) { CONV3-d - CONV1-d }\nINPUT 8x8x3 - Unit(64)",
      'CNN2007 at "d": no variable is called d here; there is c',
    ],
    [
      "block Unit(c) { CONV3-c - BNN }\nINPUT 8x8x3 - Unit(64)",
      'CNN1004 at "BNN": no layer is called BNN',
      "block Unit(c) { CONV3-c - BN }\nINPUT 8x8x3 - Unit(64)",
    ],
    ["block Unit(c) { Unit(c) - BN }\nINPUT 8x8x3 - Unit(64)", 'CNN2044 at "Unit": Unit calls itself: Unit -> Unit'],
    [
      "block A(c) { B(c) - BN }\nblock B(c) { A(c) - BN }\nINPUT 8x8x3 - A(64)",
      'CNN2044 at "A": A calls itself: A -> B -> A',
    ],
    ["block Unit(c) CONV3-c - BN\nINPUT 8x8x3 - Unit(64)", 'CNN1002 at "CONV3": expected { ... }, found CONV3'],
    ["block Unit { CONV3-3 }\nINPUT 8x8x3 - Unit(64)", 'CNN2016 at "Unit(64)": Unit takes no arguments, not 1'],
    ["block Unit[c] { CONV3-c - BN }\nINPUT 8x8x3 - Unit(64)", 'CNN1002 at "[": expected { ... }, found ['],
    [
      "block Unit(c) = { CONV3-c - BN }\nINPUT 8x8x3 - Unit(64)",
      'CNN1002 at "=": expected { ... }, found =',
      "block Unit(c)  { CONV3-c - BN }\nINPUT 8x8x3 - Unit(64)",
    ],
    ["block Unit(c): CONV3-c - BN\nINPUT 8x8x3 - Unit(64)", 'CNN1002 at ":": expected { ... }, found :'],
    [
      "Unit(c) { CONV3-c - BN }\nINPUT 8x8x3 - Unit(64)",
      'CNN2030 at "Unit": no block or net is called Unit',
      "block Unit(c) { CONV3-c - BN }\nINPUT 8x8x3 - Unit(64)",
    ],
    [
      "block Unit(Classes = 10) { FC-10 }\nINPUT 8 - Unit",
      'CNN2042 at "Classes": the Classes of Unit is a block, a net or a layer, not 10',
    ],
  ])("%s", (line, expected, mended?: string) => expectMistake("", line, expected, mended));
});

describe("let", () => {
  const BEFORE = "INPUT 8x8x3\n";

  test.each([
    [
      "let x = CONV3-3\nCONCAT { x | ID }",
      'CNN1002 at "CONV3-3": expected a number, a block or the name of a layer, found CONV3-3',
      "x: CONV3-3\nCONCAT { x | ID }",
    ],
    [
      "let act = RELU\nCONV3-4 - act",
      'CNN2037 at "act": blocks and layers are written with a capital: Act',
      "let Act = RELU\nCONV3-4 - Act",
    ],
    [
      "let Width = 3\nCONV3-Width",
      'CNN2038 at "Width": variables are written in small letters: width',
      "let width = 3\nCONV3-width",
    ],
    ["let x : 3\nCONV3-x", 'CNN1002 at ":": expected =, found :', "let x = 3\nCONV3-x"],
    ["let x 3\nCONV3-x", 'CNN1002 at "3": expected =, found 3', "let x = 3\nCONV3-x"],
    ["let x == 3\nCONV3-x", 'CNN1002 at "==": expected =, found ==', "let x = 3\nCONV3-x"],
    ["var x = 3\nCONV3-x", 'CNN1014 at "var": var is no word of the language: did you mean let?', "let x = 3\nCONV3-x"],
    ["let x = 3\nlet x = 4\nCONV3-x", 'CNN2013 at "x": two variables are called x'],
    ["let x = 3\nCONV3-y", 'CNN2007 at "y": no variable is called y here; there is x'],
    ["let x = c * 2\nCONV3-x - CONV1-x", 'CNN2007 at "c": no variable is called c here'],
    ["let x = in.x\nCONV3-x", 'CNN2032 at "in.x": in.x means nothing here; there are in.h, in.w and in.c'],
    [
      "let x = in.channels\nCONV3-x",
      'CNN2032 at "in.channels": in.channels means nothing here; there are in.h, in.w and in.c',
      "let x = in.c\nCONV3-x",
    ],
    [
      "let x = in.C\nCONV3-x",
      'CNN2032 at "in.C": in.C means nothing here; there are in.h, in.w and in.c',
      "let x = in.c\nCONV3-x",
    ],
    [
      "let x = out.c\nCONV3-x",
      'CNN2032 at "out.c": out.c means nothing here; there are in.h, in.w and in.c',
      "let x = in.c\nCONV3-x",
    ],
    ["a: CONV3-4\nlet x = @a", 'CNN2006 at "@a": x has to be a number, a block or a layer, not @a'],
    [
      "let X = 3\nCONV3-X",
      'CNN2058 at "X": CONV3-X is two layers: a count with a capital stands in parentheses, CONV3-(X)',
      "let X = 3\nCONV3-(X)",
    ],
  ])("%s", (line, expected, mended?: string) => expectMistake(BEFORE, line, expected, mended));
});

describe("let", () => {
  test.each([
    [
      "let c = in.c\nINPUT 8x8x3\nCONV3-c",
      'CNN2033 at "in.c": in.c is the size of what arrives, but nothing arrives here',
    ],
    ["let c = 4\nlet d = e\nINPUT 8x8x3 - CONV3-d", 'CNN2007 at "e": no variable is called e here; there is c'],
  ])("%s", (line, expected, mended?: string) => expectMistake("", line, expected, mended));
});

describe("functions", () => {
  const BEFORE = "fn twice(x, y = 0) = 2*x + y\nINPUT 8x8x3 - ";

  test.each([
    [
      "CONV3-(twise(4))",
      'CNN2008 at "twise": no function is called twise; there are twice, min, max, floor, ceil, round, abs, log2 and sqrt',
      "CONV3-(twice(4))",
    ],
    ["CONV3-twice(4, 5, 6)", 'CNN2016 at "twice(4, 5, 6)": twice takes at most 2 arguments, not 3'],
    ["CONV3-twice()", 'CNN2049 at "twice()": twice needs its x'],
    ["CONV3-twice(4, z = 3)", 'CNN2041 at "z": twice has no parameter z; it has x and y'],
    ["CONV3-twice(RELU)", 'CNN2042 at "RELU": the x of twice is a number, not the layer RELU'],
    ["CONV3-twice (4)", 'CNN2007 at "twice": no variable is called twice here'],
    [
      "CONV3-(twice(4) == 8)",
      'CNN2006 at "(twice(4) == 8)": the number of filters of CONV has to be a number, not true',
    ],
    ["CONV3-max()", 'CNN2028 at "max()": max takes one number or more, not 0'],
    ["CONV3-sqrt(2, 3)", 'CNN2028 at "sqrt(2, 3)": sqrt takes one number, not 2'],
    ["CONV3-sqrt(4, k = 3)", 'CNN2041 at "k": sqrt has no parameter k'],
    ["CONV3-max(a = 3)", 'CNN2041 at "a": max has no parameter a'],
    ["CONV3-sqrt(RELU)", 'CNN2006 at "RELU": the number of filters of CONV has to be a number, not the layer RELU'],
    [
      "CONV3-(sqrt(0-4))",
      'CNN2006 at "(sqrt(0-4))": the number of filters of CONV has to be a number, not (sqrt(0-4))',
    ],
    [
      "CONV3-(4/3)",
      'CNN2009 at "(4/3)": the number of filters of CONV has to be a whole number, but (4/3) is 1.333333',
    ],
    ["CONV3-(4//0)", 'CNN2006 at "0": a divisor has to be other than 0, not 0'],
    [
      "CONV3-(2^60)",
      'CNN2006 at "(2^60)": the number of filters of CONV has to be below 2^53, so that it is exact, not (2^60)',
    ],
  ])("%s", (line, expected, mended?: string) => expectMistake(BEFORE, line, expected, mended));
});

describe("functions", () => {
  test.each([
    ["fn twice(x) { 2*x }\nINPUT 8x8x3 - CONV3-twice(4)", 'CNN1002 at "{": expected =, found {'],
    ["fn twice x = 2*x\nINPUT 8x8x3 - CONV3-twice(4)", 'CNN1002 at "x": expected (, found x'],
    [
      "fn Twice(x) = 2*x\nINPUT 8x8x3 - CONV3-(Twice(4))",
      'CNN2038 at "Twice": functions are written in small letters: twice',
      "fn twice(x) = 2*x\nINPUT 8x8x3 - CONV3-(twice(4))",
    ],
    [
      "def twice(x) = 2*x\nINPUT 8x8x3 - CONV3-twice(4)",
      'CNN1014 at "def": def is no word of the language: did you mean fn?',
      "fn twice(x) = 2*x\nINPUT 8x8x3 - CONV3-twice(4)",
    ],
    [
      "twice(x) = 2*x\nINPUT 8x8x3 - CONV3-twice(4)",
      'CNN1002 at "twice": expected fn before the name of a function, found twice',
      "fn twice(x) = 2*x\nINPUT 8x8x3 - CONV3-twice(4)",
    ],
    ["fn twice(x) = 2*y\nINPUT 8x8x3 - CONV3-twice(4)", 'CNN2007 at "y": no variable is called y here; there is x'],
    ["fn twice(x, x) = 2*x\nINPUT 8x8x3 - CONV3-twice(4, 5)", 'CNN2022 at "x": twice has two parameters called x'],
    ["fn f(x) = g(x)\nfn g(x) = f(x)\nINPUT 8x8x3 - CONV3-f(4)", 'CNN2044 at "f": f calls itself: f -> g -> f'],
    ["fn f(x) = x\nfn f(x) = 2*x\nINPUT 8x8x3 - CONV3-f(5)", 'CNN2013 at "f": two functions are called f'],
    ["fn f(x) = x / 0\nINPUT 8x8x3 - CONV3-f(5)", 'CNN2006 at "0": a divisor has to be other than 0, not 0'],
    [
      "fn f(x) = RELU\nINPUT 8x8x3 - CONV3-f(5)",
      'CNN2006 at "f(5)": the number of filters of CONV has to be a number, not f(5)',
    ],
    [
      "INPUT 8x8x3 - CONV3-divisible(30)",
      'CNN2008 at "divisible": no function is called divisible; there are min, max, floor, ceil, round, abs, log2 and sqrt',
      "use std\nINPUT 8x8x3 - CONV3-divisible(30)",
    ],
  ])("%s", (line, expected, mended?: string) => expectMistake("", line, expected, mended));
});

describe("layers that are written like calls", () => {
  const BEFORE = "INPUT 8x8x3 - ";

  test.each([
    [
      "CONV(64, 3)",
      'CNN2057 at "(64, 3)": CONV has no arguments in parentheses: what it needs follows it, as in CONV3-64/2',
    ],
    [
      "CONV(64, k = 3)",
      'CNN2057 at "(64, k = 3)": CONV has no arguments in parentheses: what it needs follows it, as in CONV3-64/2',
    ],
    ["Conv2d(64)", 'CNN1004 at "Conv2d": no layer is called Conv2d', "CONV(64)"],
    ["Dense(10)", 'CNN1004 at "Dense": no layer is called Dense', "FC(10)"],
    ["MaxPool2d(2)", 'CNN1004 at "MaxPool2d": no layer is called MaxPool2d', "MAXPOOL(2)"],
    ["PLUS { ID | ID }", 'CNN1004 at "PLUS": no layer is called PLUS', "ADD { ID | ID }"],
    ["Linear-10", 'CNN1011 at "Linear": layers are written in capitals: LINEAR-10', "LINEAR-10"],
    ["return - RELU", 'CNN1004 at "return": no layer is called return'],
    ["nn.Linear(10)", 'CNN1002 at "nn.Linear": expected a layer, a dash or a new line, found nn.Linear'],
  ])("%s", (line, expected, mended?: string) => expectMistake(BEFORE, line, expected, mended));
});

describe("layers that are written like calls", () => {
  test.each([
    [
      "INPUT(8, 8, 3) - CONV3-4",
      'CNN2057 at "(8, 8, 3)": INPUT has no arguments in parentheses: what it needs follows it, as in INPUT 8x8x3',
      "INPUT 8x8x3 - CONV3-4",
    ],
    [
      "INPUT 8x8x3 - Residual(RELU, 3)",
      'CNN2030 at "Residual": no block or net is called Residual',
      "use std\nINPUT 8x8x3 - Residual(RELU, 3)",
    ],
  ])("%s", (line, expected, mended?: string) => expectMistake("", line, expected, mended));
});
