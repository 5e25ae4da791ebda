/** The texts of boxes and frames, and how much room they take. */
import { timesText, type Box, type Frame } from "./diagram.js";
import { clipped, textWidth } from "./text-width.js";

/** Sizes of text: what a layer is, the size of its result, what else is to be told. */
export const HEAD_TEXT = 12;
export const SIZE_TEXT = 11;
export const NOTE_TEXT = 10;

export const BOX_PADDING = 9;
const BETWEEN = 16;
const HEIGHT = 24;
const HEIGHT_WITH_NOTES = 38;
export const FRAME_HEAD = 19;

/** Characters of what the program says that are shown. */
const MOST_HEAD = 40;
const MOST_SIZE = 34;
const MOST_TITLE = 60;
const MOST_NOTES = 44;

export interface BoxTexts {
  readonly head: string;
  readonly size: string;
  readonly notes: string;
}

export function boxTexts({ label, head, times, size, notes }: Box): BoxTexts {
  const named = label === undefined ? head : `${label}: ${head}`;
  return {
    head: clipped(named, MOST_HEAD) + timesText(times),
    size: clipped(size, MOST_SIZE),
    notes: clipped(notes.join(", "), MOST_NOTES),
  };
}

export function boxSize(box: Box): { width: number; height: number } {
  const { head, size, notes } = boxTexts(box);
  const line = textWidth(head, HEAD_TEXT, true) + (size === "" ? 0 : BETWEEN + textWidth(size, SIZE_TEXT));
  const width = Math.max(line, textWidth(notes, NOTE_TEXT)) + 2 * BOX_PADDING;
  return { width: Math.ceil(width), height: notes === "" ? HEIGHT : HEIGHT_WITH_NOTES };
}

export function frameTitle({ title, times }: Frame): string {
  return (clipped(title, MOST_TITLE) + timesText(times)).trim();
}

/** The bar with the title. */
export function frameHead(frame: Frame): { width: number; height: number } {
  return { width: Math.ceil(textWidth(frameTitle(frame), HEAD_TEXT, true)) + 2 * BOX_PADDING, height: FRAME_HEAD };
}
