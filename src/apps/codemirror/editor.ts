/** All of it at once. */
import { closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit } from "@codemirror/language";
import { lintGutter, lintKeymap } from "@codemirror/lint";
import type { Extension } from "@codemirror/state";
import { keymap, type KeyBinding } from "@codemirror/view";
import { cnnCompletion } from "./completion.js";
import { cnnFormat } from "./format.js";
import { cnnHints, toggleCnnHints, type CnnHintsOptions } from "./hints.js";
import { cnnHover } from "./hover.js";
import { cnn } from "./language.js";
import { cnnLinter, type CnnLinterOptions } from "./linter.js";
import { cnnDefinition, cnnRename } from "./names.js";
import type { CnnOptions } from "./options.js";
import { cnnSignature } from "./signature.js";

/** The keys that they have in other editors. */
export const cnnKeymap: readonly KeyBinding[] = [
  { key: "Shift-Alt-f", run: cnnFormat, preventDefault: true },
  { key: "F12", run: cnnDefinition, preventDefault: true },
  { key: "F2", run: cnnRename, preventDefault: true },
  { key: "Alt-h", run: toggleCnnHints, preventDefault: true },
];

/** The language with everything that an editor shows of a program. Line numbers, history and the usual keys are the page's own. */
export function cnnEditor(
  options: CnnOptions & { lintDelay?: CnnLinterOptions["delay"]; hints?: CnnHintsOptions } = {},
): Extension {
  return [
    cnn(options),
    cnnLinter({ delay: options.lintDelay }),
    cnnCompletion(),
    cnnHover(),
    cnnHints(options.hints),
    cnnSignature(),
    [bracketMatching(), closeBrackets(), indentOnInput(), indentUnit.of("  "), foldGutter(), lintGutter()],
    keymap.of([...cnnKeymap, ...closeBracketsKeymap, ...completionKeymap, ...lintKeymap, ...foldKeymap]),
  ];
}
