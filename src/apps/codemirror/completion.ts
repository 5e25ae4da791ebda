/** What can be written at the cursor. */
import {
  autocompletion,
  snippet,
  type Completion as Option,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import { completionsAt, type Completion } from "../../service/index.js";
import { renderMarkdown } from "./markdown.js";
import { cnnOptions } from "./options.js";
import { analysisOf } from "./session.js";
import { textTheme } from "./theme.js";

/** Completion while one types, and on Ctrl-Space. */
export function cnnCompletion(): Extension {
  return [autocompletion({ override: [cnnCompletions] }), textTheme];
}

/** A source for `autocompletion`, for who has others beside it. */
export function cnnCompletions(context: CompletionContext): CompletionResult | null {
  const { state, pos, explicit } = context;
  const line = state.doc.lineAt(pos);
  const before = line.text.slice(0, pos - line.from);
  const start = startOfWord(before);
  const isAsked = explicit || start < before.length || /(?:[@"]|\bin\.)$/.test(before);
  if (!isAsked) return null;
  const { files = [] } = state.facet(cnnOptions);
  const found = completionsAt(analysisOf(state), pos, { files, modules: ["std"] });
  if (found.length === 0) return null;
  return { from: line.from + start, options: found.map(optionOf), validFor: /^\w*$/ };
}

/** Where the word starts that is being written; within quotes the path. */
function startOfWord(before: string): number {
  const path = /\buse\s+"([^"]*)$/.exec(before);
  return before.length - (path ? path[1]! : /(?:[A-Za-z_]\w*)?$/.exec(before)![0]).length;
}

const TYPES: Readonly<Record<Completion["kind"], string>> = {
  net: "class",
  block: "class",
  function: "function",
  variable: "variable",
  parameter: "variable",
  counter: "variable",
  label: "constant",
  layer: "type",
  attribute: "property",
  value: "enum",
  keyword: "keyword",
  member: "property",
  file: "namespace",
  module: "namespace",
};

function optionOf({ label, kind, detail, documentation, snippet: template }: Completion): Option {
  return {
    label,
    type: TYPES[kind],
    // A list of half sentences is hard to read: they stand beside what is chosen.
    info: () => ({ dom: renderMarkdown(documentation ?? detail) }),
    ...(template === undefined ? {} : { apply: snippet(ownTemplate(template)) }),
  };
}

/** `$1`, `${1:name}` and a last `$0`, as CodeMirror has them. */
export function ownTemplate(template: string): string {
  return template.replace(/\$(\d+)/g, (_, number: string) => `\${${number === "0" ? "99" : number}:}`);
}
