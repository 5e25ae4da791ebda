/** IR to a Keras 3 module: functional code with a function for each kind of block, weights by name. */
import type { WeightSource } from "../../analysis/weights.js";
import { weightSpecs } from "../../analysis/cost.js";
import { nodeOf, type Network, type NodeId } from "../../ir/network.js";
import type { Dimension } from "../../ir/dimension.js";
import type { OpName } from "../../ops/registry.js";
import { textFile, type EmittedFile } from "../bytes.js";
import { liveNodes } from "../../ir/live.js";
import { groupsOf } from "../outline/groups.js";
import { outlineOf, type Template } from "../outline/templates.js";
import { PythonLayer } from "../python/layer.js";
import { docText, summaryOf } from "../python/documentation.js";
import { attributeOf, ClassNames } from "../python/names.js";
import { emitSafetensors } from "../safetensors/emit.js";
import { helpers, shared, type HelperName } from "./helpers.js";
import { lowerings } from "./lowerings.js";
import { printBody, printFunction } from "./print.js";
import { WEIGHTS } from "./weights.js";

export interface KerasOptions {
  /** Where the weights come from; without one the module only creates the model. */
  weights?: WeightSource;
  /** File name without ending: the module is `<stem>.py`, its weights `<stem>.safetensors`. */
  stem: string;
}

/** The module and its weights. Errors: `TargetError` where the code would depend on a size that is open. */
export function emitKeras(network: Network, { weights, stem }: KerasOptions): EmittedFile[] {
  const source = textFile(`${stem}.py`, kerasSource(network));
  if (!weights || !learns(network)) return [source];
  return [{ path: `${stem}.safetensors`, data: emitSafetensors(network, weights) }, source];
}

function learns(network: Network): boolean {
  const live = liveNodes(network);
  return network.nodes.some((node) => live.has(node.id) && weightSpecs(network, node).length > 0);
}

function kerasSource(network: Network): string {
  const live = liveNodes(network);
  const used = new Set<HelperName>();
  const context = { network, target: "Keras", helpers: used };
  const root = groupsOf(network, ({ id }) => live.has(id));
  const lower = (id: NodeId) => {
    const node = nodeOf(network, id);
    return lowerings[node.op as OpName](new PythonLayer(node, context));
  };
  const outline = outlineOf(network, { ...root, reads: network.inputs, results: network.outputs }, lower);
  const names = new ClassNames([
    ...Object.keys(helpers),
    ...Object.keys(shared),
    "create_model",
    "keras",
    "layers",
    "ops",
    // What the functions themselves call something.
    ...["name", "index", "x", "y"],
    ...outline.templates.flatMap(({ parameters, given }) => [
      ...parameters,
      ...Array.from({ length: given }, (_, index) => `x${index + 1}`),
    ]),
  ]);
  const functions = new Map<Template, string>();
  for (const template of outline.templates) {
    if (template !== outline.root) functions.set(template, names.fresh(template.block.toLowerCase()));
  }
  const blocks = outline.templates.filter((template) => template !== outline.root);
  const custom = (Object.keys(helpers) as HelperName[]).filter((name) => used.has(name)).map((name) => helpers[name]);
  const needed = Object.entries(shared).filter(([name]) => custom.some((text) => text.includes(`${name}(`)));
  const body = [
    ...needed.map(([, text]) => text),
    ...custom,
    ...blocks.map((template) => `\n${printFunction(template, functions)}\n`),
    `\n${modelSource(network, outline.root, functions)}\n`,
    ...(learns(network) ? [WEIGHTS.replace("NET_NAME", JSON.stringify(network.name))] : []),
  ].join("\n");
  return `${headSource(network, body)}${body}`.replace(/\n{4,}/g, "\n\n\n").replace(/\n+$/, "\n");
}

function modelSource(network: Network, root: Template, functions: ReadonlyMap<Template, string>): string {
  const taken = new Set(["x", "y"]);
  const inputs = network.inputs.map((id) => {
    const { name } = nodeOf(network, id);
    let variable = attributeOf(name);
    while (taken.has(variable)) variable += "_";
    taken.add(variable);
    return variable;
  });
  const { lines, results } = printBody(root, functions, inputs);
  const made = network.inputs.map((id, index) => {
    const { name, type } = nodeOf(network, id);
    return `    ${inputs[index]!} = keras.Input(${shapeText(type.shape)}, name=${JSON.stringify(name)})`;
  });
  const list = (values: readonly string[]) => (values.length === 1 ? values[0]! : `[${values.join(", ")}]`);
  return [
    "def create_model():",
    `    """${summaryOf(network)}"""`,
    ...made,
    ...lines,
    `    return keras.Model(${list(inputs)}, ${list(results)}, name=${JSON.stringify(network.name)})`,
  ].join("\n");
}

/** A side that is open is None. */
function shapeText(shape: readonly Dimension[]): string {
  const sides = shape.map((side) => (typeof side === "number" ? String(side) : "None"));
  return `(${sides.join(", ")}${sides.length === 1 ? "," : ""})`;
}

function headSource(network: Network, body: string): string {
  const uses = (name: string) => new RegExp(`\\b${name}\\.`).test(body);
  const modules = ["layers", "ops"].filter(uses);
  return `"""${docText(network.name)}: a model for Keras 3, compiled by cnnc. Values are channels last."""

import keras
${modules.length > 0 ? `from keras import ${modules.join(", ")}\n` : ""}${body.includes("load_file(") ? "from safetensors.numpy import load_file, save_file\n" : ""}
`;
}
