/** What the elaborator reports about what nets, blocks and functions are called with. */
import { defineDiagnostic } from "../../base/diagnostics.js";
import { listWords } from "../../base/suggest.js";

export const wrongArity = defineDiagnostic<{ name: string; wanted: string; found: number }>({
  code: "CNN2028",
  severity: "error",
  title: "a function with too many or too few numbers",
  message: ({ name, wanted, found }) => `${name} takes ${wanted}, not ${found}`,
  explanation: `min and max take one number or more, floor, ceil, round, abs, log2 and sqrt exactly one.`,
  example: {
    wrong: "INPUT 32x32x3 - CONV3-(sqrt(256, 2))",
    right: "INPUT 32x32x3 - CONV3-(sqrt(256))",
  },
});

export const wrongArguments = defineDiagnostic<{ callee: string; wanted: string; found: number }>({
  code: "CNN2016",
  severity: "error",
  oncePer: "file",
  title: "too many arguments",
  message: ({ callee, wanted, found }) => `${callee} takes ${wanted}, not ${found}`,
  explanation: `Arguments fill the parameters of a net, block or function in their order; there are no further ones.`,
  example: {
    wrong: `block Pair(c, s = 1) { CONV3-c/s - RELU }
INPUT 32x32x3 - Pair(16, 2, 3)`,
    right: `block Pair(c, s = 1) { CONV3-c/s - RELU }
INPUT 32x32x3 - Pair(16, 2)`,
  },
});

export const argumentTwice = defineDiagnostic<{ callee: string; parameter: string }>({
  code: "CNN2040",
  severity: "error",
  title: "an argument that is given twice",
  message: ({ callee, parameter }) => `${callee} gets its ${parameter} twice`,
  explanation: `Arguments without a name fill the parameters in their order; a name may then only be that of a further one.`,
  example: {
    wrong: `block Pair(c, s = 1) { CONV3-c/s - RELU }
INPUT 32x32x3 - Pair(16, c = 8)`,
    right: `block Pair(c, s = 1) { CONV3-c/s - RELU }
INPUT 32x32x3 - Pair(16, s = 2)`,
  },
});

export const unknownParameter = defineDiagnostic<{ callee: string; parameter: string; known: readonly string[] }>({
  code: "CNN2041",
  severity: "error",
  title: "an argument for a parameter that does not exist",
  message: ({ callee, parameter, known }) =>
    `${callee} has no parameter ${parameter}` + (known.length > 0 ? `; it has ${listWords([...known])}` : ""),
  explanation: `An argument with a name (groups = 32) fills the parameter of that name.`,
  example: {
    wrong: `block Pair(c, s = 1) { CONV3-c/s - RELU }
INPUT 32x32x3 - Pair(16, t = 2)`,
    right: `block Pair(c, s = 1) { CONV3-c/s - RELU }
INPUT 32x32x3 - Pair(16, s = 2)`,
  },
});

export const wrongArgumentKind = defineDiagnostic<{
  callee: string;
  parameter: string;
  wanted: string;
  found: string;
}>({
  code: "CNN2042",
  severity: "error",
  oncePer: "file",
  title: "an argument of the wrong kind",
  message: ({ callee, parameter, wanted, found }) => `the ${parameter} of ${callee} is ${wanted}, not ${found}`,
  explanation: `How a parameter is written says what it takes: c a number, Unit a block, net or layer, @skip a label.`,
  example: {
    wrong: `block Unit(c, Act) { CONV3-c - Act }
INPUT 32x32x3 - Unit(RELU, 16)`,
    right: `block Unit(c, Act) { CONV3-c - Act }
INPUT 32x32x3 - Unit(16, RELU)`,
  },
});

export const missingArgument = defineDiagnostic<{ callee: string; missing: readonly string[] }>({
  code: "CNN2049",
  severity: "error",
  oncePer: "file",
  title: "an argument that is missing",
  message: ({ callee, missing }) => `${callee} needs its ${listWords([...missing])}`,
  explanation: `A parameter without a default needs a value wherever its net, block or function is used: net Small = Family(10),
or by name Family(depth = 10).`,
  example: {
    wrong: `block Pair(c, s = 1) { CONV3-c/s - RELU }
INPUT 32x32x3 - Pair`,
    right: `block Pair(c, s = 1) { CONV3-c/s - RELU }
INPUT 32x32x3 - Pair(16)`,
  },
});

export const channelsOfBlock = defineDiagnostic<{ channels: number; arrives: string }>({
  code: "CNN2051",
  severity: "error",
  title: "a net in a chain that gets other channels than its input has",
  message: ({ channels, arrives }) => `this net takes ${channels} channels, but ${arrives} arrives`,
  explanation: `A net that is used in a chain takes what arrives in place of its INPUT: another height and width, but as many
channels.`,
  example: {
    wrong: `net Backbone { INPUT 32x32x3 - CONV3-16/2 - RELU }
net Grey { INPUT 64x64x1 - Backbone - GAP - FC-10 }`,
    right: `net Backbone { INPUT 32x32x3 - CONV3-16/2 - RELU }
net Colour { INPUT 64x64x3 - Backbone - GAP - FC-10 }`,
  },
});
