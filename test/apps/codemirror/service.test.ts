/** What the editor is told of a program: findings with changes, completions, layouts; each of the text as it is now. */
import { CompletionContext, type Completion } from "@codemirror/autocomplete";
import { EditorState, type ChangeSpec } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import fc from "fast-check";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { changesBetween } from "../../../src/apps/codemirror/changes.js";
import { cnnCompletions, ownTemplate } from "../../../src/apps/codemirror/completion.js";
import { formatCnn } from "../../../src/apps/codemirror/format.js";
import { cnn } from "../../../src/apps/codemirror/language.js";
import { cnnDiagnostics } from "../../../src/apps/codemirror/linter.js";
import { cnnDefinition, renameCnn } from "../../../src/apps/codemirror/names.js";
import type { CnnOptions } from "../../../src/apps/codemirror/options.js";
import { analysisOf } from "../../../src/apps/codemirror/session.js";
import { analyse, hintsOf } from "../../../src/service/index.js";

/** As much of a view as commands need: its state, and what is dispatched. */
function viewOf(doc: string, options: CnnOptions = {}) {
  return {
    state: EditorState.create({ doc, extensions: [cnn(options)] }),
    dispatch(
      this: { state: EditorState },
      spec: { changes?: ChangeSpec; selection?: { anchor: number; head: number } },
    ) {
      this.state = this.state.update(spec as { changes?: ChangeSpec }).state;
    },
  } as unknown as EditorView & { state: EditorState };
}
const typed = (view: EditorView, changes: ChangeSpec) => view.dispatch({ changes });
const textOf = (view: EditorView) => view.state.doc.toString();

const BIASED = "INPUT 8x8x3 - CONV3-8 - BN - RELU - GAP - FC-10\n";

describe("findings", () => {
  test("places, levels, codes and texts of the linter", () => {
    const [found, ...others] = cnnDiagnostics(viewOf(BIASED).state);
    expect(found).toMatchObject({ from: 14, to: 21, severity: "warning", source: "CNN3111" });
    expect(found!.message).toMatch(/^the bias of conv1 has no effect.*\n8 parameters without effect$/);
    expect([found!.actions!.map(({ name }) => name), others]).toEqual([["write no bias"], []]);
    expect(cnnDiagnostics(viewOf("INPUT 8x8x3 - POOL9").state)).toMatchObject([
      { severity: "error", source: "CNN2102" },
    ]);
  });

  test("levels of a configuration", () => {
    const of = (level: "off" | "error") =>
      cnnDiagnostics(viewOf(BIASED, { lint: { rules: { "bias-before-norm": level } } }).state).map(
        ({ severity }) => severity,
      );
    expect([of("off"), of("error")]).toEqual([[], ["error"]]);
  });

  test("a change is made where the finding is now", () => {
    const view = viewOf(BIASED);
    const [found] = cnnDiagnostics(view.state);
    typed(view, { from: 0, insert: "# A remark.\n" });
    found!.actions![0]!.apply(view, found!.from + 12, found!.to + 12);
    expect(textOf(view)).toBe(`# A remark.\n${BIASED.replace("CONV3-8", "CONV3-8 no bias")}`);
  });

  test("a change of what is not there any more is not made", () => {
    const view = viewOf(BIASED);
    const [found] = cnnDiagnostics(view.state);
    typed(view, { from: 14, to: 21, insert: "CONV3-8 no bias" });
    const before = textOf(view);
    found!.actions![0]!.apply(view, found!.from, found!.to);
    expect(textOf(view)).toBe(before);
  });

  test("programs that would keep the page waiting are told to be too large", () => {
    const start = performance.now();
    const found = cnnDiagnostics(viewOf("INPUT 8x8x3 - [[CONV3-8 - RELU]*1000]*1000").state);
    expect([found[0]!.severity, found[0]!.source]).toEqual(["error", "CNN5001"]);
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  test("other files, where the page has some", () => {
    const text = 'use "./blocks.cnn"\nINPUT 8x8x3 - Unit(8)\n';
    const resolve: CnnOptions["resolve"] = (_from, target) =>
      target === "./blocks.cnn"
        ? { path: "blocks.cnn", text: "block Unit(c) { CONV3-c - RELU }" }
        : { problem: "none" };
    expect(cnnDiagnostics(viewOf(text).state).map(({ severity }) => severity)).toContain("error");
    const view = viewOf(text, { resolve });
    expect(cnnDiagnostics(view.state).filter(({ severity }) => severity === "error")).toEqual([]);
    expect(renameCnn(view, text.indexOf("Unit"), "Other")).toBe("Unit is declared in another file");
  });
});

test("after edits, what is known is what a fresh look would tell", () => {
  const word = fc.constantFrom(
    "CONV3-8",
    "BN",
    " - ",
    "\n",
    "{",
    "}",
    "block A(c) ",
    "A(4)",
    "[",
    "]*2",
    "RELU",
    "#",
    "8x8x3",
  );
  const text = readFileSync(join(resolve(import.meta.dirname, "../../../examples"), "zoo/resnet.cnn"), "utf8");
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(), fc.nat(5), word), { maxLength: 8 }), (edits) => {
      const view = viewOf(text);
      for (const [place, length, insert] of edits) {
        const from = place % view.state.doc.length;
        typed(view, { from, to: Math.min(view.state.doc.length, from + length), insert });
        const range = { start: 0, end: view.state.doc.length };
        const fresh = analyse("net.cnn", textOf(view));
        expect(hintsOf(analysisOf(view.state), range)).toEqual(hintsOf(fresh, range));
      }
    }),
    { numRuns: 6 },
  );
});

describe("completion", () => {
  const complete = (text: string, isAsked = false, options: CnnOptions = {}) => {
    const pos = text.indexOf("^");
    const doc = text.replace("^", "");
    const state = EditorState.create({ doc, extensions: [cnn(options)] });
    const result = cnnCompletions(new CompletionContext(state, pos, isAsked));
    return result && { from: result.from, labels: result.options.map(({ label }: Completion) => label) };
  };

  test.each([
    ["INPUT 8x8x3 - CO^", "CONV", 14],
    ["net A {\n  INPUT 8x8x3\n  e1: CONV3-8\n  CONCAT { @^ | ID }\n}", "e1", 48],
    ["block B(c) {\n  let d = in.^\n}", "c", 26],
    ["INPUT 8x8x3 - CONV3-8 st^", "stride", 22],
    ["train {\n  optimizer a^\n}", "adam", 20],
  ])("%j offers %s", (text, label, from) => {
    const found = complete(text);
    expect(found!.labels).toContain(label);
    expect(found!.from).toBe(from);
  });

  test("paths within quotes are taken as a whole", () => {
    expect(complete('use "./b^', false, { files: ["./blocks.cnn"] })).toEqual({ from: 5, labels: ["./blocks.cnn"] });
  });

  test("nothing is offered unasked behind a blank, nor in a comment", () => {
    expect(complete("INPUT 8x8x3 - ^")).toBeNull();
    expect(complete("INPUT 8x8x3 - ^", true)!.labels).toContain("CONV");
    expect(complete("# CO^")).toBeNull();
  });

  test("places to fill in are CodeMirror's", () => {
    expect(ownTemplate("block ${1:Name}(${2:c}) {\n  $0\n}")).toBe("block ${1:Name}(${2:c}) {\n  ${99:}\n}");
    expect(ownTemplate("CONCAT { $1 | ID }")).toBe("CONCAT { ${1:} | ID }");
  });
});

describe("layout", () => {
  const LOOSE = "net A{\nINPUT   8x8x3\n[CONV3-8-RELU]*2\n}";
  const TIDY = "net A {\n  INPUT 8x8x3\n  [CONV3-8 - RELU]*2\n}\n";

  test("as cnnc fmt has it", async () => {
    const view = viewOf(LOOSE);
    expect([await formatCnn(view), textOf(view)]).toEqual(["formatted", TIDY]);
    expect(await formatCnn(view)).toBe("unchanged");
  });

  test("not of what cannot be read, nor of what was changed meanwhile", async () => {
    expect(await formatCnn(viewOf("net A { INPUT"))).toBe("broken");
    const view = viewOf(LOOSE);
    const formatting = formatCnn(view);
    typed(view, { from: 0, insert: "# " });
    expect([await formatting, textOf(view)]).toEqual(["stale", `# ${LOOSE}`]);
  });

  test("a cursor stays where it is in the program", async () => {
    const view = viewOf(LOOSE);
    view.dispatch({ selection: { anchor: LOOSE.indexOf("LU") } });
    await formatCnn(view);
    expect(view.state.selection.main.head).toBe(TIDY.indexOf("LU"));
  });

  test("changes make the one text of the other, whatever they are", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", " ", "\n", "-"), maxLength: 30 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const state = EditorState.create({ doc: before });
        expect(state.update({ changes: changesBetween(before, after) }).state.doc.toString()).toBe(after);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("names", () => {
  const TEXT = "block Unit(c) { CONV3-c - RELU }\nnet A { INPUT 8x8x3 - Unit(8) - Unit(c = 4) }\n";

  test("another one everywhere, with named arguments", () => {
    const view = viewOf(TEXT);
    expect(renameCnn(view, TEXT.indexOf("Unit"), "Stage")).toBeUndefined();
    expect(renameCnn(view, TEXT.indexOf("(c") + 2, "width")).toBeUndefined();
    expect(textOf(view)).toBe(TEXT.replaceAll("Unit", "Stage").replaceAll(/\bc\b/g, "width"));
    expect(renameCnn(view, 6, "stage")).toMatch(/capital letter/);
    expect(renameCnn(view, 0, "A")).toMatch(/no name here/);
  });

  test("where one is declared", () => {
    const view = viewOf(TEXT);
    view.dispatch({ selection: { anchor: TEXT.lastIndexOf("Unit") } });
    expect(cnnDefinition(view)).toBe(true);
    const { from, to } = view.state.selection.main;
    expect([from, to]).toEqual([6, 10]);
    view.dispatch({ selection: { anchor: 0 } });
    expect(cnnDefinition(view)).toBe(false);
  });

  test("what is declared elsewhere is for the page to show", () => {
    const places: unknown[] = [];
    const text = "use std\nINPUT 8x8x3 - Residual(CONV3-3)\n";
    const view = viewOf(text, { onOtherFile: (place) => places.push(place) });
    view.dispatch({ selection: { anchor: text.indexOf("Residual") } });
    expect(cnnDefinition(view)).toBe(true);
    expect(places).toMatchObject([{ path: "std/residual.cnn" }]);
  });
});
