/** Edits as CodeMirror has them. */
import type { ChangeSpec } from "@codemirror/state";
import type { Edit } from "../../service/index.js";

export function changesOf(edits: readonly Edit[]): ChangeSpec {
  return edits.map(({ span, text }) => ({ from: span.start, to: span.end, insert: text }));
}

/**
 * The changes that make one text of another, where both differ in blanks only as far as they can be followed: cursors, marks
 * and folds between them stay where they are.
 */
export function changesBetween(before: string, after: string): { from: number; to: number; insert: string }[] {
  const changes: { from: number; to: number; insert: string }[] = [];
  let [old, now] = [0, 0];
  for (;;) {
    const [oldEnd, nowEnd] = [endOfBlanks(before, old), endOfBlanks(after, now)];
    const insert = after.slice(now, nowEnd);
    if (before.slice(old, oldEnd) !== insert) changes.push({ from: old, to: oldEnd, insert });
    [old, now] = [oldEnd, nowEnd];
    if (old === before.length && now === after.length) return changes;
    // More than blanks has changed: what follows is one change.
    if (before[old] !== after[now]) return [...changes, restOf(before, old, after, now)];
    old++;
    now++;
  }
}

function endOfBlanks(text: string, start: number): number {
  let end = start;
  while (end < text.length && /\s/.test(text[end]!)) end++;
  return end;
}

/** From a place on, without what is the same at the end. */
function restOf(before: string, old: number, after: string, now: number) {
  let same = 0;
  const most = Math.min(before.length - old, after.length - now);
  while (same < most && before[before.length - 1 - same] === after[after.length - 1 - same]) same++;
  return { from: old, to: before.length - same, insert: after.slice(now, after.length - same) };
}
