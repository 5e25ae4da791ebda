/** What the elaborator reports about names, values and sizes: code, the text that is underlined, message, the fix. */
import { describe, expect, test } from "vitest";
import { compileText, describe as say, expectDiagnostics, expectShape, fixed } from "../harness.js";

const codes = (text: string) => compileText(text).diagnostics.map((diagnostic) => diagnostic.code);

/** The one diagnostic of a line behind `INPUT 8x8x3`. */
function expectLine(line: string, expected: string): void {
  expectDiagnostics(`INPUT 8x8x3\n${line}`, [expected]);
}

/** That the fix, applied, leaves nothing to say, and what it writes. */
function expectFix(line: string, written: string): void {
  const text = fixed(`INPUT 8x8x3\n${line}`);
  expect(text).toBe(`INPUT 8x8x3\n${written}`);
  expectDiagnostics(text, []);
}

describe("CNN1004: an unknown layer", () => {
  test("the closest one is offered, with its window", () => {
    expectLine("CONVV3-64 - RELU", 'CNN1004 at "CONVV3": no layer is called CONVV3');
    expectFix("CONVV3-64 - RELU", "CONV3-64 - RELU");
    expectFix("RELUU", "RELU");
    expectFix("SOFTMX", "SOFTMAX");
    expectFix("POOLL2", "POOL2");
  });

  test("nothing is offered where nothing is close", () => {
    expectLine("LSTM-5", 'CNN1004 at "LSTM": no layer is called LSTM');
    expect(compileText("INPUT 8x8x3\nLSTM-5").diagnostics[0]!.fixes).toEqual([]);
  });

  test("a capitalised word is a block or a net", () =>
    expectLine("Block(3) - RELU", 'CNN2030 at "Block": no block or net is called Block'));

  test("sizes behind it are unknown, which is no second mistake", () => {
    expect(codes("INPUT 8x8x3 - LSTM-5 - CONV3-4 [9x9x9] - POOL9 - POOL9 - FC-3 [4]")).toEqual(["CNN1004"]);
  });
});

describe("CNN1011: a layer in lower case", () => {
  test("is shown as it has to be written, with its count", () => {
    expectLine("conv3-64", 'CNN1011 at "conv3": layers are written in capitals: CONV3-64');
    expectLine("relu", 'CNN1011 at "relu": layers are written in capitals: RELU');
  });

  test.each([
    ["conv3-64 - RELU", "CONV3-64 - RELU"],
    ["Conv 64 3x3", "CONV 64 3x3"],
    ["pool2", "POOL2"],
    ["Relu", "RELU"],
    ["fc-10", "FC-10"],
    ["softmax", "SOFTMAX"],
    ["conv1x7-64", "CONV1x7-64"],
  ])("%s", (line, written) => expectFix(line, written));

  test("max pool is MAX POOL", () => {
    expect(codes("INPUT 8x8x3\nmax pool 2x2")).toEqual(["CNN1011"]);
    expectFix("max pool 2x2", "MAX POOL 2x2");
    expectFix("Max Pool 2x2", "MAX POOL 2x2");
  });

  test("each is told once", () => expect(codes("INPUT 8x8x3 - [conv3-4 - RELU]*3")).toEqual(["CNN1011"]));
});

describe("CNN2002: an unknown attribute", () => {
  test("is told with those that there are", () => {
    expectLine(
      "CONV3-4 foo 2",
      'CNN2002 at "foo": CONV has no attribute foo; it has filters, window, stride, pad, dilation, groups and bias',
    );
    expectLine("RELU foo", 'CNN2002 at "foo": RELU has no attribute foo');
  });

  test.each([
    ["CONV3-4 strid 2", "CONV3-4 stride 2"],
    ["CONV3-4 stide 2", "CONV3-4 stride 2"],
    ["CONV3-4 padding 1", "CONV3-4 pad 1"],
    ["CONV3-4 strides 2", "CONV3-4 stride 2"],
    ["CONV 4 kernel_size 3", "CONV 4 window 3"],
    ["CONV3-3 group 3", "CONV3-3 groups 3"],
  ])("%s", (line, written) => expectFix(line, written));

  test("a misspelt flag behind no is one mistake", () => {
    expect(codes("INPUT 8x8x3\nCONV3-4 no bais")).toEqual(["CNN2002"]);
    expectFix("CONV3-4 no bais", "CONV3-4 no bias");
  });
});

describe("CNN2003: an attribute without its value", () => {
  test.each([
    ["CONV3-4 stride - RELU", 'CNN2003 at "stride": stride needs a number behind it'],
    ["CONV3-4 pad - RELU", 'CNN2003 at "pad": pad needs a number, half or same behind it'],
    ["CONV3-4 stride two", 'CNN2003 at "stride two": stride needs a number behind it'],
    ["CONV3-4 pad sam", 'CNN2003 at "pad sam": pad needs a number, half or same behind it'],
  ])("%s", (line, expected) => expectLine(line, expected));
});

describe("CNN2004: given twice", () => {
  test.each([
    ["CONV3-4/2 stride 1", 'CNN2004 at "stride 1": CONV has its stride twice'],
    ["CONV3 5x5 4", 'CNN2004 at "5x5": CONV has its window twice'],
    ["CONV3-4 8", 'CNN2004 at "8": CONV has its filters twice'],
    ["CONV3-4 pad 1 pad 2", 'CNN2004 at "pad 2": CONV has its pad twice'],
    ["FC-4 8", 'CNN2004 at "8": FC has its number of neurons twice'],
  ])("%s", (line, expected) => expectLine(line, expected));

  test("the first one is shown", () => {
    expect(compileText("INPUT 8x8x3\nCONV3-4/2 stride 1").diagnostics[0]!.related.map((place) => place.text)).toEqual([
      "here already",
    ]);
  });
});

describe("CNN2005: a value that the layer has no use for", () => {
  test.each([
    ["RELU 5", 'CNN2005 at "5": RELU takes no number'],
    ["RELU-5", 'CNN2005 at "5": RELU takes no count'],
    ["RELU 3x3", 'CNN2005 at "3x3": RELU takes no size'],
    ["RELU/2", 'CNN2005 at "/2": RELU takes no stride'],
    ["FC-10 3x3", 'CNN2005 at "3x3": FC takes no size'],
  ])("%s", (line, expected) => expectLine(line, expected));

  test("FC10 is FC-10: one mistake, mended by its fix", () => {
    expect(codes("INPUT 8x8x3\nFC10")).toEqual(["CNN2005"]);
    expectFix("FC10", "FC-10");
  });

  test("FC 3x3 is one mistake", () => expect(codes("INPUT 8x8x3\nFC 3x3")).toHaveLength(1));
});

describe("CNN2006: a value of the wrong kind", () => {
  test.each([
    ["CONV3-0", "0"],
    ["CONV3-4/0", "0"],
    ["CONV3-4 dilation 0", "0"],
    ["CONV3-4 pad (0-1)", "(0-1)"],
    ["CONV3-4 pad (1, 2, 3)", "(1, 2, 3)"],
    ["CONV3-4 stride 1x2x3", "1x2x3"],
    ["CONV3-4 pad 1x2x3", "1x2x3"],
    ["DROPOUT 1", "1"],
    ["DROPOUT (0-1)", "(0-1)"],
    ["FC-99999999999", "99999999999"],
    ["FC-(1/0)", "0"],
    ["CONV3x3x3x3-4", "CONV3x3x3x3"],
  ])("%s", (line, underlined) => {
    expect(compileText(`INPUT 8x8x3\n${line}`).diagnostics.map(say)).toEqual([
      expect.stringContaining(`CNN2006 at ${JSON.stringify(underlined)}: `),
    ]);
  });

  test("says what it has to be", () => {
    expectLine("CONV3-4/0", 'CNN2006 at "0": the stride of CONV has to be a whole number from 1, not 0');
    expectLine("DROPOUT 1.5", 'CNN2006 at "1.5": the rate of DROPOUT has to be below 1, not 1.5');
  });

  test("a count is called what it is", () => {
    expectDiagnostics("INPUT 8x8x3\nCONV3-0", [
      'CNN2006 at "0": the number of filters of CONV has to be a whole number from 1, not 0',
    ]);
  });

  test("a negative padding is one mistake", () => {
    expect(codes("INPUT 8x8x3\nCONV3-4 pad -1")).toEqual(["CNN2006"]);
  });

  test("an input without area", () =>
    expectDiagnostics("INPUT 0x8x3 - RELU", [
      'CNN2006 at "0x8x3": a size has to be made of whole numbers from 1, not 0x8x3',
    ]));
});

describe("CNN2007 and CNN2008: unknown variables and functions", () => {
  test("those that there are", () => {
    expectDiagnostics("net A(classes = 10) { INPUT 8 - FC-clases }", [
      'CNN2007 at "clases": no variable is called clases here; there is classes',
    ]);
    expectShape(fixed("net A(classes = 10) { INPUT 8 - FC-clases }"), "10");
    expectLine("CONV3-c", 'CNN2007 at "c": no variable is called c here');
    expectLine("[RELU]*n", 'CNN2007 at "n": no variable is called n here');
  });

  test("a function", () => {
    expectLine(
      "FC-(cbrt(9))",
      'CNN2008 at "cbrt": no function is called cbrt; there are min, max, floor, ceil, round, abs, log2 and sqrt',
    );
  });
});

describe("CNN2009: a number that has to be whole", () => {
  test("shows the values", () => {
    const text = "net A(c = 5) { INPUT 8 - FC-(c/2) }";
    expectDiagnostics(text, [
      'CNN2009 at "(c/2)": the number of neurons of FC has to be a whole number, but (c/2) is 2.5',
    ]);
  });

  test("a number itself is not said to be itself", () => {
    expect(compileText("INPUT 8 - FC 2.5").diagnostics.map(say).join()).not.toContain("2.5 is 2.5");
  });
});

describe("CNN2010: a repeat that is not a number", () => {
  test.each([
    ["[RELU]*TANH", "TANH", "TANH"],
    ["[RELU]*1.5", "1.5", "1.5"],
    ["[RELU]*2x2", "2x2", "2x2"],
    ["[RELU]*-1", "-1", "-1"],
    ["[RELU]*?", "?", "?"],
    ["[RELU]*(7/2)", "(7/2)", "(7/2) = 3.5"],
    ["RELU*1.5", "1.5", "1.5"],
  ])("%s", (line, underlined, found) => {
    expectLine(
      line,
      `CNN2010 at ${JSON.stringify(underlined)}: * repeats what stands before it a whole number of times, not ${found} times`,
    );
  });
});

describe("CNN2011: a label that is used twice", () => {
  test("shows the first", () => {
    const text = "INPUT 8x8x3\nc: CONV3-4\nc: CONV3-4";
    expectDiagnostics(text, ['CNN2011 at "c": two layers are labelled c']);
    const [diagnostic] = compileText(text).diagnostics;
    expect(diagnostic!.span.source.position(diagnostic!.span.start)).toEqual({ line: 3, column: 1 });
    expect(diagnostic!.related.map((place) => place.span.source.position(place.span.start))).toEqual([
      { line: 2, column: 1 },
    ]);
  });

  test("on slides", () => {
    expectDiagnostics("INPUT 8x8x3\nCONV1: 4 3x3 filters\nCONV1: 4 3x3 filters", [
      'CNN2011 at "CONV1": two layers are labelled CONV1',
    ]);
  });

  test("in a repeat it is used once", () => expectDiagnostics("INPUT 8x8x3 - [c: CONV3-4]*3", []));
  test("in two nets it is two labels", () =>
    expectDiagnostics("net A { INPUT 3 - a: FC-2 }\nnet B { INPUT 3 - a: FC-2 }", []));
});

describe("nets", () => {
  const A = "net Alpha(n = 3) { INPUT 8 - a: FC-n }\n";

  test("CNN2012: an unknown net", () => {
    expectDiagnostics(`${A}net Beta = Alpa`, ['CNN2012 at "Alpa": no net is called Alpa; there is Alpha']);
    expectDiagnostics(fixed(`${A}net Beta = Alpa`), []);
  });

  test("CNN2012: a net is not offered itself", () => {
    expect(compileText("net Alpha = Alpa but { a: 3 }").diagnostics[0]!.fixes).toEqual([]);
  });

  test("CNN2013: two nets of one name", () => {
    expectDiagnostics(`${A}${A}`, ['CNN2013 at "Alpha": two nets are called Alpha']);
  });

  test("CNN2014: a net made from itself, told once", () => {
    expectDiagnostics("net Alpha = Alpha", ['CNN2014 at "Alpha": this net is made from itself: Alpha = Alpha']);
    expect(codes("net A = B\nnet B = C\nnet C = A")).toEqual(["CNN2014"]);
  });

  test("CNN2015: a change to a layer that does not exist", () => {
    expectDiagnostics(`${A}net Beta = Alpha but { fc6: 4 neurons }`, [
      'CNN2015 at "fc6": Alpha has no layer called fc6; its layers are a and input',
    ]);
    const text = "net Alpha { INPUT 8 - dense: FC-3 }\nnet Beta = Alpha but { dens: 4 }";
    expectDiagnostics(fixed(text), []);
  });

  test("CNN2016: too many arguments", () => {
    expectDiagnostics(`${A}net Beta = Alpha(1, 2)`, [
      'CNN2016 at "Alpha(1, 2)": Alpha takes at most 1 argument, not 2',
    ]);
  });

  test("CNN2049: one that is missing is told where the net is used", () => {
    const [diagnostic] = compileText("net Alpha(n) { INPUT 8 - FC-n }\nnet Beta = Alpha").diagnostics;
    expect(say(diagnostic!)).toBe('CNN2049 at "Alpha": Alpha needs its n');
    expect(diagnostic!.span.source.position(diagnostic!.span.start).line).toBe(2);
  });

  test("two parameters of one name are a mistake", () => {
    expect(codes("net Alpha(n = 2, n = 3) { INPUT 8 - FC-n }")).toHaveLength(1);
  });

  test("an error in a net is told once, not for each net made from it", () => {
    expect(codes("net A { INPUT 8 - a: FC-3 - LSTM }\nnet B = A but { a: 4 }\nnet C = B but { a: 5 }")).toEqual([
      "CNN1004",
    ]);
  });
});

describe("inputs", () => {
  test("CNN2017: none", () => {
    const text = "net A {\n  RELU - FC-10\n}";
    expectDiagnostics(text, ['CNN2017 at "RELU": A has no INPUT: the size of its images is missing']);
    expect(fixed(text)).toBe("net A {\n  INPUT 32x32x3\n  RELU - FC-10\n}");
    expectDiagnostics(fixed(text), []);
    expectDiagnostics(fixed("net A { RELU - FC-10 }"), []);
  });

  test("CNN2018: a second", () => {
    expectLine("INPUT 8x8x3", 'CNN2018 at "INPUT": net has an INPUT already: a chain has one INPUT, at its start');
  });

  test("CNN2018: an input behind a layer", () => {
    // Nothing reaches RELU: it must not be left out in silence.
    expect(codes("RELU - INPUT 8x8x3 - TANH")).toHaveLength(1);
    expect(codes("CONV3-4 - POOL2 - INPUT 8x8x3 - TANH")).toHaveLength(1);
  });

  test("CNN2105: no rank that layers take", () => {
    expectDiagnostics("INPUT 2x3x4x5x6 - CONV3-4", [
      'CNN2105 at "2x3x4x5x6": 2x3x4x5x6 is no input: an image is height x width x channels (32x32x3), a vector one number (784)',
    ]);
  });

  test("CNN2112: what an annotation decided for a map with other axes", () => {
    expectDiagnostics("net A {\nINPUT 100x8\nCONV3-16 [98x16]\n}\nnet B = A but { input: 32x32x8 }", [
      'CNN2112 at "CONV3": the pad of CONV is for 1 axis, but 32x32x8 arrives',
      'CNN3201 at "CONV3": CONV has pad 0, the padding that gives the annotated 98x16',
    ]);
  });

  test("CNN2101: a map with other axes is told once", () => {
    expectDiagnostics("INPUT 32x16\nCONV3-8 [32x32x8]\nPOOL2 [16x16x8]\n[CONV3-8 - RELU]*2 [16x16x8]", [
      'CNN2101 at "[32x32x8]": CONV gives 32x8, the annotation says 32x32x8',
    ]);
  });

  test("CNN2107: letters", () => {
    expectDiagnostics("INPUT 8x8x3 - CONV3-4 [8xHx4]", [
      'CNN2107 at "8xHx4": the size 8xHx4 leaves H open: letters stand only for sides of an INPUT',
    ]);
  });

  test("INPUT 224*224*3 is no second input", () => expect(codes("INPUT 224*224*3 - RELU")).not.toContain("CNN2018"));
});

describe("CNN2019: a layer that does not say what it needs", () => {
  test.each([
    ["CONV", 'CNN2019 at "CONV": CONV needs its number of filters and window'],
    ["CONV3", 'CNN2019 at "CONV3": CONV needs its number of filters'],
    ["CONV 64", 'CNN2019 at "CONV": CONV needs its window'],
    ["POOL", 'CNN2019 at "POOL": POOL needs its window'],
    ["FC", 'CNN2019 at "FC": FC needs its number of neurons'],
    ["FC - RELU - POOL3 [4x4x4]", 'CNN2019 at "FC": FC needs its number of neurons'],
    ["[CONV3 - RELU]*3", 'CNN2019 at "CONV3": CONV needs its number of filters'],
  ])("%s", (line, expected) => expectLine(line, expected));

  test("an input without its size", () =>
    expectDiagnostics("INPUT - CONV3-4", ['CNN2019 at "INPUT": INPUT needs its size']));

  test("an example is given", () => {
    expect(compileText("INPUT 8x8x3\nFC").diagnostics[0]!.notes.join()).toContain("FC-10");
  });
});

describe("sizes that do not fit", () => {
  test("CNN2102: a window larger than its input", () => {
    const text = "INPUT 8x8x3 - POOL2*3 - CONV3-4 pad 0";
    expectDiagnostics(text, [
      'CNN2102 at "CONV3": CONV slides a 3x3 window over 1x1x3: the window is larger than its input',
    ]);
    expect(compileText(text).diagnostics[0]!.notes).toEqual(["height and width: (1 - 3 + 2*0)/1 + 1 = -1"]);
  });

  test("CNN2103: a vector where a map is needed", () => {
    expectLine(
      "FC-10 - CONV3-4",
      'CNN2103 at "CONV3": CONV needs a map, height x width x channels, but a vector of 10 values arrives',
    );
    expectLine(
      "GAP - MAX POOL2",
      'CNN2103 at "MAX POOL2": MAXPOOL needs a map, height x width x channels, but a vector of 3 values arrives',
    );
  });

  test("CNN2104: groups that do not divide", () => {
    expectLine(
      "CONV3-6 groups 2",
      'CNN2104 at "groups 2": CONV has 2 groups, which do not divide its 3 input channels',
    );
    expectLine("CONV3-4 groups 3", 'CNN2104 at "groups 3": CONV has 3 groups, which do not divide its 4 filters');
  });

  test("CNN2108: a normalisation over an even number of channels", () => {
    expectLine(
      "LRN size 4",
      'CNN2108 at "size 4": LRN sums over 4 channels: the size has to be odd, the channel itself and as many on either side',
    );
  });

  test("CNN2109: a pool with windows of nothing but padding", () => {
    expectLine(
      "POOL2 pad 2",
      'CNN2109 at "pad 2": POOL has 2x2 windows and pad 2: the first window would see nothing but padding',
    );
    expectDiagnostics("INPUT 8x8x3 - POOL3/2 pad 1 - AVGPOOL2 pad 1", []);
  });

  test("CNN2106: filters of the wrong depth", () => {
    expectFix("CONV 6 5x5x4 filters", "CONV 6 5x5x3 filters");
  });

  test("CNN2101 and CNN3201 are in annotations.test.ts", () => expect(true).toBe(true));
});

test("CNN2021: a size as a product", () => {
  const text = "INPUT 224*224*3\nCONV3-4";
  expectDiagnostics(text, ['CNN2021 at "224*224*3": a size is written with x between its numbers: INPUT 224x224x3']);
  expectDiagnostics(fixed(text), []);
});

test("CNN2022: two parameters of one name", () => {
  expectDiagnostics("net A(n = 2, n = 3) { INPUT 8 - FC-n }", ['CNN2022 at "n": A has two parameters called n']);
});

test("CNN2023: a count that does not touch its layer", () => {
  const text = "INPUT 8x8x3 - CONV3 -64 - RELU";
  expectDiagnostics(text, ['CNN2023 at "-64": the dash before a count has no blanks around it: CONV3-64']);
  expectDiagnostics(fixed(text), []);
});

test("CNN5004: a side that is too long", () => {
  for (const layer of ["FLATTEN", "FC-10"]) {
    const name = layer.replace(/-.*/, "");
    expectDiagnostics(`INPUT 70000x70000x1 - ${layer}`, [
      `CNN5004 at "${name}": ${name} has a side of 70000x70000x1 = 4,900,000,000: at most 2,147,483,647 are allowed`,
    ]);
  }
});

describe("CNN2024: an equals sign in a layer", () => {
  test.each(["stride = 2", "stride=2", "pad =1 stride 2"])("%s", (attributes) => {
    const text = `INPUT 9x9x3\nCONV3-4 ${attributes}`;
    expectDiagnostics(text, ['CNN2024 at "=": attributes are written without an equals sign: stride 2']);
    expectDiagnostics(fixed(text), []);
  });
});

describe("words of other tools lead to ours", () => {
  test.each([
    ["DENSE 10", "FC"],
    ["Dense 10", "FC"],
    ["BATCHNORM", "BN"],
    ["BatchNorm2d", "BN"],
    ["CONV2D 3x3 10", "CONV"],
    ["Conv2d 3x3 10", "CONV"],
    ["GlobalAvgPool", "GAP"],
  ])("%s is %s", (layer, ours) => {
    const text = `INPUT 8x8x3\n${layer}`;
    expect(codes(text)).toHaveLength(1);
    expect(fixed(text).split("\n")[1]!.startsWith(ours)).toBe(true);
    expect(codes(fixed(text))).toEqual([]);
  });

  test("pad valid is pad 0", () => {
    expect(fixed("INPUT 8x8x3\nCONV3-4 pad valid")).toBe("INPUT 8x8x3\nCONV3-4 pad 0");
  });
});

test("CNN2049: a value that is missing behind one with a default", () => {
  expectDiagnostics("net A(k = 4, n) { INPUT 8 - FC-k }\nnet B = A(2)", ['CNN2049 at "A(2)": A needs its n']);
});

test("CNN2028: a function with too many or too few numbers", () => {
  expectDiagnostics("INPUT 8x8x3 - CONV3-(max())", ['CNN2028 at "(max())": max takes one number or more, not 0']);
  expectDiagnostics("INPUT 8x8x3 - CONV3-(floor(7, 2))", ['CNN2028 at "(floor(7, 2))": floor takes one number, not 2']);
});

test("CNN2029: a label that runtimes cannot hold", () => {
  expectDiagnostics("INPUT 4 - __proto__: FC-2", ['CNN2029 at "__proto__": a layer cannot be called __proto__']);
});

test("CNN5007: too many steps from a net to its body", () => {
  const chain = Array.from({ length: 50 }, (_, step) => `net A${step + 1} = A${step}`).join("\n");
  expect(new Set(codes(`net A0 { INPUT 8 - FC-2 }\n${chain}`))).toEqual(new Set(["CNN5007"]));
});
