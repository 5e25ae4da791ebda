/** What stands for the same layer in the table, the diagram and the charts: pointing at one shows all, clicking keeps it shown. */
import type { Tip } from "./tip.js";

export interface Links {
  /** Words on a layer, by its number. */
  describe(row: number): string[];
  /** Marks layers for as long as they are pointed at. */
  point(rows: readonly number[]): void;
  /** Keeps layers marked, and brings the first of them into view in the table and the diagram. */
  select(rows: readonly number[], from: Element): void;
}

/** The columns of the table that a tip tells, with how they are called there. */
const TOLD = ["layer", "output", "params", "macs", "activations"] as const;

export function linkLayers(net: HTMLElement, tip: Tip): Links {
  // Rows stand in the order of the program until the table is sorted.
  const rows = [...net.querySelectorAll<HTMLElement>("tbody tr")];
  const columns = [...net.querySelectorAll<HTMLElement>("thead th")].map(({ dataset }) => dataset["column"] ?? "");
  const known = new Map<number, Element[]>();
  const rowsOf = new Map<Element, number[]>();
  const link = (element: Element, row: number): void => {
    known.set(row, [...(known.get(row) ?? []), element]);
    rowsOf.set(element, [...(rowsOf.get(element) ?? []), row]);
  };
  for (const element of net.querySelectorAll<HTMLElement | SVGElement>("[data-row]"))
    link(element, Number(element.dataset["row"]));
  for (const view of net.querySelectorAll<HTMLElement>(".view")) {
    const boxes = new Map(
      [...view.querySelectorAll<SVGElement>("[data-box]")].map((box) => [box.dataset["box"], box] as const),
    );
    for (const row of rows) {
      const box = boxes.get(row.dataset[view.dataset["style"]!]);
      if (box) link(box, Number(row.dataset["row"]));
    }
  }

  const mark = (name: string) => {
    let marked: Element[] = [];
    return (numbers: readonly number[]) => {
      for (const element of marked) element.classList.remove(name);
      marked = numbers.flatMap((row) => known.get(row) ?? []);
      for (const element of marked) element.classList.add(name);
    };
  };
  const point = mark("pointed");
  const keep = mark("selected");
  let selected = "";

  const cellsOf = (row: number) =>
    new Map(columns.map((name, index) => [name, rows[row]!.children[index]!.textContent]));
  const describe = (row: number): string[] => {
    const cells = cellsOf(row);
    return [
      cells.get("name") ?? "",
      ...TOLD.flatMap((name) => {
        const text = cells.get(name);
        return text === undefined || text === "-" || text === "" ? [] : [name === "layer" ? text : `${name} ${text}`];
      }),
    ];
  };
  const describeBox = (box: Element, numbers: readonly number[]): string[] => {
    if (numbers.length === 1) return describe(numbers[0]!);
    const total = (name: string) =>
      numbers.reduce<bigint | undefined>((sum, row) => {
        const text = cellsOf(row).get(name)?.replaceAll(",", "").replace(/^-$/, "0") ?? "";
        return sum === undefined || !/^\d+$/.test(text) ? undefined : sum + BigInt(text);
      }, 0n);
    const sums = ["params", "macs"].flatMap((name) => {
      const sum = total(name);
      return sum === undefined || sum === 0n ? [] : [`${name} ${sum.toLocaleString("en")}`];
    });
    return [box.getAttribute("aria-label") ?? "", `${numbers.length} layers in all`, ...sums];
  };

  const select = (numbers: readonly number[], from: Element): void => {
    const key = numbers.join();
    const isAgain = key === selected || numbers.length === 0;
    selected = isAgain ? "" : key;
    keep(isAgain ? [] : numbers);
    if (isAgain) return;
    for (const row of numbers) for (const element of known.get(row) ?? []) raise(element);
    if (!from.closest("table")) reveal(rows[numbers[0]!]);
    if (!from.closest(".view")) {
      const boxes = known.get(numbers[0]!)?.filter((element) => element.closest(".view:not([hidden])"));
      reveal(boxes?.find((element) => element.matches("[data-box]")));
    }
  };

  const targetOf = ({ target }: Event) => (target as Element).closest("[data-row], [data-box]");
  net.addEventListener("pointerover", (event) => {
    const target = targetOf(event);
    point(target ? (rowsOf.get(target) ?? []) : []);
  });
  net.addEventListener("pointermove", (event) => {
    const box = (event.target as Element).closest("[data-box]");
    if (box) tip.show(describeBox(box, rowsOf.get(box) ?? []), event.clientX, event.clientY);
    else if (!(event.target as Element).closest(".plot, .map")) tip.hide();
  });
  net.addEventListener("pointerleave", () => {
    point([]);
    tip.hide();
  });
  net.addEventListener("click", (event) => {
    const target = targetOf(event);
    if (target) select(rowsOf.get(target) ?? [], target);
  });
  // With the table in focus, arrows go from one layer that is shown to the next.
  const table = net.querySelector("table")!;
  table.parentElement!.addEventListener("keydown", (event) => {
    if (!["ArrowDown", "ArrowUp"].includes(event.key) || event.target !== table.parentElement) return;
    event.preventDefault();
    const shown = [...table.tBodies[0]!.rows].filter(({ hidden }) => !hidden);
    const at = shown.findIndex((row) => row.dataset["row"] === selected);
    const next = shown[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (!next) return;
    select([Number(next.dataset["row"])], next);
    reveal(next);
  });
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") select([], net);
  });
  return { describe, point, select };
}

/** Draws a rectangle of a chart after the others, so that its outline is whole. */
function raise(element: Element): void {
  const group = element.closest("g");
  if (!element.matches("rect") || !group) return;
  group.append(element);
  const labels = group.parentElement?.querySelector(":scope > .labels");
  if (labels) group.parentElement?.insertBefore(group, labels);
}

/** Scrolls the box that holds an element, and not the page; rows are wider than their box and stay where they are. */
function reveal(element: Element | undefined): void {
  const around = element?.closest(".scroll");
  if (!element || !around) return;
  const [inner, outer] = [element.getBoundingClientRect(), around.getBoundingClientRect()];
  around.scrollBy({
    top: inner.top + inner.height / 2 - outer.top - outer.height / 2,
    left: inner.width > outer.width ? 0 : Math.min(0, inner.left - outer.left) + Math.max(0, inner.right - outer.right),
  });
}
