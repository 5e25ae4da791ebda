/** How wide text is, without a font: the widths of Helvetica, which Arial and Liberation Sans share, and a little more. */

/** Thousandths of the font's size for the characters from the space to the tilde. */
const WIDTHS = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
  556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
  722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
  556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
  260, 334, 584,
];

/** What is no ASCII is taken to be as wide as it is high. */
const WIDEST = 1000;

/** Another font than the one asked for may be wider, and bold text is. */
const RESERVE = 1.04;
const BOLD = 1.08;

export function textWidth(text: string, size: number, isBold = false): number {
  let width = 0;
  for (const character of text) width += WIDTHS[character.codePointAt(0)! - 32] ?? WIDEST;
  return (width / 1000) * size * RESERVE * (isBold ? BOLD : 1);
}

/** The text, or its beginning with an ellipsis where it is longer. */
export function clipped(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join("")}…`;
}

/** Phrases in lines that are no wider than a width; a phrase that is wider alone has a line of its own. */
export function inLines<T>(phrases: readonly T[], widthOf: (phrase: T) => number, gap: number, most: number): T[][] {
  const lines: T[][] = [];
  let used = Number.POSITIVE_INFINITY;
  for (const phrase of phrases) {
    const width = widthOf(phrase);
    if (used + gap + width > most) {
      lines.push([]);
      used = -gap;
    }
    lines.at(-1)!.push(phrase);
    used += gap + width;
  }
  return lines;
}
