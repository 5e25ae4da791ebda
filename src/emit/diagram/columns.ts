/** Pieces below each other, in as many columns as make a page of them. */
import type { Point } from "./drawing.js";
import type { Line } from "./elements.js";
import type { Piece } from "./piece.js";

const GAP = 18;
/** Before a port, where a value only leaves the frame. */
const PORT_GAP = 6;
/** Between columns, where the line goes up again. */
const GUTTER = 44;
/** A column that is no longer than this stays one. */
const SHORT = 760;
/** Width of a page to its height that columns aim at. */
const PROPORTION = 1.2;
const MOST_COLUMNS = 8;
/** How much worse it is to leave room empty than to miss the proportion. */
const EMPTINESS = 3;

export interface Columns {
  readonly width: number;
  readonly height: number;
  /** Where the origin of each piece comes to lie. */
  readonly shifts: readonly Point[];
  /** Lines from one piece to the next. */
  readonly lines: readonly Line[];
}

export function inColumns(pieces: readonly Piece[], mayWrap: boolean): Columns {
  const columns = mayWrap ? wrapped(pieces) : [pieces];
  const shifts: Point[] = [];
  const lines: Line[] = [];
  let left = 0;
  let height = 0;
  let before: { from: Point; right: number } | undefined;
  for (const column of columns) {
    const stack = stacked(column);
    const origin = left - stack.left;
    stack.shifts.forEach((shift) => shifts.push({ x: shift.x + origin, y: shift.y }));
    lines.push(
      ...stack.lines.map((line) => ({ ...line, points: line.points.map(({ x, y }) => ({ x: x + origin, y })) })),
    );
    const [first, last] = [column[0]!, column.at(-1)!];
    if (before && first.entry) {
      const to = { x: stack.shifts[0]!.x + origin + first.entry.x, y: 0 };
      lines.push(aroundLine(before.from, (before.right + left) / 2, to, first.entry.hasHead));
    }
    const end = stack.shifts.at(-1)!;
    before = last.exit && {
      from: { x: end.x + origin + last.exit.x, y: end.y + last.exit.y },
      right: origin + stack.right,
    };
    left = origin + stack.right + GUTTER;
    height = Math.max(height, stack.height);
  }
  if (columns.length === 1) return { width: left - GUTTER, height, shifts, lines };
  // Room for the lines above the columns and below.
  const down = ({ x, y }: Point) => ({ x, y: y + GAP });
  return {
    width: left - GUTTER,
    height: height + 2 * GAP,
    shifts: shifts.map(down),
    lines: lines.map((line) => ({ ...line, points: line.points.map(down) })),
  };
}

/** From the end of a column up to the start of the next. */
function aroundLine(from: Point, middle: number, to: Point, hasHead: boolean): Line {
  const [low, high] = [from.y + GAP / 2, to.y - GAP];
  return {
    points: [from, { x: from.x, y: low }, { x: middle, y: low }, { x: middle, y: high }, { x: to.x, y: high }, to],
    hasHead,
  };
}

function stacked(pieces: readonly Piece[]) {
  const shifts: Point[] = [];
  const lines: Line[] = [];
  let [y, left, right] = [0, 0, 0];
  let exit: Point | undefined;
  for (const [index, piece] of pieces.entries()) {
    if (index > 0) y += gapBefore(piece);
    // What a value enters stands below where it came from.
    const x = exit && piece.entry ? exit.x - piece.entry.x : 0;
    if (exit && piece.entry) {
      const points = [exit, { x: exit.x, y }];
      lines.push({ points, hasHead: piece.entry.hasHead });
    }
    shifts.push({ x, y });
    left = Math.min(left, x + piece.left);
    right = Math.max(right, x + piece.right);
    exit = piece.exit && { x: x + piece.exit.x, y: y + piece.exit.y };
    y += piece.height;
  }
  return { shifts, lines, left, right, height: y };
}

const gapBefore = ({ height }: Piece) => (height === 0 ? PORT_GAP : GAP);

/** The pieces in columns of about one height. */
function wrapped(pieces: readonly Piece[]): (readonly Piece[])[] {
  const height = stacked(pieces).height;
  if (height <= SHORT) return [pieces];
  let best: { columns: (readonly Piece[])[]; fault: number } = { columns: [pieces], fault: Number.POSITIVE_INFINITY };
  for (let count = 1; count <= Math.min(MOST_COLUMNS, pieces.length); count++) {
    const columns = packed(pieces, count);
    const stacks = columns.map(stacked);
    const tallest = Math.max(...stacks.map((stack) => stack.height));
    const width = stacks.reduce((sum, { left, right }) => sum + right - left + GUTTER, 0);
    const filledPart = stacks.reduce((sum, stack) => sum + stack.height, 0) / (columns.length * tallest);
    const fault = Math.abs(Math.log(width / tallest / PROPORTION)) + EMPTINESS * (1 - filledPart);
    if (fault < best.fault) best = { columns, fault };
  }
  return best.columns;
}

/** At most so many columns, the tallest as short as may be. */
function packed(pieces: readonly Piece[], count: number): (readonly Piece[])[] {
  let [low, high] = [0, stacked(pieces).height];
  while (high - low > 1) {
    const middle = (low + high) / 2;
    if (filled(pieces, middle).length <= count) high = middle;
    else low = middle;
  }
  return filled(pieces, high);
}

/** Columns filled up to a height one after the other. */
function filled(pieces: readonly Piece[], most: number): (readonly Piece[])[] {
  const columns: Piece[][] = [];
  let used = Number.POSITIVE_INFINITY;
  for (const piece of pieces) {
    if (used + GAP + piece.height > most) {
      columns.push([]);
      used = -GAP;
    }
    columns.at(-1)!.push(piece);
    used += GAP + piece.height;
  }
  return columns;
}
