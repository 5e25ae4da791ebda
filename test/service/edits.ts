/** Edits as people make them: letters, signs, words, lines taken out, copied and put elsewhere, and taken back. */
import type { Random } from "../random.js";

export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const PIECES = [
  "-", " - ", "\n", " ", "{", "}", "(", ")", "[", "]", "|", ",", ":", "#", '"', "=", "/", "*", "@", "3", "64", "x",
  "CONV3-64", " - RELU", "POOL2", "BN", "ADD { ", "[7x7x512]", "no bias", "stride 2", "pad ", "in.c", "@e1", "let k = 2\n",
  "net X {\n  INPUT 8x8x3 - FC-2\n}\n", "block B(c) { CONV3-c }\n", "B(4)", "use std\n", "default CONV no bias\n", "fn f(x) = x*2\n",
  "output a = ", "assert params < 1M\n", "train { loss mse }\n", "# words\n", "## words\n",
]; // prettier-ignore

/** An edit of a text; most are small, and some take a whole line or put it elsewhere. */
export function randomEdit(text: string, random: Random): Edit {
  const at = Math.floor(random() * (text.length + 1));
  const kind = random();
  if (kind < 0.35) return { start: at, end: at, text: PIECES[Math.floor(random() * PIECES.length)]! };
  if (kind < 0.6) return { start: at, end: Math.min(text.length, at + 1 + Math.floor(random() * 3)), text: "" };
  if (kind < 0.75)
    return { start: at, end: Math.min(text.length, at + 1), text: String.fromCharCode(97 + Math.floor(random() * 26)) };
  const start = text.lastIndexOf("\n", at - 1) + 1;
  const end = text.indexOf("\n", at) + 1 || text.length;
  if (kind < 0.85) return { start, end, text: "" };
  if (kind < 0.95) return { start, end: start, text: text.slice(start, end) };
  return { start, end, text: text.slice(start, end).split(" ").reverse().join(" ") };
}

export function edited(text: string, { start, end, text: put }: Edit): string {
  return text.slice(0, start) + put + text.slice(end);
}
