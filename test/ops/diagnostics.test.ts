/** What operators say of sizes that they do not take. */
import { describe, test } from "vitest";
import { expectMistake } from "../harness.js";

describe("convolutions", () => {
  const BEFORE = "INPUT 32x32x3 - ";

  test.each([
    ["CONV3-16 groups 3", 'CNN2104 at "groups 3": CONV has 3 groups, which do not divide its 16 filters'],
    ["CONV3-16 groups 2", 'CNN2104 at "groups 2": CONV has 2 groups, which do not divide its 3 input channels'],
    ["CONV3-16 groups 64", 'CNN2104 at "groups 64": CONV has 64 groups, which do not divide its 3 input channels'],
    [
      "DWCONV3-16",
      'CNN2115 at "16": DWCONV has 16 filters for 3 channels: every channel has as many filters, so write 3 or a multiple',
      "DWCONV3-15",
    ],
    [
      "DWCONV3-4",
      'CNN2115 at "4": DWCONV has 4 filters for 3 channels: every channel has as many filters, so write 3 or a multiple',
      "DWCONV3-3",
    ],
    ["DWCONV", 'CNN2019 at "DWCONV": DWCONV needs its window'],
    [
      "UPCONV2-4 groups 2",
      'CNN2114 at "groups 2": UPCONV splits into 2 groups, which do not divide the 3 channels that arrive',
    ],
    [
      "CONV40-4 pad 0",
      'CNN2102 at "CONV40": CONV slides a 40x40 window over 32x32x3: the window is larger than its input',
    ],
    [
      "CONV3-16 dilation 40 pad 0",
      'CNN2102 at "CONV3": CONV slides a 3x3 window over 32x32x3: the window is larger than its input',
    ],
    [
      "CONV 6 5x5x1 filters",
      'CNN2106 at "5x5x1": the filters of CONV are 5x5x1, 1 deep, but 3 channels arrive',
      "CONV 6 5x5x3 filters",
    ],
    [
      "GAP - CONV3-16",
      'CNN2103 at "CONV3": CONV needs a map, height x width x channels, but a vector of 3 values arrives',
    ],
    [
      "GAP - UPCONV2-4",
      'CNN2103 at "UPCONV2": UPCONV needs a map, height x width x channels, but a vector of 3 values arrives',
    ],
  ])("%s", (line, expected, mended?: string) => expectMistake(BEFORE, line, expected, mended));
});

describe("convolutions", () => {
  const BEFORE = "INPUT ";

  test.each([
    ["1x1x8 - UPCONV2-4 pad 1", 'CNN2116 at "pad 1": UPCONV cuts off more than it makes of 1x1x8: nothing is left'],
    ["4x4x8 - UPCONV2-4/2 pad 9", 'CNN2116 at "pad 9": UPCONV cuts off more than it makes of 4x4x8: nothing is left'],
    [
      "4x4x8 - UPCONV2-3 groups 2",
      'CNN2114 at "groups 2": UPCONV splits into 2 groups of filters, which do not divide the 3 channels that arrive',
    ],
    [
      "100x8 - CONV3x3-16",
      'CNN2106 at "CONV3x3": the filters of CONV are 3x3, 3 deep, but 8 channels arrive',
      "100x8 - 3x8-16",
    ],
    [
      "8x8x8x3 - CONV3x3-16",
      'CNN2006 at "CONV3x3": the window of CONV has to be one number, or 3 joined by x, not CONV3x3',
    ],
  ])("%s", (line, expected, mended?: string) => expectMistake(BEFORE, line, expected, mended));
});

describe("pooling", () => {
  const BEFORE = "INPUT 32x32x3 - ";

  test.each([
    [
      "POOL2 pad 2",
      'CNN2109 at "pad 2": POOL has 2x2 windows and pad 2: the first window would see nothing but padding',
      "POOL2 pad 1",
    ],
    [
      "AVGPOOL3/1 pad 3",
      'CNN2109 at "pad 3": AVGPOOL has 3x3 windows and pad 3: the first window would see nothing but padding',
      "AVGPOOL3/1 pad 2",
    ],
    ["POOL40", 'CNN2102 at "POOL40": POOL slides a 40x40 window over 32x32x3: the window is larger than its input'],
    [
      "GAP - POOL2",
      'CNN2103 at "POOL2": POOL needs a map, height x width x channels, but a vector of 3 values arrives',
    ],
    [
      "ADAPTIVEAVGPOOL 7x7x7",
      'CNN2006 at "7x7x7": the size of ADAPTIVEAVGPOOL has to be one number, or 2 joined by x, not 7x7x7',
    ],
    [
      "GAP - ADAPTIVEAVGPOOL 7",
      'CNN2103 at "ADAPTIVEAVGPOOL": ADAPTIVEAVGPOOL needs a map, height x width x channels, but a vector of 3 values arrives',
    ],
  ])("%s", (line, expected, mended?: string) => expectMistake(BEFORE, line, expected, mended));
});

describe("normalisation", () => {
  const BEFORE = "INPUT 32x32x6 - ";

  test.each([
    ["GN-4", 'CNN2114 at "4": GN splits into 4 groups, which do not divide the 6 channels that arrive'],
    ["GN", 'CNN2114 at "GN": GN splits into 32 groups, which do not divide the 6 channels that arrive'],
    [
      "LRN size 4",
      'CNN2108 at "size 4": LRN sums over 4 channels: the size has to be odd, the channel itself and as many on either side',
      "LRN size 5",
    ],
    ["LRN alpha (0-1)", 'CNN2006 at "(0-1)": the alpha of LRN has to be a number from 0, not (0-1)'],
    ["BN eps (0-1)", 'CNN2006 at "(0-1)": the eps of BN has to be a number from 0, not (0-1)'],
    ["DROPOUT 1.5", 'CNN2006 at "1.5": the rate of DROPOUT has to be below 1, not 1.5'],
    ["DROPOUT 50", 'CNN2006 at "50": the rate of DROPOUT has to be below 1, not 50', "DROPOUT 0.5"],
  ])("%s", (line, expected, mended?: string) => expectMistake(BEFORE, line, expected, mended));
});

describe("rearranging", () => {
  const BEFORE = "INPUT 32x32x6 - ";

  test.each([
    ["CHUNK 3 of 2", 'CNN2117 at "3": CHUNK takes part 3 of 2: there are only 2', "CHUNK 2 of 2"],
    ["CHUNK 1 of 4", 'CNN2114 at "of 4": CHUNK splits into 4 parts, which do not divide the 6 channels that arrive'],
    ["CHUNK 1", 'CNN2019 at "CHUNK": CHUNK needs its number of parts'],
    ["SHUFFLE 4", 'CNN2114 at "4": SHUFFLE splits into 4 groups, which do not divide the 6 channels that arrive'],
    ["PAD same", 'CNN2118 at "same": PAD needs numbers, not same: there is no window that it could go by'],
    ["PAD 40 reflect", 'CNN2119 at "40": PAD mirrors more positions than 32x32x6 has', "PAD 31 reflect"],
    ["PAD", 'CNN2019 at "PAD": PAD needs its margin'],
    ["CROP 40x40", 'CNN2120 at "40x40": CROP cannot leave 40x40 of 32x32x6', "CROP 32x32"],
    ["CROP 40x20", 'CNN2120 at "40x20": CROP cannot leave 40x20 of 32x32x6', "CROP 32x20"],
    ["CROP margin 16", 'CNN2120 at "margin 16": CROP cannot leave 0x0 of 32x32x6'],
    [
      "RESHAPE 64x6",
      'CNN2121 at "64x6": RESHAPE makes 64x6, which has 384 values, of 32x32x6, which has 6144',
      "RESHAPE 64x96",
    ],
    [
      "RESHAPE 1024x4",
      'CNN2121 at "1024x4": RESHAPE makes 1024x4, which has 4096 values, of 32x32x6, which has 6144',
      "RESHAPE 1024x6",
    ],
    ["RESHAPE 7x4", 'CNN2121 at "7x4": RESHAPE makes 7x4, which has 28 values, of 32x32x6, which has 6144'],
    ["TRANSPOSE 1x1x3", 'CNN2122 at "1x1x3": TRANSPOSE 1x1x3 does not name each of the 3 axes of 32x32x6 once'],
    ["TRANSPOSE 2x1", 'CNN2122 at "2x1": TRANSPOSE 2x1 does not name each of the 3 axes of 32x32x6 once'],
    [
      "PIXELSHUFFLE 2",
      'CNN2114 at "2": PIXELSHUFFLE splits into 4 positions, which do not divide the 6 channels that arrive',
    ],
    [
      "GAP - FLATTEN - PIXELSHUFFLE 2",
      'CNN2103 at "PIXELSHUFFLE": PIXELSHUFFLE needs a map, height x width x channels, but a vector of 6 values arrives',
    ],
    [
      "GAP - UPSAMPLE2",
      'CNN2103 at "UPSAMPLE2": UPSAMPLE needs a map, height x width x channels, but a vector of 6 values arrives',
    ],
  ])("%s", (line, expected, mended?: string) => expectMistake(BEFORE, line, expected, mended));
});

describe("rearranging", () => {
  const BEFORE = "INPUT 7x7x4 - ";

  test.each([
    ["PIXELUNSHUFFLE 2", 'CNN2123 at "2": PIXELUNSHUFFLE splits by 2, which does not divide the size of 7x7x4'],
    [
      "PIXELSHUFFLE 3",
      'CNN2114 at "3": PIXELSHUFFLE splits into 9 positions, which do not divide the 4 channels that arrive',
    ],
  ])("%s", (line, expected, mended?: string) => expectMistake(BEFORE, line, expected, mended));
});

describe("sequences", () => {
  const BEFORE = "INPUT 14x14x60 - ";

  test.each([
    [
      "CLASSTOKEN",
      'CNN2124 at "CLASSTOKEN": CLASSTOKEN takes a sequence, length x channels, but 14x14x60 arrives: write RESHAPE 196x60 before it',
      "RESHAPE 196x60 - CLASSTOKEN",
    ],
    ["ATTENTION-7", 'CNN2114 at "7": ATTENTION splits into 7 heads, which do not divide the 60 channels that arrive'],
    [
      "RESHAPE 196x60 - ATTENTION-7",
      'CNN2114 at "7": ATTENTION splits into 7 heads, which do not divide the 60 channels that arrive',
    ],
    [
      "GAP - ATTENTION-4",
      'CNN2103 at "ATTENTION": ATTENTION needs a map, height x width x channels, but a vector of 60 values arrives',
    ],
    ["GAP - CLASSTOKEN", 'CNN2124 at "CLASSTOKEN": CLASSTOKEN takes a sequence, length x channels, but 60 arrives'],
  ])("%s", (line, expected, mended?: string) => expectMistake(BEFORE, line, expected, mended));
});

describe("sequences", () => {
  const BEFORE = "INPUT HxWx60 - ";

  test.each([
    ["CLASSTOKEN", 'CNN2124 at "CLASSTOKEN": CLASSTOKEN takes a sequence, length x channels, but HxWx60 arrives'],
    ["POSEMBED", 'CNN2110 at "POSEMBED": POSEMBED needs a fixed size, but HxWx60 arrives: give INPUT numbers'],
    [
      "FC-10",
      'CNN2110 at "FC": FC needs a fixed size, but HxWx60 arrives: pool it with GAP first, or give INPUT numbers',
      "GAP - FC-10",
    ],
    ["FLATTEN - FC-10", 'CNN2110 at "FC": FC needs a fixed size, but 60*H*W arrives: give INPUT numbers'],
    [
      "LINEAR-4 - FC-4",
      'CNN2110 at "FC": FC needs a fixed size, but HxWx4 arrives: pool it with GAP first, or give INPUT numbers',
      "LINEAR-4 - GAP - FC-4",
    ],
  ])("%s", (line, expected, mended?: string) => expectMistake(BEFORE, line, expected, mended));
});

describe("merging", () => {
  const BEFORE = "INPUT 32x32x4 - ";

  test.each([
    ["ADD { CONV3-8 | ID }", 'CNN2304 at "ADD": the branches of ADD do not have one shape'],
    ["ADD { POOL2 | ID }", 'CNN2304 at "ADD": the branches of ADD do not have one shape'],
    ["MUL { ID | GAP - FC-8 }", 'CNN2304 at "MUL": the branches of MUL do not have one shape'],
    ["CONCAT { POOL2 | ID }", 'CNN2304 at "CONCAT": the branches of CONCAT do not have one shape'],
    ["MAX { FC-4 | ID }", 'CNN2304 at "MAX": the branches of MAX do not have one shape'],
    ["MEAN { CONV3-4/3 | ID }", 'CNN2304 at "MEAN": the branches of MEAN do not have one shape'],
  ])("%s", (line, expected, mended?: string) => expectMistake(BEFORE, line, expected, mended));
});

describe("inputs", () => {
  test.each([
    [
      "INPUT 8x4x16x16x3 - CONV3-16",
      'CNN2105 at "8x4x16x16x3": 8x4x16x16x3 is no input: an image is height x width x channels (32x32x3), a vector one number (784)',
    ],
    ["INPUT 0x8x3 - RELU", 'CNN2006 at "0x8x3": a size has to be made of whole numbers from 1, not 0x8x3'],
    [
      "INPUT 3000000000x8x3 - RELU",
      'CNN2006 at "3000000000x8x3": a size has to be made of numbers up to 2147483647, not 3000000000x8x3',
    ],
    [
      "INPUT 28x28 - CONV3-16",
      'CNN3004 at "28x28": 28x28 is a sequence of 28 steps with 28 channels: a grey image is 28x28x1',
      "INPUT 28x28x1 - CONV3-16",
    ],
    [
      "INPUT 3x32x32 - CONV3-16",
      'CNN3002 at "3x32x32": 3x32x32 is an image 3 high and 32 wide with 32 channels: sizes are height x width x channels',
      "INPUT 32x32x3 - CONV3-16",
    ],
    ["INPUT - RELU", 'CNN2019 at "INPUT": INPUT needs its size'],
    [
      "INPUT RELU",
      'CNN1006 at "RELU": INPUT and RELU stand side by side: write a dash or a new line between them',
      "INPUT - RELU",
    ],
    ["INPUT 32 32 3 - RELU", 'CNN2004 at "32": INPUT has its size twice', "INPUT 32x32x3 - RELU"],
    [
      "INPUT 60000x60000x3 - FLATTEN",
      'CNN5004 at "FLATTEN": FLATTEN has a side of 60000x60000x3 = 10,800,000,000: at most 2,147,483,647 are allowed',
    ],
    [
      "INPUT 2147483647x8x3 - PAD 1",
      'CNN5004 at "1": PAD has a side of 2,147,483,649: at most 2,147,483,647 are allowed',
    ],
    [
      "INPUT 8x8x3 - UPSAMPLE 500000000",
      'CNN5004 at "500000000": UPSAMPLE has a side of 4,000,000,000: at most 2,147,483,647 are allowed',
    ],
    [
      "INPUT 30000x8 - CONV3-4 dilation 2000000000",
      'CNN5004 at "CONV3": CONV has a side of 4,000,030,000: at most 2,147,483,647 are allowed',
    ],
  ])("%s", (line, expected, mended?: string) => expectMistake("", line, expected, mended));
});

describe("attributes", () => {
  const BEFORE = "INPUT 32x32x3 - ";

  test.each([
    ["FC10", 'CNN2005 at "FC10": FC takes no number stuck to its name', "FC-10"],
    ["RELU6 6", 'CNN2005 at "6": RELU6 takes no number'],
    ["RELU/2", 'CNN2005 at "/2": RELU takes no stride'],
    ["SOFTMAX-10", 'CNN2005 at "10": SOFTMAX takes no count'],
    [
      "CONV3-16 strides 2",
      'CNN2002 at "strides": CONV has no attribute strides; it has filters, window, stride, pad, dilation, groups and bias',
      "CONV3-16 stride 2",
    ],
    [
      "CONV3-16 padding 1",
      'CNN2002 at "padding": CONV has no attribute padding; it has filters, window, stride, pad, dilation, groups and bias',
      "CONV3-16 pad 1",
    ],
    ["CONV3-16 pad valid", 'CNN2003 at "pad valid": pad needs a number, half or same behind it', "CONV3-16 pad 0"],
    ["CONV3-16 pad -1", 'CNN2006 at "-1": the pad of CONV has to be a whole number from 0, not -1'],
    [
      "CONV3-16 pad (1, 2)",
      'CNN2006 at "(1, 2)": the pad of CONV has to be 4 numbers: (top, left, bottom, right), not (1, 2)',
    ],
    [
      "CONV3-16 stride 2x2x2",
      'CNN2006 at "2x2x2": the stride of CONV has to be one number, or 2 joined by x, not 2x2x2',
    ],
    ["CONV3-16 stride two", 'CNN2003 at "stride two": stride needs a number behind it'],
    ["CONV3-16 stride", 'CNN2003 at "stride": stride needs a number behind it'],
    [
      "CONV3-16 no bais",
      'CNN2002 at "no bais": CONV has no attribute bais; it has filters, window, stride, pad, dilation, groups and bias',
      "CONV3-16 no bias",
    ],
    ["CONV3-16 bias no", 'CNN2006 at "bias no": bias has to be a word alone, or no bias, not no', "CONV3-16 no bias"],
    [
      "CONV3-16 bias false",
      'CNN2006 at "bias false": bias has to be a word alone, or no bias, not false',
      "CONV3-16 no bias",
    ],
    ["CONV3-16/0", 'CNN2006 at "0": the stride of CONV has to be a whole number from 1, not 0'],
    [
      "CONV3-16 same",
      'CNN2002 at "same": CONV has no attribute same; it has filters, window, stride, pad, dilation, groups and bias',
      "CONV3-16 pad same",
    ],
    [
      "CONV3-16 relu",
      'CNN2002 at "relu": CONV has no attribute relu; it has filters, window, stride, pad, dilation, groups and bias',
      "CONV3-16 - RELU",
    ],
    [
      "CONV-16 kernel 3",
      'CNN2002 at "kernel": CONV has no attribute kernel; it has filters, window, stride, pad, dilation, groups and bias',
      "CONV-16 window 3",
    ],
    [
      "CONV3-16 activation relu",
      'CNN2002 at "activation": CONV has no attribute activation; it has filters, window, stride, pad, dilation, groups and bias',
    ],
    ["CONV 16", 'CNN2019 at "CONV": CONV needs its window'],
    ["CONV 3x3", 'CNN2019 at "CONV": CONV needs its number of filters'],
    ["FC", 'CNN2019 at "FC": FC needs its number of neurons'],
    ["POOL", 'CNN2019 at "POOL": POOL needs its window'],
    [
      "POOL2 average",
      'CNN2002 at "average": POOL has no attribute average; it has window, stride, pad and ceil',
      "AVG POOL2 average",
    ],
    ["LINEAR", 'CNN2019 at "LINEAR": LINEAR needs its number of neurons'],
    ["LRELU 0.1 0.2", 'CNN2004 at "0.2": LRELU has its slope twice'],
  ])("%s", (line, expected, mended?: string) => expectMistake(BEFORE, line, expected, mended));
});
