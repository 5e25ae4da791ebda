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
  explanation: `Variables are the parameters of the net or block around them (net VGG16(classes = 1000) { ... FC-classes }) and
what let lines name: let c = in.c.`,
});

export const unknownFunction = defineDiagnostic<{ name: string; known: readonly string[] }>({
  code: "CNN2008",
  severity: "error",
  title: "a function that is not defined",
  message: ({ name, known }) => `no function is called ${name}; there are ${listWords([...known])}`,
  explanation: `Expressions know the functions min, max, floor, ceil, round, abs, log2 and sqrt, those that fn lines define
(fn divisible(v, d) = ...) and those of the files that are used.`,
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

export const duplicateName = defineDiagnostic<{ name: string; kinds: string }>({
  code: "CNN2013",
  severity: "error",
  title: "two declarations of one name",
  message: ({ name, kinds }) => `two ${kinds} are called ${name}`,
  explanation: `Each net, block, function and variable of a file has its own name. A chain outside of any net is a net named
after its file.`,
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

export const wrongArguments = defineDiagnostic<{ callee: string; wanted: string; found: number }>({
  code: "CNN2016",
  severity: "error",
  title: "too many arguments",
  message: ({ callee, wanted, found }) => `${callee} takes ${wanted}, not ${found}`,
  explanation: `Arguments fill the parameters of a net, block or function in their order; there are no further ones.`,
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
a second INPUT. A net with several inputs labels them (left: INPUT 32x32x3) and takes them up again with @left.`,
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
  explanation: `Each parameter of a net, block or function has its own name.`,
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
  message: ({ size, letters }) =>
    `the size ${size} leaves ${listWords([...letters])} open: letters stand only for sides of an INPUT`,
  explanation: `A capital letter in the size of an INPUT (HxWx3) leaves that side open; the same letter in an annotation or in a
size further down means the same side. Everywhere else a size is made of numbers.`,
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

export const unknownUnit = defineDiagnostic<{ name: string; known: readonly string[] }>({
  code: "CNN2030",
  severity: "error",
  title: "a block or net that does not exist",
  message: ({ name, known }) =>
    `no block or net is called ${name}` + (known.length > 0 ? `; there is ${listWords([...known])}` : ""),
  explanation: `A capitalised word stands for a block or a net of the file, of a file that it uses (use "./blocks.cnn",
use std), or for a parameter that stands for one. Layers are written in capitals only.`,
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
});

export const unknownMember = defineDiagnostic<{ name: string; known: readonly string[] }>({
  code: "CNN2032",
  severity: "error",
  title: "a size that does not exist",
  message: ({ name, known }) => `${name} means nothing here; there is ${listWords([...known])}`,
  explanation: `in.h, in.w and in.c are the height, width and channels of what arrives; a signal has in.l and in.c, a volume
also in.d, a vector in.c alone.`,
});

export const nothingArrives = defineDiagnostic<{ name: string }>({
  code: "CNN2033",
  severity: "error",
  title: "the size of what arrives, where nothing does",
  message: ({ name }) => `${name} is the size of what arrives, but nothing arrives here`,
  explanation: `in.h, in.w and in.c mean something behind an INPUT and inside of blocks. At the start of a net, in a file and
in a function there is nothing that they could be the size of: give a function the size as a number.`,
});

export const unknownUse = defineDiagnostic<{ label: string; known: readonly string[] }>({
  code: "CNN2034",
  severity: "error",
  title: "a label that does not exist",
  message: ({ label, known }) =>
    `nothing is labelled ${label} here` + (known.length > 0 ? `; there is ${listWords([...known])}` : ""),
  explanation: `@e1 goes on from what the label e1 names (e1: CONV3-64). Labels of a net are not known inside of its blocks: a
block takes them as parameters, block Up(c, @skip), and is called with Up(64, @e1).`,
});

export const labelFurtherDown = defineDiagnostic<{ label: string }>({
  code: "CNN2035",
  severity: "error",
  title: "a label that stands further down",
  message: ({ label }) => `@${label} is used before it: a chain can only go on from what stands above`,
  explanation: `Networks run from top to bottom. A label can be taken up again behind the layer that it names, not before.`,
});

export const nameOfLayer = defineDiagnostic<{ name: string }>({
  code: "CNN2036",
  severity: "error",
  title: "a block with the name of a layer",
  message: ({ name }) => `${name} is a layer of the language: a block needs another name`,
  explanation: `Layers and blocks are used in the same place, so that a block cannot have the name of a layer.`,
});

export const lowerCaseUnit = defineDiagnostic<{ name: string; written: string }>({
  code: "CNN2037",
  severity: "error",
  title: "a block with a small first letter",
  message: ({ written }) => `blocks are written with a capital: ${written}`,
  explanation: `Case tells what a word is: LAYERS in capitals, Blocks capitalised, variables in small letters.`,
});

export const upperCaseName = defineDiagnostic<{ what: string; name: string; written: string }>({
  code: "CNN2038",
  severity: "error",
  title: "a function with a capital",
  message: ({ what, written }) => `${what} are written in small letters: ${written}`,
  explanation: `Case tells what a word is: LAYERS in capitals, Blocks capitalised, variables and functions in small letters.`,
});

export const nameInTwoFiles = defineDiagnostic<{ name: string; first: string; second: string }>({
  code: "CNN2039",
  severity: "error",
  title: "a name that two files declare",
  message: ({ name, first, second }) => `${name} is declared in ${first} and in ${second}`,
  explanation: `use brings everything that a file declares. Where two files declare the same name, nothing says which is
meant: rename one of them. What use std brings gives way to a file's own declarations.`,
});

export const argumentTwice = defineDiagnostic<{ callee: string; parameter: string }>({
  code: "CNN2040",
  severity: "error",
  title: "an argument that is given twice",
  message: ({ callee, parameter }) => `${callee} gets its ${parameter} twice`,
  explanation: `Arguments without a name fill the parameters in their order; a name may then only be that of a further one.`,
});

export const unknownParameter = defineDiagnostic<{ callee: string; parameter: string; known: readonly string[] }>({
  code: "CNN2041",
  severity: "error",
  title: "an argument for a parameter that does not exist",
  message: ({ callee, parameter, known }) =>
    `${callee} has no parameter ${parameter}` + (known.length > 0 ? `; it has ${listWords([...known])}` : ""),
  explanation: `An argument with a name (groups = 32) fills the parameter of that name.`,
});

export const wrongArgumentKind = defineDiagnostic<{
  callee: string;
  parameter: string;
  wanted: string;
  found: string;
}>({
  code: "CNN2042",
  severity: "error",
  title: "an argument of the wrong kind",
  message: ({ callee, parameter, wanted, found }) => `the ${parameter} of ${callee} is ${wanted}, not ${found}`,
  explanation: `How a parameter is written says what it takes: c a number, Unit a block, net or layer, @skip a label.`,
});

export const argumentsOutside = defineDiagnostic<{ name: string; written: string }>({
  code: "CNN2043",
  severity: "error",
  title: "an argument without parentheses",
  message: ({ written }) => `arguments stand in parentheses that touch the name: ${written}`,
  explanation: `Layers take counts and attributes behind their name, blocks and nets take arguments in parentheses:
Bottleneck(64, s = 2).`,
});

export const callCycle = defineDiagnostic<{ name: string; cycle: readonly string[] }>({
  code: "CNN2044",
  severity: "error",
  title: "a block or function that calls itself",
  message: ({ name, cycle }) => `${name} calls itself: ${cycle.join(" -> ")}`,
  explanation: `Everything is written out when a program is compiled, so that a block or function cannot call itself, not even
through another. Repeat it instead: Unit(c)*n.`,
});

export const branchesMissing = defineDiagnostic<{ layer: string }>({
  code: "CNN2045",
  severity: "error",
  title: "a merging layer without branches",
  message: ({ layer }) => `${layer} needs its branches: ${layer} { a | b }`,
  explanation: `ADD, MUL, MAX, MEAN and CONCAT join chains that run side by side. Each is fed with what arrives, or starts from a
label: ADD { CONV3-64 - BN | ID }, CONCAT { @skip | ID }.`,
});

export const branchesNotTaken = defineDiagnostic<{ layer: string }>({
  code: "CNN2046",
  severity: "error",
  title: "branches of a layer that does not merge",
  message: ({ layer }) => `${layer} has no branches: only ADD, MUL, MAX, MEAN and CONCAT take { ... }`,
  explanation: `Braces hold the branches of a merging layer, the body of a net or block, or what follows a condition. Groups
stand in [ ].`,
});

export const emptyBranch = defineDiagnostic<{ layer: string }>({
  code: "CNN2047",
  severity: "error",
  title: "a branch with nothing in it",
  message: ({ layer }) => `a branch of ${layer} is empty: ID is the input itself`,
  explanation: `Between two bars stands a chain. The input itself is written ID: ADD { CONV3-64 | ID }.`,
});

export const oneBranch = defineDiagnostic<{ layer: string }>({
  code: "CNN2048",
  severity: "error",
  title: "a merging layer with one branch",
  message: ({ layer }) => `${layer} has one branch: there is nothing to join it with`,
  explanation: `A merging layer joins two chains or more, with a bar between them: ADD { CONV3-64 - BN | ID }.`,
});

export const missingArgument = defineDiagnostic<{ callee: string; missing: readonly string[] }>({
  code: "CNN2049",
  severity: "error",
  title: "an argument that is missing",
  message: ({ callee, missing }) => `${callee} needs its ${listWords([...missing])}`,
  explanation: `A parameter without a default needs a value wherever its net, block or function is used: net Small = Family(10),
or by name Family(depth = 10).`,
});

export const netIsBlock = defineDiagnostic<{ name: string }>({
  code: "CNN2050",
  severity: "error",
  title: "a net made from a block",
  message: ({ name }) => `${name} is a block: a net is made from a net, or has a block in its braces`,
  explanation: `net A = B takes over the net B. A block has no INPUT: write net A { INPUT 32x32x3 - B(64) }.`,
});

export const channelsOfBlock = defineDiagnostic<{ channels: number; arrives: string }>({
  code: "CNN2051",
  severity: "error",
  title: "a net in a chain that gets other channels than its input has",
  message: ({ channels, arrives }) => `this net takes ${channels} channels, but ${arrives} arrives`,
  explanation: `A net that is used in a chain takes what arrives in place of its INPUT: another height and width, but as many
channels.`,
});

export const reservedLetter = defineDiagnostic<{ letter: string }>({
  code: "CNN2052",
  severity: "error",
  title: "a letter that is taken",
  message: ({ letter }) => `${letter} is the number of images in every network: choose another letter`,
  explanation: `Sizes leave the batch out; in what is built it is called N. The sides of an input have other letters: HxWx3.`,
});

export const unknownFigure = defineDiagnostic<{ name: string; known: readonly string[] }>({
  code: "CNN2053",
  severity: "error",
  title: "a figure that does not exist",
  message: ({ name, known }) => `${name} is no figure of a network; there is ${listWords([...known])}`,
  explanation: `An assertion compares figures of the network: params, weights, biases, buffers, macs, flops, activations and
layers are counts; peak.memory and params.memory are bytes.`,
});

export const settingTwice = defineDiagnostic<{ name: string }>({
  code: "CNN2054",
  severity: "error",
  title: "a setting that is given twice",
  message: ({ name }) => `train has its ${name} twice`,
  explanation: `Each setting of a train block stands there once.`,
});

export const settingWithoutValue = defineDiagnostic<{ name: string; wanted: string }>({
  code: "CNN2055",
  severity: "error",
  title: "a setting without its value",
  message: ({ name, wanted }) => `${name} needs ${wanted} behind it`,
  explanation: `A setting is a word with what it is behind it: loss crossentropy, optimizer sgd lr 1e-2, batch 128.`,
});

export const unknownSetting = defineDiagnostic<{ name: string; of: string; known: readonly string[] }>({
  code: "CNN2056",
  severity: "error",
  title: "a setting that does not exist",
  message: ({ name, of, known }) =>
    `${of} has no ${name}` + (known.length > 0 ? `; there is ${listWords([...known])}` : ""),
  explanation: `A train block sets loss, optimizer, schedule, batch and epochs; docs/language.md lists what each can be.`,
});

export const partlyEqual = defineDiagnostic<{ net: string; condition: string }>({
  code: "CNN3003",
  severity: "warning",
  title: "a network that does not take every size",
  message: ({ net, condition }) => `${net} takes only sizes where ${condition}`,
  explanation: `Branches that meet have to be of one size. Where a map is halved and doubled again, that is so only when nothing
was rounded on the way. An assert line (assert H % 8 == 0) says that this is known, and simplifies the sizes.`,
});

export const tooDeepBlocks = defineDiagnostic<{ limit: number }>({
  code: "CNN5009",
  severity: "error",
  title: "calls that are nested too deeply",
  message: ({ limit }) => `calls may be nested ${limit} deep, here they are nested deeper`,
  explanation: `The limit on blocks that call blocks and functions that call functions protects from calls without end.
--limit blockDepth=128 raises it.`,
});

export const tooDeepNesting = defineDiagnostic<{ limit: number }>({
  code: "CNN5016",
  severity: "error",
  title: "bodies that are nested too deeply",
  message: ({ limit }) =>
    `brackets, branches and blocks may be nested ${limit} deep in all, here they are nested deeper`,
  explanation: `The limit protects from programs that would use up the memory. Published networks nest ten deep.`,
});

export const tooManyRepeats = defineDiagnostic<{ limit: string }>({
  code: "CNN5010",
  severity: "error",
  title: "too many repeats",
  message: ({ limit }) => `a part may be repeated ${limit} times, not more`,
  explanation: `The limit protects from programs that would use up time and memory. --limit repeats=2000000 raises it.`,
});

export const tooMuchWork = defineDiagnostic<{ limit: string | number }>({
  code: "CNN5011",
  severity: "error",
  title: "a program that calls too much",
  message: ({ limit }) => `the program calls blocks and functions more than ${limit} times`,
  explanation: `Calls within calls multiply. The limit protects from programs that would never end. --limit calls=20000000
raises it.`,
});

export const fileNotFound = defineDiagnostic<{ target: string; problem: string }>({
  code: "CNN5012",
  severity: "error",
  title: "a file that cannot be used",
  message: ({ target, problem }) => `${target}: ${problem}`,
  explanation: `use "./blocks.cnn" names a file beside the one that it stands in, or below or above it within the project.`,
});

export const importCycle = defineDiagnostic<{ cycle: readonly string[] }>({
  code: "CNN5013",
  severity: "error",
  title: "files that use each other",
  message: ({ cycle }) => `these files use each other: ${cycle.join(" -> ")}`,
  explanation: `A file cannot use a file that uses it. Move what both need into a third one.`,
});

export const tooManyFiles = defineDiagnostic<{ limit: number }>({
  code: "CNN5014",
  severity: "error",
  title: "files that use files, too deeply",
  message: ({ limit }) => `files may use files ${limit} deep, here they go deeper`,
  explanation: `The limit protects from programs that would never end. --limit importDepth=32 raises it.`,
});

export const unknownModule = defineDiagnostic<{ name: string; known: readonly string[] }>({
  code: "CNN5015",
  severity: "error",
  title: "a shipped module that does not exist",
  message: ({ name, known }) =>
    `nothing called ${name} is shipped` + (known.length > 0 ? `; there is ${listWords([...known])}` : ""),
  explanation: `use std brings the shipped blocks. A file of your own is named in quotes: use "./blocks.cnn".`,
});
