/** CNN5001 and friends: short programs that ask for much end quickly, with a message or a network, never with an exception. */
import { describe, expect, test } from "vitest";
import { compile } from "../../src/compile.js";
import { compileText, describe as say } from "../harness.js";

const codes = (text: string) => compileText(text).diagnostics.map((diagnostic) => diagnostic.code);

test("CNN5001: more layers than the limit", () => {
  const { diagnostics } = compile("net.cnn", "INPUT 8x8x3 - [RELU]*200", { limits: { layers: 100 } });
  expect(diagnostics.map(say)).toEqual([
    'CNN5001 at "[RELU]": the net has more than 100 layers after its repeats are written out',
  ]);
});

test("CNN5001: nested repeats multiply, and the default limit is reached in a second", () => {
  const start = performance.now();
  expect(codes("INPUT 8x8x3 - [[[RELU]*1000]*1000]*1000")).toEqual(["CNN5001"]);
  expect(performance.now() - start).toBeLessThan(1000);
});

/** Each has to end in a second; the limit of layers is small, so that it is not what takes the time. */
describe("a second is enough for", () => {
  test.each([
    ["an empty repeat", "INPUT 8x8x3 - []*200000000"],
    ["a repeat of nothing", "INPUT 8x8x3 - [[RELU]*0]*20000000"],
    ["a large image", "INPUT 20000000x20000000x3 - RELU"],
    ["a large padding", "INPUT 8x8x3 - CONV3-4 pad 15000000"],
    ["a large window", "INPUT 27000x27000x1 - CONV 1 13501x13501 pad 0"],
    ["a stride that does not fit", "INPUT 26000x26000x3 - CONV 4 8001x8001/7 pad 0"],
  ])("%s", (_what, text) => {
    const start = performance.now();
    compile("net.cnn", text, { limits: { layers: 10_000 } });
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

test("a vector longer than any number can count is refused, not thrown at", () => {
  for (const text of ["INPUT 2147483647x2147483647x2147483647 - FLATTEN", "INPUT 300000x300000x300000 - FC-10"]) {
    expect(() => compileText(text)).not.toThrow();
  }
});

describe("what is nested", () => {
  const nested = (depth: number, brackets: number) => {
    const blocks = Array.from(
      { length: depth },
      (_, index) => `block B${index + 1} { ${"[".repeat(brackets)} B${index} ${"]".repeat(brackets)} }`,
    );
    return ["block B0 { RELU }", ...blocks, `INPUT 8 - B${depth}`].join("\n");
  };

  test("CNN5016: blocks full of brackets end with a message, not with the stack", () => {
    expect(codes(nested(5, 20))).toEqual([]);
    expect(codes(nested(60, 28))).toEqual(["CNN5016"]);
    const { diagnostics } = compileText(nested(60, 28));
    expect(say(diagnostics[0]!)).toMatch(
      /: brackets, branches and blocks may be nested 400 deep in all, here they are nested deeper$/,
    );
  });

  test("CNN5009: functions that call functions", () => {
    const functions = Array.from({ length: 5_000 }, (_, index) => `fn f${index + 1}(x) = f${index}(x)`);
    const text = ["fn f0(x) = x", ...functions, "INPUT 8 - FC-(f5000(3))"].join("\n");
    expect(codes(text)).toEqual(["CNN5009"]);
    expect(codes(text.replace("f5000(3)", "f60(3)"))).toEqual([]);
  });

  test("a long list of blocks that lead too far is one mistake", () => {
    const blocks = Array.from({ length: 3_000 }, (_, index) => `block B${index + 1} { B${index} }`);
    expect(codes(["block B0 { RELU }", ...blocks, "INPUT 8 - B10"].join("\n"))).toEqual(["CNN5009"]);
  });

  test("nets made from nets are elaborated once for each, not for each way", () => {
    const nets = Array.from(
      { length: 30 },
      (_, index) => `net B${index} = ${index === 0 ? "A" : `B${index - 1}`} but { insert after x: TANH }`,
    );
    const start = performance.now();
    const { networks } = compileText(["net A { INPUT 8 - x: RELU }", ...nets].join("\n"));
    expect(networks.at(-1)!.nodes).toHaveLength(32);
    expect(performance.now() - start).toBeLessThan(3_000);
  });
});
