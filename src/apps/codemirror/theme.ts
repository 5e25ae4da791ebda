/** How texts of the service look; a page's own theme goes before. */
import { EditorView } from "@codemirror/view";

export const textTheme = EditorView.baseTheme({
  ".cm-cnn-text": { padding: "0.3em 0.7em", maxWidth: "34em", maxHeight: "22em", overflow: "auto", lineHeight: "1.4" },
  ".cm-cnn-text p, .cm-cnn-text ul, .cm-cnn-text pre": { margin: "0.35em 0" },
  ".cm-cnn-text ul": { paddingLeft: "1.3em" },
  ".cm-cnn-text hr": { border: "0", borderTop: "1px solid #8886" },
  ".cm-cnn-text pre, .cm-cnn-text code": { fontFamily: "monospace", whiteSpace: "pre-wrap" },
  ".cm-cnn-unused": { opacity: "0.65" },
});
