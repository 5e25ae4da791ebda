/** What is said about conditions and about sizes in letters. */
import { describe, test } from "vitest";
import { expectMistake } from "../harness.js";

describe("conditions", () => {
  const BEFORE = "block S(c, s) {\n  ";

  test.each([
    [
      "if s = 1 { CONV3-c } else { ID }\n}\nINPUT 8x8x3 - S(3, 1)",
      'CNN1002 at "=": expected == to compare, found =',
      "if s == 1 { CONV3-c } else { ID }\n}\nINPUT 8x8x3 - S(3, 1)",
    ],
    [
      "if s == 1 or c = 3 { CONV3-c } else { ID }\n}\nINPUT 8x8x3 - S(3, 1)",
      'CNN1002 at "=": expected == to compare, found =',
      "if s == 1 or c == 3 { CONV3-c } else { ID }\n}\nINPUT 8x8x3 - S(3, 1)",
    ],
    ["if s == 1 CONV3-c else ID\n}\nINPUT 8x8x3 - S(3, 1)", 'CNN1002 at "CONV3": expected { ... }, found CONV3'],
    [
      "if s { CONV3-c } else { ID }\n}\nINPUT 8x8x3 - S(3, 1)",
      'CNN2031 at "s": a condition is true or false, but s is 1',
    ],
    [
      "if s + 1 { CONV3-c } else { ID }\n}\nINPUT 8x8x3 - S(3, 1)",
      'CNN2031 at "s + 1": a condition is true or false, but s + 1 is 2',
    ],
    [
      "if s == 1 { CONV3-c } elif s == 2 { POOL2 } else { ID }\n}\nINPUT 8x8x3 - S(3, 1)",
      'CNN1014 at "elif": elif is no word of the language: did you mean else if?',
      "if s == 1 { CONV3-c } else if s == 2 { POOL2 } else { ID }\n}\nINPUT 8x8x3 - S(3, 1)",
    ],
    [
      "if s == 1 { CONV3-c } else if s = 2 { POOL2 } else { ID }\n}\nINPUT 8x8x3 - S(3, 1)",
      'CNN1002 at "=": expected == to compare, found =',
      "if s == 1 { CONV3-c } else if s == 2 { POOL2 } else { ID }\n}\nINPUT 8x8x3 - S(3, 1)",
    ],
    [
      "if s == 1 { CONV3-c } esle { ID }\n}\nINPUT 8x8x3 - S(3, 1)",
      'CNN1014 at "esle": esle is no word of the language: did you mean else?',
      "if s == 1 { CONV3-c } else { ID }\n}\nINPUT 8x8x3 - S(3, 1)",
    ],
    [
      "if s == 1 { CONV3-c } otherwise { ID }\n}\nINPUT 8x8x3 - S(3, 1)",
      'CNN1014 at "otherwise": otherwise is no word of the language: did you mean else?',
      "if s == 1 { CONV3-c } else { ID }\n}\nINPUT 8x8x3 - S(3, 1)",
    ],
    [
      "if s == 1 { CONV3-c } else { ID } else { RELU }\n}\nINPUT 8x8x3 - S(3, 1)",
      'CNN1002 at "else": expected a layer, a dash or a new line, found else',
    ],
    [
      "if s == 1 && c == 3 { CONV3-c } else { ID }\n}\nINPUT 8x8x3 - S(3, 1)",
      'CNN1002 at "&&": expected and, found &&',
      "if s == 1 and c == 3 { CONV3-c } else { ID }\n}\nINPUT 8x8x3 - S(3, 1)",
    ],
    [
      "if s == 1 || c == 3 { CONV3-c } else { ID }\n}\nINPUT 8x8x3 - S(3, 1)",
      'CNN1002 at "||": expected or, found ||',
      "if s == 1 or c == 3 { CONV3-c } else { ID }\n}\nINPUT 8x8x3 - S(3, 1)",
    ],
    [
      "if !(s == 1) { CONV3-c } else { ID }\n}\nINPUT 8x8x3 - S(3, 1)",
      'CNN1002 at "!": expected not, found !',
      "if not (s == 1) { CONV3-c } else { ID }\n}\nINPUT 8x8x3 - S(3, 1)",
    ],
    [
      "if s != 1 or { CONV3-c } else { ID }\n}\nINPUT 8x8x3 - S(3, 1)",
      'CNN1002 at "{": expected a number, a variable or an expression in parentheses, found {',
    ],
    ["if s == 1: CONV3-c else: ID\n}\nINPUT 8x8x3 - S(3, 1)", 'CNN1002 at ":": expected { ... }, found :'],
    ["if s == 1 then CONV3-c else ID\n}\nINPUT 8x8x3 - S(3, 1)", 'CNN1002 at "then": expected { ... }, found then'],
    [
      "if channels != c { CONV1-c } else { ID }\n}\nINPUT 8x8x3 - S(3, 1)",
      'CNN2007 at "channels": no variable is called channels here; there are c and s',
    ],
    [
      "if in.channels != c { CONV1-c } else { ID }\n}\nINPUT 8x8x3 - S(3, 1)",
      'CNN2032 at "in.channels": in.channels means nothing here; there are in.h, in.w and in.c',
      "if in.c != c { CONV1-c } else { ID }\n}\nINPUT 8x8x3 - S(3, 1)",
    ],
    [
      "if RELU == 1 { CONV3-c } else { ID }\n}\nINPUT 8x8x3 - S(3, 1)",
      'CNN2006 at "RELU": a condition has to be made of numbers, not the layer RELU',
    ],
    [
      "if (s == 1 { CONV3-c } else { ID }\n}\nINPUT 8x8x3 - S(3, 1)",
      'CNN1003 at "(": this ( is never closed: a ) is missing',
      "if (s == 1) { CONV3-c } else { ID }\n}\nINPUT 8x8x3 - S(3, 1)",
    ],
    [
      "fi s == 1 { CONV3-c }\n}\nINPUT 8x8x3 - S(3, 1)",
      'CNN1014 at "fi": fi is no word of the language: did you mean if?',
      "if s == 1 { CONV3-c }\n}\nINPUT 8x8x3 - S(3, 1)",
    ],
    ["CONV3-(if s == 1 then c)\n}\nINPUT 8x8x3 - S(3, 1)", 'CNN1002 at ")": expected else, found )'],
    ["CONV3-(s == 1 ? c : 2*c)\n}\nINPUT 8x8x3 - S(3, 1)", 'CNN1002 at "?": expected ), found ?'],
    [
      "CONV3-(if s then c else 2*c)\n}\nINPUT 8x8x3 - S(3, 1)",
      'CNN2031 at "s": a condition is true or false, but s is 1',
    ],
  ])("%s", (line, expected, mended?: string) => expectMistake(BEFORE, line, expected, mended));
});

describe("conditions", () => {
  test.each([["else { RELU }\nINPUT 8x8x3", 'CNN1002 at "else": expected a layer, a dash or a new line, found else']])(
    "%s",
    (line, expected, mended?: string) => expectMistake("", line, expected, mended),
  );
});

describe("letters", () => {
  const BEFORE = "INPUT ";

  test.each([
    [
      "HxWx3 - if in.h > 8 { RELU } else { TANH }",
      'CNN2059 at "in.h > 8": whether in.h > 8 depends on the size of the input, which is open',
    ],
    [
      "HxWx3 - if H == 8 { RELU } else { TANH }",
      'CNN2059 at "H == 8": whether H == 8 depends on the size of the input, which is open',
    ],
    ["HxWx3 - if K == 8 { RELU } else { TANH }", 'CNN2007 at "K": no variable is called K here; there are H and W'],
    [
      "HxWx3 - FC-10",
      'CNN2110 at "FC": FC needs a fixed size, but HxWx3 arrives: pool it with GAP first, or give INPUT numbers',
      "HxWx3 - GAP - FC-10",
    ],
    [
      "HxWxC - CONV3-4",
      'CNN2110 at "CONV3": CONV needs a fixed number of channels, but HxWxC arrives: give INPUT a number for them',
    ],
    ["NxHx3 - CONV3-4", 'CNN2052 at "NxHx3": N is the number of images in every network: choose another letter'],
    ["hxwx3 - CONV3-4", 'CNN1002 at "hxwx3": expected a size such as HxWx3, found hxwx3', "HxWx3 - CONV3-4"],
    [
      "H x W x 3 - CONV3-4",
      'CNN1002 at "H x W x 3": expected a size such as HxWx3, found H x W x 3',
      "HxWx3 - CONV3-4",
    ],
    [
      "HxWx3 - ADD { POOL2 - UPSAMPLE2 | ID }",
      'CNN3003 at "HxWx3": net takes only sizes where H is even and W is even',
      "HxWx3 - ADD { POOL2 - UPSAMPLE2 | ID }\nassert H % 2 == 0 and W % 2 == 0",
    ],
    ["HxWx3 - ADD { POOL2 | ID }", 'CNN2304 at "ADD": the branches of ADD do not have one shape'],
    [
      "HxWx3 - CONV3-4 [H/2xW/2x4]",
      'CNN1002 at "H/2xW/2x4": expected a size such as 55x55x96 or HxWx3, found H/2xW/2x4',
    ],
    ["HxWx3 - CONV3-4/2 [HxWx4]", 'CNN2101 at "[HxWx4]": CONV gives ceil(H/2)xceil(W/2)x4, the annotation says HxWx4'],
    [
      "HxWx3 - CONV3-4 [HxVx4]",
      'CNN2107 at "HxVx4": the size HxVx4 leaves V open: letters stand only for sides of an INPUT',
    ],
    [
      "HxWx3 - CONV3-H",
      'CNN2058 at "H": CONV3-H is two layers: a count with a capital stands in parentheses, CONV3-(H)',
      "HxWx3 - CONV3-(H)",
    ],
    ["HxWx3 - CONV3-(H)", 'CNN2006 at "(H)": the number of filters of CONV has to be a number, not H, which is open'],
    ["HxWx3 - RESHAPE 64x3", 'CNN2121 at "64x3": RESHAPE makes 64x3, which has 192 values, of HxWx3, which has 3*H*W'],
    [
      "HxWx3 - POOL (in.h/2) x (in.w/2)",
      'CNN2006 at "in.h/2": the window of POOL has to be whole for every size of the input (// rounds down), not in.h/2',
    ],
    [
      "HxWx3 - CROP (in.h/2) x (in.w/2)",
      'CNN2006 at "in.h/2": the size of CROP has to be whole for every size of the input (// rounds down), not in.h/2',
    ],
    ["HxWx3 - CROP (in.h^2) x 4", 'CNN2006 at "in.h^2": the size of CROP has to be made of + - * // %, not in.h^2'],
  ])("%s", (line, expected, mended?: string) => expectMistake(BEFORE, line, expected, mended));
});
