/** Sizes that layers refuse, told with the numbers at fault. */
import { expect, test } from "vitest";
import { describe as say, compileText } from "../harness.js";

const errors = (text: string) =>
  compileText(text)
    .diagnostics.filter(({ severity }) => severity === "error")
    .map(say);

test.each([
  // CNN2114: channels that do not split evenly.
  [
    "INPUT 8x8x6 - SHUFFLE 4",
    'CNN2114 at "4": SHUFFLE splits into 4 groups, which do not divide the 6 channels that arrive',
  ],
  ["INPUT 8x8x6 - GN-4", 'CNN2114 at "4": GN splits into 4 groups, which do not divide the 6 channels that arrive'],
  [
    "INPUT 8x6 - ATTENTION 4",
    'CNN2114 at "4": ATTENTION splits into 4 heads, which do not divide the 6 channels that arrive',
  ],
  [
    "INPUT 8x8x6 - PIXELSHUFFLE 2",
    'CNN2114 at "2": PIXELSHUFFLE splits into 4 positions, which do not divide the 6 channels that arrive',
  ],
  // CNN2115
  [
    "INPUT 8x8x6 - DWCONV3-8",
    'CNN2115 at "8": DWCONV has 8 filters for 6 channels: every channel has as many filters, so write 6 or a multiple',
  ],
  // CNN2116
  ["INPUT 1x1x6 - UPCONV1-8 pad 1", 'CNN2116 at "pad 1": UPCONV cuts off more than it makes of 1x1x6: nothing is left'],
  // CNN2117
  ["INPUT 8x8x6 - CHUNK 3 of 2", 'CNN2117 at "3": CHUNK takes part 3 of 2: there are only 2'],
  // CNN2118
  [
    "INPUT 8x8x6 - PAD amount half",
    'CNN2118 at "amount half": PAD needs numbers, not half: there is no window that it could go by',
  ],
  // CNN2119
  ["INPUT 8x2x6 - PAD 2 reflect", 'CNN2119 at "2": PAD mirrors more positions than 8x2x6 has'],
  // CNN2120
  ["INPUT 8x8x6 - CROP 9x8", 'CNN2120 at "9x8": CROP cannot leave 9x8 of 8x8x6'],
  ["INPUT 8x8x6 - CROP margin 4", 'CNN2120 at "margin 4": CROP cannot leave 0x0 of 8x8x6'],
  // CNN2121
  ["INPUT 8x8x6 - RESHAPE 8x8", 'CNN2121 at "8x8": RESHAPE makes 8x8, which has 64 values, of 8x8x6, which has 384'],
  // CNN2122
  [
    "INPUT 8x8x6 - TRANSPOSE 1x2x2",
    'CNN2122 at "1x2x2": TRANSPOSE 1x2x2 does not name each of the 3 axes of 8x8x6 once',
  ],
  // CNN2123
  [
    "INPUT 8x7x6 - PIXELUNSHUFFLE 2",
    'CNN2123 at "2": PIXELUNSHUFFLE splits by 2, which does not divide the size of 8x7x6',
  ],
  // CNN2124
  [
    "INPUT 8x8x6 - CLASSTOKEN",
    'CNN2124 at "CLASSTOKEN": CLASSTOKEN takes a sequence, length x channels, but 8x8x6 arrives: write RESHAPE 64x6 before it',
  ],
  // CNN2128
  [
    "INPUT 8x8x6 - RESHAPE 2x4x2x4x6 - CONV3-4",
    'CNN2128 at "CONV3": CONV slides over at most 3 axes, but 2x4x2x4x6 has 4 beside its channels',
  ],
  // CNN2127
  [
    "INPUT 8x8x6 - UPCONV3-4/2 outpad 2",
    'CNN2127 at "outpad 2": UPCONV adds 2 positions behind its result, but with stride 2 at most 1 can be missing',
  ],
])("%s", (text, message) => expect(errors(text)).toEqual([message]));
