/** Names on the rectangles of a chart, where there is room for them. */

const SVG = "http://www.w3.org/2000/svg";
const SIZE = 11;
const PADDING = 4;
const LINE = 14;

const context = document.createElement("canvas").getContext("2d");

export interface Named {
  readonly rectangle: Element;
  readonly text: string;
  /** Beside the name, or below it, where that fits too. */
  readonly more?: string;
  readonly name: string;
}

/** Writes the names into the last group of a chart, in place of those that were there. */
export function writeLabels(chart: SVGSVGElement, named: readonly Named[]): void {
  const group = chart.querySelector(".labels")!;
  const outer = chart.getBoundingClientRect();
  const texts: Element[] = [];
  if (context) context.font = `${SIZE}px ${getComputedStyle(chart).fontFamily}`;
  for (const { rectangle, text, more, name } of named) {
    const { left, top, width, height } = rectangle.getBoundingClientRect();
    if (width < 24 || height < LINE) continue;
    const shown = fitted(text, width - 2 * PADDING);
    if (shown === undefined) continue;
    const [x, y] = [left - outer.left + PADDING, top - outer.top];
    texts.push(textAt(x, y + 12, shown, name));
    if (more !== undefined && height >= 2 * LINE + 2 && lengthOf(more) <= width - 2 * PADDING)
      texts.push(textAt(x, y + 12 + LINE, more, `${name} more`));
  }
  group.replaceChildren(...texts);
}

function textAt(x: number, y: number, text: string, name: string): Element {
  const element = document.createElementNS(SVG, "text");
  element.setAttribute("x", String(x));
  element.setAttribute("y", String(y));
  element.setAttribute("class", name);
  element.textContent = text;
  return element;
}

const lengthOf = (text: string) => context?.measureText(text).width ?? text.length * SIZE * 0.6;

/** The text, its last part, or its beginning; nothing where hardly anything of it would be seen. */
function fitted(text: string, room: number): string | undefined {
  if (lengthOf(text) <= room) return text;
  const last = text.split(".").at(-1)!;
  if (last !== text && lengthOf(last) <= room) return last;
  for (let length = last.length - 1; length >= 3; length--) {
    const cut = `${last.slice(0, length)}…`;
    if (lengthOf(cut) <= room) return cut;
  }
  return undefined;
}
