/** The shares of the cost: what areas stand for is switched. */
import { writeLabels, type Named } from "./labels.js";
import type { Links } from "./links.js";
import type { Tip } from "./tip.js";

/** Places are written in ten-thousandths. */
const STEPS = 100;
const SIDES = ["x", "y", "width", "height"] as const;

export function watchTreemap(net: HTMLElement, links: Links, tip: Tip): void {
  const panel = net.querySelector<HTMLElement>(".treemap");
  if (!panel) return;
  const map = panel.querySelector<SVGSVGElement>(".map")!;
  const layers = [...map.querySelectorAll<SVGRectElement>("[data-row]")];
  const calls = [...map.querySelectorAll<SVGRectElement>(".call")];
  layers.sort((a, b) => Number(a.dataset["row"]) - Number(b.dataset["row"]));
  const all = [...layers, ...calls];
  const names = layers.map((_, row) => links.describe(row)[0]!);
  let measure = panel.dataset["measure"]!;
  /** What percentage of the whole each layer has. */
  let shares: string[] = [];

  const label = (): void => {
    const places = map.dataset[measure]!.split(",").slice(layers.length);
    const hasHead = (_: Element, call: number) => places[call]!.split(" ").length > SIDES.length;
    shares = map.dataset[`${measure}Shares`]!.split(" ");
    const areas: Named[] = [
      ...layers.map((rectangle, row) => ({
        rectangle,
        text: names[row]!.split(".").at(-1)!,
        more: `${shares[row]!} %`,
        name: "on",
      })),
      ...calls
        .filter(hasHead)
        .map((rectangle) => ({ rectangle, text: rectangle.dataset["name"]!.split(".").at(-1)!, name: "off" })),
    ];
    writeLabels(map, areas);
  };
  const show = (wanted: string): void => {
    measure = wanted;
    const places = map.dataset[wanted]!.split(",");
    all.forEach((rectangle, index) => {
      const sides = places[index]!.split(" ").map(Number);
      SIDES.forEach((side, axis) => rectangle.setAttribute(side, `${sides[axis]! / STEPS}%`));
    });
    panel.dataset["measure"] = wanted;
    map.setAttribute("aria-label", `Shares of the ${wanted}`);
    panel.querySelector(".found")!.textContent = panel.dataset[`${wanted}Total`]!;
    for (const button of panel.querySelectorAll<HTMLElement>("[data-measure]"))
      button.setAttribute("aria-pressed", String(button.dataset["measure"] === wanted));
    label();
  };
  for (const button of panel.querySelectorAll<HTMLElement>("button[data-measure]"))
    button.addEventListener("click", () => show(button.dataset["measure"]!));

  map.addEventListener("pointermove", (event) => {
    const target = event.target as SVGElement;
    const row = target.dataset["row"];
    if (row !== undefined) {
      const what = measure === "memory" ? "the memory of all results" : `all ${measure}`;
      tip.show([...links.describe(Number(row)), `${shares[Number(row)]!} % of ${what}`], event.clientX, event.clientY);
    } else if (target.dataset["name"] !== undefined) tip.show([target.dataset["name"]], event.clientX, event.clientY);
    else tip.hide();
  });
  new ResizeObserver(label).observe(map);
}
