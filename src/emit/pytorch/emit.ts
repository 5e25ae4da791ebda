/** IR to a PyTorch module: a class for each kind of block, weights by name. */
import type { WeightSource } from "../../analysis/weights.js";
import { nodeOf, type Network, type NodeId } from "../../ir/network.js";
import { isFixedShape } from "../../ir/shape.js";
import type { OpName } from "../../ops/registry.js";
import { textFile, type EmittedFile } from "../bytes.js";
import { liveNodes } from "../../ir/live.js";
import { freelyOrdered } from "../freely-ordered.js";
import { groupsOf } from "../outline/groups.js";
import { outlineOf, type Template } from "../outline/templates.js";
import { emitSafetensors } from "../safetensors/emit.js";
import { helpers, type HelperName } from "./helpers.js";
import { lowerings } from "./lowerings.js";
import { PythonLayer } from "../python/layer.js";
import { docText, summaryOf } from "../python/documentation.js";
import { ClassNames } from "../python/names.js";
import { printClass } from "./print.js";
import { trainingScript } from "./training/source.js";
import { pathsOf, weightsSource } from "./weights.js";

export interface PyTorchOptions {
  /** Where the weights come from; without one the module only creates the model. */
  weights?: WeightSource;
  /** File name without ending: the module is `<stem>.py`, its weights `<stem>.safetensors`. */
  stem: string;
}

/** The module and its weights. Errors: `TargetError` where the code would depend on a size that is open. */
export function emitPyTorch(network: Network, { weights, stem }: PyTorchOptions): EmittedFile[] {
  const text = moduleSource(network);
  const learns = text.includes("def load_weights");
  return [
    ...(weights && learns ? [{ path: `${stem}.safetensors`, data: emitSafetensors(network, weights) }] : []),
    ...(learns ? trainingFiles(network, stem) : []),
    textFile(`${stem}.py`, text),
  ];
}

/** The script that trains, where the program says how and the network takes images of one fixed size. */
function trainingFiles(network: Network, stem: string): EmittedFile[] {
  const { training } = network;
  if (!training || !trainsOnImages(network)) return [];
  const live = liveNodes(network);
  const paths = pathsOf(groupsOf(network, ({ id }) => live.has(id)));
  const script = trainingScript({ network, training, stem, className: className(network), paths });
  return [textFile(`${stem}_train.py`, script)];
}

/** Whether a script can train a network: it takes one image of a fixed size, and finds a class of it. */
export function trainsOnImages(network: Network): boolean {
  const { inputs, outputs } = network;
  const { shape } = nodeOf(network, inputs[0]!).type;
  const finds = outputs.every((id) => nodeOf(network, id).type.shape.length === 1);
  return inputs.length === 1 && shape.length === 3 && isFixedShape(shape) && finds;
}

/** What the class of a network is called: as the network, wherever that is a name in Python. */
export function className(network: Network): string {
  return new ClassNames(Object.keys(helpers)).fresh(network.name);
}

export function moduleSource(network: Network): string {
  const live = liveNodes(network);
  const flattened = freelyOrdered(network);
  const used = new Set<HelperName>();
  const context = { network, target: "PyTorch", flattened, helpers: used };
  const root = groupsOf(network, ({ id }) => live.has(id));
  const lower = (id: NodeId) => {
    const node = nodeOf(network, id);
    return lowerings[node.op as OpName](new PythonLayer(node, context));
  };
  const outline = outlineOf(network, { ...root, reads: network.inputs, results: network.outputs }, lower);
  const names = new ClassNames(Object.keys(helpers));
  const classes = new Map<Template, string>();
  // The network has the first choice of a name.
  classes.set(outline.root, names.fresh(network.name));
  for (const template of outline.templates) {
    if (template !== outline.root) classes.set(template, names.fresh(template.block));
  }
  const written = outline.templates.map((template) =>
    printClass(template, classes, template === outline.root ? summaryOf(network) : `The block ${template.block}.`),
  );
  const shared = (Object.keys(helpers) as HelperName[]).filter((name) => used.has(name)).map((name) => helpers[name]);
  const weights = weightsSource(network, root, flattened, used);
  const body = [...shared, ...written.map((text) => `\n${text}\n`), weights].join("\n");
  return `${headSource(network, body)}${body}`.replace(/\n{4,}/g, "\n\n\n").replace(/\n+$/, "\n");
}

function headSource(network: Network, body: string): string {
  const uses = (name: string) => new RegExp(`\\b${name}\\b`).test(body);
  const imports = [
    ...(uses("math\\.sqrt") ? ["import math", ""] : []),
    "import torch",
    ...(uses("F\\.") || /\bF\.\w/.test(body) ? ["import torch.nn.functional as F"] : []),
    ...(uses("load_file") ? ["from safetensors.torch import load_file, save_file"] : []),
    "from torch import nn",
  ];
  return `"""${docText(network.name)}: a model for PyTorch, compiled by cnnc.

Values are channels first: an image is N x channels x height x width.
"""

${imports.join("\n")}

`;
}
