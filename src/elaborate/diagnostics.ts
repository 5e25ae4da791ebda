/** What the elaborator reports about names, values and sizes. */
import { defineDiagnostic } from "../base/diagnostics.js";
import { listWords } from "../base/suggest.js";

export const unknownLayer = defineDiagnostic<{ name: string; suggestion?: string }>({
  code: "CNN1004",
  severity: "error",
  title: "a layer that does not exist",
  message: ({ name }) => `no layer is called ${name}`,
  explanation: `Layers are words in capitals, such as CONV, POOL, FC, RELU; digits stuck to them are their window
(CONV3). docs/reference.md lists them all.`,
});

export const notCapitals = defineDiagnostic<{ name: string; written: string }>({
  code: "CNN1011",
  severity: "error",
  title: "a layer in lower-case letters",
  message: ({ written }) => `layers are written in capitals: ${written}`,
  explanation: `Case tells layers from variables: CONV3-c has c filters, CONV-POOL is two layers. So conv3-64 has to be
written CONV3-64.`,
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
});

export const attributeWithoutValue = defineDiagnostic<{ attribute: string; wanted: string }>({
  code: "CNN2003",
  severity: "error",
  title: "an attribute without its value",
  message: ({ attribute, wanted }) => `${attribute} needs ${wanted} behind it`,
  explanation: `An attribute's value is one number, one variable, or an expression in parentheses: stride 2, pad (k // 2).`,
});

export const givenTwice = defineDiagnostic<{ layer: string; what: string }>({
  code: "CNN2004",
  severity: "error",
  title: "an attribute that is given twice",
  message: ({ layer, what }) => `${layer} has ${what} twice`,
  explanation: `Each attribute may be written once. CONV3 5x5 gives the window twice, CONV3-64/2 stride 1 the stride.`,
});

export const notTaken = defineDiagnostic<{ layer: string; what: string }>({
  code: "CNN2005",
  severity: "error",
  title: "a number or size that the layer has no use for",
  message: ({ layer, what }) => `${layer} takes no ${what}`,
  explanation: `A bare number is the count of a layer (filters, neurons, a dropout rate), a bare size its window. This
layer has nothing that it could mean.`,
});

export const spacedCount = defineDiagnostic<{ layer: string; count: string }>({
  code: "CNN2023",
  severity: "error",
  title: "a count that does not touch its layer",
  message: ({ layer, count }) => `the dash before a count has no blanks around it: ${layer}-${count}`,
  explanation: `A dash that touches a layer and a number binds the number to the layer (CONV3-64 has 64 filters); every
other dash means 'then'.`,
});

export const equalsSign = defineDiagnostic<Record<string, never>>({
  code: "CNN2024",
  severity: "error",
  title: "an equals sign in a layer",
  message: () => "attributes are written without an equals sign: stride 2",
  explanation: `A value follows its attribute after a blank: stride 2 pad 1.`,
});

export const wrongValue = defineDiagnostic<{ what: string; wanted: string; found: string }>({
  code: "CNN2006",
  severity: "error",
  title: "a value of the wrong kind",
  message: ({ what, wanted, found }) => `${what} has to be ${wanted}, not ${found}`,
  explanation: `Counts, windows and strides are whole numbers from 1; paddings whole numbers from 0; rates decimal
numbers. A division (/) must come out whole where a whole number is needed; // rounds down.`,
});

export const unknownVariable = defineDiagnostic<{ name: string; known: readonly string[] }>({
  code: "CNN2007",
  severity: "error",
  title: "a variable that is not defined",
  message: ({ name, known }) =>
    `no variable is called ${name} here` + (known.length > 0 ? `; there is ${listWords([...known])}` : ""),
  explanation: `Variables are the parameters of the net around them: net VGG16(classes = 1000) { ... FC-classes }.`,
});

export const unknownFunction = defineDiagnostic<{ name: string }>({
  code: "CNN2008",
  severity: "error",
  title: "a function that is not defined",
  message: ({ name }) => `no function is called ${name}; there are min, max, floor, ceil, round, abs and log2`,
  explanation: `Expressions know the functions min, max, floor, ceil, round, abs and log2.`,
});

export const wrongArity = defineDiagnostic<{ name: string; wanted: string; found: number }>({
  code: "CNN2028",
  severity: "error",
  title: "a function with too many or too few numbers",
  message: ({ name, wanted, found }) => `${name} takes ${wanted}, not ${found}`,
  explanation: `min and max take one number or more, floor, ceil, round, abs and log2 exactly one.`,
});

export const reservedLabel = defineDiagnostic<{ label: string }>({
  code: "CNN2029",
  severity: "error",
  title: "a label that runtimes cannot hold",
  message: ({ label }) => `a layer cannot be called ${label}`,
  explanation: `The label becomes a name in everything that is built, where this word has a meaning of its own.`,
});

export const tooManyBases = defineDiagnostic<{ limit: number }>({
  code: "CNN5007",
  severity: "error",
  title: "a net made from a net made from a net ...",
  message: ({ limit }) => `this net is made from another through more than ${limit} steps`,
  explanation: `The limit protects from programs that would use up the memory.`,
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
});

export const repeatNotWhole = defineDiagnostic<{ found: string }>({
  code: "CNN2010",
  severity: "error",
  title: "a repeat that is not a number",
  message: ({ found }) => `* repeats what stands before it a whole number of times, not ${found} times`,
  explanation: `[CONV3-64 - RELU]*2 stands for CONV3-64 - RELU - CONV3-64 - RELU. Behind the star stands a whole number,
a variable or an expression in parentheses; *0 leaves the part out.`,
});

export const duplicateLabel = defineDiagnostic<{ label: string }>({
  code: "CNN2011",
  severity: "error",
  title: "a label that is used twice",
  message: ({ label }) => `two layers are labelled ${label}`,
  explanation: `A label names one layer, in messages, in reports and in everything that is built. Give each layer its own.`,
});

export const unknownNet = defineDiagnostic<{ name: string; known: readonly string[] }>({
  code: "CNN2012",
  severity: "error",
  title: "a net that does not exist",
  message: ({ name, known }) =>
    `no net is called ${name}` + (known.length > 0 ? `; there is ${listWords([...known])}` : ""),
  explanation: `net X = Y but { ... } starts from a net of the same file.`,
});

export const duplicateNet = defineDiagnostic<{ name: string }>({
  code: "CNN2013",
  severity: "error",
  title: "two nets of one name",
  message: ({ name }) => `two nets are called ${name}`,
  explanation: `Each net of a file has its own name. A chain outside of any net is a net named after its file.`,
});

export const netCycle = defineDiagnostic<{ cycle: readonly string[] }>({
  code: "CNN2014",
  severity: "error",
  title: "a net that is made from itself",
  message: ({ cycle }) => `this net is made from itself: ${cycle.join(" = ")}`,
  explanation: `net A = B but { ... } needs a B that does not lead back to A.`,
});

export const unknownLabel = defineDiagnostic<{ label: string; net: string; known: readonly string[] }>({
  code: "CNN2015",
  severity: "error",
  title: "a change to a layer that does not exist",
  message: ({ label, net, known }) =>
    `${net} has no layer called ${label}` + (known.length > 0 ? `; its layers are ${listWords([...known])}` : ""),
  explanation: `Inside of but { ... } each line starts with the label of a layer, or the name that reports give it.`,
});

export const wrongArguments = defineDiagnostic<{ net: string; wanted: string; found: number }>({
  code: "CNN2016",
  severity: "error",
  title: "a net with too many or too few arguments",
  message: ({ net, wanted, found }) => `${net} takes ${wanted}, not ${found}`,
  explanation: `A parameter without a default needs a value wherever the net is used: net Small = Family(10).`,
});

export const missingInput = defineDiagnostic<{ net: string }>({
  code: "CNN2017",
  severity: "error",
  mayFollow: true,
  title: "a net without an input",
  message: ({ net }) => `${net} has no INPUT: the size of its images is missing`,
  explanation: `A net starts with its input, height x width x channels: INPUT 224x224x3, or on a slide [224x224x3] INPUT.`,
});

export const secondInput = defineDiagnostic<{ net: string; first: string }>({
  code: "CNN2018",
  severity: "error",
  title: "an input in the middle of a chain",
  message: ({ net, first }) => `${net} ${first}: a chain has one INPUT, at its start`,
  explanation: `In a chain each layer takes what the one before it gives, so that nothing would reach what stands before
a second INPUT.`,
});

export const sizeWithStars = defineDiagnostic<{ size: string }>({
  code: "CNN2021",
  severity: "error",
  title: "a size that is written as a product",
  message: ({ size }) => `a size is written with x between its numbers: INPUT ${size}`,
  explanation: `A star repeats what stands before it. Sizes are written height x width x channels, without blanks:
INPUT 224x224x3.`,
});

export const duplicateParameter = defineDiagnostic<{ name: string; net: string }>({
  code: "CNN2022",
  severity: "error",
  title: "two parameters of one name",
  message: ({ name, net }) => `${net} has two parameters called ${name}`,
  explanation: `Each parameter of a net has its own name.`,
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
});

export const openHole = defineDiagnostic<{ layer: string; holes: readonly string[] }>({
  code: "CNN2025",
  severity: "error",
  title: "a ? that nothing fills",
  message: ({ layer, holes }) =>
    `${layer} leaves its ${listWords([...holes])} open with ?: an annotation such as [55x55x96] has to say what comes out`,
  explanation: `A ? stands for a count, window, stride, padding or dilation that follows from the size in square brackets
beside the layer. Without one there is nothing to solve it by.`,
});

export const noSolution = defineDiagnostic<{ layer: string; holes: readonly string[]; size: string }>({
  code: "CNN2026",
  severity: "error",
  title: "a ? without a solution",
  message: ({ layer, holes, size }) => `no ${listWords([...holes], "and")} of ${layer} gives the annotated ${size}`,
  explanation: `No value for the ? gives the annotated size with everything else as it is. Correct the annotation or what
is written on the layer.`,
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
});

export const holeSolved = defineDiagnostic<{ layer: string; values: string; size: string }>({
  code: "CNN3202",
  severity: "info",
  title: "a ? solved by the annotation",
  message: ({ layer, values, size }) => `${layer} has ${values}, the only way to the annotated ${size}`,
  explanation: `The ? on a layer was solved from the size in square brackets beside it.`,
});

export const wrongAnnotation = defineDiagnostic<{ layer: string; found: string; annotated: string }>({
  code: "CNN2101",
  severity: "error",
  mayFollow: true,
  title: "an annotation that does not fit",
  message: ({ layer, found, annotated }) => `${layer} gives ${found}, the annotation says ${annotated}`,
  explanation: `A size in square brackets beside a layer is checked against the size that the layer gives. Correct the
annotation, or the stride, padding, window or count of the layer.`,
});

export const wrongDepth = defineDiagnostic<{ layer: string; window: string; depth: number; channels: number }>({
  code: "CNN2106",
  severity: "error",
  title: "filters of the wrong depth",
  message: ({ layer, window, depth, channels }) =>
    `the filters of ${layer} are ${window}, ${depth} deep, but ${channels} channels arrive`,
  explanation: `A window may be written with its depth, as slides do (5x5x3): it is the number of channels that arrive,
divided by the groups.`,
});

export const symbolicSize = defineDiagnostic<{ size: string; letters: readonly string[] }>({
  code: "CNN2107",
  severity: "error",
  title: "a size with letters",
  message: ({ size, letters }) => `the size ${size} leaves ${listWords([...letters])} open: this version needs numbers`,
  explanation: `Sizes are compiled as numbers in this version of cnnc: 224x224x3.`,
});

export const paddingChosen = defineDiagnostic<{ layer: string; pad: string; size: string }>({
  code: "CNN3201",
  severity: "info",
  mayFollow: true,
  title: "a padding taken from the annotation",
  message: ({ layer, pad, size }) => `${layer} has ${pad}, the padding that gives the annotated ${size}`,
  explanation: `Where no padding is written and the default does not give the annotated size, the smallest padding that
does is taken.`,
});

export const tooManyLayers = defineDiagnostic<{ limit: string }>({
  code: "CNN5001",
  severity: "error",
  title: "too many layers",
  message: ({ limit }) => `the net has more than ${limit} layers after its repeats are written out`,
  explanation: `Repeats multiply. The limit protects from programs that would fill the memory.`,
});
