/** What is known of an editor's program. One for each editor: what an edit does not touch is not read again. */
import { StateField, type EditorState, type Text } from "@codemirror/state";
import { analyse, findingsOf, IncrementalMemory, type Analysis, type Finding } from "../../service/index.js";
import { cnnOptions, pageLimits, type CnnOptions } from "./options.js";

class Session {
  private readonly memory = new IncrementalMemory();
  private known: { readonly doc: Text; readonly analysis: Analysis } | undefined;
  private found: { readonly analysis: Analysis; readonly findings: readonly Finding[] } | undefined;

  constructor(private readonly options: CnnOptions) {}

  analysis(doc: Text): Analysis {
    if (this.known?.doc === doc) return this.known.analysis;
    const { path = "net.cnn", resolve, limits } = this.options;
    // What was known of the text before is not valid from here on, even where this one cannot be compiled.
    this.known = undefined;
    const analysis = analyse(path, doc.toString(), {
      resolve,
      limits: { ...pageLimits, ...limits },
      memory: this.memory,
    });
    this.known = { doc, analysis };
    return analysis;
  }

  findings(doc: Text): readonly Finding[] {
    const analysis = this.analysis(doc);
    if (this.found?.analysis === analysis) return this.found.findings;
    const findings = findingsOf(analysis, this.options.lint);
    this.found = { analysis, findings };
    return findings;
  }
}

/** Made anew where the options change: what was known came of the old ones. */
export const session = StateField.define<Session>({
  create: (state) => new Session(state.facet(cnnOptions)),
  update: (value, { startState, state }) =>
    startState.facet(cnnOptions) === state.facet(cnnOptions) ? value : new Session(state.facet(cnnOptions)),
});

/** What is known of the program of a state. Only good until another state of the editor is asked for: nothing of it is kept. */
export function analysisOf(state: EditorState): Analysis {
  return state.field(session).analysis(state.doc);
}

/** What is wrong with it, with what the linter says. */
export function findingsIn(state: EditorState): readonly Finding[] {
  return state.field(session).findings(state.doc);
}
