/** What is in memory in a step of training: forward, and backward again. */
import type { TapeMoment } from "../../analysis/memory/tape.js";
import { trainingMemory, trainingTimeline, type TrainingMemory } from "../../analysis/memory/training.js";
import type { NumberFormat } from "../../analysis/precisions.js";
import { bytesText } from "../../base/bytes-text.js";
import { defaultTraining } from "../../ir/default-training.js";
import { nodeOf, type Network } from "../../ir/network.js";
import { byteAxis, percent } from "./axis.js";
import { element, together, type Markup } from "./markup.js";
import { peakLine } from "./running-panel.js";
import { stairs } from "./stairs.js";

export interface TrainingFigures {
  readonly optimizer: string;
  readonly memory: TrainingMemory;
  readonly moments: readonly TapeMoment[];
}

/** At batch 1, with the optimizer of the program; nothing is trained in int8. */
export function trainingOf(network: Network, precision: NumberFormat): TrainingFigures | undefined {
  if (precision === "int8") return undefined;
  const { optimizer } = network.training ?? defaultTraining(network.span);
  const options = { batch: 1, optimizer, precision };
  return {
    optimizer: optimizer.name,
    memory: trainingMemory(network, options),
    moments: trainingTimeline(network, options),
  };
}

export function trainingPanel(network: Network, { optimizer, memory, moments }: TrainingFigures): Markup {
  const peak = memory.activations;
  if (moments.length === 0 || peak === 0n) return together();
  const most = peak + peak / 6n + 1n;
  const part = (bytes: bigint) => Number(bytes) / Number(most);
  const busiest = moments.findIndex((moment) => moment.most === peak);
  const turn = moments.findIndex(({ pass }) => pass === "backward") / moments.length;
  const axis = byteAxis(most);
  const { node, pass } = moments[busiest]!;
  const peakWords = `peak ${bytesText(peak)} at ${nodeOf(network, node).name}, ${pass}`;
  const plot = element(
    "svg",
    {
      class: "plot",
      role: "img",
      "aria-label": `Values and gradients in memory over a step of training, ${peakWords}`,
      "data-nodes": moments.map((moment) => moment.node).join(" "),
      "data-bytes": moments.map((moment) => moment.most).join(" "),
      "data-turn": moments.findIndex((moment) => moment.pass === "backward"),
    },
    element("rect", { class: "backward", x: percent(turn), y: 0, width: percent(1 - turn), height: "100%" }),
    axis.lines,
    stairs(
      moments.map((moment) => part(moment.most)),
      "trained",
    ),
    peakLine(part(peak), (busiest + 0.5) / moments.length, peakWords),
    element("line", { class: "guide", y1: 0, y2: "100%", visibility: "hidden" }),
  );
  const side = (text: string, from: number, to: number) =>
    element("text", { x: percent((from + to) / 2), y: "1em", "text-anchor": "middle" }, text);
  return element(
    "div",
    { class: "panel chart training" },
    element("div", { class: "bar" }, element("h3", {}, "Memory while it is trained")),
    words(optimizer, memory),
    element(
      "div",
      { class: "axes" },
      axis.texts,
      plot,
      element("svg", { class: "axis-x", "aria-hidden": "true" }, side("forward", 0, turn), side("backward", turn, 1)),
    ),
  );
}

function words(optimizer: string, memory: TrainingMemory): Markup {
  const { weights, gradients, buffers, casts, activations, total } = memory;
  const parts = [
    `parameters ${bytesText(weights)}`,
    ...(casts > 0n ? [`once more in the precision of the values ${bytesText(casts)}`] : []),
    `gradients ${bytesText(gradients)}`,
    memory.optimizer === 0n ? `${optimizer} keeps nothing` : `${optimizer} keeps ${bytesText(memory.optimizer)}`,
    ...(buffers > 0n ? [`statistics ${bytesText(buffers)}`] : []),
  ];
  return element(
    "p",
    { class: "words" },
    `At most ${bytesText(activations)} of values and their gradients at once, with one image. Beside them ${parts.join(", ")}: ` +
      `${bytesText(total)} in all.`,
  );
}
