/** What is said about limits, files and sizes for letters: of the wrong programs that `cnnc explain` shows. */
import { expect, test } from "vitest";
import { allKinds } from "../../src/diagnostics.js";
import { reportedOf } from "../../src/explain.js";
import { describe as say } from "../harness.js";

test.each([
  'CNN2111 at "INPUT HxWx3": H cannot be 33: net needs that H is even',
  'CNN3202 at "stride ?": CONV1 has stride 4, the only way to the annotated 55x55x96',
  'CNN5001 at "[CONV3-16 - RELU]": the net has more than 100 layers after its repeats are written out',
  'CNN5002 at "�": net.cnn is not UTF-8 text: byte 4 is 0xfc',
  'CNN5003 at "": net.cnn has 67 bytes, a program may have 40',
  'CNN5004 at "FLATTEN": FLATTEN has a side of 60000x60000x3 = 10,800,000,000: at most 2,147,483,647 are allowed',
  'CNN5005 at "[": brackets may be nested 32 deep, here they are nested deeper',
  `CNN5006 at "1${" + 1".repeat(299)}": an expression may have 256 terms in a row, here are more`,
  'CNN5007 at "Net0": this net is made from another through more than 32 steps',
  'CNN5008 at "POOL2": the size that POOL gives has more than 500 parts: give INPUT numbers',
  'CNN5009 at "Inner": calls may be nested 1 deep, here they are nested deeper',
  'CNN5010 at "11": a part may be repeated 10 times, not more',
  'CNN5011 at "Unit": the program calls blocks and functions more than 3 times',
  'CNN5012 at "\\"./unit.cnn\\"": ./unit.cnn: there is no such file',
  'CNN5013 at "\\"./a.cnn\\"": these files use each other: ./a.cnn -> ./b.cnn -> ./a.cnn',
  'CNN5014 at "\\"./b.cnn\\"": files may use files 1 deep, here they go deeper',
  'CNN5015 at "stdd": nothing called stdd is shipped; there is std',
  'CNN5016 at "[[RELU]]": brackets, branches and blocks may be nested 4 deep in all, here they are nested deeper',
])("%s", (expected) => {
  const { example } = allKinds().find(({ code }) => expected.startsWith(code))!;
  expect(reportedOf(example!, "wrong").map(say)).toEqual([expected]);
});
