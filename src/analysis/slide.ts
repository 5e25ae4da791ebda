/**
 * The report as a lecture's slide prints it: memory in values with its product, parameters without biases with theirs.
 * The text is a program: it compiles to the network that it describes.
 */
import { groupDigits } from "../base/integers.js";
import { slideQuantity } from "../base/quantity.js";
import { formatCount, formatDimension, productOf, type Count } from "../ir/dimension.js";
import { inputTypes, type Network, type Node, type NodeId } from "../ir/network.js";
import { fixedChannels, fixedShape, formatDimensions, isFixedShape } from "../ir/shape.js";
import { operatorNamed } from "../ops/registry.js";
import { costOf, totalCost } from "./cost.js";
import { layerText } from "./layer-text.js";

const BYTES_PER_VALUE = 4n;

/** The table, a layer a line, then the two `TOTAL` lines. What is no straight chain goes on from labels. */
export function slideTable(network: Network): string {
  const labels = slideLabels(network);
  const [main, ...further] = network.outputs;
  const rows = network.nodes.map((node) => {
    const row = slideRow(network, node, labels);
    return further.includes(node.id) ? `output ${outputText(row, labels.get(node.id)!)}` : row;
  });
  const last = network.nodes.at(-1)!.id;
  const end = main === last ? [] : [`@${labels.get(main!)!}`];
  const { activations, weights } = totalCost(network.nodes.map((node) => costOf(network, node)));
  return [...rows, ...end, totalMemory(activations), `TOTAL params: ${slideQuantity(weights)} parameters`].join("\n");
}

/** A row with its label as the name of an output. */
function outputText(row: string, label: string): string {
  return `${label} = ${row.replace(`${label}: `, "")}`;
}

function totalMemory(activations: Count): string {
  // A figure with letters is no claim: it is a comment.
  if (typeof activations !== "bigint") return `# TOTAL memory: ${formatCount(activations)} values / image`;
  const bytes = megabytes(activations * BYTES_PER_VALUE);
  return `TOTAL memory: ${slideQuantity(activations)} * 4 bytes ~= ${bytes} / image (only forward! ~*2 for bwd)`;
}

/**
 * `CONV3-64: [224x224x64] memory: 224*224*64=3.2M params: (3*3*3)*64 = 1,728`. `labels` are those of the table; without them
 * a row has the label of its own layer.
 */
export function slideRow(network: Network, node: Node, labels: ReadonlyMap<NodeId, string> = ownLabel(node)): string {
  const text = layerText(network, node);
  const operator = operatorNamed(node.op);
  const { shape } = node.type;
  const name = labels.get(node.id);
  const label = name ? `${name}: ` : "";
  const [source] = node.inputs;
  // A chain goes on from the row above, or from a label.
  const start =
    operator.inputs === 1 && source !== node.id - 1 && labels.has(source!) ? `@${labels.get(source!)!} - ` : "";
  // The size names the neurons of a dense layer already, and is all that there is of an input.
  const mnemonic = operator.inputs === 0 || operator.count === "units" ? operator.mnemonics[0]! : text.head;
  const merged =
    operator.inputs === "many" ? ` { ${node.inputs.map((id) => `@${labels.get(id) ?? id}`).join(" | ")} }` : "";
  // A head with a space, a layer with a label of its own or with branches cannot carry the slide's colon.
  const spec =
    label || merged || mnemonic.includes(" ") ? `${start}${label}${mnemonic}${merged}` : `${start}${mnemonic}:`;
  const attributeText = text.attributes.length > 0 ? `${text.attributes.join(" ")} ` : "";
  const params = `params: ${paramsText(network, node)}`;
  const isFixed = isFixedShape(shape);
  // A figure with letters is no claim, and a formula no annotation: they are comments.
  if (!isFixed && shape.some((side) => !/^(\d+|[A-Z])$/.test(formatDimension(side)))) {
    const memory = `${formatDimensions(shape)}, memory: ${formatCount(productOf(shape))}`;
    return `${spec} ${attributeText}${params}  # ${memory}`;
  }
  // Slides keep a vector at 1x1: [1x1x4096]; an input is printed as it is.
  const size = formatDimensions(shape.length === 1 && operator.inputs !== 0 ? [1, 1, ...shape] : shape);
  const head = `${spec} ${attributeText}[${size}]`;
  if (!isFixed) return `${head} ${params}  # memory: ${formatCount(productOf(shape))}`;
  return `${head} memory: ${memoryText(shape)} ${params}`;
}

const ownLabel = (node: Node): ReadonlyMap<NodeId, string> => new Map(node.labelled ? [[node.id, node.name]] : []);

/**
 * Labels that the language can read: `a.1`, of a repeat, is `a_1`, or what else is free. Beside those of the program, layers
 * have one whose values are read elsewhere than in the next row.
 */
function slideLabels(network: Network): ReadonlyMap<NodeId, string> {
  const taken = new Set(network.nodes.map((node) => node.name));
  const [main, ...further] = network.outputs;
  const wanted = new Set<NodeId>(further);
  if (main !== network.nodes.at(-1)?.id) wanted.add(main!);
  if (network.inputs.length > 1) network.inputs.forEach((id) => wanted.add(id));
  for (const { id, op, inputs } of network.nodes) {
    const merges = operatorNamed(op).inputs === "many";
    inputs.filter((source) => merges || source !== id - 1).forEach((source) => wanted.add(source));
  }
  const labels = new Map<NodeId, string>();
  for (const { id, name, labelled } of network.nodes) {
    if (!labelled && !wanted.has(id)) continue;
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
