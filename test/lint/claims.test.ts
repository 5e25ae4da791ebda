/** LANGUAGE section 5: `memory:`, `params:`, `macs:` on a line and for TOTAL are checked. */
import { describe, expect, test } from "vitest";
import { compileText, describe as say, expectDiagnostics, fixed } from "../harness.js";

const codes = (text: string) => compileText(text).diagnostics.map((diagnostic) => diagnostic.code);

describe("claims that hold", () => {
  test.each([
    // CONV3-64 over 224x224x3: 3*3*3*64 = 1,728 weights, 64 biases, 224*224*64 = 3,211,264 values.
    "memory: 224*224*64=3.2M params: (3*3*3)*64 = 1,728",
    "memory: 3.2M",
    "memory: 3,211,264",
    "memory: 3211264 values",
    "memory: 224*224*64",
    "memory: 224x224x64 = 3.2M",
    "params: 1,728",
    "params: 1,792", // with biases
    "params: 1.7K", // cut
    "params: 1.8K", // the count with biases, rounded or cut: 1,792
    "params: (3*3*3 + 1)*64 = 1,792",
    "params: 1.7K (not counting biases)",
    "macs: 86.7M", // 224*224*64*27 = 86,704,128
    "params: 1,728 memory: 3.2M macs: 86,704,128",
  ])("%s", (claim) => expectDiagnostics(`INPUT 224x224x3\nCONV3-64: [224x224x64] ${claim}\nRELU`, []));

  test("a layer without parameters has 0", () =>
    expectDiagnostics("INPUT 8x8x3 params: 0 memory: 192\nPOOL2 params: 0\nTOTAL params: 0", []));

  test("each round of a repeat", () =>
    expectDiagnostics("INPUT 8x8x3 - [CONV3-3 params: 81]*3\nTOTAL params: 243", []));
  test("a repeated layer", () => expectDiagnostics("INPUT 8x8x3 - CONV3-3*3 params: 81", []));
  test("what follows on the line is read on", () =>
    expectDiagnostics("INPUT 8x8x3 memory: 192 - CONV3-3 params: 81 - RELU", []));
});

describe("CNN3101: claims that do not hold", () => {
  test.each([
    ["params: 1,729", 'CNN3101 at "1,729": conv1 params is claimed as 1,729, it is 1,728'],
    ["memory: 3.3M", 'CNN3101 at "3.3M": conv1 memory is claimed as 3.3M values, it is 3.2M (3,211,264)'],
    ["memory: 224*224*64=3.3M", 'CNN3101 at "3.3M": conv1 memory is claimed as 3.3M values, it is 3.2M (3,211,264)'],
    ["params: 3K", 'CNN3101 at "3K": conv1 params is claimed as 3K, it is 1,728'],
  ])("%s", (claim, expected) => {
    const text = `INPUT 224x224x3\nCONV3-64 ${claim}`;
    expectDiagnostics(text, [expected]);
    expect(compileText(text).diagnostics[0]!.severity).toBe("warning");
    expectDiagnostics(fixed(text), []);
  });

  test("both counts are named", () => {
    expect(compileText("INPUT 224x224x3\nCONV3-64 params: 1").diagnostics[0]!.notes).toEqual([
      "1,728 weights, 1,792 with biases",
    ]);
  });

  test("TOTAL shows the sum", () => {
    const text = "INPUT 4x4x1\nCONV3-2\nCONV3-2\nTOTAL memory: 100 params: 60";
    // 16 + 32 + 32 = 80 values; 18 + 36 = 54 weights, 4 biases
    const [memory, params] = compileText(text).diagnostics;
    expect(say(memory!)).toBe('CNN3101 at "100": TOTAL memory is claimed as 100 values, the lines above add up to 80');
    expect(memory!.notes).toEqual([expect.stringMatching(/^16 \+ 2 x 32 = 80 values/)]);
    expect(say(params!)).toBe('CNN3101 at "60": TOTAL params is claimed as 60, the lines above add up to 54');
    expect(params!.notes).toEqual(["18 + 36 = 54", "with biases 58"]);
  });

  test("a sum of nothing is not shown", () => {
    for (const note of compileText("INPUT 8x8x3 - RELU\nTOTAL params: 5").diagnostics[0]!.notes)
      expect(note).not.toMatch(/^ ?=/);
  });

  test("a wrong claim in a repeat is told once", () =>
    expect(codes("INPUT 8x8x3 - [CONV3-3 params: 80]*3")).toEqual(["CNN3101"]));

  test("a claim of a group is checked, or refused, but not passed over", () => {
    // [CONV3-3 - RELU]*2 has 162 weights
    expect(codes("INPUT 8x8x3 - [CONV3-3 - RELU]*2 params: 999")).not.toEqual([]);
  });

  test("a net made with but is not held to the claims of the net it is made from", () => {
    expectDiagnostics(
      "net A {\nINPUT 8x8x3\nc: CONV3-4 params: 108\nTOTAL params: 108\n}\nnet B = A but { c: 5 filters }",
      [],
    );
  });
});

describe("CNN3102: arithmetic that does not come to its figure", () => {
  test("is told where the figure itself is right", () => {
    expectDiagnostics("INPUT 224x224x3\nCONV3-64 params: (3*3*4)*64 = 1,728", [
      'CNN3102 at "(3*3*4)*64": (3*3*4)*64 is 2,304, not 1,728',
    ]);
  });
});

test("the mend is as precise as the claim", () => {
  // 3*3*3*64 + 32*32*64*10 = 657,088
  const mended = (claim: string) => fixed(`INPUT 32x32x3\nCONV3-64\nFC-10\nTOTAL params: ${claim}`).split(": ")[1];
  expect(mended("656K")).toBe("657K");
  expect(mended("700K")).toBe("657K");
  expect(mended("2M")).toBe("657K");
  expect(mended("1,000")).toBe("657,088");
});
