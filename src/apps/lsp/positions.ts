/** Offsets of a text as lines and columns of the protocol, which count in the unit that both sides agreed on. */
import { PositionEncodingKind, type Position, type Range } from "vscode-languageserver/node";
import type { SourceText, Span } from "../../index.js";

export type Encoding = typeof PositionEncodingKind.UTF8 | typeof PositionEncodingKind.UTF16;

export class Positions {
  constructor(readonly encoding: Encoding = PositionEncodingKind.UTF16) {}

  at(source: SourceText, offset: number): Position {
    const { line, column } = source.position(offset);
    return { line: line - 1, character: this.units(source.line(line).slice(0, column - 1)) };
  }

  range({ source, start, end }: Span): Range {
    return { start: this.at(source, start), end: this.at(source, end) };
  }

  /** What lies beyond a line is its end, as the protocol has it. */
  offset(source: SourceText, { line, character }: Position): number {
    if (line >= source.lineCount) return source.text.length;
    const text = source.line(line + 1);
    return source.startOf(line + 1) + this.codeUnits(text, character);
  }

  private units(text: string): number {
    return this.encoding === PositionEncodingKind.UTF16 ? text.length : Buffer.byteLength(text);
  }

  /** How many code units of a line so many units of the protocol are. */
  private codeUnits(text: string, count: number): number {
    if (this.encoding === PositionEncodingKind.UTF16) return Math.min(count, text.length);
    let bytes = 0;
    let units = 0;
    for (const character of text) {
      if (bytes >= count) break;
      bytes += Buffer.byteLength(character);
      units += character.length;
    }
    return units;
  }
}
