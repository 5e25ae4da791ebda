/** The script of a report's page. It is bundled into page-assets.ts by `npm run page`. */
import { watchChart } from "./charts.js";
import { linkLayers } from "./links.js";
import { watchTable } from "./table.js";
import { createTip } from "./tip.js";
import { watchTreemap } from "./treemap.js";
import { watchZoom } from "./zoom.js";

document.documentElement.classList.add("scripted");
const tip = createTip();
for (const net of document.querySelectorAll<HTMLElement>("section.net")) {
  const links = linkLayers(net, tip);
  watchTable(net);
  watchZoom(net);
  watchTreemap(net, links, tip);
  for (const chart of net.querySelectorAll<HTMLElement>(".chart")) watchChart(chart, links, tip);
}
