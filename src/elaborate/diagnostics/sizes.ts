/** What the elaborator reports about sizes: of inputs, annotations, windows and open values. */
import { defineDiagnostic } from "../../base/diagnostics.js";
import { listWords } from "../../base/suggest.js";

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
