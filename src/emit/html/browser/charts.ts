/** Charts over the steps of a network: what the pointer is at is told. */
import { bytesText } from "../../../base/bytes-text.js";
import { groupDigits } from "../../../base/integers.js";
import { writeLabels } from "./labels.js";
import type { Links } from "./links.js";
import type { Tip } from "./tip.js";

export function watchChart(chart: HTMLElement, links: Links, tip: Tip): void {
  const plot = chart.querySelector<SVGSVGElement>(".plot")!;
  const guide = plot.querySelector<SVGLineElement>(".guide")!;
  const nodes = plot.dataset["nodes"]!.split(" ").map(Number);
  const bytes = plot.dataset["bytes"]!.split(" ");
  const turn = plot.dataset["turn"];
  const values = [...plot.querySelectorAll<SVGRectElement>("[data-row]")];
  const stepAt = ({ clientX }: MouseEvent): number => {
    const { left, width } = plot.getBoundingClientRect();
    return Math.min(nodes.length - 1, Math.max(0, Math.floor(((clientX - left) / width) * nodes.length)));
  };
  const stepWords = (step: number): string[] => {
    const [name, layer = ""] = links.describe(nodes[step]!);
    const amount = bytesText(BigInt(bytes[step]!));
    const pass =
      turn === undefined ? `step ${step + 1} of ${nodes.length}` : step < Number(turn) ? "forward" : "backward";
    return [name!, layer, `${pass}: ${amount} in memory`];
  };
  const valueWords = ({ dataset }: SVGElement): string[] => {
    const { row, size, offset, from, to } = dataset as Record<string, string>;
    const steps = from === to ? `step ${from!}` : `steps ${from!} to ${to!}`;
    const life = from === "0" ? `there from the beginning to step ${to!}` : `there in ${steps} of ${nodes.length}`;
    return [
      ...links.describe(Number(row)).slice(0, 3),
      `${bytesText(BigInt(size!))} (${groupDigits(BigInt(size!))} bytes)`,
      life,
      `from byte ${groupDigits(BigInt(offset!))} on`,
    ];
  };
  plot.addEventListener("pointermove", (event) => {
    const step = stepAt(event);
    const place = `${((step + 0.5) / nodes.length) * 100}%`;
    guide.setAttribute("x1", place);
    guide.setAttribute("x2", place);
    guide.setAttribute("visibility", "visible");
    const value = (event.target as Element).closest<SVGElement>("[data-row]");
    if (value) {
      const [, , now] = stepWords(step);
      tip.show([...valueWords(value), now!], event.clientX, event.clientY);
      return;
    }
    links.point([nodes[step]!]);
    tip.show(stepWords(step), event.clientX, event.clientY);
  });
  plot.addEventListener("pointerleave", () => guide.setAttribute("visibility", "hidden"));
  plot.addEventListener("click", (event) => {
    if (!(event.target as Element).closest("[data-row]")) links.select([nodes[stepAt(event)]!], plot);
  });
  const peak = plot.querySelector<SVGTextElement>("text.peak")!;
  const peakWords = peak.textContent;
  const named = values.map((rectangle) => {
    return { rectangle, text: links.describe(Number(rectangle.dataset["row"]))[0]!, name: "on" };
  });
  new ResizeObserver(() => {
    if (named.length > 0) writeLabels(plot, named);
    keepInside(peak, peakWords, plot);
  }).observe(plot);
}

/** Moves words that would leave a chart to its side back into it; where they are too long, those before the place do. */
function keepInside(element: SVGTextElement, words: string, plot: SVGSVGElement): void {
  element.removeAttribute("transform");
  element.textContent = words;
  const outer = plot.getBoundingClientRect();
  if (element.getBoundingClientRect().width > outer.width) element.textContent = words.split(" at ")[0]!;
  const inner = element.getBoundingClientRect();
  const shift = Math.max(0, outer.left - inner.left) - Math.max(0, inner.right - outer.right);
  if (shift !== 0) element.setAttribute("transform", `translate(${shift})`);
}
