/**
 * What is directly in a frame, from top to bottom. It is cut wherever a single value passes: the pieces are laid out one by
 * one and stand below each other, so that a chain is a straight line and time does not grow with the length of a network.
 */
import type { Point } from "./drawing.js";
import { inColumns } from "./columns.js";
import type { Arrange, Element, Line, Link, PieceLinks } from "./elements.js";
import { pieceOf } from "./piece.js";

export interface Level {
  readonly width: number;
  readonly height: number;
  /** Upper left corners of the children. */
  readonly places: ReadonlyMap<string, Point>;
  readonly lines: readonly Line[];
  readonly ins: ReadonlyMap<string, number>;
  readonly outs: ReadonlyMap<string, number>;
}

const portOf = (name: string): Element => ({ name, width: 0, height: 0 });

/** The children of a frame in order; those of the network itself, in columns where one would be too long. */
export function stackLevel(
  children: readonly Element[],
  links: readonly Link[],
  arrange: Arrange,
  isRoot: boolean,
): Level {
  const ports = (side: "from" | "to", start: string) =>
    [...new Set(links.map((link) => link[side]).filter((name) => name.startsWith(start)))].map(portOf);
  const [ins, outs] = [ports("from", "in "), ports("to", "out ")];
  const elements = [...ins, ...children, ...outs];
  const pieces = piecesOf(elements, links, { ins: ins.length, outs: outs.length }).map((piece) =>
    pieceOf(piece.elements, piece.links, arrange),
  );
  const { width, height, shifts, lines } = inColumns(pieces, isRoot);
  const places = new Map<string, Point>();
  const inner: Line[] = [];
  pieces.forEach((piece, index) => {
    const { x, y } = shifts[index]!;
    const move = (point: Point) => ({ x: point.x + x, y: point.y + y });
    for (const [name, place] of piece.places) places.set(name, move(place));
    for (const line of piece.lines) {
      const label = line.label && { ...line.label, at: move(line.label.at) };
      inner.push({ ...line, points: line.points.map(move), ...(label ? { label } : {}) });
    }
  });
  const portXs = (found: readonly Element[], start: string) =>
    new Map(found.map(({ name }) => [name.slice(start.length), places.get(name)!.x]));
  // From ports to the border.
  for (const { name } of ins) inner.push(upright(places.get(name)!, 0));
  for (const { name } of outs) inner.push(upright(places.get(name)!, height));
  return {
    width,
    height,
    places,
    lines: [...inner, ...lines].filter(({ points }) => points.length > 1),
    ins: portXs(ins, "in "),
    outs: portXs(outs, "out "),
  };
}

function upright(from: Point, y: number): Line {
  return { points: from.y === y ? [] : [from, { x: from.x, y }], hasHead: false };
}

/** The elements cut where one value passes, each piece with the links that touch it. */
function piecesOf(
  elements: readonly Element[],
  links: readonly Link[],
  ports: { ins: number; outs: number },
): { elements: Element[]; links: PieceLinks }[] {
  const indexOf = new Map(elements.map(({ name }, index) => [name, index]));
  const ends = new Map<string, { from: number; to: number }>();
  const hasInput = new Set<number>();
  for (const link of links) {
    const [from, to] = [indexOf.get(link.from)!, indexOf.get(link.to)!];
    hasInput.add(to);
    const key = keyOf(link);
    ends.set(key, { from, to: Math.max(to, ends.get(key)?.to ?? 0) });
  }
  const change = new Array<number>(elements.length + 1).fill(0);
  for (const { from, to } of ends.values()) {
    change[from]!++;
    change[to]!--;
  }
  const pieceOfElement: number[] = [];
  let passing = 0;
  let piece = 0;
  elements.forEach((_, index) => {
    pieceOfElement.push(piece);
    passing += change[index]!;
    const next = index + 1;
    const cutsPorts = next < ports.ins || next > elements.length - ports.outs;
    if (passing <= 1 && next < elements.length && !cutsPorts && hasInput.has(next)) piece++;
  });
  const pieces = Array.from({ length: piece + 1 }, () => ({
    elements: [] as Element[],
    links: { inner: [] as Link[], entering: [] as Link[], leaving: undefined as Link | undefined, passes: false },
  }));
  elements.forEach((element, index) => pieces[pieceOfElement[index]!]!.elements.push(element));
  for (const link of links) {
    const [from, to] = [pieceOfElement[indexOf.get(link.from)!]!, pieceOfElement[indexOf.get(link.to)!]!];
    if (from === to) pieces[from]!.links.inner.push(link);
    else {
      pieces[from]!.links.leaving = link;
      pieces[to]!.links.entering.push(link);
    }
  }
  // A value that is read further down as well.
  for (const { from, to } of ends.values()) {
    for (let between = pieceOfElement[from]! + 1; between < pieceOfElement[to]!; between++) {
      pieces[between]!.links.passes = true;
    }
  }
  return pieces;
}

const keyOf = ({ from, value }: Link) => `${from} ${value}`;
