/** What a place means: the layer with its arithmetic and costs, or the name with its declaration. */
import { groupDigits } from "../base/integers.js";
import type { Span } from "../base/source.js";
import { receptiveFields } from "../analysis/receptive-field.js";
import type { Observation } from "../elaborate/net-request.js";
import { formatCount, type Count } from "../ir/dimension.js";
import { inputTypes, type Node } from "../ir/network.js";
import { formatDimensions } from "../ir/shape.js";
import { operatorNamed, operatorOf } from "../ops/registry.js";
import type { Element } from "../syntax/ast.js";
import type { Analysis } from "./analysis.js";
import { costOfWalk, isKnown, networkOf, nodesOf, walksOf } from "./links-of-chains.js";
import type { NamedSymbol } from "./names.js";
import { operatorText } from "./operator-text.js";
import { layerAt, occurrenceAt } from "./places.js";

export interface Hover {
  readonly span: Span;
  /** Markdown. */
  readonly text: string;
}

/** Layers of a network up to which receptive fields are computed while somebody waits. */
const MOST_LAYERS = 5_000;

export function hoverAt(analysis: Analysis, offset: number): Hover | undefined {
  const found = occurrenceAt(analysis.names, offset);
  const layer = layerAt(analysis.program, offset);
  if (found) {
    const isCall = layer?.layer.head.span.start === found.span.start;
    const here = isCall ? placeText(analysis, layer.element) : labelText(analysis, found.symbol);
    return { span: found.span, text: [declarationText(found.symbol), ...here].join("\n\n") };
  }
  if (!layer) return undefined;
  const operator = operatorOf(layer.layer.mnemonic);
  if (!operator) return undefined;
  const here = placeText(analysis, layer.element);
  return { span: layer.layer.span, text: [...here, operatorText(operator)].join("\n\n---\n\n") };
}

/** A declaration up to its body, with what is written about it. */
function declarationText({ kind, name, declared, declaration }: NamedSymbol): string {
  const documentation = "documentation" in declaration ? declaration.documentation : undefined;
  const line = declared.source.line(declared.source.position(declared.start).line).trim();
  const code = `\`\`\`cnn\n${line}\n\`\`\``;
  const where = `${kind === "function" ? "function" : kind} \`${name}\``;
  return [where, code, ...(documentation ? [documentation] : [])].join("\n\n");
}

function labelText(analysis: Analysis, { kind, declaration }: NamedSymbol): string[] {
  return kind === "label" && "core" in declaration ? placeText(analysis, declaration) : [];
}

/** What came of a link: sizes with the arithmetic, and what it costs. */
function placeText(analysis: Analysis, element: Element): string[] {
  const [walk, ...others] = walksOf(analysis, element).filter(({ result }) => result !== undefined);
  if (!walk) return [];
  const cost = costOfWalk(walk);
  const lines = [
    `${walk.arriving ? `${formatDimensions(walk.arriving.shape)} -> ` : ""}**${formatDimensions(walk.result!.shape)}**${others.length > 0 ? ` (the first of ${others.length + 1} times)` : ""}`,
    ...formulaOf(walk),
    ...(cost ? [`params ${groupDigits(cost.params)}, macs ${countText(cost.macs)}`] : []),
    ...fieldText(analysis, walk),
  ];
  return [lines.join("  \n")];
}

const countText = (count: Count) => (typeof count === "bigint" ? groupDigits(count) : formatCount(count));

function formulaOf(walk: Observation): string[] {
  const nodes = nodesOf(walk);
  const [node] = nodes;
  if (!node || nodes.length > 1 || !isKnown(node)) return [];
  return operatorNamed(node.op).formula?.(node.args, inputTypes(networkOf(walk), node)) ?? [];
}

/** The receptive field of the last layer of a link, in a net that has no errors. */
function fieldText({ networks }: Analysis, walk: Observation): string[] {
  const last: Node | undefined = nodesOf(walk).at(-1);
  const network = networks.find(({ name }) => name === walk.net);
  if (!last || !network || network.symbols.length > 0 || network.nodes.length > MOST_LAYERS) return [];
  const field = receptiveFields(network)[last.id];
  if (!field || field.size.length === 0) return [];
  const stride = field.stride ? `, stride ${field.stride.join("x")}` : "";
  return [`receptive field ${field.size.join("x")}${stride}`];
}
