/** A piece of a level between two cuts: an element alone, or several that branch. */
import type { Point } from "./drawing.js";
import { isPort, type Arrange, type Element, type Line, type Link, type PieceLinks, type Wire } from "./elements.js";
import { NOTE_TEXT } from "./measure.js";
import { textWidth } from "./text-width.js";

export interface Piece {
  readonly left: number;
  readonly right: number;
  readonly height: number;
  readonly places: ReadonlyMap<string, Point>;
  readonly lines: readonly Line[];
  /** Where the value that enters arrives, with a head where that is at a box. */
  readonly entry?: { readonly x: number; readonly hasHead: boolean };
  readonly exit?: { readonly x: number; readonly y: number };
}

const ENTRY = "entry";
const EXIT = "exit";
/** The upright end of a line. */
const LAST_STEP = 9;

export function pieceOf(elements: readonly Element[], links: PieceLinks, arrange: Arrange): Piece {
  const [only] = elements;
  if (elements.length === 1 && links.entering.length <= 1 && !links.passes) return singlePiece(only!, links);
  return branchingPiece(elements, links, arrange);
}

function singlePiece(element: Element, { entering, leaving }: PieceLinks): Piece {
  const { name, width, height } = element;
  const left = -width / 2;
  const [enters] = entering;
  return {
    left,
    right: width / 2,
    height,
    places: new Map([[name, { x: left, y: 0 }]]),
    lines: [],
    ...(enters ? { entry: { x: left + inX(element, enters.value), hasHead: !isPort(element) } } : {}),
    ...(leaving ? { exit: { x: left + outX(element, leaving.value), y: height } } : {}),
  };
}

const inX = ({ ins, width }: Element, value: string) => ins?.get(value) ?? width / 2;
const outX = ({ outs, width }: Element, value: string) => outs?.get(value) ?? width / 2;

function branchingPiece(inside: readonly Element[], links: PieceLinks, arrange: Arrange): Piece {
  const { entering, leaving, passes } = links;
  // Without a point of its own where the value enters, or leaves, by the one element that it could.
  const [enters] = entering;
  const sources = inside.filter(({ name }) => links.inner.every(({ to }) => to !== name));
  const sinks = inside.filter(({ name }) => links.inner.every(({ from }) => from !== name));
  const first = entering.length === 1 && sources.length === 1 && !passes && sources[0]!.name === enters!.to;
  const last = leaving && sinks.length === 1 && !passes && sinks[0]!.name === leaving.from;
  const hasEntry = (entering.length > 0 || passes) && !first;
  const hasExit = (leaving !== undefined || passes) && !last;
  const elements = [...inside];
  if (hasEntry) elements.unshift({ name: ENTRY, width: 0, height: 0 });
  if (hasExit) elements.push({ name: EXIT, width: 0, height: 0 });
  const all: Link[] = [
    ...(hasEntry ? entering.map((link) => ({ ...link, from: ENTRY })) : []),
    ...links.inner,
    ...(leaving && hasExit ? [{ ...leaving, to: EXIT }] : []),
    ...(passes ? [{ from: ENTRY, to: EXIT, value: "", size: "" }] : []),
  ];
  const byName = new Map(elements.map((element) => [element.name, element]));
  const wires = all.map((link) => wireOf(link, all, byName));
  const tops = elements.filter(({ name }) => name === ENTRY || name.startsWith("in ")).map(({ name }) => name);
  const bottoms = elements.filter(({ name }) => name === EXIT || name.startsWith("out ")).map(({ name }) => name);
  const { centres, routes } = arrange(elements, wires, tops, bottoms);

  const top = Math.min(...elements.map(({ name, height }) => centres.get(name)!.y - height / 2));
  const corner = ({ name, width, height }: Element): Point => {
    const { x, y } = centres.get(name)!;
    return { x: x - width / 2, y: y - height / 2 - top };
  };
  const height = Math.max(...elements.map((element) => corner(element).y + element.height));
  const ranks = ranksOf(elements, corner);
  /** From where each link comes to its last point. */
  const comesFrom = all.map(({ from }, index) => routes[index]!.points.at(-1)?.x ?? centres.get(from)!.x);
  const slotOf = (index: number): Slot => {
    const rivals = [...all.keys()].filter((other) => all[other]!.to === all[index]!.to);
    rivals.sort((a, b) => comesFrom[a]! - comesFrom[b]! || a - b);
    return { place: rivals.indexOf(index), of: rivals.length };
  };

  const lines = all.map((link, index): Line => {
    const [from, to] = [byName.get(link.from)!, byName.get(link.to)!];
    const { points, label } = routes[index]!;
    const start = { x: corner(from).x + outX(from, link.value), y: corner(from).y + from.height };
    const between = points.map(({ x, y }) => ({ x, y: y - top }));
    const route = between
      .flatMap((point) => alongRank(point, ranks))
      .filter(({ y }) => y > start.y && y < corner(to).y);
    const last = route.at(-1) ?? start;
    const end = {
      x: corner(to).x + endX(to, link.value, last.x - corner(to).x, slotOf(index)),
      y: corner(to).y,
    };
    // Lines arrive from above, not from the side.
    const above = end.y - last.y > LAST_STEP + 2 ? [{ x: end.x, y: end.y - LAST_STEP }] : [];
    const wire = wires[index]!;
    return {
      points: straightened([start, ...route, ...above, end]),
      hasHead: !isPort(to),
      arrival: { to: link.to, value: link.value, from: last.x },
      ...(wire.label && label ? { label: { text: link.size, at: { x: label.x, y: label.y - top } } } : {}),
    };
  });
  const lineXs = lines.flatMap(({ points }) => points.map(({ x }) => x));
  const labelXs = lines.flatMap(({ label }) =>
    label ? [-1, 1].map((sign) => label.at.x + (sign * textWidth(label.text, NOTE_TEXT)) / 2) : [],
  );
  const corners = elements.flatMap((element) => [corner(element).x, corner(element).x + element.width]);
  const xs = [...lineXs, ...labelXs, ...corners];
  return {
    left: Math.min(...xs),
    right: Math.max(...xs),
    height,
    places: new Map(inside.map((element) => [element.name, corner(element)])),
    lines,
    ...entryOf(),
    ...exitOf(),
  };

  function entryOf(): Pick<Piece, "entry"> {
    if (hasEntry) return { entry: { x: centres.get(ENTRY)!.x, hasHead: false } };
    if (!enters) return {};
    return { entry: { x: corner(sources[0]!).x + inX(sources[0]!, enters.value), hasHead: !isPort(sources[0]!) } };
  }

  function exitOf(): Pick<Piece, "exit"> {
    if (hasExit) return { exit: { x: centres.get(EXIT)!.x, y: height } };
    if (!leaving) return {};
    return { exit: { x: corner(sinks[0]!).x + outX(sinks[0]!, leaving.value), y: height } };
  }
}

/** Sizes stand beside lines that pass other boxes and end where the size is another. */
function wireOf(link: Link, all: readonly Link[], elements: ReadonlyMap<string, Element>): Wire {
  const { from, to, size } = link;
  const source = elements.get(from)!;
  const isLong =
    all.some((other) => other.from === from && other.to !== to) &&
    all.some((other) => other.to === to && other.from !== from);
  if (isPort(source) || isPort(elements.get(to)!) || !isLong || elements.get(to)!.size === size) return { from, to };
  return { from, to, label: { width: textWidth(size, NOTE_TEXT) + 8, height: NOTE_TEXT + 4 } };
}

/** Which of the lines to an element a line is, from the left. */
interface Slot {
  readonly place: number;
  readonly of: number;
}

/** Where a line meets the upper side of a box: in its own part of it, so that none lies over another. */
function endX(element: Element, value: string, x: number, { place, of }: Slot): number {
  const port = element.ins?.get(value);
  if (port !== undefined) return port;
  if (of === 1) return element.width / 2;
  const part = (0.8 * element.width) / of;
  const [low, high] = [place + 0.2, place + 0.8].map((share) => 0.1 * element.width + share * part);
  return Math.min(Math.max(x, low!), high!);
}

interface Rank {
  readonly middle: number;
  readonly half: number;
}

/** Heights of what stands side by side; lines pass it upright. */
function ranksOf(elements: readonly Element[], corner: (element: Element) => Point): Rank[] {
  const ranks = new Map<number, Rank>();
  for (const element of elements) {
    const middle = Math.round(corner(element).y + element.height / 2);
    const half = Math.max(element.height / 2, ranks.get(middle)?.half ?? 0);
    ranks.set(middle, { middle, half });
  }
  return [...ranks.values()];
}

function alongRank({ x, y }: Point, ranks: readonly Rank[]): Point[] {
  const rank = ranks.find(({ middle }) => Math.abs(middle - y) < 1.5);
  if (!rank || rank.half === 0) return [{ x, y }];
  return [
    { x, y: rank.middle - rank.half },
    { x, y: rank.middle + rank.half },
  ];
}

/** The points without those that lie on the way between their neighbours. */
function straightened(points: readonly Point[]): Point[] {
  return points.filter((point, index) => {
    const [before, after] = [points[index - 1], points[index + 1]];
    if (!before || !after) return true;
    const cross = (point.x - before.x) * (after.y - before.y) - (after.x - before.x) * (point.y - before.y);
    return Math.abs(cross) > 0.5 * Math.hypot(after.x - before.x, after.y - before.y);
  });
}
