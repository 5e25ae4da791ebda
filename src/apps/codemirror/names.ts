/** From a name to its declaration, and another name for it. */
import { EditorSelection } from "@codemirror/state";
import { EditorView, showDialog, type Command } from "@codemirror/view";
import { definitionAt, renamableAt, renameEdits } from "../../service/index.js";
import { changesOf } from "./changes.js";
import { cnnOptions } from "./options.js";
import { analysisOf } from "./session.js";

/** Selects the name at the cursor where it is declared; of another file the page is told. */
export const cnnDefinition: Command = (view) => {
  const analysis = analysisOf(view.state);
  const declared = definitionAt(analysis, view.state.selection.main.head)?.declared;
  if (!declared) return false;
  const { source, start, end } = declared;
  if (source.path === analysis.source.path) {
    view.dispatch({
      selection: EditorSelection.single(start, end),
      effects: EditorView.scrollIntoView(start, { y: "nearest", yMargin: 40 }),
      userEvent: "select.definition",
    });
  } else {
    view.state.facet(cnnOptions).onOtherFile?.({ path: source.path, from: start, to: end });
  }
  return true;
};

/** Gives the name at a place another one everywhere in the file; a text where that cannot be done. */
export function renameCnn(view: EditorView, pos: number, name: string): string | undefined {
  const analysis = analysisOf(view.state);
  const symbol = renamableAt(analysis, pos)?.symbol;
  if (!symbol) return "there is no name here that can be written in another way";
  if (symbol.declared.source.path !== analysis.source.path) return `${symbol.name} is declared in another file`;
  const result = renameEdits([analysis], symbol, name);
  if ("problem" in result) return result.problem;
  view.dispatch({ changes: changesOf(result.edits), userEvent: "input.rename" });
  return undefined;
}

/** Asks for another name of what stands at the cursor. */
export const cnnRename: Command = (view) => {
  if (view.state.readOnly) return false;
  const { head } = view.state.selection.main;
  const found = renamableAt(analysisOf(view.state), head);
  if (!found) return false;
  const { doc } = view.state;
  const { close, result } = showDialog(view, {
    label: `Another name for ${found.symbol.name}`,
    input: { name: "name", value: found.symbol.name, spellcheck: "false" },
    submitLabel: "rename",
    focus: true,
  });
  void result.then((form) => {
    view.dispatch({ effects: close });
    view.focus();
    // What was typed meanwhile has moved the name.
    if (!form || view.state.doc !== doc) return;
    const problem = renameCnn(view, head, String(new FormData(form).get("name")).trim());
    if (problem !== undefined) showDialog(view, { label: problem, focus: true });
  });
  return true;
};
