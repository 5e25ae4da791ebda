/** Files that are looked at together: a change in one is told in those that use it. */
import { expect, test } from "vitest";
import { hintsOf } from "../../src/service/hints.js";
import { Workspace } from "../../src/service/workspace.js";

const nowhere = { resolve: () => ({ problem: "there is no such file" }), read: () => undefined };
const main = 'use "./dep.cnn"\nnet A {\n  INPUT 8x8x3\n  Unit(4)\n  FC-2\n}\nnet B {\n  INPUT 8x8x3\n  Unit(6)\n}\n';
const dep = "block Unit(c) { CONV3-c }\n";

/** What is shown of the main file. */
function shown(workspace: Workspace) {
  const analysis = workspace.analysis("main.cnn")!;
  const hints = hintsOf(analysis, { start: 0, end: Infinity }).map(({ offset, text }) => `${offset} ${text}`);
  return { hints, codes: analysis.diagnostics.map(({ code, span }) => `${code} ${span.start}`) };
}

const workspaceOf = () => new Workspace({ ...nowhere, resolve: (_from, target) => ({ path: target, text: dep }) });

test.each([
  ["the used file alone", main, dep.replace("CONV3", "CONV5")],
  ["both, with nothing asked between", main.replace("FC-2", "FC-3"), dep.replace("CONV3", "CONV5")],
  ["a block by another name in both", main.replaceAll("Unit", "Cell"), dep.replace("Unit", "Cell")],
  ["a mistake in the used file", `${main}# x\n`, dep.replace("CONV3-c", "CONV3-c - NOPE")],
])("edits of %s", (_what, changedMain, changedDep) => {
  const workspace = workspaceOf();
  workspace.set("main.cnn", main);
  workspace.set("./dep.cnn", dep);
  shown(workspace);
  for (const [one, other] of [
    [changedMain, changedDep],
    [main, dep],
  ]) {
    workspace.set("main.cnn", one!);
    workspace.set("./dep.cnn", other!);
    const fresh = workspaceOf();
    fresh.set("main.cnn", one!);
    fresh.set("./dep.cnn", other!);
    expect(shown(workspace)).toEqual(shown(fresh));
  }
});
