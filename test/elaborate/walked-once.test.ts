/** What is walked or decided once gives what walking it each time gives: layers, messages and links, all of them. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { diagnosticToJson } from "../../src/base/diagnostics.js";
import { compile } from "../../src/compile.js";
import type { Observation } from "../../src/elaborate/net-request.js";
import type { Network } from "../../src/ir/network.js";
import { randomFrom } from "../random.js";
import { edited, randomEdit } from "../service/edits.js";

const zoo = join(import.meta.dirname, "../../examples/zoo");
const programs = readdirSync(zoo).map((file) => ({ file, text: readFileSync(join(zoo, file), "utf8") }));

/** All of a network that is data; places as offsets. */
const described = ({ nodes, span, ...rest }: Network) => ({
  ...rest,
  nodes: nodes.map(({ trail, argSpans, claims, ...node }) => ({
    ...node,
    span: [node.span.start, node.span.end],
    trail: trail.map(({ text, span: at, call }) => [text, at.start, at.end, call?.block, call?.name]),
    argSpans: Object.entries(argSpans).map(([name, at]) => [name, at.start, at.end]),
    claims: claims.length,
  })),
  budgets: rest.budgets.length,
  totals: rest.totals.length,
  training: rest.training !== undefined,
  span: span.start,
});

const observed = ({ net, element, depth, arriving, result, start, end }: Observation) => [
  net,
  element.span.start,
  depth,
  arriving?.shape.map(String).join("x"),
  result?.shape.map(String).join("x"),
  start,
  end,
];

/** Few layers, so that limits are met soon. */
const limits = { layers: 5_000 };

function allOf(file: string, text: string, walksAll: boolean): string {
  const links: unknown[] = [];
  const { networks, diagnostics } = compile(file, text, {
    walksAll,
    limits,
    observe: (one) => links.push(observed(one)),
  });
  return JSON.stringify(
    { networks: networks.map(described), diagnostics: diagnostics.map(diagnosticToJson), links },
    (_key, value: unknown) => (typeof value === "bigint" ? `${value}n` : value),
    1,
  );
}

const EDITS = Number(process.env["EDITS"] ?? 6);

describe.each(programs)("$file", ({ file, text }) => {
  test(`as it is, and with ${EDITS} mistakes`, () => {
    expect(allOf(file, text, false)).toBe(allOf(file, text, true));
    const random = randomFrom(file.length * 7_919);
    for (let count = 0; count < EDITS; count++) {
      const broken = edited(text, randomEdit(text, random));
      expect(allOf(file, broken, false), broken).toBe(allOf(file, broken, true));
    }
  });
});

test.each([
  [
    "a label in the message of a later call",
    "block B(c) {\n  a: CONV3-c - FC-2 - CONV3-4\n}\nnet N { INPUT 8x8x3 - B(4) - B(4) }",
  ],
  [
    "a message that tells what arrives",
    "block B { CONV9-3 pad 0 }\nnet N { INPUT 8x8x3 - CONV3-4 - B }\nnet M { INPUT 8x8x3 - CONV1-4 - B }",
  ],
  ["a limit that a later call meets", "block B(c) { [CONV3-c]*2000 }\nnet N { INPUT 8x8x3 - B(3) - B(3) - B(3) }"],
  ["outputs within", "block B(c) {\n  CONV3-c\n  output a = CONV3-2\n}\nnet N { INPUT 8x8x3 - B(3) - B(3) - FC-2 }"],
  ["counts from annotations", "block B { CONV3 [8x8x4] }\nnet N { INPUT 8x8x4 - B - B - B }"],
  ["letters of the input", "block B(c) { CONV3-c - POOL2 }\nnet N { INPUT HxWx3 - B(4) - B(4) - B(4) }"],
  [
    "layers as parameters",
    "block B(Norm, c) { CONV3-c - Norm - RELU }\nnet N { INPUT 8x8x4 - B(BN, 4) - B(LN, 4) - B(BN, 4) - B(LRN, 4) }",
  ],
  [
    "a layer that stands for several",
    "block B(Act) { CONV3-4 - Act }\nnet N(Act = RELU) { INPUT 8x8x4 - B(Act)*2 - B(LRELU(0.3)) - B(LRELU(0.2)) - Act }\nnet M = N(GELU)",
  ],
  [
    "a default line within",
    "block B(c) {\n  default CONV no bias stride c\n  CONV3-4\n}\nnet N { INPUT 32x32x4 - B(1) - B(2) - B(1) - B(2) }",
  ],
  [
    "a net with changes",
    "block B(c) {\n  a: CONV3-c\n  RELU\n}\nnet N { INPUT 8x8x4 - B(4)*3 }\nnet M = N but { B2.a: stride 2 }",
  ],
  ["rounds that know their number", "block B(c) { CONV3-c }\nnet N { INPUT 8x8x4 - B(4*i)*3 as i - CONV3-(i)*2 as i }"],
])("%s", (_what, text) => {
  expect(allOf("a.cnn", text, false)).toBe(allOf("a.cnn", text, true));
});
