/** What the elaborator reports about branches and conditions. */
import { defineDiagnostic } from "../../base/diagnostics.js";

export const branchesMissing = defineDiagnostic<{ layer: string }>({
  code: "CNN2045",
  severity: "error",
  mayFollow: true,
  title: "a merging layer without branches",
  message: ({ layer }) => `${layer} needs its branches: ${layer} { a | b }`,
  explanation: `ADD, MUL, MAX, MEAN and CONCAT join chains that run side by side. Each is fed with what arrives, or starts from a
label: ADD { CONV3-64 - BN | ID }, CONCAT { @skip | ID }.`,
  example: {
    wrong: `INPUT 32x32x3
a: CONV3-16
CONV3-16 - ADD`,
    right: `INPUT 32x32x3
a: CONV3-16
CONV3-16 - ADD { @a | ID }`,
  },
});

export const branchesNotTaken = defineDiagnostic<{ layer: string }>({
  code: "CNN2046",
  severity: "error",
  title: "branches of a layer that does not merge",
  message: ({ layer }) => `${layer} has no branches: only ADD, MUL, MAX, MEAN and CONCAT take { ... }`,
  explanation: `Braces hold the branches of a merging layer, the body of a net or block, or what follows a condition. Groups
stand in [ ].`,
  example: {
    wrong: "INPUT 32x32x16 - RELU { CONV3-16 | ID }",
    right: "INPUT 32x32x16 - ADD { CONV3-16 | ID } - RELU",
  },
});

export const emptyBranch = defineDiagnostic<{ layer: string }>({
  code: "CNN2047",
  severity: "error",
  title: "a branch with nothing in it",
  message: ({ layer }) => `a branch of ${layer} is empty: ID is the input itself`,
  explanation: `Between two bars stands a chain. The input itself is written ID: ADD { CONV3-64 | ID }.`,
  example: {
    wrong: "INPUT 32x32x16 - ADD { CONV3-16 | }",
    right: "INPUT 32x32x16 - ADD { CONV3-16 | ID }",
  },
});

export const oneBranch = defineDiagnostic<{ layer: string }>({
  code: "CNN2048",
  severity: "error",
  mayFollow: true,
  title: "a merging layer with one branch",
  message: ({ layer }) => `${layer} has one branch: there is nothing to join it with`,
  explanation: `A merging layer joins two chains or more, with a bar between them: ADD { CONV3-64 - BN | ID }.`,
  example: {
    wrong: "INPUT 32x32x16 - ADD { CONV3-16 - RELU }",
    right: "INPUT 32x32x16 - ADD { CONV3-16 - RELU | ID }",
  },
});

export const partlyEqual = defineDiagnostic<{ net: string; condition: string }>({
  code: "CNN3003",
  severity: "warning",
  title: "a network that does not take every size",
  message: ({ net, condition }) => `${net} takes only sizes where ${condition}`,
  explanation: `Branches that meet have to be of one size. Where a map is halved and doubled again, that is so only when nothing
was rounded on the way. An assert line (assert H % 8 == 0) says that this is known, and simplifies the sizes.`,
  example: {
    wrong: `INPUT HxWx3
ADD { POOL2 - UPSAMPLE2 | ID }`,
    right: `INPUT HxWx3
assert H % 2 == 0 and W % 2 == 0
ADD { POOL2 - UPSAMPLE2 | ID }`,
  },
});

export const undecided = defineDiagnostic<{ text: string }>({
  code: "CNN2059",
  severity: "error",
  title: "a comparison that depends on the size of the input",
  message: ({ text }) => `whether ${text} depends on the size of the input, which is open`,
  explanation: `What a network consists of is decided when it is compiled. With letters for the sides of the input (HxWx3) a
comparison has to have the same answer for all their values. Give INPUT numbers, or write what holds for every size.`,
  example: {
    wrong: `INPUT HxWx3
if in.h > 100 { CONV3-16/2 } else { CONV3-16 }`,
    right: `INPUT 224x224x3
if in.h > 100 { CONV3-16/2 } else { CONV3-16 }`,
  },
});

export const wrongTruth = defineDiagnostic<{ found: string; value: string }>({
  code: "CNN2031",
  severity: "error",
  title: "a condition that is neither true nor false",
  message: ({ found, value }) =>
    found === value
      ? `a condition is true or false, not ${found}`
      : `a condition is true or false, but ${found} is ${value}`,
  explanation: `Conditions compare (s != 1, in.c == c, H % 8 == 0) and join comparisons with and, or, not; a parameter can be
true or false.`,
  example: {
    wrong: `block Down(c, s) { if s { CONV3-c/2 } else { CONV3-c } }
INPUT 32x32x3 - Down(16, 2)`,
    right: `block Down(c, s) { if s == 2 { CONV3-c/2 } else { CONV3-c } }
INPUT 32x32x3 - Down(16, 2)`,
  },
});
