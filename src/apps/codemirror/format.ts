/** The layout of `cnnc fmt`, as a command. */
import type { Command, EditorView } from "@codemirror/view";
import { changesBetween } from "./changes.js";
import { cnnOptions } from "./options.js";

/** `stale` where something was typed meanwhile, `fault` where the layout would mean something else: nothing is changed then. */
export type CnnFormatted = "formatted" | "unchanged" | "broken" | "stale" | "fault";

/** Lays the program out; one that cannot be read stays as it is. Prettier is only loaded where it is asked for. */
export async function formatCnn(view: EditorView, { canonical = false } = {}): Promise<CnnFormatted> {
  const { doc } = view.state;
  const before = doc.toString();
  const { formatText } = await import("../../prettier.js");
  const result = await formatText(view.state.facet(cnnOptions).path ?? "net.cnn", before, { canonical });
  if (!("text" in result)) return "diagnostics" in result ? "broken" : "fault";
  if (view.state.doc !== doc) return "stale";
  const changes = changesBetween(before, result.text);
  if (changes.length === 0) return "unchanged";
  view.dispatch({ changes, userEvent: "format" });
  return "formatted";
}

/** The same for a key. */
export const cnnFormat: Command = (view) => {
  if (view.state.readOnly) return false;
  void formatCnn(view);
  return true;
};
