/** Two texts that differ in their layout alone, matched sign by sign: where blanks differ, and bars of branches. */

/** A stretch between two signs of a text, which may be empty, and what stands there in the other text. */
export interface Gap {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const BLANK = /\s/;

/** The gaps in order, but for those that are empty in both; undefined where more than the layout differs. */
export function gapsBetween(before: string, after: string): Gap[] | undefined {
  const gaps: Gap[] = [];
  let [left, right] = [0, 0];
  for (;;) {
    const [start, other] = [left, right];
    for (;;) {
      while (left < before.length && BLANK.test(before[left]!)) left++;
      while (right < after.length && BLANK.test(after[right]!)) right++;
      if (before[left] === after[right]) break;
      // A leading bar that the other text has not.
      if (after[right] === "|") right++;
      else if (before[left] === "|") left++;
      else return undefined;
    }
    if (left > start || right > other) gaps.push({ start, end: left, text: after.slice(other, right) });
    if (left === before.length) return gaps;
    left++;
    right++;
  }
}
