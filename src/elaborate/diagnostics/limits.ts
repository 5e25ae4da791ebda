/** What the elaborator reports about what would cost too much, or never ends. */
import { defineDiagnostic } from "../../base/diagnostics.js";

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
