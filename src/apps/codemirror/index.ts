/** `cnnc/codemirror`: the language in CodeMirror 6, in a page, without a server. */
export { cnnCompletion, cnnCompletions } from "./completion.js";
export { cnnEditor, cnnKeymap } from "./editor.js";
export { cnnFormat, formatCnn, type CnnFormatted } from "./format.js";
export { cnnHints, cnnHintsAreShown, setCnnHints, toggleCnnHints, type CnnHintsOptions } from "./hints.js";
export { cnnHover } from "./hover.js";
export { cnn, cnnLanguage } from "./language.js";
export { cnnDiagnostics, cnnLinter, type CnnLinterOptions } from "./linter.js";
export { cnnDefinition, cnnRename, renameCnn } from "./names.js";
export type { CnnOptions } from "./options.js";
export { cnnSignature, type CnnSignatureOptions } from "./signature.js";
