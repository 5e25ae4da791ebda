/** What makes a network, as JavaScript: a function for each kind of block, and the statements or the list of its layers. */
import { nodeOf, type Network, type NodeId } from "../../ir/network.js";
import { fixedShape } from "../../ir/shape.js";
import { groupsOf, type Member } from "../outline/groups.js";
import { outlineOf, type Template } from "../outline/templates.js";
import { IDENTITY, layerCalls } from "./calls.js";
import type { LayerCall } from "./code.js";
import type { CustomLayerName } from "./custom-layers.js";
import { functionsOf, printFunction, RESERVED } from "./functions.js";
import { copiesOf, isChain, type Copies } from "./graph.js";
import { callPieces, layerCode, printLiteral, printPieces } from "./pieces.js";
import { bodyOf, identifierOf, layersText, type Functions } from "./print.js";

export interface Body {
  /** The statements that make the model and return it. */
  readonly source: string;
  /** The layers that tfjs does not have. */
  readonly custom: ReadonlySet<CustomLayerName>;
}

export function bodySource(network: Network): Body {
  const calls = layerCalls(network);
  const copies = copiesOf(network, calls);
  const root = groupsOf(network, ({ id }) => calls.has(id));
  const isSequence = isChain(network);
  const lower = (id: NodeId) => {
    const own = calls.get(id)!;
    const isFirst = isSequence && isNode(root.members[0], id);
    return layerCode(nodeOf(network, id), isFirst ? withInputShape(own, network) : own, copies.reads.get(id));
  };
  const outline = outlineOf(network, { ...root, reads: network.inputs, results: network.outputs }, lower);
  const blocks = outline.templates.filter((template) => template !== outline.root);
  const functions = functionsOf(blocks);
  const statements = isSequence
    ? sequenceSource(network, root.members[0], layersText(outline.root, functions, true))
    : graphSource(network, outline.root, functions, copies);
  return {
    source: [...blocks.map((template) => printFunction(template, functions)), statements].join("\n\n"),
    custom: new Set([...calls.values()].flat().flatMap((call) => (call.custom ? [call.custom] : []))),
  };
}

const isNode = (member: Member | undefined, id: NodeId) =>
  member !== undefined && "node" in member && member.node.id === id;

/** The first layer of a sequence says what comes in. */
function withInputShape([first, ...rest]: readonly LayerCall[], network: Network): LayerCall[] {
  const inputShape = fixedShape(nodeOf(network, network.inputs[0]!).type);
  return [{ ...first!, config: { ...first!.config, inputShape } }, ...rest];
}

/** A sequence of layers; where a block stands first, a layer of its own says what comes in. */
function sequenceSource(network: Network, first: Member | undefined, layers: readonly string[]): string {
  const input = nodeOf(network, network.inputs[0]!);
  const shape = printLiteral(fixedShape(input.type));
  const inputLayer = `tf.layers.inputLayer({ name: ${JSON.stringify(input.name)}, inputShape: ${shape} })`;
  const all = first === undefined ? withInputShape([IDENTITY], network).map(callText) : layers;
  const begin = first !== undefined && "group" in first ? [inputLayer] : [];
  return `return tf.sequential({ name: ${JSON.stringify(network.name)}, layers: [
${[...begin, ...all].join(",\n")}
] });`;
}

function graphSource(network: Network, root: Template, functions: Functions, copies: Copies): string {
  const inputs = inputVariables(network, [...functions.names.values()]);
  const { lines, results } = bodyOf(root, functions, inputs);
  const given = network.inputs.map((id, index) => {
    const { name, type } = nodeOf(network, id);
    const shape = printLiteral(type.shape as readonly number[]);
    return `const ${inputs[index]!} = tf.input({ name: ${JSON.stringify(name)}, shape: ${shape} });`;
  });
  const outputs = results.map((value, index) => {
    const copy = copies.outputs[index];
    return copy ? `through(${value}, ${callText(copy)})` : value;
  });
  return `${[...given, ...lines].join("\n")}
return tf.model({ name: ${JSON.stringify(network.name)}, inputs: [${inputs.join(", ")}], outputs: [${outputs.join(", ")}] });`;
}

/** A call that belongs to no layer of the program. */
function callText(call: LayerCall): string {
  return printPieces(callPieces(call, { name: "" }), { parameters: [], name: (own) => JSON.stringify(own), reads: [] });
}

/** A variable for each input, as much like its name as can be. */
function inputVariables(network: Network, functions: readonly string[]): string[] {
  const taken = new Set([...RESERVED, ...functions, "x", "y"]);
  return network.inputs.map((id) => {
    let variable = identifierOf(nodeOf(network, id).name);
    while (taken.has(variable)) variable += "_";
    taken.add(variable);
    return variable;
  });
}
