/** What the page tells of one network. */
import { inferenceMemory } from "../../analysis/memory/inference.js";
import type { ColumnChoice } from "../../analysis/report-columns.js";
import { reportOf } from "../../analysis/report.js";
import { listWords } from "../../base/suggest.js";
import { formatCondition } from "../../ir/condition.js";
import type { Network } from "../../ir/network.js";
import { markedPictures } from "../diagram/marked-pictures.js";
import { factsPanel } from "./facts.js";
import { layerTable } from "./layer-table.js";
import { element, type Content, type Markup } from "./markup.js";
import { picturePanel } from "./picture-panel.js";
import { runningPanel } from "./running-panel.js";
import { trainingOf, trainingPanel } from "./training-panel.js";
import { treemapPanel } from "./treemap-panel.js";

/** `id` is where links of the page lead. */
export async function sectionOf(network: Network, id: string, choice: ColumnChoice): Promise<Markup> {
  const { precision = "float32" } = choice;
  const isOpen = network.symbols.length > 0;
  const report = reportOf(network, precision);
  const running = isOpen ? undefined : inferenceMemory(network, { precision });
  const training = isOpen ? undefined : trainingOf(network, precision);
  const pictures = await markedPictures(network);
  const charts: Content = running
    ? [
        await treemapPanel(network, report, precision),
        runningPanel(network, running),
        training && trainingPanel(network, training),
      ]
    : withoutCharts(network);
  return element(
    "section",
    { class: "net", id },
    factsPanel(network, report, { precision, running, training }),
    element("div", { class: "beside" }, picturePanel(pictures), layerTable(network, report, { choice, pictures })),
    charts,
  );
}

/** Why there is no chart where sizes have letters, and what gives one. */
function withoutCharts({ symbols, conditions }: Network): Markup {
  const options = symbols.map((letter) => `--size ${letter}=224`).join(" ");
  return element(
    "div",
    { class: "panel" },
    element("h3", {}, "Memory and shares"),
    element(
      "p",
      { class: "words" },
      `Sizes here are formulas, because ${listWords(symbols)} ${symbols.length === 1 ? "is" : "are"} open, and a formula has no ` +
        "area to draw. With numbers for the letters the report shows the memory over time and the shares of the cost: ",
      element("code", {}, options),
      conditions.length > 0 ? `. What the letters have to fulfil: ${conditions.map(formatCondition).join("; ")}.` : ".",
    ),
  );
}
