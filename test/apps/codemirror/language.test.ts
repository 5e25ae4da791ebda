/** The language in CodeMirror, without a page: what words, lines and brackets are. */
import { ensureSyntaxTree, foldable, getIndentation, indentUnit } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { highlightTree, tagHighlighter, tags, type Tag } from "@lezer/highlight";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { tagOf } from "../../../src/apps/codemirror/colours.js";
import { cnn } from "../../../src/apps/codemirror/language.js";
import { analyse, foldsOf, grammar } from "../../../src/service/index.js";
import { formatText } from "../../../src/prettier.js";
import { colouredLines } from "../../text-mate.js";

const folder = resolve(import.meta.dirname, "../../../examples");
const examples = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".cnn"));
const textOf = (name: string) => readFileSync(join(folder, name), "utf8");

/** A state that is read to its end: in a page that is done little by little. */
function stateOf(doc: string): EditorState {
  const state = EditorState.create({ doc, extensions: [cnn(), indentUnit.of("  ")] });
  ensureSyntaxTree(state, doc.length, 10_000);
  return state.update({}).state;
}

const allTags = Object.entries(tags).filter((entry): entry is [string, Tag] => typeof entry[1] !== "function");
const named = tagHighlighter(allTags.map(([name, tag]) => ({ tag, class: name })));

/** What each letter of a text is coloured as, by the name of its tag. */
function colours(state: EditorState): string[] {
  const found = Array.from({ length: state.doc.length }, () => "");
  const tree = ensureSyntaxTree(state, state.doc.length, 10_000)!;
  highlightTree(tree, named, (from, to, classes) => found.fill(classes, from, to));
  return found;
}

describe("colours", () => {
  test.each(examples)("examples/%s: those of the TextMate grammar, letter by letter", async (name) => {
    const text = textOf(name);
    const found = colours(stateOf(text));
    let start = 0;
    for (const { line, words } of await colouredLines(text)) {
      for (const word of words) {
        if (!/\S/.test(line.slice(word.start, word.end))) continue;
        // A tag with a modifier, `variableName.special`, has no name of its own.
        const tag = (tagOf(word.scope) ?? "").replace(/\..*/, "");
        const own = found.slice(start + word.start, start + word.end).map((classes) => classes.split(" ")[0]);
        expect([line, word, new Set(own)]).toEqual([line, word, new Set([tag])]);
      }
      start += line.length + 1;
    }
  });

  test("every scope of the grammar has a tag, and every tag is one of CodeMirror's", () => {
    const scopes = [...JSON.stringify(grammar).matchAll(/"name":"([\w.-]+)\.cnn"/g)].map((match) => match[1]!);
    expect(scopes.length).toBeGreaterThan(30);
    for (const scope of scopes) {
      const parts = tagOf(scope)?.split(".") ?? [];
      expect([scope, parts.length > 0, parts.every((part) => part in tags)]).toEqual([scope, true, true]);
    }
  });
});

describe("indentation", () => {
  test.each(examples)("examples/%s: that of the formatter", async (name) => {
    const result = await formatText(name, textOf(name));
    const state = stateOf("text" in result ? result.text : "");
    for (let number = 1; number <= state.doc.lines; number++) {
      const { text, from } = state.doc.line(number);
      if (text.trim() === "") continue;
      expect([text, getIndentation(state, from)]).toEqual([text, /^ */.exec(text)![0].length]);
    }
  });

  test("brackets in comments and in quotes open nothing", () => {
    const state = stateOf('net A { # {\n  INPUT 8x8x3 # [\n}\nuse "{"\n');
    expect([1, 2, 3, 4, 5].map((number) => getIndentation(state, state.doc.line(number).from))).toEqual([
      0, 2, 0, 0, 0,
    ]);
  });
});

describe("folding", () => {
  test.each(examples)("examples/%s: bodies and comments fold where the language server folds them", (name) => {
    const text = textOf(name);
    const state = stateOf(text);
    const analysis = analyse(name, text);
    const line = (offset: number) => state.doc.lineAt(offset).number;
    for (const { start, end, kind } of foldsOf(analysis)) {
      // A declaration that ends in its body; a remark may stand behind its last line.
      const first = state.doc.line(line(start));
      const found = foldable(state, first.from, first.to);
      expect([name, kind, first.text, found && line(found.to)]).toEqual([name, kind, first.text, line(end)]);
    }
  });

  test("what is left open folds nothing", () => {
    const state = stateOf("net A {\n  INPUT 8x8x3\n");
    expect(foldable(state, 0, 7)).toBeNull();
  });
});

test("comments and brackets", () => {
  const [data] = stateOf("RELU").languageDataAt<{ line: string }>("commentTokens", 1);
  const [brackets] = stateOf("RELU").languageDataAt<{ brackets: string[] }>("closeBrackets", 1);
  expect([data!.line, brackets!.brackets]).toEqual(["#", ["{", "[", "(", '"']]);
});
