/** A receptive field that is smaller than what the net is to recognise. */
import { defineDiagnostic, diagnose } from "../base/diagnostics.js";
import { formatShape } from "../base/integers.js";
import { receptiveFields } from "../analysis/receptive-field.js";
import { nodeOf, type Network, type Node } from "../ir/network.js";
import { kindsOf, type Rule } from "./rule.js";

export const smallField = defineDiagnostic<{ layer: string; field: string; object: number }>({
  code: "CNN3130",
  severity: "warning",
  title: "a receptive field smaller than the objects",
  message: ({ layer, field, object }) =>
    `each position of ${layer} sees ${field} pixels, objects are ${object} pixels large: none is ever seen whole`,
  explanation: `Each position of a map is made of a window of the input. What is larger than that can only be recognised by its
parts, and the window that really counts is smaller still. More strides, larger windows or dilation, and more layers
widen it. How large objects are is objectSize in cnnc.config.json.`,
  example: {
    wrong: "INPUT 64x64x3 - [CONV3-16 - RELU]*2 - CONV1-2",
    right: "INPUT 64x64x3 - [CONV3-16/2 - RELU]*4 - CONV1-2",
    lint: { objectSize: 24 },
  },
});

export const receptiveFieldRule: Rule = {
  name: "receptive-field",
  kinds: kindsOf(smallField),
  runs: "lint",
  doc: {
    why: "A detector or a segmenter cannot tell apart what it never sees in one piece.",
    source:
      "Luo et al. 2016 (Understanding the Effective Receptive Field); Araujo et al. 2019 (Computing Receptive Fields)",
    told: "a segmenter of six 3x3 convolutions, which see 13 pixels, for cells of 40; with `objectSize` alone",
    fine: "U-Net, whose way down sees 140 pixels; AlexNet, whose dense layers see all",
  },
  checkNetwork(network, view) {
    const { objectSize } = view.settings;
    if (objectSize === undefined || network.symbols.length > 0) return [];
    const fields = receptiveFields(network);
    const ends = new Set(network.outputs.flatMap((id) => lastMap(network, id) ?? []));
    return [...ends].flatMap((node) => {
      const field = fields[node.id];
      if (!field || field.global || field.size.every((size) => size >= objectSize)) return [];
      const args = { layer: node.name, field: formatShape(field.size), object: objectSize };
      return [diagnose(smallField, node.span, args)];
    });
  },
};

/** The map that an output is made of, position by position: the output itself, or what a global pool reads. */
function lastMap(network: Network, output: number): Node | undefined {
  let node = nodeOf(network, output);
  while (node.type.shape.length === 1) {
    const [before] = node.inputs;
    if (before === undefined) return undefined;
    const next = nodeOf(network, before);
    // A dense layer sees all positions at once.
    if (next.type.shape.length > 1 && node.op !== "gap" && node.op !== "gmp") return undefined;
    node = next;
  }
  return node;
}
