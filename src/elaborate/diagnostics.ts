/** What the elaborator reports about names, values and sizes. */
import { defineDiagnostic } from "../base/diagnostics.js";
import { listWords, thereIs } from "../base/suggest.js";

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

export const unknownVariable = defineDiagnostic<{ name: string; known: readonly string[] }>({
  code: "CNN2007",
  severity: "error",
  oncePer: "declaration",
  title: "a variable that is not defined",
  message: ({ name, known }) => `no variable is called ${name} here` + (known.length > 0 ? `; ${thereIs(known)}` : ""),
  explanation: `Variables are the parameters of the net or block around them (net VGG16(classes = 1000) { ... FC-classes }) and
what let lines name: let c = in.c.`,
  example: {
    wrong: "net Small(classes = 10) { INPUT 32x32x3 - GAP - FC-clases }",
    right: "net Small(classes = 10) { INPUT 32x32x3 - GAP - FC-classes }",
  },
});

export const unknownFunction = defineDiagnostic<{ name: string; known: readonly string[] }>({
  code: "CNN2008",
  severity: "error",
  oncePer: "file",
  title: "a function that is not defined",
  message: ({ name, known }) => `no function is called ${name}; ${thereIs(known)}`,
  explanation: `Expressions know the functions min, max, floor, ceil, round, abs, log2 and sqrt, those that fn lines define
(fn divisible(v, d) = ...) and those of the files that are used.`,
  example: {
    wrong: "INPUT 32x32x3 - CONV3-(maximum(8, 16))",
    right: "INPUT 32x32x3 - CONV3-(max(8, 16))",
  },
});

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

export const reservedLabel = defineDiagnostic<{ label: string }>({
  code: "CNN2029",
  severity: "error",
  title: "a label that runtimes cannot hold",
  message: ({ label }) => `a layer cannot be called ${label}`,
  explanation: `The label becomes a name in everything that is built, where this word has a meaning of its own.`,
  example: {
    wrong: `INPUT 32x32x3
__proto__: CONV3-16`,
    right: `INPUT 32x32x3
first: CONV3-16`,
  },
});

export const tooManyBases = defineDiagnostic<{ limit: number }>({
  code: "CNN5007",
  severity: "error",
  title: "a net made from another through too many steps",
  message: ({ limit }) => `this net is made from another through more than ${limit} steps`,
  explanation: `The limit protects from programs that would use up the memory.`,
  example: {
    wrong: `net Net0 { INPUT 32x32x3 - CONV3-16 }
${Array.from({ length: 33 }, (_, index) => `net Net${index + 1} = Net${index}`).join("\n")}`,
    right: `net Net0 { INPUT 32x32x3 - CONV3-16 }
net Net1 = Net0`,
  },
});

export const notWhole = defineDiagnostic<{ what: string; expression: string; value: string }>({
  code: "CNN2009",
  severity: "error",
  title: "a number that has to be whole and is not",
  message: ({ what, expression, value }) =>
    expression === value
      ? `${what} has to be a whole number, not ${value}`
      : `${what} has to be a whole number, but ${expression} is ${value}`,
  explanation: `A division with / has to come out whole where a whole number is needed. Use // to round down, or
ceil(a / b) to round up.`,
  example: {
    wrong: "net Half(c = 15) { INPUT 32x32x3 - CONV3-(c/2) }",
    right: "net Half(c = 15) { INPUT 32x32x3 - CONV3-(c//2) }",
  },
});

export const repeatNotWhole = defineDiagnostic<{ found: string }>({
  code: "CNN2010",
  severity: "error",
  title: "a repeat that is not a number",
  message: ({ found }) => `* repeats what stands before it a whole number of times, not ${found} times`,
  explanation: `[CONV3-64 - RELU]*2 stands for CONV3-64 - RELU - CONV3-64 - RELU. Behind the star stands a whole number,
a variable or an expression in parentheses; *0 leaves the part out.`,
  example: {
    wrong: "INPUT 32x32x3 - [CONV3-16 - RELU]*1.5",
    right: "INPUT 32x32x3 - [CONV3-16 - RELU]*2",
  },
});

export const duplicateLabel = defineDiagnostic<{ label: string }>({
  code: "CNN2011",
  severity: "error",
  title: "a label that is used twice",
  message: ({ label }) => `two layers are labelled ${label}`,
  explanation: `A label names one layer, in messages, in reports and in everything that is built. Give each layer its own.`,
  example: {
    wrong: `INPUT 32x32x3
conv1: CONV3-16
conv1: CONV3-32`,
    right: `INPUT 32x32x3
conv1: CONV3-16
conv2: CONV3-32`,
  },
});

export const unknownNet = defineDiagnostic<{ name: string; known: readonly string[] }>({
  code: "CNN2012",
  severity: "error",
  oncePer: "file",
  title: "a net that does not exist",
  message: ({ name, known }) => `no net is called ${name}` + (known.length > 0 ? `; ${thereIs(known)}` : ""),
  explanation: `net X = Y but { ... } starts from a net of the file, or of a file that it uses.`,
  example: {
    wrong: `net Small { INPUT 32x32x3 - a: CONV3-16 }
net Wide = Smal but { a: 32 filters }`,
    right: `net Small { INPUT 32x32x3 - a: CONV3-16 }
net Wide = Small but { a: 32 filters }`,
  },
});

export const duplicateName = defineDiagnostic<{ name: string; kinds: string }>({
  code: "CNN2013",
  severity: "error",
  title: "two declarations of one name",
  message: ({ name, kinds }) => `${kinds.startsWith("a ") ? "" : "two "}${kinds} are called ${name}`,
  explanation: `Each net, block, function and variable of a file has its own name. A chain outside of any net is a net named
after its file.`,
  example: {
    wrong: `net Small { INPUT 32x32x3 - CONV3-16 }
net Small { INPUT 32x32x3 - CONV3-32 }`,
    right: `net Small { INPUT 32x32x3 - CONV3-16 }
net Wide { INPUT 32x32x3 - CONV3-32 }`,
  },
});

export const netCycle = defineDiagnostic<{ cycle: readonly string[] }>({
  code: "CNN2014",
  severity: "error",
  title: "a net that is made from itself",
  message: ({ cycle }) => `this net is made from itself: ${cycle.join(" = ")}`,
  explanation: `net A = B but { ... } needs a B that does not lead back to A.`,
  example: {
    wrong: `net Small = Wide
net Wide = Small`,
    right: `net Small { INPUT 32x32x3 - CONV3-16 }
net Wide = Small`,
  },
});

export const unknownLabel = defineDiagnostic<{ label: string; net: string; known: readonly string[] }>({
  code: "CNN2015",
  severity: "error",
  title: "a change to a layer that does not exist",
  message: ({ label, net, known }) =>
    `${net} has no layer called ${label}` + (known.length > 0 ? `; its layers are ${listWords([...known])}` : ""),
  explanation: `Inside of but { ... } each line starts with the label of a layer, or the name that reports give it.`,
  example: {
    wrong: `net Small { INPUT 32x32x3 - a: CONV3-16 }
net Wide = Small but { b: 32 filters }`,
    right: `net Small { INPUT 32x32x3 - a: CONV3-16 }
net Wide = Small but { a: 32 filters }`,
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

export const missingInput = defineDiagnostic<{ net: string }>({
  code: "CNN2017",
  severity: "error",
  mayFollow: true,
  title: "a net without an input",
  message: ({ net }) => `${net} has no INPUT: the size of its images is missing`,
  explanation: `A net starts with its input, height x width x channels: INPUT 224x224x3, or on a slide [224x224x3] INPUT.`,
  example: {
    wrong: "net Small { CONV3-16 - RELU }",
    right: "net Small { INPUT 32x32x3 - CONV3-16 - RELU }",
  },
});

export const secondInput = defineDiagnostic<{ net: string; first: string }>({
  code: "CNN2018",
  severity: "error",
  mayFollow: true,
  title: "an input in the middle of a chain",
  message: ({ net, first }) => `${net} ${first}: a chain has one INPUT, at its start`,
  explanation: `In a chain each layer takes what the one before it gives, so that nothing would reach what stands before
a second INPUT. A net with several inputs labels them (left: INPUT 32x32x3) and takes them up again with @left.`,
  example: {
    wrong: "CONV3-16 - INPUT 32x32x3 - RELU",
    right: "INPUT 32x32x3 - CONV3-16 - RELU",
  },
});

export const sizeWithStars = defineDiagnostic<{ size: string }>({
  code: "CNN2021",
  severity: "error",
  title: "a size that is written as a product",
  message: ({ size }) => `a size is written with x between its numbers: INPUT ${size}`,
  explanation: `A star repeats what stands before it. Sizes are written height x width x channels, without blanks:
INPUT 224x224x3.`,
  example: {
    wrong: "INPUT 32*32*3 - CONV3-16",
    right: "INPUT 32x32x3 - CONV3-16",
  },
});

export const duplicateParameter = defineDiagnostic<{ name: string; net: string }>({
  code: "CNN2022",
  severity: "error",
  title: "two parameters of one name",
  message: ({ name, net }) => `${net} has two parameters called ${name}`,
  explanation: `Each parameter of a net, block or function has its own name.`,
  example: {
    wrong: `block Unit(c, c) { CONV c 3x3 }
INPUT 32x32x3 - Unit(16, 5)`,
    right: `block Unit(c, k) { CONV c k x k }
INPUT 32x32x3 - Unit(16, 5)`,
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

export const sketch = defineDiagnostic<{ net: string; layers: number }>({
  code: "CNN2020",
  severity: "error",
  mayFollow: true,
  title: "a sketch: its sizes are still open",
  message: ({ net, layers }) =>
    `${net} is a sketch: ${layers} of its layers leave sizes open, which have to be known before it can be compiled`,
  explanation: `[CONV-POOL-CONV-POOL-CONV-FC] says which layers follow each other. To be compiled it also needs the size
of the input and the counts and windows of the layers, each on its layer (CONV5-6) or once for all (default CONV 6 5x5).`,
  example: {
    wrong: "INPUT 32x32x3 - [CONV-POOL]*2 - FC",
    right: `default CONV 16 3x3
default POOL 2x2
default FC 10
INPUT 32x32x3 - [CONV-POOL]*2 - FC`,
  },
});

export const openHole = defineDiagnostic<{ layer: string; holes: readonly string[] }>({
  code: "CNN2025",
  severity: "error",
  title: "a ? that nothing fills",
  message: ({ layer, holes }) =>
    `${layer} leaves its ${listWords([...holes])} open with ?: an annotation such as [55x55x96] has to say what comes out`,
  explanation: `A ? stands for a count, window, stride, padding or dilation that follows from the size in square brackets
beside the layer. Without one there is nothing to solve it by.`,
  example: {
    wrong: `INPUT 227x227x3
CONV1: 96 11x11 filters at stride ?, pad 0`,
    right: `INPUT 227x227x3
[55x55x96] CONV1: 96 11x11 filters at stride ?, pad 0`,
  },
});

export const noSolution = defineDiagnostic<{ layer: string; holes: readonly string[]; size: string }>({
  code: "CNN2026",
  severity: "error",
  title: "a ? without a solution",
  message: ({ layer, holes, size }) => `no ${listWords([...holes], "and")} of ${layer} gives the annotated ${size}`,
  explanation: `No value for the ? gives the annotated size with everything else as it is. Correct the annotation or what
is written on the layer.`,
  example: {
    wrong: `INPUT 227x227x3
[50x50x96] CONV1: 96 11x11 filters at stride ?, pad 0`,
    right: `INPUT 227x227x3
[55x55x96] CONV1: 96 11x11 filters at stride ?, pad 0`,
  },
});

export const severalSolutions = defineDiagnostic<{
  layer: string;
  size: string;
  solutions: readonly string[];
  more: number;
}>({
  code: "CNN2027",
  severity: "error",
  title: "a ? with several solutions",
  message: ({ layer, size, solutions, more }) =>
    `several ways lead ${layer} to ${size}: ${solutions.join(" | ")}${more > 0 ? ` and ${more} more` : ""}`,
  explanation: `More than one value for the ? gives the annotated size. Write the one that is meant.`,
  example: {
    wrong: `INPUT 227x227x3
[55x55x96] CONV1: 96 11x11 filters at stride ?, pad ?`,
    right: `INPUT 227x227x3
[55x55x96] CONV1: 96 11x11 filters at stride ?, pad 0`,
  },
});

export const holeSolved = defineDiagnostic<{ layer: string; values: string; size: string }>({
  code: "CNN3202",
  severity: "info",
  title: "a ? solved by the annotation",
  message: ({ layer, values, size }) => `${layer} has ${values}, the only way to the annotated ${size}`,
  explanation: `The ? on a layer was solved from the size in square brackets beside it.`,
  example: {
    wrong: `INPUT 227x227x3
[55x55x96] CONV1: 96 11x11 filters at stride ?, pad 0`,
    right: `INPUT 227x227x3
[55x55x96] CONV1: 96 11x11 filters at stride 4, pad 0`,
  },
});

export const wrongAnnotation = defineDiagnostic<{ layer: string; found: string; annotated: string }>({
  code: "CNN2101",
  severity: "error",
  mayFollow: true,
  title: "an annotation that does not fit",
  message: ({ layer, found, annotated }) => `${layer} gives ${found}, the annotation says ${annotated}`,
  explanation: `A size in square brackets beside a layer is checked against the size that the layer gives. Correct the
annotation, or the stride, padding, window or count of the layer.`,
  example: {
    wrong: `[227x227x3] INPUT
[56x56x96] CONV1: 96 11x11 filters at stride 4, pad 0`,
    right: `[227x227x3] INPUT
[55x55x96] CONV1: 96 11x11 filters at stride 4, pad 0`,
  },
});

export const wrongDepth = defineDiagnostic<{ layer: string; window: string; depth: number; channels: number }>({
  code: "CNN2106",
  severity: "error",
  title: "filters of the wrong depth",
  message: ({ layer, window, depth, channels }) =>
    `the filters of ${layer} are ${window}, ${depth} deep, but ${channels} channels arrive`,
  explanation: `A window may be written with its depth, as slides do (5x5x3): it is the number of channels that arrive,
divided by the groups.`,
  example: {
    wrong: `INPUT 32x32x3
CONV: 6 5x5x1 filters`,
    right: `INPUT 32x32x3
CONV: 6 5x5x3 filters`,
  },
});

export const symbolicSize = defineDiagnostic<{ size: string; letters: readonly string[] }>({
  code: "CNN2107",
  severity: "error",
  title: "a size with letters",
  message: ({ size, letters }) =>
    `the size ${size} leaves ${listWords([...letters])} open: letters stand only for sides of an INPUT`,
  explanation: `A capital letter in the size of an INPUT (HxWx3) leaves that side open; the same letter in an annotation or in a
size further down means the same side. Everywhere else a size is made of numbers.`,
  example: {
    wrong: "INPUT 32x32x3 - CONV3-16 [HxWx16]",
    right: "INPUT HxWx3 - CONV3-16 [HxWx16]",
  },
});

export const paddingChosen = defineDiagnostic<{ layer: string; pad: string; size: string }>({
  code: "CNN3201",
  severity: "info",
  mayFollow: true,
  title: "a padding taken from the annotation",
  message: ({ layer, pad, size }) => `${layer} has ${pad}, the padding that gives the annotated ${size}`,
  explanation: `Where no padding is written and the default does not give the annotated size, the smallest padding that
does is taken.`,
  example: {
    wrong: `INPUT 32x32x3
[28x28x6] CONV: 6 5x5x3 filters`,
    right: `INPUT 32x32x3
[28x28x6] CONV: 6 5x5x3 filters, pad 0`,
  },
});

export const tooManyLayers = defineDiagnostic<{ limit: string }>({
  code: "CNN5001",
  severity: "error",
  title: "too many layers",
  message: ({ limit }) => `the net has more than ${limit} layers after its repeats are written out`,
  explanation: `Repeats multiply. The limit protects from programs that would fill the memory.`,
  example: {
    wrong: "INPUT 32x32x3 - [CONV3-16 - RELU]*60",
    right: "INPUT 32x32x3 - [CONV3-16 - RELU]*40",
    limits: { layers: 100 },
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

export const unknownMember = defineDiagnostic<{ name: string; known: readonly string[] }>({
  code: "CNN2032",
  severity: "error",
  title: "a size that does not exist",
  message: ({ name, known }) => `${name} means nothing here; ${thereIs(known)}`,
  explanation: `in.h, in.w and in.c are the height, width and channels of what arrives; a signal has in.l and in.c, a volume
also in.d, a vector in.c alone.`,
  example: {
    wrong: `INPUT 32x32x3
CONV3-(2*in.x)`,
    right: `INPUT 32x32x3
CONV3-(2*in.c)`,
  },
});

export const nothingArrives = defineDiagnostic<{ name: string }>({
  code: "CNN2033",
  severity: "error",
  title: "the size of what arrives, where nothing does",
  message: ({ name }) => `${name} is the size of what arrives, but nothing arrives here`,
  explanation: `in.h, in.w and in.c mean something behind an INPUT and inside of blocks. At the start of a net and in a file outside
of nets there is nothing that they could be the size of.`,
  example: {
    wrong: `let c = 2*in.c
INPUT 32x32x3
CONV3-c`,
    right: `INPUT 32x32x3
let c = 2*in.c
CONV3-c`,
  },
});

export const unknownUse = defineDiagnostic<{ label: string; known: readonly string[] }>({
  code: "CNN2034",
  severity: "error",
  title: "a label that does not exist",
  message: ({ label, known }) => `nothing is labelled ${label} here` + (known.length > 0 ? `; ${thereIs(known)}` : ""),
  explanation: `@e1 goes on from what the label e1 names (e1: CONV3-64). Labels of a net are not known inside of its blocks: a
block takes them as parameters, block Up(c, @skip), and is called with Up(64, @e1).`,
  example: {
    wrong: `INPUT 32x32x3
a: CONV3-16
POOL2 - UPSAMPLE2
CONCAT { @b | ID }`,
    right: `INPUT 32x32x3
a: CONV3-16
POOL2 - UPSAMPLE2
CONCAT { @a | ID }`,
  },
});

export const labelFurtherDown = defineDiagnostic<{ label: string }>({
  code: "CNN2035",
  severity: "error",
  title: "a label that stands further down",
  message: ({ label }) => `@${label} is used before it: a chain can only go on from what stands above`,
  explanation: `Networks run from top to bottom. A label can be taken up again behind the layer that it names, not before.`,
  example: {
    wrong: `INPUT 32x32x3
CONV3-16
ADD { @a | ID }
a: CONV3-16`,
    right: `INPUT 32x32x3
a: CONV3-16
CONV3-16
ADD { @a | ID }`,
  },
});

export const nameOfLayer = defineDiagnostic<{ name: string }>({
  code: "CNN2036",
  severity: "error",
  title: "a block with the name of a layer",
  message: ({ name }) => `${name} is a layer of the language: a block needs another name`,
  explanation: `Layers and blocks are used in the same place, so that a block cannot have the name of a layer.`,
  example: {
    wrong: `block POOL(c) { CONV3-c/2 }
INPUT 32x32x3 - POOL(16)`,
    right: `block Down(c) { CONV3-c/2 }
INPUT 32x32x3 - Down(16)`,
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

export const upperCaseName = defineDiagnostic<{ what: string; name: string; written: string }>({
  code: "CNN2038",
  severity: "error",
  title: "a variable or function with a capital",
  message: ({ what, written }) => `${what} are written in small letters: ${written}`,
  explanation: `Case tells what a word is: LAYERS in capitals, Blocks capitalised, variables and functions in small letters.`,
  example: {
    wrong: `fn Twice(x) = 2*x
INPUT 32x32x3 - CONV3-(Twice(8))`,
    right: `fn twice(x) = 2*x
INPUT 32x32x3 - CONV3-(twice(8))`,
  },
});

export const nameInTwoFiles = defineDiagnostic<{ name: string; first: string; second: string }>({
  code: "CNN2039",
  severity: "error",
  title: "a name that two files declare",
  message: ({ name, first, second }) => `${name} is declared in ${first} and in ${second}`,
  explanation: `use brings everything that a file declares. Where two files declare the same name, nothing says which is
meant: rename one of them. What use std brings gives way to a file's own declarations.`,
  example: {
    wrong: `use "./a.cnn"
use "./b.cnn"
INPUT 32x32x3 - Pair(16)`,
    right: `use "./a.cnn"
INPUT 32x32x3 - Pair(16)`,
    files: {
      "./a.cnn": "block Pair(c) { CONV3-c - RELU }",
      "./b.cnn": "block Pair(c) { CONV3-c - TANH }",
    },
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

export const callCycle = defineDiagnostic<{ name: string; cycle: readonly string[] }>({
  code: "CNN2044",
  severity: "error",
  title: "a block or function that calls itself",
  message: ({ name, cycle }) => `${name} calls itself: ${cycle.join(" -> ")}`,
  explanation: `Everything is written out when a program is compiled, so that a block or function cannot call itself, not even
through another. Repeat it instead: Unit(c)*n.`,
  example: {
    wrong: `block Pair(c) { CONV3-c - Pair(c) }
INPUT 32x32x3 - Pair(16)`,
    right: `block Pair(c) { CONV3-c - RELU }
INPUT 32x32x3 - Pair(16)*2`,
  },
});

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

export const netIsBlock = defineDiagnostic<{ name: string }>({
  code: "CNN2050",
  severity: "error",
  title: "a net made from a block",
  message: ({ name }) => `${name} is a block: a net is made from a net, or has a block in its braces`,
  explanation: `net A = B takes over the net B. A block has no INPUT: write net A { INPUT 32x32x3 - B(64) }.`,
  example: {
    wrong: `block Pair(c, s = 1) { CONV3-c/s - RELU }
net Small = Pair(16)`,
    right: `block Pair(c, s = 1) { CONV3-c/s - RELU }
net Small { INPUT 32x32x3 - Pair(16) }`,
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

export const reservedLetter = defineDiagnostic<{ letter: string }>({
  code: "CNN2052",
  severity: "error",
  title: "a letter that is taken",
  message: ({ letter }) => `${letter} is the number of images in every network: choose another letter`,
  explanation: `Sizes leave the batch out; in what is built it is called N. The sides of an input have other letters: HxWx3.`,
  example: {
    wrong: "INPUT NxWx3 - CONV3-16",
    right: "INPUT HxWx3 - CONV3-16",
  },
});

export const unknownFigure = defineDiagnostic<{ name: string; known: readonly string[] }>({
  code: "CNN2053",
  severity: "error",
  title: "a figure that does not exist",
  message: ({ name, known }) =>
    /^[A-Z]$/.test(name)
      ? `no INPUT has a side called ${name}`
      : `${name} is no figure of a network; ${thereIs(known)}`,
  explanation: `An assertion compares figures of the network, or the letters of its INPUT. params, weights, biases, buffers, macs,
flops, activations and layers are counts; peak.memory and params.memory are bytes.`,
  example: {
    wrong: `INPUT 32x32x3 - CONV3-16
assert parameters < 1M`,
    right: `INPUT 32x32x3 - CONV3-16
assert params < 1M`,
  },
});

export const settingTwice = defineDiagnostic<{ name: string }>({
  code: "CNN2054",
  severity: "error",
  title: "a setting that is given twice",
  message: ({ name }) => `train has its ${name} twice`,
  explanation: `Each setting of a train block stands there once.`,
  example: {
    wrong: `INPUT 28x28x1 - FLATTEN - FC-10 - SOFTMAX
train {
  batch 128
  batch 64
}`,
    right: `INPUT 28x28x1 - FLATTEN - FC-10 - SOFTMAX
train {
  batch 128
  epochs 10
}`,
  },
});

export const settingWithoutValue = defineDiagnostic<{ name: string; wanted: string }>({
  code: "CNN2055",
  severity: "error",
  title: "a setting without its value",
  message: ({ name, wanted }) => `${name} needs ${wanted} behind it`,
  explanation: `A setting is a word with what it is behind it: loss crossentropy, optimizer sgd lr 1e-2, batch 128.`,
  example: {
    wrong: `INPUT 28x28x1 - FLATTEN - FC-10 - SOFTMAX
train { optimizer sgd lr }`,
    right: `INPUT 28x28x1 - FLATTEN - FC-10 - SOFTMAX
train { optimizer sgd lr 0.1 }`,
  },
});

export const unknownSetting = defineDiagnostic<{ name: string; of: string; known: readonly string[] }>({
  code: "CNN2056",
  severity: "error",
  title: "a setting that does not exist",
  message: ({ name, of, known }) => `${of} has no ${name}` + (known.length > 0 ? `; ${thereIs(known)}` : ""),
  explanation: `A train block sets loss, optimizer, schedule, batch and epochs; docs/language.md lists what each can be.`,
  example: {
    wrong: `INPUT 28x28x1 - FLATTEN - FC-10 - SOFTMAX
train { optimizer sdg lr 0.1 }`,
    right: `INPUT 28x28x1 - FLATTEN - FC-10 - SOFTMAX
train { optimizer sgd lr 0.1 }`,
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

export const tooDeepBlocks = defineDiagnostic<{ limit: number }>({
  code: "CNN5009",
  severity: "error",
  title: "calls that are nested too deeply",
  message: ({ limit }) => `calls may be nested ${limit} deep, here they are nested deeper`,
  explanation: `The limit on blocks that call blocks and functions that call functions protects from calls without end.
--limit blockDepth=128 raises it.`,
  example: {
    wrong: `block Inner { CONV3-16 }
block Outer { Inner }
INPUT 32x32x3 - Outer`,
    right: `block Outer { CONV3-16 }
INPUT 32x32x3 - Outer`,
    limits: { blockDepth: 1 },
  },
});

export const tooDeepNesting = defineDiagnostic<{ limit: number }>({
  code: "CNN5016",
  severity: "error",
  title: "bodies that are nested too deeply",
  message: ({ limit }) =>
    `brackets, branches and blocks may be nested ${limit} deep in all, here they are nested deeper`,
  explanation: `The limit protects from programs that would use up the memory. Published networks nest ten deep.
--limit nesting=800 raises it.`,
  example: {
    wrong: `block Inner { [[RELU]] }
block Outer { [[Inner]] }
INPUT 8x8x3 - Outer`,
    right: `block Outer { RELU }
INPUT 8x8x3 - Outer`,
    limits: { nesting: 4 },
  },
});

export const tooManyRepeats = defineDiagnostic<{ limit: string }>({
  code: "CNN5010",
  severity: "error",
  title: "too many repeats",
  message: ({ limit }) => `a part may be repeated ${limit} times, not more`,
  explanation: `The limit protects from programs that would use up time and memory. --limit repeats=2000000 raises it.`,
  example: {
    wrong: "INPUT 32x32x3 - [CONV3-16 - RELU]*11",
    right: "INPUT 32x32x3 - [CONV3-16 - RELU]*10",
    limits: { repeats: 10 },
  },
});

export const tooMuchWork = defineDiagnostic<{ limit: string | number }>({
  code: "CNN5011",
  severity: "error",
  title: "a program that calls too much",
  message: ({ limit }) => `the program calls blocks and functions more than ${limit} times`,
  explanation: `Calls within calls multiply. The limit protects from programs that would never end. --limit calls=20000000
raises it.`,
  example: {
    wrong: `block Unit { CONV3-16 }
INPUT 32x32x3 - Unit*4`,
    right: `block Unit { CONV3-16 }
INPUT 32x32x3 - Unit*3`,
    limits: { calls: 3 },
  },
});

export const fileNotFound = defineDiagnostic<{ target: string; problem: string }>({
  code: "CNN5012",
  severity: "error",
  title: "a file that cannot be used",
  message: ({ target, problem }) => `${target}: ${problem}`,
  explanation: `use "./blocks.cnn" names a file beside the one that it stands in, or below or above it within the project.`,
  example: {
    wrong: `use "./unit.cnn"
INPUT 32x32x3 - Pair(16)`,
    right: `use "./units.cnn"
INPUT 32x32x3 - Pair(16)`,
    files: {
      "./units.cnn": "block Pair(c) { CONV3-c - RELU }",
    },
  },
});

export const importCycle = defineDiagnostic<{ cycle: readonly string[] }>({
  code: "CNN5013",
  severity: "error",
  title: "files that use each other",
  message: ({ cycle }) => `these files use each other: ${cycle.join(" -> ")}`,
  explanation: `A file cannot use a file that uses it. Move what both need into a third one.`,
  example: {
    wrong: `use "./a.cnn"
INPUT 32x32x3 - Pair(16)`,
    right: `use "./c.cnn"
INPUT 32x32x3 - Unit(16)`,
    files: {
      "./a.cnn": `use "./b.cnn"
block Pair(c) { Unit(c) - RELU }`,
      "./b.cnn": `use "./a.cnn"
block Unit(c) { CONV3-c }`,
      "./c.cnn": "block Unit(c) { CONV3-c }",
    },
  },
});

export const tooManyFiles = defineDiagnostic<{ limit: number }>({
  code: "CNN5014",
  severity: "error",
  title: "files that use files, too deeply",
  message: ({ limit }) => `files may use files ${limit} deep, here they go deeper`,
  explanation: `The limit protects from programs that would never end. --limit importDepth=32 raises it.`,
  example: {
    wrong: `use "./a.cnn"
INPUT 32x32x3 - Pair(16)`,
    right: `use "./b.cnn"
INPUT 32x32x3 - Unit(16)`,
    files: {
      "./a.cnn": `use "./b.cnn"
block Pair(c) { Unit(c) - RELU }`,
      "./b.cnn": "block Unit(c) { CONV3-c }",
    },
    limits: { importDepth: 1 },
  },
});

export const unknownModule = defineDiagnostic<{ name: string; known: readonly string[] }>({
  code: "CNN5015",
  severity: "error",
  title: "a shipped module that does not exist",
  message: ({ name, known }) => `nothing called ${name} is shipped` + (known.length > 0 ? `; ${thereIs(known)}` : ""),
  explanation: `use std brings the shipped blocks. A file of your own is named in quotes: use "./blocks.cnn".`,
  example: {
    wrong: `use stdd
INPUT 32x32x3 - CONV3-(divisible(17))`,
    right: `use std
INPUT 32x32x3 - CONV3-(divisible(17))`,
  },
});

export const changeOfDropped = defineDiagnostic<{ label: string }>({
  code: "CNN2063",
  severity: "error",
  title: "a change to a layer that is dropped or replaced",
  message: ({ label }) => `${label} is dropped or replaced: nothing is left of it to change`,
  explanation: `A layer that drop takes out, or that replace puts a chain in place of, has no attributes left. Write them in the
chain that replaces it.`,
  example: {
    wrong: `net Base { INPUT 32x32x3 - CONV3-16 - x: CONV3-8 }
net Small = Base but {
  drop x
  x: 4 filters
}`,
    right: `net Base { INPUT 32x32x3 - CONV3-16 - x: CONV3-8 }
net Small = Base but { x: 4 filters }`,
  },
});

export const severalInputsInChain = defineDiagnostic<{ net: string }>({
  code: "CNN2064",
  severity: "error",
  title: "a net with several inputs in a chain",
  message: ({ net }) => `${net} has several inputs: only a net with one can stand in a chain`,
  explanation: `A net in a chain takes what arrives in place of its INPUT. With two there is no saying which is meant: make a block of
it that takes labels, block Pair(@x, @y) { ADD { @x | @y } }.`,
  example: {
    wrong: `net Pair {
  x: INPUT 32x32x3
  y: INPUT 32x32x3
  ADD { @x | @y }
}
net Whole { INPUT 32x32x3 - Pair }`,
    right: `block Pair(@x, @y) { ADD { @x | @y } }
net Whole {
  a: INPUT 32x32x3
  b: CONV3-3
  Pair(@a, @b)
}`,
  },
});

export const changedNetInChain = defineDiagnostic<{ net: string; base: string }>({
  code: "CNN2065",
  severity: "error",
  title: "a changed net in a chain",
  message: ({ net, base }) => `${net} is ${base} with changes, which cannot stand in a chain`,
  explanation: `A net with a body of its own can be used in a chain, and one that is another under a new name. One that is made
with but is a network by itself.`,
  example: {
    wrong: `net Base { INPUT 32x32x3 - x: CONV3-8 }
net Wide = Base but { x: 16 filters }
net Whole { INPUT 64x64x3 - Wide - RELU }`,
    right: `net Base(c = 8) { INPUT 32x32x3 - CONV3-c }
net Whole { INPUT 64x64x3 - Base(16) - RELU }`,
  },
});
