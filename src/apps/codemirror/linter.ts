/** What is wrong, marked in the text once nothing was typed for a moment, with what mends it. */
import { linter, type Action, type Diagnostic } from "@codemirror/lint";
import type { EditorState, Extension } from "@codemirror/state";
import type { EditorView, ViewUpdate } from "@codemirror/view";
import type { Finding } from "../../service/index.js";
import { changesOf } from "./changes.js";
import { findingsIn, session } from "./session.js";
import { textTheme } from "./theme.js";

export interface CnnLinterOptions {
  /** Milliseconds after the last change. */
  readonly delay?: number;
}

/** Marks and messages of the compiler and the linter; CodeMirror drops what was found in a text that has changed since. */
export function cnnLinter({ delay = 250 }: CnnLinterOptions = {}): Extension {
  // What is wrong depends on the options too.
  const needsRefresh = ({ startState, state }: ViewUpdate) =>
    startState.field(session, false) !== state.field(session, false);
  return [linter(({ state }) => cnnDiagnostics(state), { delay, needsRefresh }), textTheme];
}

/** The same as data. */
export function cnnDiagnostics(state: EditorState): Diagnostic[] {
  return findingsIn(state).map((found) => ({
    from: found.start,
    to: found.end,
    severity: found.severity,
    source: found.code,
    message: found.text,
    ...(found.isUnused ? { markClass: "cm-cnn-unused" } : {}),
    actions: found.fixes.map(({ title }) => actionOf(found, title)),
  }));
}

/** A change is looked for again where it is asked for: since it was shown, places in the text have moved. */
function actionOf({ code }: Finding, title: string): Action {
  return {
    name: title,
    apply(view: EditorView, from: number, to: number) {
      const now = findingsIn(view.state).find(
        (found) => found.code === code && found.start === from && found.end === to,
      );
      const fix = now?.fixes.find((one) => one.title === title);
      if (fix) view.dispatch({ changes: changesOf(fix.edits), userEvent: "input.fix", scrollIntoView: true });
    },
  };
}
