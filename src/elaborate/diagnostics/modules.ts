/** What the elaborator reports about further files, and what `but` changes in a net. */
import { defineDiagnostic } from "../../base/diagnostics.js";
import { thereIs } from "../../base/suggest.js";

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
