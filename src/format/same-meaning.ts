/** Whether two texts are the same program: their trees without their places, and their comments. */
import { hasErrors } from "../base/diagnostics.js";
import { SourceText } from "../base/source.js";
import type { Program } from "../syntax/ast.js";
import { parse } from "../syntax/parse.js";

/** Whether both can be read, and mean the same, however their lines end. */
export function haveSameMeaning(before: string, after: string): boolean {
  const [first, second] = [before, after].map(readableProgram);
  return first !== undefined && second !== undefined && areSame(first, second);
}

function readableProgram(text: string): Program | undefined {
  const { program, diagnostics } = parse(new SourceText("program.cnn", text.replaceAll("\r\n", "\n")));
  return hasErrors(diagnostics) ? undefined : program;
}

/** Pair by pair, without calls in calls: trees may be deep. */
function areSame(first: Program, second: Program): boolean {
  const texts = ({ comments }: Program) => comments.map(({ text }) => text.trimEnd());
  const waiting: [unknown, unknown][] = [
    [texts(first), texts(second)],
    [first.items, second.items],
  ];
  for (let pair = waiting.pop(); pair; pair = waiting.pop()) {
    const [left, right] = pair;
    if (Object.is(left, right)) continue;
    if (!isTree(left) || !isTree(right) || Array.isArray(left) !== Array.isArray(right)) return false;
    const keys = new Set([...keysOf(left), ...keysOf(right)]);
    for (const key of keys) waiting.push([left[key], right[key]]);
  }
  return true;
}

const isTree = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

/** But for places, which the layout changes. */
const keysOf = (tree: object) => Object.keys(tree).filter((key) => !/^source$|span$/i.test(key));
