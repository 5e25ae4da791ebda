/** Layers that give what they get. */
import { defineDiagnostic, diagnose } from "../base/diagnostics.js";
import { inputTypes, type Network, type Node } from "../ir/network.js";
import { isFixedShape, sameDimensions } from "../ir/shape.js";
import { kindsOf, type Rule } from "./rule.js";

export const doesNothing = defineDiagnostic<{ layer: string }>({
  code: "CNN3134",
  severity: "warning",
  title: "a layer that does nothing",
  message: ({ layer }) => `${layer} gives what it gets`,
  explanation: `A 1x1 pool, FLATTEN of a vector, UPSAMPLE1, PAD 0, SHUFFLE 1, RESIZE to the size that arrives: nothing
happens. GAP gives a vector, so that no FLATTEN is needed behind it, and FC flattens by itself.`,
  example: {
    wrong: "INPUT 32x32x3 - CONV3-16 - RELU - GAP - FLATTEN - FC-10",
    right: "INPUT 32x32x3 - CONV3-16 - RELU - GAP - FC-10",
    lint: {},
  },
});

/** Those that rearrange: where the size stays, nothing has happened. */
const REARRANGING = [
  "upsample",
  "resize",
  "pad",
  "crop",
  "reshape",
  "flatten",
  "chunk",
  "pixelshuffle",
  "pixelunshuffle",
];

export const doesNothingRule: Rule = {
  name: "does-nothing",
  kinds: kindsOf(doesNothing),
  runs: "lint",
  isEverywhere: true,
  doc: {
    why: "It is a layer more in every report, diagram and target, and a reader looks for its reason.",
    source: "the definitions of the layers; PyTorch's AdaptiveAvgPool2d needs a flatten behind it, GAP does not",
    told: "GAP - FLATTEN - FC, as translated from PyTorch",
    fine: "VGG's FLATTEN of 7x7x512, which says what FC does anyway; a CROP that fits only some inputs",
    mended: "takes the layer out",
  },
  checkNetwork(network, view) {
    return network.nodes.flatMap((node) => {
      if (!isIdle(network, node)) return [];
      const edits = view.removal(node.span);
      const fixes = edits ? [{ title: `leave ${node.name} out`, isSafe: true as const, edits }] : [];
      return [diagnose(doesNothing, node.span, { layer: node.name }, { fixes })];
    });
  },
};

function isIdle(network: Network, node: Node): boolean {
  const isOne = (name: string) => (node.args[name] as readonly number[]).every((size) => size === 1);
  if (node.op === "pool" || node.op === "avgpool") return isOne("window") && isOne("stride");
  if (node.op === "shuffle") return node.args["groups"] === 1;
  if (!REARRANGING.includes(node.op)) return false;
  const [arriving] = inputTypes(network, node);
  // Sizes that depend on letters may agree by the way they are computed, and not for all inputs.
  return isFixedShape(node.type.shape) && sameDimensions(arriving!.shape, node.type.shape);
}
