/** Where boxes, frames and lines stand. Each frame is laid out by itself, from the inside out. */
import type { Box, Diagram, Edge, Frame } from "./diagram.js";
import type { Point } from "./drawing.js";
import type { Arrange, Line, Link } from "./elements.js";
import { stackLevel } from "./level.js";
import { boxSize, frameHead } from "./measure.js";

export interface Placed {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What a frame holds, from its upper left corner on. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly (Placed & { readonly box: Box })[];
  /** Outer frames come before those in them. */
  readonly frames: readonly (Placed & { readonly frame: Frame })[];
  readonly lines: readonly Line[];
  /** Where values come in at the top and leave at the bottom, from the left. */
  readonly ins: ReadonlyMap<string, number>;
  readonly outs: ReadonlyMap<string, number>;
}

/** Room between a frame and what is in it. */
const PADDING = 12;

/** The layout of a picture; `arrange` places what does not stand in a row. */
export function layoutOf(diagram: Diagram, arrange: Arrange): Layout {
  const links = linksOf(diagram);
  return layoutFrame(diagram.root, links, arrange);
}

/** A value, as the lines of a frame tell it from others. */
const valueKey = ({ from, value }: Edge) => `${from} ${value}`;

/** What connects the children of each frame, by the frame's id. */
function linksOf({ root, boxes, edges }: Diagram): ReadonlyMap<number, readonly Link[]> {
  const parents = new Map<Box | Frame, Frame>();
  const visit = (frame: Frame): void => {
    for (const child of frame.children) {
      parents.set(child, frame);
      if (child.type === "frame") visit(child);
    }
  };
  visit(root);
  const pathOf = (box: Box): (Box | Frame)[] => {
    const path: (Box | Frame)[] = [box];
    for (let around = parents.get(box); around; around = parents.get(around)) path.push(around);
    return path.reverse();
  };
  const links = new Map<number, Map<string, Link>>();
  const add = (frame: Box | Frame, link: Link): void => {
    const known = links.get(frame.id) ?? new Map<string, Link>();
    links.set(frame.id, known.set(`${link.from} ${link.to} ${link.value}`, link));
  };
  for (const edge of edges) {
    const value = valueKey(edge);
    const [from, to] = [pathOf(boxes[edge.from]!), pathOf(boxes[edge.to]!)];
    let depth = 0;
    while (from[depth + 1] === to[depth + 1]) depth++;
    const { size } = edge;
    add(from[depth]!, { from: nameOf(from[depth + 1]!), to: nameOf(to[depth + 1]!), value, size });
    for (let level = depth + 1; level < from.length - 1; level++)
      add(from[level]!, { from: nameOf(from[level + 1]!), to: `out ${value}`, value, size });
    for (let level = depth + 1; level < to.length - 1; level++)
      add(to[level]!, { from: `in ${value}`, to: nameOf(to[level + 1]!), value, size });
  }
  return new Map([...links].map(([frame, found]) => [frame, [...found.values()]]));
}

/** How a child is called among the links of its frame. */
const nameOf = (child: Box | Frame) => `${child.type} ${child.id}`;

function layoutFrame(frame: Frame, links: ReadonlyMap<number, readonly Link[]>, arrange: Arrange): Layout {
  const inner = new Map<string, Layout>();
  for (const child of frame.children)
    if (child.type === "frame") inner.set(nameOf(child), layoutFrame(child, links, arrange));
  const own = links.get(frame.id) ?? [];
  const widest = Math.max(0, ...frame.children.map((child) => (child.type === "box" ? boxSize(child).width : 0)));
  const stack = () => {
    const children = frame.children.map((child) => {
      const name = nameOf(child);
      if (child.type === "box") return { name, width: widest, height: boxSize(child).height, size: child.size };
      const { width, height, ins, outs } = inner.get(name)!;
      return { name, width, height, ins, outs };
    });
    return stackLevel(children, own, arrange, isRoot);
  };
  const isRoot = frame.id === 0;
  let level = stack();
  const crossed = [...inner].filter(([name, { ins }]) => isCrossed(name, ins, level.lines));
  if (crossed.length > 0) {
    for (const [name, found] of crossed) inner.set(name, mirrored(found));
    level = stack();
  }
  const head = isRoot ? { width: 0, height: 0 } : frameHead(frame);
  const padding = isRoot ? 0 : PADDING;
  const width = Math.max(level.width + 2 * padding, head.width + 2 * padding);
  const left = (width - level.width) / 2;
  const top = head.height;
  const height = top + level.height + padding / 2;
  const moved = ({ x, y }: Point) => ({ x: x + left, y: y + top });

  const boxes: Layout["boxes"][number][] = [];
  const frames: Layout["frames"][number][] = [];
  const lines: Line[] = [];
  frame.children.forEach((child) => {
    const at = moved(level.places.get(nameOf(child))!);
    if (child.type === "box") {
      boxes.push({ ...at, width: widest, height: boxSize(child).height, box: child });
      return;
    }
    const found = inner.get(nameOf(child))!;
    frames.push({ ...at, width: found.width, height: found.height, frame: child });
    const shift = ({ x, y }: Point) => ({ x: x + at.x, y: y + at.y });
    boxes.push(...found.boxes.map((placed) => ({ ...placed, ...shift(placed) })));
    frames.push(...found.frames.map((placed) => ({ ...placed, ...shift(placed) })));
    lines.push(...found.lines.map((line) => movedLine(line, shift)));
  });
  for (const line of level.lines) lines.push(movedLine(line, moved));
  // Values enter at the head of a frame.
  const ins = new Map([...level.ins].map(([value, x]) => [value, x + left]));
  const outs = new Map([...level.outs].map(([value, x]) => [value, x + left]));
  if (!isRoot) {
    for (const x of outs.values())
      lines.push({
        points: [
          { x, y: top + level.height },
          { x, y: height },
        ],
        hasHead: false,
      });
  }
  return { width, height, boxes, frames, lines, ins, outs };
}

function movedLine(line: Line, move: (point: Point) => Point): Line {
  const label = line.label && { ...line.label, at: move(line.label.at) };
  return { ...line, points: line.points.map(move), ...(label ? { label } : {}) };
}

/** Whether the lines into a frame cross each other more often than they would if it were mirrored. */
function isCrossed(name: string, ins: ReadonlyMap<string, number>, lines: readonly Line[]): boolean {
  const arrivals = lines.flatMap(({ arrival }) => (arrival?.to === name ? [arrival] : []));
  let balance = 0;
  arrivals.forEach((a, index) => {
    for (const b of arrivals.slice(index + 1)) {
      balance += Math.sign((a.from - b.from) * (ins.get(a.value)! - ins.get(b.value)!));
    }
  });
  return balance < 0;
}

function mirrored({ width, boxes, frames, lines, ins, outs, ...rest }: Layout): Layout {
  const place = <P extends Placed>(placed: P) => ({ ...placed, x: width - placed.x - placed.width });
  const xs = (ports: ReadonlyMap<string, number>) => new Map([...ports].map(([value, x]) => [value, width - x]));
  return {
    ...rest,
    width,
    boxes: boxes.map(place),
    frames: frames.map(place),
    lines: lines.map((line) => movedLine(line, ({ x, y }) => ({ x: width - x, y }))),
    ins: xs(ins),
    outs: xs(outs),
  };
}
