/** What is said about nets, their parameters and what is made from them. */
import { describe, test } from "vitest";
import { expectMistake } from "../harness.js";

describe("changes", () => {
  const BEFORE = "net A {\nINPUT 8x8x3\nCONV1: 4 3x3\nFC-10 }\nnet B = ";

  test.each([
    [
      "A but { CONV2: 5x5 }",
      'CNN2015 at "CONV2": A has no layer called CONV2; its layers are CONV1, input and fc1',
      "A but { CONV1: 5x5 }",
    ],
    [
      "A but { drop CONV2 }",
      'CNN2015 at "CONV2": A has no layer called CONV2; its layers are CONV1, input and fc1',
      "A but { drop CONV1 }",
    ],
    [
      "A but { remove CONV1 }",
      'CNN1014 at "remove": remove is no word of the language: did you mean drop?',
      "A but { drop CONV1 }",
    ],
    [
      "A but { dorp CONV1 }",
      'CNN1014 at "dorp": dorp is no word of the language: did you mean drop?',
      "A but { drop CONV1 }",
    ],
    [
      "A but { replace CONV1 CONV3-4 }",
      'CNN1002 at "CONV3": expected a colon, found CONV3',
      "A but { replace CONV1: CONV3-4 }",
    ],
    [
      "A but { replace CONV1 with CONV3-4 }",
      'CNN1002 at "with": expected a colon, found with',
      "A but { replace CONV1: CONV3-4 }",
    ],
    [
      "A but { replace CONV1: CONVV3-4 }",
      'CNN1004 at "CONVV3": no layer is called CONVV3',
      "A but { replace CONV1: CONV3-4 }",
    ],
    ["A but { insert BN after CONV1 }", 'CNN1002 at "BN": expected after or before, found BN'],
    [
      "A but { insert behind CONV1: BN }",
      'CNN1002 at "behind": expected after or before, found behind',
      "A but { insert after CONV1: BN }",
    ],
    [
      "A but { insert befor CONV1: BN }",
      'CNN1002 at "befor": expected after or before, found befor',
      "A but { insert before CONV1: BN }",
    ],
    [
      "A but { add after CONV1: BN }",
      'CNN1014 at "add": add is no word of the language: did you mean insert?',
      "A but { insert after CONV1: BN }",
    ],
    [
      "A but { insert after CONV1 BN }",
      'CNN1002 at "BN": expected a colon, found BN',
      "A but { insert after CONV1: BN }",
    ],
    [
      "A but { insert after CONV1: BNN }",
      'CNN1004 at "BNN": no layer is called BNN',
      "A but { insert after CONV1: BN }",
    ],
    [
      "A but { CONV1: CONV3-64 }",
      'CNN1002 at "CONV3": expected what changes, such as 7x7 stride 2, found CONV3',
      "A but { replace CONV1: CONV3-64 }",
    ],
    ["A but { CONV1 = 64 filters }", 'CNN1002 at "=": expected a colon, found =', "A but { CONV1: 64 filters }"],
    [
      "A but { CONV1: 64 filtres }",
      'CNN2002 at "filtres": CONV has no attribute filtres; it has filters, window, stride, pad, dilation, groups and bias',
      "A but { CONV1: 64 filters }",
    ],
    [
      "A but { CONV1: 64 strid 2 }",
      'CNN2002 at "strid": CONV has no attribute strid; it has filters, window, stride, pad, dilation, groups and bias',
      "A but { CONV1: 64 stride 2 }",
    ],
    ["A but { CONV1: }", 'CNN1002 at "}": expected what changes, such as 7x7 stride 2, found }'],
    ["A but { CONV1 64 }", 'CNN1002 at "64": expected a colon, found 64', "A but { CONV1: 64 }"],
    ["A with { CONV1: 64 filters }", 'CNN1002 at "with": expected but, found with', "A but { CONV1: 64 filters }"],
    ["A { CONV1: 64 filters }", 'CNN1002 at "{": expected but, found {', "A but { CONV1: 64 filters }"],
    ["A but CONV1: 64 filters", 'CNN1002 at "CONV1": expected {, found CONV1'],
    ["A but { drop input }", 'CNN2017 at "B": B has no INPUT: the size of its images is missing'],
    ["AA but { CONV1: 64 filters }", 'CNN2012 at "AA": no net is called AA; there is A', "A but { CONV1: 64 filters }"],
    ["A(3)", 'CNN2016 at "A(3)": A takes no arguments, not 1'],
  ])("%s", (line, expected, mended?: string) => expectMistake(BEFORE, line, expected, mended));
});

describe("nets made from others", () => {
  test.each([
    ["net A(n) { INPUT 8x8x3 - FC-n }\nnet B = A", 'CNN2049 at "A": A needs its n'],
    ["net A(n) { INPUT 8x8x3 - FC-n }\nnet B = A()", 'CNN2049 at "A()": A needs its n'],
    ["net A(n) { INPUT 8x8x3 - FC-n }\nnet B = A(m = 3)", 'CNN2041 at "m": A has no parameter m; it has n'],
    ["net A(n) { INPUT 8x8x3 - FC-n }\nnet B = A(3, 4)", 'CNN2016 at "A(3, 4)": A takes 1 argument, not 2'],
    [
      "net A(n) { INPUT 8x8x3 - FC-n }\nnet B = A(n = )",
      'CNN1002 at ")": expected a number, a variable or an expression in parentheses, found )',
    ],
    [
      "net A(n) { INPUT 8x8x3 - FC-n }\nnet B = A(3,)",
      'CNN1002 at ",": expected no comma before ), found ,',
      "net A(n) { INPUT 8x8x3 - FC-n }\nnet B = A(3)",
    ],
    [
      "net A(n) { INPUT 8x8x3 - FC-n }\nnet B = A(3",
      'CNN1003 at "(": this ( is never closed: a ) is missing',
      "net A(n) { INPUT 8x8x3 - FC-n }\nnet B = A(3)",
    ],
    [
      "net A(n) { INPUT 8x8x3 - FC-n }\nnet B = A(RELU)",
      'CNN2042 at "RELU": the n of A is a number, not the layer RELU',
    ],
    [
      "net A(n) { INPUT 8x8x3 - FC-n }\nnet B : A(3)",
      'CNN1002 at ":": expected { ... } or = and the name of a net, found :',
    ],
    [
      "block A(c) { CONV3-c }\nnet B = A(3)",
      'CNN2050 at "A": A is a block: a net is made from a net, or has a block in its braces',
    ],
    ["net A = A", 'CNN2014 at "A": this net is made from itself: A = A'],
    [
      "net A { INPUT 8x8x3 - FC-3 - B }\nnet B { INPUT 8x8x3 - A - FC-3 }",
      'CNN2044 at "A": A calls itself: A -> B -> A',
    ],
    [
      "net A { INPUT 8x8x3 - FC-3 }\nnet B { INPUT 8x8x4 - A - FC-3 }",
      'CNN2051 at "A": this net takes 3 channels, but 8x8x4 arrives',
    ],
    [
      "net A { INPUT 8x8x3 - FC-3 }\nnet B { INPUT 8x8x3 - A(3) - FC-3 }",
      'CNN2016 at "A(3)": A takes no arguments, not 1',
    ],
  ])("%s", (line, expected, mended?: string) => expectMistake("", line, expected, mended));
});

describe("declarations of nets", () => {
  test.each([
    [
      "net A(n=) { INPUT 8x8x3 - FC-n }\nnet B = A(3)",
      'CNN1002 at ")": expected a number, a variable or an expression in parentheses, found )',
    ],
    ["net A(n 3) { INPUT 8x8x3 - FC-n }", 'CNN1002 at "3": expected =, found 3', "net A(n = 3) { INPUT 8x8x3 - FC-n }"],
    [
      "net A(n: 3) { INPUT 8x8x3 - FC-n }",
      'CNN1002 at ":": expected =, found :',
      "net A(n = 3) { INPUT 8x8x3 - FC-n }",
    ],
    [
      "net A(n, ) { INPUT 8x8x3 - FC-n }",
      'CNN1002 at ",": expected no comma before ), found ,',
      "net A(n ) { INPUT 8x8x3 - FC-n }",
    ],
    ["net A(3) { INPUT 8x8x3 - FC-3 }", 'CNN1002 at "3": expected a comma or ), found 3'],
    ["net A(n = 3, n = 4) { INPUT 8x8x3 - FC-n }", 'CNN2022 at "n": A has two parameters called n'],
    ["net { INPUT 8x8x3 - FC-3 }", 'CNN1002 at "{": expected a name, found {'],
    [
      "network A { INPUT 8x8x3 - FC-3 }",
      'CNN1014 at "network": network is no word of the language: did you mean net?',
      "net A { INPUT 8x8x3 - FC-3 }",
    ],
    [
      "model A { INPUT 8x8x3 - FC-3 }",
      'CNN1014 at "model": model is no word of the language: did you mean net?',
      "net A { INPUT 8x8x3 - FC-3 }",
    ],
    [
      "net A { INPUT 8x8x3 - FC-3 net B { INPUT 3 - FC-3 } }",
      'CNN1006 at "net": FC-3 and net stand side by side: write a dash or a new line between them',
      "net A { INPUT 8x8x3 - FC-3\nnet B { INPUT 3 - FC-3 } }",
    ],
    [
      "net A {\nINPUT 8x8x3 - FC-3\nnet B { INPUT 3 - FC-3 }\n}",
      'CNN1012 at "B": a net cannot stand inside of a net: write it before or behind',
    ],
    [
      "net A { RELU - FC-3 }",
      'CNN2017 at "RELU": A has no INPUT: the size of its images is missing',
      "net A { \n  INPUT 32x32x3\n  RELU - FC-3 }",
    ],
    [
      "net A(classes = 10) { INPUT 8 - FC-clases - FC-clases }",
      'CNN2007 at "clases": no variable is called clases here; there is classes',
      "net A(classes = 10) { INPUT 8 - FC-classes - FC-classes }",
    ],
    [
      "defualt CONV 4 3x3\nINPUT 8x8x3 - CONV",
      'CNN1014 at "defualt": defualt is no word of the language: did you mean default?',
      "default CONV 4 3x3\nINPUT 8x8x3 - CONV",
    ],
  ])("%s", (line, expected, mended?: string) => expectMistake("", line, expected, mended));
});

describe("files", () => {
  test.each([
    [
      "import std\nINPUT 8x8x3 - RELU",
      'CNN1014 at "import": import is no word of the language: did you mean use?',
      "use std\nINPUT 8x8x3 - RELU",
    ],
    [
      "use stdd\nINPUT 8x8x3 - CONV3-(divisible(17))",
      'CNN5015 at "stdd": nothing called stdd is shipped; there is std',
      "use std\nINPUT 8x8x3 - CONV3-(divisible(17))",
    ],
    [
      "use Std\nINPUT 8x8x3 - RELU",
      'CNN1002 at "Std": expected one path in quotes, such as "./blocks.cnn", or std, found Std',
      "use std\nINPUT 8x8x3 - RELU",
    ],
    [
      "use\nINPUT 8x8x3 - RELU",
      'CNN1002 at "\\n": expected a path in quotes, such as "./blocks.cnn", or std, found the end of the line',
    ],
    [
      'use std, "./b.cnn"\nINPUT 8x8x3 - RELU',
      'CNN1002 at "std, \\"./b.cnn\\"": expected one path in quotes, such as "./blocks.cnn", or std, found std, "./b.cnn"',
      "use std\nINPUT 8x8x3 - RELU",
    ],
    [
      "use ./blocks.cnn\nINPUT 8x8x3 - Conv(4)",
      'CNN1002 at "./blocks.cnn": expected a path in quotes, found ./blocks.cnn',
      'use "./blocks.cnn"\nINPUT 8x8x3 - Conv(4)',
    ],
    [
      "use 'blocks.cnn'\nINPUT 8x8x3 - Conv(4)",
      "CNN1002 at \"'blocks.cnn'\": expected a path in quotes, found 'blocks.cnn'",
      'use "./blocks.cnn"\nINPUT 8x8x3 - Conv(4)',
    ],
    [
      "use blocks.cnn\nINPUT 8x8x3 - Conv(4)",
      'CNN1002 at "blocks.cnn": expected a path in quotes, found blocks.cnn',
      'use "./blocks.cnn"\nINPUT 8x8x3 - Conv(4)',
    ],
    [
      "use blocks\nINPUT 8x8x3 - Conv(4)",
      'CNN5015 at "blocks": nothing called blocks is shipped; there is std',
      'use "./blocks.cnn"\nINPUT 8x8x3 - Conv(4)',
    ],
    [
      'use "./blocks.cnn"\nINPUT 8x8x3 - Conv(twice(4))',
      'CNN5012 at "\\"./blocks.cnn\\"": ./blocks.cnn: no files can be read here',
    ],
    [
      "net A { INPUT 8x8x3\nuse std\nRELU }",
      'CNN1012 at "use std": use cannot stand inside of a net: write it before or behind',
    ],
  ])("%s", (line, expected, mended?: string) => expectMistake("", line, expected, mended));
});
