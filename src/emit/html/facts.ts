/** The head of a network's report: its name, what the program says of it, and its figures. */
import type { InferenceMemory } from "../../analysis/memory/inference.js";
import type { NumberFormat } from "../../analysis/precisions.js";
import type { Port, Report } from "../../analysis/report.js";
import { bytesText } from "../../base/bytes-text.js";
import { groupDigits } from "../../base/integers.js";
import { quantityLike } from "../../base/quantity.js";
import type { Count } from "../../ir/dimension.js";
import { formatCountGiven, formatShapeGiven } from "../../ir/format-given.js";
import type { Network } from "../../ir/network.js";
import { element, type Markup } from "./markup.js";
import type { TrainingFigures } from "./training-panel.js";

export interface Memories {
  readonly precision: NumberFormat;
  /** None where sizes are open. */
  readonly running?: InferenceMemory;
  /** None where sizes are open, or where nothing is trained in the precision. */
  readonly training?: TrainingFigures;
}

/** Figures below it are told in full at once. */
const SHORT = 10_000n;

export function factsPanel(network: Network, report: Report, memories: Memories): Markup {
  const { totals, inputs, outputs } = report;
  const { documentation } = network;
  const given = network.conditions;
  const ports = (all: readonly Port[]) => all.map(({ shape }) => formatShapeGiven(shape, given)).join(", ");
  const named = (all: readonly Port[]) => all.map(({ name }) => name).join(", ");
  const count = (title: string, value: Count, what: string) => {
    const exact = formatCountGiven(value, given);
    return typeof value === "bigint" && value >= SHORT
      ? fact(title, quantityLike(value, 3), `${exact} ${what}`)
      : fact(title, exact, what);
  };
  return element(
    "header",
    { class: "facts" },
    element("h2", {}, network.name),
    // Lines of the program go on, paragraphs do not.
    (documentation?.split(/\n\s*\n/) ?? []).map((text) => element("p", { class: "documentation" }, text)),
    element(
      "dl",
      {},
      fact("Input", ports(inputs), named(inputs)),
      fact("Output", ports(outputs), named(outputs)),
      fact("Layers", groupDigits(totals.layers), "inputs among them"),
      count("Parameters", totals.params, "trained"),
      count("Macs", totals.macs, "an image"),
      count("Flops", totals.flops, "an image"),
      memoryFacts(memories),
    ),
  );
}

function memoryFacts({ precision, running, training }: Memories): Markup[] {
  if (!running) return [];
  return [
    fact(
      "Memory to run",
      bytesText(running.total),
      `parameters, and ${bytesText(running.arena)} of values; batch 1, ${precision}`,
    ),
    ...(training
      ? [
          fact(
            "Memory to train",
            bytesText(training.memory.total),
            `with ${training.optimizer}, ${bytesText(training.memory.activations)} of values; batch 1, ${precision}`,
          ),
        ]
      : []),
  ];
}

function fact(title: string, figure: string, more: string): Markup {
  return element(
    "div",
    { class: "fact" },
    element("dt", {}, title),
    element("dd", {}, element("b", {}, figure), " ", element("small", {}, more)),
  );
}
