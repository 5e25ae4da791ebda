/** What the elaborator reports about what stands behind a layer, and the layer itself. */
import { defineDiagnostic } from "../../base/diagnostics.js";
import { listWords, thereIs } from "../../base/suggest.js";

export const unknownLayer = defineDiagnostic<{ name: string; suggestion?: string }>({
  code: "CNN1004",
  severity: "error",
  oncePer: "file",
  title: "a layer that does not exist",
  message: ({ name }) => `no layer is called ${name}`,
  explanation: `Layers are words in capitals, such as CONV, POOL, FC, RELU; digits stuck to them are their window
(CONV3). docs/reference.md lists them all.`,
  example: {
    wrong: "INPUT 32x32x3 - CONVV3-16 - RELU",
    right: "INPUT 32x32x3 - CONV3-16 - RELU",
  },
});

export const notCapitals = defineDiagnostic<{ name: string; written: string }>({
  code: "CNN1011",
  severity: "error",
  oncePer: "file",
  title: "a layer in lower-case letters",
  message: ({ written }) => `layers are written in capitals: ${written}`,
  explanation: `Case tells layers from variables: CONV3-c has c filters, CONV-POOL is two layers. So conv3-64 has to be
written CONV3-64.`,
  example: {
    wrong: "INPUT 32x32x3 - conv3-16 - RELU",
    right: "INPUT 32x32x3 - CONV3-16 - RELU",
  },
});

export const unknownAttribute = defineDiagnostic<{ layer: string; attribute: string; known: readonly string[] }>({
  code: "CNN2002",
  severity: "error",
  title: "an attribute that the layer does not have",
  message: ({ layer, attribute, known }) =>
    `${layer} has no attribute ${attribute}` + (known.length > 0 ? `; it has ${listWords([...known])}` : ""),
  explanation: `Attributes are lower-case words behind a layer, such as stride 2, pad 1, no bias. Each layer has its own;
docs/reference.md lists them. Words such as filters, at, with, of, neurons, units and layer may stand between them and
mean nothing.`,
  example: {
    wrong: "INPUT 32x32x3 - CONV3-16 strid 2",
    right: "INPUT 32x32x3 - CONV3-16 stride 2",
  },
});

export const attributeWithoutValue = defineDiagnostic<{ attribute: string; wanted: string }>({
  code: "CNN2003",
  severity: "error",
  title: "an attribute without its value",
  message: ({ attribute, wanted }) => `${attribute} needs ${wanted} behind it`,
  explanation: `An attribute's value is one number, one variable, or an expression in parentheses: stride 2, pad (k // 2).`,
  example: {
    wrong: "INPUT 32x32x3 - CONV3-16 stride - RELU",
    right: "INPUT 32x32x3 - CONV3-16 stride 2 - RELU",
  },
});

export const givenTwice = defineDiagnostic<{ layer: string; what: string }>({
  code: "CNN2004",
  severity: "error",
  title: "an attribute that is given twice",
  message: ({ layer, what }) => `${layer} has ${what} twice`,
  explanation: `Each attribute may be written once. CONV3 5x5 gives the window twice, CONV3-64/2 stride 1 the stride.`,
  example: {
    wrong: "INPUT 32x32x3 - CONV3-16/2 stride 1",
    right: "INPUT 32x32x3 - CONV3-16/2",
  },
});

export const notTaken = defineDiagnostic<{ layer: string; what: string }>({
  code: "CNN2005",
  severity: "error",
  title: "a number or size that the layer has no use for",
  message: ({ layer, what }) => `${layer} takes no ${what}`,
  explanation: `A bare number is the count of a layer (filters, neurons, a dropout rate), a bare size its window. This
layer has nothing that it could mean.`,
  example: {
    wrong: "INPUT 32x32x3 - GAP - FC10",
    right: "INPUT 32x32x3 - GAP - FC-10",
  },
});

export const equalsSign = defineDiagnostic<{ what: string; sign: string; example: string }>({
  code: "CNN2024",
  severity: "error",
  title: "an equals sign in a layer or setting",
  message: ({ what, sign, example }) => `${what} are written without ${sign}: ${example}`,
  explanation: `A value follows its attribute or setting after a blank: stride 2 pad 1, batch 128.`,
  example: {
    wrong: "INPUT 32x32x3 - CONV3-16 stride = 2",
    right: "INPUT 32x32x3 - CONV3-16 stride 2",
  },
});

export const wrongValue = defineDiagnostic<{ what: string; wanted: string; found: string }>({
  code: "CNN2006",
  severity: "error",
  title: "a value of the wrong kind",
  message: ({ what, wanted, found }) => `${what} has to be ${wanted}, not ${found}`,
  explanation: `Counts, windows and strides are whole numbers from 1; paddings whole numbers from 0; rates decimal
numbers. A division (/) must come out whole where a whole number is needed; // rounds down.`,
  example: {
    wrong: "INPUT 32x32x3 - GAP - DROPOUT 50 - FC-10",
    right: "INPUT 32x32x3 - GAP - DROPOUT 0.5 - FC-10",
  },
});

export const missingValue = defineDiagnostic<{ layer: string; missing: readonly string[] }>({
  code: "CNN2019",
  severity: "error",
  mayFollow: true,
  title: "a layer that does not say what it needs",
  message: ({ layer, missing }) => `${layer} needs its ${listWords([...missing])}`,
  explanation: `A convolution needs its number of filters and its window (CONV3-64 has 64 filters of 3x3), a pooling
layer its window (POOL2), a dense layer its number of neurons (FC-10). A default line (default CONV 64 3x3) or an
annotation ([4096]) can supply what is not written on the layer.`,
  example: {
    wrong: "INPUT 32x32x3 - CONV3 - RELU",
    right: "INPUT 32x32x3 - CONV3-16 - RELU",
  },
});

export const unknownUnit = defineDiagnostic<{ name: string; known: readonly string[] }>({
  code: "CNN2030",
  severity: "error",
  oncePer: "file",
  title: "a block or net that does not exist",
  message: ({ name, known }) => `no block or net is called ${name}` + (known.length > 0 ? `; ${thereIs(known)}` : ""),
  explanation: `A capitalised word stands for a block or a net of the file, of a file that it uses (use "./blocks.cnn",
use std), or for a parameter that stands for one. Layers are written in capitals only.`,
  example: {
    wrong: "INPUT 32x32x3 - Pair(16)",
    right: `block Pair(c, s = 1) { CONV3-c/s - RELU }
INPUT 32x32x3 - Pair(16)`,
  },
});

export const lowerCaseUnit = defineDiagnostic<{ what: string; name: string; written: string }>({
  code: "CNN2037",
  severity: "error",
  oncePer: "file",
  title: "a block with a small first letter",
  message: ({ what, written }) => `${what} are written with a capital: ${written}`,
  explanation: `Case tells what a word is: LAYERS in capitals, Blocks capitalised, variables in small letters.`,
  example: {
    wrong: `block pair(c) { CONV3-c - RELU }
INPUT 32x32x3 - pair(16)`,
    right: `block Pair(c) { CONV3-c - RELU }
INPUT 32x32x3 - Pair(16)`,
  },
});

export const capitalCount = defineDiagnostic<{ layer: string; name: string }>({
  code: "CNN2058",
  severity: "error",
  title: "a count with a capital",
  message: ({ layer, name }) =>
    `${layer}-${name} is two layers: a count with a capital stands in parentheses, ${layer}-(${name})`,
  explanation: `A dash before a capital means 'then', as in CONV-POOL. So a count that is the letter of a size, or another name with
a capital, stands in parentheses: CONV3-(H).`,
  example: {
    wrong: "net Small(C = 16) { INPUT 32x32x3 - CONV3-C }",
    right: "net Small(C = 16) { INPUT 32x32x3 - CONV3-(C) }",
  },
});

export const argumentsOfLayer = defineDiagnostic<{ layer: string; example: string }>({
  code: "CNN2057",
  severity: "error",
  title: "a layer with several values in parentheses",
  message: ({ layer, example }) =>
    `${layer} has no arguments in parentheses: what it needs follows it, as in ${example}`,
  explanation: `Blocks and nets take arguments in parentheses. Layers have their count, window and attributes behind them, in any
order and without commas: CONV3-64/2, CONV 64 3x3 stride 2.`,
  example: {
    wrong: "INPUT 32x32x3 - CONV(16, 3)",
    right: "INPUT 32x32x3 - CONV3-16",
  },
});

export const argumentsOutside = defineDiagnostic<{ name: string; written: string }>({
  code: "CNN2043",
  severity: "error",
  title: "an argument without parentheses",
  message: ({ written }) => `arguments stand in parentheses that touch the name: ${written}`,
  explanation: `Layers take counts and attributes behind their name, blocks and nets take arguments in parentheses:
Bottleneck(64, s = 2).`,
  example: {
    wrong: `block Pair(c, s = 1) { CONV3-c/s - RELU }
INPUT 32x32x3 - Pair 16`,
    right: `block Pair(c, s = 1) { CONV3-c/s - RELU }
INPUT 32x32x3 - Pair(16)`,
  },
});
