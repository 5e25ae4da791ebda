/**
 * The report as a lecture's slide prints it: memory in values with its product, parameters without biases with theirs.
 * The text is a program: it compiles to the network that it describes.
 */
import { groupDigits } from "../base/integers.js";
import { slideQuantity } from "../base/quantity.js";
import { formatCount, productOf, type Count } from "../ir/dimension.js";
import { inputTypes, type Network, type Node } from "../ir/network.js";
import { fixedChannels, fixedShape, formatDimensions, isFixedShape } from "../ir/shape.js";
import { operatorNamed } from "../ops/registry.js";
import { costOf, totalCost } from "./cost.js";
import { layerText } from "./layer-text.js";

const BYTES_PER_VALUE = 4n;

/** The table, a layer a line, then the two `TOTAL` lines. */
export function slideTable(network: Network): string {
  const labels = slideLabels(network);
  const rows = network.nodes.map((node) => slideRow(network, node, labels.get(node.id)));
  const { activations, weights } = totalCost(network.nodes.map((node) => costOf(network, node)));
  return [...rows, totalMemory(activations), `TOTAL params: ${slideQuantity(weights)} parameters`].join("\n");
}

function totalMemory(activations: Count): string {
  // A figure with letters is no claim: it is a comment.
  if (typeof activations !== "bigint") return `# TOTAL memory: ${formatCount(activations)} values / image`;
  const bytes = megabytes(activations * BYTES_PER_VALUE);
  return `TOTAL memory: ${slideQuantity(activations)} * 4 bytes ~= ${bytes} / image (only forward! ~*2 for bwd)`;
}

/** `CONV3-64: [224x224x64] memory: 224*224*64=3.2M params: (3*3*3)*64 = 1,728`. */
export function slideRow(network: Network, node: Node, name = node.labelled ? node.name : undefined): string {
  const text = layerText(network, node);
  const operator = operatorNamed(node.op);
  const { shape } = node.type;
  // Slides keep a vector at 1x1: [1x1x4096]; an input is printed as it is.
  const size = formatDimensions(shape.length === 1 && operator.inputs !== 0 ? [1, 1, ...shape] : shape);
  const label = name ? `${name}: ` : "";
  // The size names the neurons of a dense layer already, and is all that there is of an input.
  const mnemonic = operator.inputs === 0 || operator.count === "units" ? operator.mnemonics[0]! : text.head;
  // A head with a space, or a layer with a label of its own, cannot carry the slide's colon.
  const spec = label || mnemonic.includes(" ") ? `${label}${mnemonic}` : `${mnemonic}:`;
  const attributeText = text.attributes.length > 0 ? `${text.attributes.join(" ")} ` : "";
  const head = `${spec} ${attributeText}[${size}]`;
  const params = `params: ${paramsText(network, node)}`;
  if (!isFixedShape(shape)) return `${head} ${params}  # memory: ${formatCount(productOf(shape))}`;
  return `${head} memory: ${memoryText(shape)} ${params}`;
}

/** Labels that the language can read: `a.1`, of a repeat, is `a_1`, or what else is free. */
function slideLabels(network: Network): ReadonlyMap<number, string> {
  const taken = new Set(network.nodes.map((node) => node.name));
  const labels = new Map<number, string>();
  for (const { id, name, labelled } of network.nodes) {
    if (!labelled) continue;
    let label = name.replaceAll(".", "_");
    while (label !== name && taken.has(label)) label += "_";
    taken.add(label);
    labels.set(id, label);
  }
  return labels;
}

function memoryText(shape: readonly number[]): string {
  if (shape.length === 1) return String(shape[0]);
  const count = shape.reduce((total, size) => total * BigInt(size), 1n);
  return `${shape.join("*")}=${slideQuantity(count)}`;
}

/** The product of the weights, without biases; `0` for layers that learn nothing. */
function paramsText(network: Network, node: Node): string {
  const { weights } = costOf(network, node);
  if (weights === 0n) return "0";
  const [input] = inputTypes(network, node);
  const total = groupDigits(weights);
  if (node.op === "conv") {
    const channels = fixedChannels(input!) / (node.args["groups"] as number);
    return `(${[...(node.args["window"] as number[]), channels].join("*")})*${String(node.args["filters"])} = ${total}`;
  }
  if (node.op === "fc") return `${fixedShape(input!).join("*")}*${String(node.args["units"])} = ${total}`;
  return total;
}

/** Decimal megabytes, as slides use them. */
function megabytes(bytes: bigint): string {
  const hundredths = (bytes + 5_000n) / 10_000n;
  if (hundredths >= 10_000n) return `${(hundredths + 50n) / 100n}MB`;
  const text = `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, "0")}`;
  return `${text.replace(/\.?0+$/, "")}MB`;
}
