/** One mistake, one message: a token is changed in an example of lecture 14, and no more than two errors follow. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { compile } from "../../src/compile.js";
import { compileText, describe as say } from "../harness.js";

/** Example, what is replaced (its first occurrence), with what, and the code that has to be among the errors. */
const MISTAKES: [file: string, old: string, wrong: string, code: RegExp][] = [
  ["alexnet.slide", "CONV2", "CNOV2", /CNN1004/],
  ["alexnet.slide", "MAX POOL1", "MAXPOL1", /CNN1004/],
  ["alexnet.slide", "[227x227x3] INPUT", "INPUT", /CNN2019/],
  ["alexnet.slide", "[227x227x3] INPUT", "", /CNN2017/],
  ["alexnet.slide", "227x227x3", "224x224x3", /CNN2101/],
  ["alexnet.slide", "55x55x96", "55x55x69", /CNN2101/],
  ["alexnet.slide", "[55x55x96]", "[55x55x96", /CNN1003/],
  ["alexnet.slide", "[55x55x96]", "55x55x96]", /CNN1002|CNN1005/],
  ["alexnet.slide", "stride 4", "strde 4", /CNN2002/],
  ["alexnet.slide", "stride 4", "stride", /CNN2003/],
  ["alexnet.slide", "stride 4", "stride 0", /CNN2006/],
  ["alexnet.slide", "stride 4", "stride 5", /CNN2101/],
  ["alexnet.slide", "pad 0", "pad -1", /CNN/],
  ["alexnet.slide", "96 11x11", "11x11", /^$/],
  ["alexnet.slide", "96 11x11", "96 11y11", /CNN/],
  ["alexnet.slide", "CONV2:", "CONV1:", /CNN2011/],
  ["alexnet.slide", "[4096] FC6", "FC6", /^$/],
  ["alexnet.slide", "(class scores)", "(class scores", /CNN1003/],
  ["alexnet.slide", "(class scores)", "class scores)", /CNN/],
  ["alexnet.slide", "6x6x256", "13x13x256", /CNN2101/],
  ["alexnet.slide", "CONV3: 384 3x3", "conv3: 384 3x3", /CNN1011/],
  ["vgg16.slide", "CONV3-64:", "CONV3 64:", /^$/],
  ["vgg16.slide", "CONV3-64:", "CONV3-:", /CNN/],
  ["vgg16.slide", "CONV3-64:", "CONV3--64:", /CNN/],
  ["vgg16.slide", "[224x224x64]", "[224x224x6]", /CNN2101/],
  ["vgg16.slide", "[112x112x64]", "[112x112]", /CNN2101/],
  ["vgg16.slide", "POOL2:", "POOL3:", /CNN2101/],
  ["vgg16.slide", "POOL2:", "POOL:", /CNN2019/],
  ["vgg16.slide", "memory: 224*224*64=3.2M", "= memory: 3.2M", /CNN2024/],
  ["vgg16.slide", "memory: 224*224*64=3.2M", "memory 3.2M", /CNN2002/],
  ["vgg16.slide", "TOTAL memory", "TOTL memory", /CNN1004/],
  ["vgg16.slide", "TOTAL memory: 24M", "TOTAL: 24M", /CNN1002/],
  ["vgg16.slide", "INPUT: [224x224x3]", "INPUT: [224x224]", /CNN2101/],
  ["vgg16", "[CONV3-64  - RELU]*2", "[CONV3-64  - RELU*2", /CNN1003/],
  ["vgg16", "[CONV3-64  - RELU]*2", "CONV3-64  - RELU]*2", /CNN1005/],
  ["vgg16", "[CONV3-64  - RELU]*2", "[CONV3-64  - RELU]*", /CNN1002|CNN2006|CNN2010/],
  ["vgg16", "[CONV3-64  - RELU]*2", "[CONV3-64  - RELU]2", /CNN1002/],
  ["vgg16", "[CONV3-64  - RELU]*2", "[CONV3-64  - RELU]x2", /CNN/],
  ["vgg16", "[CONV3-64  - RELU]*2", "[CONV3-64  RELU]*2", /CNN1006/],
  ["vgg16", "[CONV3-64  - RELU]*2", "[CONV3-64  - - RELU]*2", /CNN1007/],
  ["vgg16", "[CONV3-64  - RELU]*2", "[CONV3-64  - RELU -]*2", /CNN1007/],
  ["vgg16", "[CONV3-64  - RELU]*2", "(CONV3-64  - RELU)*2", /CNN/],
  ["vgg16", "[CONV3-64  - RELU]*2", "{CONV3-64  - RELU}*2", /CNN/],
  ["vgg16", "*2 - POOL2", "*two - POOL2", /CNN2007/],
  ["vgg16", "- POOL2 ", "- POOL2 - ", /^$/],
  ["vgg16", "CONV3-512", "CONV3-x", /CNN2007/],
  ["vgg16", "CONV3-512", "CONV3-", /CNN/],
  ["vgg16", "CONV3-512", "CONV3-(512", /CNN1003/],
  ["vgg16", "classes = 1000", "classes", /^$/],
  ["vgg16", "classes = 1000", "classes 1000", /CNN1002/],
  ["vgg16", "classes = 1000", "clases = 1000", /CNN2007/],
  ["vgg16", "(classes = 1000)", "(classes = 1000", /CNN/],
  ["vgg16", "net VGG16", "nett VGG16", /CNN/],
  ["vgg16", "net VGG16", "net", /CNN1002/],
  ["vgg16", "{", "", /CNN/],
  ["vgg16", "INPUT 224x224x3", "INPUT 224x224x", /CNN/],
  ["vgg16", "INPUT 224x224x3", "INPUT 224 224 3", /CNN/],
  ["vgg16", "INPUT 224x224x3", "INPUT (224, 224, 3)", /CNN/],
  ["vgg16", "INPUT 224x224x3", "INPUT 224X224X3", /CNN/],
  ["vgg16", "INPUT 224x224x3", "IMPUT 224x224x3", /CNN1004/],
  ["vgg16", "SOFTMAX", "SOFTMAX(", /CNN1003/],
  ["vgg16", "SOFTMAX", "SOFTMAX}", /CNN1005/],
  ["vgg16", "DROPOUT 0.5", "DROPOUT 50%", /CNN/],
  ["vgg16", "DROPOUT 0.5", "DROPOUT 5", /CNN2006/],
  ["vgg16", "TOTAL params: 138M", "TOTAL params 138M", /CNN/],
  ["lenet5", "default CONV 5x5", "default CONV 5x5x", /CNN/],
  ["lenet5", "default CONV", "defalt CONV", /CNN/],
  ["lenet5", "default CONV 5x5", "default KONV 5x5", /CNN1004/],
  ["lenet5", "default POOL 2x2 /2", "", /CNN20(19|20)/],
  ["lenet5", "default CONV 5x5 /1 pad 0", "", /CNN20(19|20)/],
  ["lenet5", "POOL] - [", "POOL] [", /CNN1006/],
  ["lenet5", "CONV-120", "CONV - 120", /CNN/],
  ["lenet5", "CONV-120", "CONV 120 7x7", /CNN2102/],
  ["lenet5", "FC-84", "fc-84", /CNN1011/],
  ["lenet5", "FC-84", "FC84", /CNN2005/],
  ["lenet5", "net LeNet5", "net LeNet-5", /CNN1002/],
  ["zfnet", "= AlexNet but", "= AlxNet but", /CNN2012/],
  ["zfnet", "= AlexNet but", "= AlexNet bot", /CNN/],
  ["zfnet", "= AlexNet but", "= AlexNet", /CNN/],
  ["zfnet", "net ZFNet =", "net ZFNet", /CNN1002/],
  ["zfnet", "net ZFNet", "net AlexNet", /CNN2013/],
  ["zfnet", "CONV1: 7x7", "CONV1 7x7", /CNN1002/],
  ["zfnet", "CONV1: 7x7", "CONV9: 7x7", /CNN2015/],
  ["zfnet", "CONV1: 7x7 stride 2", "CONV1: stride 700", /CNN2102/],
  ["zfnet", "CONV1: 7x7 stride 2", "CONV1: 777x777", /CNN2102/],
  ["zfnet", "1024 filters", "1024 filtres", /CNN2002/],
];

describe("a single wrong token", () => {
  test.each(MISTAKES)("%s: %j becomes %j", (file, old, wrong, code) => {
    const text = readFileSync(`examples/lecture14/${file}.cnn`, "utf8");
    expect(text).toContain(old);
    const errors = compile(
      "net.cnn",
      text.replace(old, () => wrong),
    )
      .diagnostics.filter((diagnostic) => diagnostic.severity === "error")
      .map(say);
    expect(errors.join("\n")).toMatch(code);
    expect(errors, errors.join("\n")).toHaveLength(Math.min(2, errors.length));
    // No message says 'nothing': an empty place or an empty name means that something was lost on the way.
    for (const error of errors)
      expect(error).not.toMatch(/at "":(?!.*describes no network)|not  |\bundefined\b|\bNaN\b/);
  });
});

describe("one mistake, one message", () => {
  test.each([
    ["a misspelt attribute, and the annotation that it misses", "INPUT 8x8x3\nCONV3-4 stide 2 [4x4x4]", "CNN2002"],
    ["a stride given twice, and the annotation", "INPUT 8x8x3\nCONV3-4 stride 2 stride 1 [8x8x4]", "CNN2004"],
    ["a repeat that is no number, and the annotation", "INPUT 8x8x3\n[POOL2]*two [2x2x3]", "CNN2007"],
    ["a repeat without its number", "INPUT 8x8x3\n[RELU]*\nTANH", "CNN1002"],
    ["a call of no function", "INPUT 8x8x3\nCONV3-mix(3, 4)", "CNN2008"],
    [
      "a dash too many before claims",
      "INPUT 8x8x3\nCONV3-: [8x8x3] memory: 192\nRELU: [8x8x3] memory: 192\nTANH: [8x8x3] memory: 192",
      "CNN1002",
    ],
    ["a sign before claims", "INPUT 8x8x3\nRELU = memory: 192\nRELU: [8x8x3] memory: 192", "CNN2024"],
    ["a dash in a net's name", "net LeNet-5 {\n INPUT 8x8x3 - RELU\n}", "CNN1002"],
    ["a layer in lower case on a slide", "INPUT 8x8x3\nconv3: 384 3x3 filters at stride 1, pad 1", "CNN1011"],
    ["a sign that the language does not have, where a dash belongs", "INPUT 8x8x3 ↠ RELU", "CNN1001"],
    ["parentheses for a group", "INPUT 8x8x3\n(CONV3-4 - RELU)*2", "CNN1013"],
    ["INPUT 8 8 3", "INPUT 8 8 3\nCONV3-4", "CNN2004"],
    ["(8, 8, 3)", "INPUT (8, 8, 3)\nCONV3-4", "CNN2005"],
  ])("%s", (_what, text, code) => {
    expect(compileText(text).diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code]);
  });
});

describe("recovery", () => {
  test("what stands on other lines is still told", () => {
    const text = "INPUT 8x8x3\nCONV3-4 ) RELU\nCONV3-4 strid 2\nLSTM\n[RELU]*TANH";
    expect(compileText(text).diagnostics.map((diagnostic) => diagnostic.code)).toEqual([
      "CNN1005",
      "CNN2002",
      "CNN1004",
      "CNN2010",
    ]);
  });

  test("a broken net does not hide the next", () => {
    const text = "net A { INPUT 8x8x3 - = RELU }\nnet B { INPUT 8x8x3 - LSTM }";
    expect(compileText(text).diagnostics.map((diagnostic) => diagnostic.code)).toEqual(["CNN1002", "CNN1004"]);
  });

  test("diagnostics stand in the order of the text", () => {
    const starts = compileText("INPUT 8x8x3\nLSTM\n= 3\nGRU\n- -\nFOO").diagnostics.map(
      (diagnostic) => diagnostic.span.start,
    );
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
  });
});
