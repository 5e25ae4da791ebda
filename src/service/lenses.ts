/** What stands above a net: what it costs. */
import { costOf, totalCost } from "../analysis/cost.js";
import { inferenceMemory } from "../analysis/memory/inference.js";
import { bytesText } from "../base/bytes-text.js";
import { groupDigits } from "../base/integers.js";
import type { Span } from "../base/source.js";
import { formatCount } from "../ir/dimension.js";
import type { Network } from "../ir/network.js";
import type { Analysis } from "./analysis.js";

export interface Lens {
  readonly net: string;
  readonly span: Span;
  readonly text: string;
}

/** Layers of a network up to which its memory is planned while somebody waits. */
const MOST_LAYERS = 2_000;

export function lensesOf({ networks, source }: Analysis): Lens[] {
  return networks
    .filter(({ span }) => span.source === source)
    .map((network) => ({ net: network.name, span: network.span, text: textOf(network) }));
}

function textOf(network: Network): string {
  const { params, macs } = totalCost(network.nodes.map((node) => costOf(network, node)));
  const compute = typeof macs === "bigint" ? groupDigits(macs) : formatCount(macs);
  return [`${groupDigits(params)} params`, `${compute} macs`, ...peakText(network)].join(" · ");
}

function peakText(network: Network): string[] {
  if (network.symbols.length > 0 || network.nodes.length > MOST_LAYERS) return [];
  return [`${bytesText(inferenceMemory(network).peak)} peak`];
}
