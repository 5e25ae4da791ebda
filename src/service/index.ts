/** What an editor asks, with no editor in it. Offsets count UTF-16 code units. */
export { analyse, type Analysis, type AnalysisOptions } from "./analysis.js";
export { callsIn, callsOf, spanOf, unitAt, type Call } from "./calls.js";
export { grammar } from "./colours/grammar.js";
export { wordsOfLine, type ColouredWord, type OpenSpans } from "./colours/tokenizer.js";
export { completionsAt, type Completion, type CompletionOptions } from "./completion.js";
export { IncrementalMemory } from "./incremental/memory.js";
export { hintsOf, type Hint } from "./hints.js";
export { hoverAt, type Hover } from "./hover.js";
export { lensesOf, type Lens } from "./lenses.js";
export { linksOf, type Link } from "./links.js";
export { isSame, type NamedSymbol, type Occurrence, type SymbolKind } from "./names.js";
export { definitionAt, occurrencesOf, referencesTo, renamableAt, renameEdits } from "./navigation.js";
export { foldsOf, outlineOf, selectionsAt, type Fold, type OutlineItem } from "./outline.js";
export { refactorsAt } from "./refactors/all.js";
export type { Refactor } from "./refactors/refactor.js";
export { semanticTokens, TOKEN_TYPES, type SemanticToken } from "./semantic-tokens.js";
export { signatureAt, type Signature } from "./signature.js";
export { Workspace, type WorkspaceHost } from "./workspace.js";
