/** Pairs of layers that are one linear map: two of a kind with nothing between them that bends it. */
import { product } from "../base/integers.js";
import type { Node, NodeId } from "../ir/network.js";
import { isFixedShape } from "../ir/shape.js";
import { isPlain, isWeighted, type View } from "./view.js";

/** Every such pair, the first layer with the second. */
export function linearPairs(view: View): (readonly [Node, Node])[] {
  return view.network.nodes.flatMap((node) => {
    const next = isWeighted(node) ? view.nextBeyond(node, isPlain) : undefined;
    return next && areOneMap(node, next, view) ? [[node, next] as const] : [];
  });
}

function areOneMap(first: Node, second: Node, view: View): boolean {
  const isConvolutions = first.op === "conv" && second.op === "conv";
  const isDense = isDenseLayer(first) && isDenseLayer(second);
  if (!isConvolutions && !isDense) return false;
  // Groups, and windows along different axes, are ways to write a larger layer with fewer weights.
  if (isConvolutions && (first.args["groups"] !== 1 || second.args["groups"] !== 1 || isSeparable(first, second)))
    return false;
  const before = view.beforeOf(first);
  if (!before || !isFixedShape(before.type.shape)) return false;
  const arriving = isConvolutions || first.op === "linear" ? before.type.shape.at(-1)! : product(before.type.shape);
  const between = Number(first.type.shape.at(-1));
  // A narrow layer between two wide ones is a factorisation, with fewer weights than the product has.
  return between >= Math.min(Number(arriving), Number(second.type.shape.at(-1)));
}

/** Layers that are linear in what arrives, those with weights among them; BN is when it is used. */
const LINEAR = new Set([
  ...["input", "conv", "dwconv", "upconv", "fc", "linear", "bn", "bias", "scale", "avgpool", "adaptiveavgpool", "gap"],
  ...[
    "flatten",
    "reshape",
    "transpose",
    "identity",
    "dropout",
    "droppath",
    "pad",
    "crop",
    "upsample",
    "resize",
    "chunk",
  ],
  ...["concat", "add", "mean", "shuffle", "pixelshuffle", "pixelunshuffle"],
]);

/** The first two layers, one behind the other, of a net that is linear but for what it ends with. */
export function pairOfLinearNet(view: View): readonly [Node, Node] | undefined {
  const { nodes } = view.network;
  if (!nodes.every((node) => LINEAR.has(node.op) || view.isOutput(node))) return undefined;
  /** Which layer with weights a value comes from. */
  const origins = new Map<NodeId, Node>();
  for (const node of nodes) {
    const origin = node.inputs.map((id) => origins.get(id)).find((found) => found !== undefined);
    if (origin && isWeighted(node) && !isFactorisation(origin, node, view)) return [origin, node];
    const made = isWeighted(node) ? node : origin;
    if (made) origins.set(node.id, made);
  }
  return undefined;
}

/** Whether two layers write a larger one with fewer weights. */
function isFactorisation(first: Node, second: Node, view: View): boolean {
  const isSparse = (node: Node) => node.op === "dwconv" || (node.args["groups"] ?? 1) !== 1;
  if (isSparse(first) || isSparse(second)) return true;
  if (first.op === "conv" && second.op === "conv" && isSeparable(first, second)) return true;
  const channels = (node: Node | undefined) => Number(node?.type.shape.at(-1));
  return channels(first) < Math.min(channels(view.beforeOf(first)), channels(second));
}

const isDenseLayer = ({ op }: Node) => op === "fc" || op === "linear";

/** `CONV1x7 - CONV7x1`. */
function isSeparable(first: Node, second: Node): boolean {
  const [one, other] = [first.args["window"], second.args["window"]] as [readonly number[], readonly number[]];
  const isLarge = one.some((size) => size > 1) && other.some((size) => size > 1);
  return isLarge && one.every((size, axis) => size === 1 || other[axis] === 1);
}
