/** The pretty form, after the models in DIAGNOSTICS.md: heading, place, frame, related places, notes, help. */
import { describe, expect, test } from "vitest";
import { renderDiagnostic } from "../../src/base/frame.js";
import { compile } from "../../src/compile.js";

const render = (path: string, text: string) =>
  compile(path, text)
    .diagnostics.map((diagnostic) => renderDiagnostic(diagnostic))
    .join("\n\n");
const lines = (...text: string[]) => text.join("\n");

describe("renderDiagnostic", () => {
  test("a wrong annotation: where the input comes from, the parts that count, the arithmetic, two ways out", () => {
    const text = "net AlexNet {\n  [227x227x3] INPUT\n  [56x56x96] CONV1: 96 11x11 filters at stride 4, pad 0\n}";
    expect(render("alexnet.cnn", text)).toBe(
      lines(
        "error[CNN2101]: CONV1 gives 55x55x96, the annotation says 56x56x96",
        " --> alexnet.cnn:3:3",
        "   |",
        " 2 |   [227x227x3] INPUT",
        "   |               ----- 227x227x3 arrives from here",
        " 3 |   [56x56x96] CONV1: 96 11x11 filters at stride 4, pad 0",
        "   |   ^^^^^^^^^^        -- -----            --------  -----",
        "   |",
        "   = height and width: (227 - 11 + 2*0)/4 + 1 = 55",
        "   = help: write [55x55x96]",
        "   = help: or pad 2, which gives 56x56x96",
      ),
    );
  });

  test("an unknown layer: one word underlined, one suggestion", () => {
    expect(render("net.cnn", "net A {\n\n  INPUT 32x32x3\n  CONVV3-64 - RELU\n}")).toBe(
      lines(
        "error[CNN1004]: no layer is called CONVV3",
        " --> net.cnn:4:3",
        "   |",
        " 4 |   CONVV3-64 - RELU",
        "   |   ^^^^^^",
        "   |",
        "   = help: did you mean CONV3?",
      ),
    );
  });

  test("a warning about the input, with the layer that drops pixels", () => {
    expect(render("alexnet.cnn", "net AlexNet {\n  INPUT 224x224x3\n  CONV 96 11x11 stride 4 pad 0\n}")).toBe(
      lines(
        "warning[CNN3001]: the last row and column of the input never reach conv1",
        " --> alexnet.cnn:2:9",
        "   |",
        " 2 |   INPUT 224x224x3",
        "   |         ^^^^^^^^^",
        " 3 |   CONV 96 11x11 stride 4 pad 0",
        "   |   ----------------------------",
        "   |",
        "   = conv1: height and width: (224 - 11 + 2*0)/4 + 1 = 54.25, rounded down: 54",
        "   = help: 227x227 fits: write 227x227x3",
      ),
    );
  });

  test("two places on one line: the text of the first goes on a line of its own", () => {
    expect(render("net.cnn", "INPUT 9x9x3 - a: RELU - a: TANH")).toBe(
      lines(
        "error[CNN2011]: two layers are labelled a",
        " --> net.cnn:1:25",
        "   |",
        " 1 | INPUT 9x9x3 - a: RELU - a: TANH",
        "   |               -         ^",
        "   |               the first one",
      ),
    );
  });

  test("places far apart: the lines between are left out, the gutter is as wide as the largest number", () => {
    const text = `INPUT 9x9x3\na: RELU\n${"TANH\n".repeat(9)}a: RELU`;
    expect(render("net.cnn", text)).toBe(
      lines(
        "error[CNN2011]: two layers are labelled a",
        "  --> net.cnn:12:1",
        "    |",
        "  2 | a: RELU",
        "    | - the first one",
        "   ...",
        " 12 | a: RELU",
        "    | ^",
      ),
    );
  });

  test("an empty file", () => {
    // There is nothing to show of it.
    expect(render("empty.cnn", "")).toBe(lines("error[CNN1010]: empty.cnn describes no network", " --> empty.cnn:1:1"));
  });

  test("a very long line shows the part around the marks", () => {
    const output = render("net.cnn", `INPUT 8x8x3${" - RELU".repeat(200)} - CONVV3-4${" - RELU".repeat(200)}`);
    const [, , , source, marks] = output.split("\n");
    expect(source!.length).toBeLessThan(180);
    const from = marks!.indexOf("^");
    expect(source!.slice(from, from + 6)).toBe("CONVV3");
    expect(marks!.slice(from)).toBe("^^^^^^");
  });

  test("tabs keep the marks under their words", () => {
    const [, , , source, marks] = render("net.cnn", "INPUT 8x8x3\n\t\tCONVV3-4").split("\n");
    expect(marks!.indexOf("^")).toBe(source!.indexOf("CONVV3"));
  });

  test("a place at the end of the file", () => {
    expect(render("net.cnn", "net A")).toContain(" --> net.cnn:1:5");
  });
});

test("a program cannot steer the terminal that shows its mistakes", () => {
  const { diagnostics } = compile("a\u001b[2J.cnn", "INPUT 8x8x3 - CONVV3-4 # \u001b]0;title\u0007 \u202e");
  const shown = diagnostics.map((diagnostic) => renderDiagnostic(diagnostic)).join("");
  expect(shown).toContain("CONVV3");

  expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
});
