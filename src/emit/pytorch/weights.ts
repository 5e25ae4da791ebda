/** The part of an emitted module that reads and writes weights by cnnc's names, in cnnc's order. */
import type { Network, NodeId } from "../../ir/network.js";
import { nodeOf } from "../../ir/network.js";
import { fixedShape } from "../../ir/shape.js";
import { operatorNamed } from "../../ops/registry.js";
import { weightSpecs } from "../../analysis/cost.js";
import type { Group } from "../outline/groups.js";
import { attributeOf } from "../python/names.js";
import type { HelperName } from "./helpers.js";

/** The path of each layer in the modules of PyTorch, by id. */
export function pathsOf(root: Group): ReadonlyMap<NodeId, string> {
  const paths = new Map<NodeId, string>();
  const visit = (group: Group, path: string): void => {
    const local = (name: string) => attributeOf(group.name === "" ? name : name.slice(group.name.length + 1));
    for (const member of group.members) {
      if ("node" in member) paths.set(member.node.id, path + local(member.node.name));
      else visit(member.group, `${path}${local(member.group.name)}.`);
    }
  };
  visit(root, "");
  return paths;
}

/** The map that a dense layer reads, where it reads one: `(7, 7, 512)`. */
function mapsOf(
  network: Network,
  paths: ReadonlyMap<NodeId, string>,
  flattened: ReadonlyMap<NodeId, readonly number[]>,
): [path: string, map: readonly number[]][] {
  return network.nodes.flatMap((node) => {
    const path = paths.get(node.id);
    if (node.op !== "fc" || path === undefined) return [];
    const [input] = node.inputs;
    const shape = nodeOf(network, input!).type.shape;
    const map = shape.length > 1 ? fixedShape({ shape }) : flattened.get(input!);
    return map ? [[path, map] as [string, readonly number[]]] : [];
  });
}

/** Source of `load_weights` and `save_weights`; empty for a network without weights. */
export function weightsSource(
  network: Network,
  root: Group,
  flattened: ReadonlyMap<NodeId, readonly number[]>,
  helpers: ReadonlySet<HelperName>,
): string {
  const paths = pathsOf(root);
  const live = network.nodes.filter((node) => paths.has(node.id));
  const learning = live.filter((node) => weightSpecs(network, node).length > 0);
  if (learning.length === 0) return "";
  const names = learning.map(({ id, name }) => [paths.get(id)!, name] as const).filter(([path, name]) => path !== name);
  const maps = mapsOf(network, paths, flattened);
  const dense = live.filter(({ op, type }) => op === "linear" && type.shape.length > 1 && type.shape.length < 5);
  const uses = (...ops: string[]) => learning.some(({ op }) => ops.includes(op));
  const isNormalised = learning.some(({ op }) => operatorNamed(op).group === "normalisation");
  const kept = (["SelfAttention"] as const).filter((name) => helpers.has(name));
  const positions = helpers.has("PositionEmbedding");
  const table = (entries: readonly string[]) =>
    entries.length === 0 ? "{}" : `{\n${entries.map((line) => `    ${line},`).join("\n")}\n}`;
  const quoted = (text: string) => JSON.stringify(text);
  return `
${names.length > 0 ? `# Modules whose layers have names that Python does not take.\nLAYERS = ${table(names.map(([path, name]) => `${quoted(path)}: ${quoted(name)}`))}\n` : ""}${
    maps.length > 0
      ? `# The height, width and channels of the maps that dense layers read: PyTorch flattens the channels first.\nMAPS = ${table(maps.map(([path, map]) => `${quoted(path)}: (${map.join(", ")})`))}\n`
      : ""
  }${dense.length > 0 ? `# Dense layers at every position, which are convolutions with a window of one here.\nDENSE = ${table(dense.map(({ id }) => quoted(paths.get(id)!)))}\n` : ""}

def tensors_of(model):
    """The tensors of a model by their names in cnnc, each with its module and that module's path."""
    for path, module in model.named_modules():
        layer = ${names.length > 0 ? "LAYERS.get(path, path)" : "path"}
        for key, tensor in [*module.named_parameters(recurse=False), *module.named_buffers(recurse=False)]:
            if key != "num_batches_tracked":
                yield f"{layer}.{kind_of(module, key)}", tensor, module, path


def kind_of(module, key):
    """How cnnc calls a tensor of a module."""
${
  isNormalised
    ? `    if isinstance(module, (nn.modules.batchnorm._NormBase, nn.LayerNorm, nn.GroupNorm)):
        return {"weight": "scale", "running_mean": "mean", "running_var": "variance"}.get(key, key)
`
    : ""
}${uses("prelu") ? '    if isinstance(module, nn.PReLU):\n        return "slope"\n' : ""}    return key


def channels_last(tensor, module, path):
    """A tensor of PyTorch in cnnc's order: height, width, in, out."""
${kept.length > 0 ? `    if isinstance(module, ${kept.join(", ")}):\n        return tensor\n` : ""}${positions ? "    if isinstance(module, PositionEmbedding):\n        return tensor.movedim(0, -1)\n" : ""}    if tensor.ndim < 2:
        return tensor
    if isinstance(module, nn.Linear):
        rows = tensor.t()
${
  maps.length > 0
    ? `        if path in MAPS:
            *sides, channels = MAPS[path]
            rows = rows.unflatten(0, (channels, *sides)).movedim(0, len(sides)).flatten(0, len(sides))
`
    : ""
}        return rows
${dense.length > 0 ? "    if path in DENSE:\n        return tensor.flatten(1).t()\n" : ""}    return tensor.permute(*range(2, tensor.ndim), 1, 0)


def channels_first(tensor, module, path):
    """A tensor of cnnc in PyTorch's order: out, in, height, width."""
${kept.length > 0 ? `    if isinstance(module, ${kept.join(", ")}):\n        return tensor\n` : ""}${positions ? "    if isinstance(module, PositionEmbedding):\n        return tensor.movedim(-1, 0)\n" : ""}    if tensor.ndim < 2:
        return tensor
    if isinstance(module, nn.Linear):
${
  maps.length > 0
    ? `        if path in MAPS:
            *sides, channels = MAPS[path]
            tensor = tensor.unflatten(0, (*sides, channels)).movedim(len(sides), 0).flatten(0, len(sides))
`
    : ""
}        return tensor.t()
${dense.length > 0 ? "    if path in DENSE:\n        tensor = tensor.reshape(*[1] * (module.weight.ndim - 2), *tensor.shape)\n" : ""}    return tensor.permute(-1, -2, *range(tensor.ndim - 2))


def load_weights(model, path):
    """Loads weights from a safetensors file of cnnc into a model."""
    stored = load_file(path)
    with torch.no_grad():
        for name, tensor, module, place in tensors_of(model):
            tensor.copy_(channels_first(stored[name], module, place))


def save_weights(model, path):
    """Writes the weights of a model as a safetensors file that cnnc and all of its targets read."""
    stored = {}
    for name, tensor, module, place in tensors_of(model):
        values = channels_last(tensor.detach().float().cpu(), module, place)
        stored[name] = values.contiguous()
    save_file(stored, path, metadata={"format": "cnnc", "net": ${quoted(network.name)}})
`;
}
