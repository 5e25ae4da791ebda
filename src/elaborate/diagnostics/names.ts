/** What the elaborator reports about names: of variables, nets, labels and members. */
import { defineDiagnostic } from "../../base/diagnostics.js";
import { listWords, thereIs } from "../../base/suggest.js";

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
