/** How layers are connected: a plain chain, or a graph of which every value that is read twice or merged has a name. */
import { nodeOf, type Network, type Node, type NodeId } from "../../ir/network.js";
import { printCall, printValue, type LayerCall } from "./code.js";

/** The calls of each layer that counts, by id, in order. */
export type Calls = ReadonlyMap<NodeId, readonly LayerCall[]>;

/** Whether every layer reads the one before it, and the last one is the output. */
export function isChain({ nodes, inputs, outputs }: Network): boolean {
  return (
    inputs.length === 1 &&
    outputs.length === 1 &&
    outputs[0] === nodes.length - 1 &&
    nodes.every((node, id) =>
      id === 0 ? node.inputs.length === 0 : node.inputs.length === 1 && node.inputs[0] === id - 1,
    )
  );
}

/** Layers one after the other, of which only the last value is read elsewhere. */
interface Segment {
  readonly from: readonly NodeId[];
  readonly calls: LayerCall[];
  last: NodeId;
}

/** Segments in an order in which each comes after those that it reads. */
function segmentsOf(network: Network, calls: Calls): Segment[] {
  const readers = new Map<NodeId, number>();
  for (const id of network.outputs) readers.set(id, 1);
  for (const id of calls.keys()) {
    for (const input of nodeOf(network, id).inputs) readers.set(input, (readers.get(input) ?? 0) + 1);
  }
  const ends = new Map<NodeId, Segment>();
  const segments: Segment[] = [];
  for (const [id, own] of calls) {
    const { inputs } = nodeOf(network, id);
    if (inputs.length === 0) continue;
    const before = inputs.length === 1 && readers.get(inputs[0]!) === 1 ? ends.get(inputs[0]!) : undefined;
    const segment = before ?? { from: inputs, calls: [], last: id };
    if (!before) segments.push(segment);
    segment.calls.push(...own);
    segment.last = id;
    ends.set(id, segment);
  }
  return segments.sort((a, b) => a.last - b.last);
}

/** A value that is read: as it is, or through a layer that changes nothing. */
export interface Read {
  readonly id: NodeId;
  readonly copy?: LayerCall;
}

/** Layers one after the other, the values that the first one reads, and the node whose value the last one gives. */
interface Connected {
  readonly reads: readonly Read[];
  readonly calls: readonly LayerCall[];
  readonly last: NodeId;
}

/** How the layers of a graph are connected, each after those that it reads, and what the model gives. */
export function connect(network: Network, calls: Calls): { segments: Connected[]; outputs: Read[] } {
  const names = new Set(network.nodes.map(({ name }) => name));
  /** The value as it is, under another name. */
  const copyOf = (id: NodeId, wanted: string): Read => {
    let name = wanted;
    while (names.has(name)) name += "_";
    names.add(name);
    return { id, copy: { kind: "activation", config: { name, activation: "linear" } } };
  };
  const segments = segmentsOf(network, calls).map(({ from, calls: own, last }): Connected => {
    // tfjs counts a layer that reads a value twice as one reader, and drops the value before others have read it.
    const reads = from.map((id, index) =>
      from.indexOf(id) === index ? { id } : copyOf(id, `${String(own[0]!.config["name"])}_again`),
    );
    return { reads, calls: own, last };
  });
  // What a model gives comes from its layers, so that an input that is given too goes through one.
  const outputs = network.outputs.map((id) =>
    network.inputs.includes(id) ? copyOf(id, `${nodeOf(network, id).name}_output`) : { id },
  );
  return { segments, outputs };
}

/** Statements that make a model of the graph. */
export function graphSource(network: Network, calls: Calls): string {
  const inputs = network.inputs.map((id) => nodeOf(network, id));
  const { segments, outputs } = connect(network, calls);
  const variables = variablesFor([...inputs, ...segments.map(({ last }) => nodeOf(network, last))]);
  const valueOf = ({ id, copy }: Read) => {
    const variable = variables.get(id)!;
    return copy ? `through(${variable}, ${printCall(copy)})` : variable;
  };
  const lines = inputs.map(({ id, name, type }) => {
    const shape = printValue(type.shape as readonly number[]);
    return `const ${valueOf({ id })} = tf.input({ name: ${JSON.stringify(name)}, shape: ${shape} });`;
  });
  for (const { reads, calls: own, last } of segments) {
    const values = reads.map(valueOf);
    const value = values.length === 1 ? values[0]! : `[${values.join(", ")}]`;
    lines.push(`const ${valueOf({ id: last })} = through(${value}, ${own.map(printCall).join(", ")});`);
  }
  return `${lines.join("\n")}
return tf.model({ name: ${JSON.stringify(network.name)}, inputs: [${inputs.map(({ id }) => valueOf({ id })).join(", ")}], outputs: [${outputs.map(valueOf).join(", ")}] });`;
}

/** What the module itself calls something, and what JavaScript does not take for a name. */
const RESERVED = [
  "tf initialize heUniform glorotUniform through customLayers createModel loadModel loadWeights fetchBeside newTraining",
  "train evaluate learnerOf sourceOf outputsOf totalLoss targetFor countCorrect gradientsOf firstNotFinite lossOf updated",
  "learningRateAt endEpoch shuffled randomWord",
  "arguments await break case catch class const continue debugger default delete do else enum eval export extends false",
  "finally for function if implements import in instanceof interface let new null package private protected public return",
  "static super switch this throw true try typeof var void while with yield undefined NaN Infinity",
].flatMap((line) => line.split(" "));

/** A variable for each value, as much like its name as can be. */
function variablesFor(nodes: readonly Node[]): ReadonlyMap<NodeId, string> {
  const taken = new Set(RESERVED);
  return new Map(
    nodes.map(({ id, name }) => {
      // Custom layers begin with a capital.
      let variable = name.replace(/[^A-Za-z0-9_$]/g, "_").replace(/^(?=[0-9])/, "_");
      variable = variable.charAt(0).toLowerCase() + variable.slice(1);
      while (taken.has(variable)) variable += "_";
      taken.add(variable);
      return [id, variable];
    }),
  );
}

/** The function that connects layers. */
export const throughSource = `
/**
 * The value behind layers that stand one after the other; the first reads all of \`values\`.
 *
 * @param {SymbolicTensor | SymbolicTensor[]} values
 * @param {...import("@tensorflow/tfjs").layers.Layer} layers
 */
function through(values, ...layers) {
  for (const layer of layers) values = /** @type {SymbolicTensor} */ (layer.apply(values));
  return /** @type {SymbolicTensor} */ (values);
}
`;
