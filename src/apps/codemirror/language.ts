/** The language for CodeMirror: colours, indentation, folding, brackets and comments. */
import { foldService, LanguageSupport, StreamLanguage } from "@codemirror/language";
import { wordsOfLine, type ColouredWord, type OpenSpans } from "../../service/index.js";
import { bracketsOf, commentFoldOf, foldOf } from "./brackets.js";
import { tagOf } from "./colours.js";
import { cnnOptions, type CnnOptions } from "./options.js";
import { session } from "./session.js";

interface LineState {
  /** What is open where the next line starts. */
  open: OpenSpans;
  /** For each bracket that is, whether its branches start lines of their own, `| CONV3-8`: those go on further in. */
  brackets: readonly boolean[];
  /** What is left of the line that is being read. */
  words: readonly ColouredWord[];
}

/** Words by the grammar that other editors have, so that a program has the same colours in all of them. */
export const cnnLanguage = StreamLanguage.define<LineState>({
  name: "cnn",
  startState: () => ({ open: [], brackets: [], words: [] }),
  token(stream, state) {
    if (stream.sol()) {
      const { words, open } = wordsOfLine(stream.string, state.open);
      state.brackets = bracketsBehind(stream.string, words, state.brackets);
      state.words = words;
      state.open = open;
    }
    const [word, ...rest] = state.words;
    if (!word) {
      stream.skipToEnd();
      return null;
    }
    state.words = rest;
    stream.pos = word.end;
    return /\S/.test(stream.current()) ? tagOf(word.scope) : null;
  },
  indent({ brackets }, textAfter, { unit }) {
    const closing = /^[}\])]*/.exec(textAfter)![0].length;
    const open = brackets.slice(0, Math.max(0, brackets.length - closing));
    const further = open.filter((isBranched) => isBranched).length;
    const isBranch = textAfter.startsWith("|") && open.at(-1) === true;
    return (open.length + further - (isBranch ? 1 : 0)) * unit;
  },
  languageData: {
    commentTokens: { line: "#" },
    closeBrackets: { brackets: ["{", "[", "(", '"'] },
    indentOnInput: /^\s*[}\])|]$/,
  },
});

/** The brackets that are open behind a line. */
function bracketsBehind(line: string, words: readonly ColouredWord[], before: readonly boolean[]): boolean[] {
  const open = [...before];
  if (/^\s*\|/.test(line) && open.length > 0) open[open.length - 1] = true;
  for (const { change } of bracketsOf(line, words)) {
    if (change > 0) open.push(false);
    else open.pop();
  }
  return open;
}

const folding = foldService.of((state, from) => {
  const { number } = state.doc.lineAt(from);
  return foldOf(state.doc, number) ?? commentFoldOf(state.doc, number);
});

/** The language, and what the other extensions have to know of the program. */
export function cnn(options: CnnOptions = {}): LanguageSupport {
  return new LanguageSupport(cnnLanguage, [cnnOptions.of(options), session, folding]);
}
