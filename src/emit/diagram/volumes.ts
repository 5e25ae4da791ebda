/** A chain as volumes: the maps and vectors that flow through it, as figures of papers show them. */
import { layerText } from "../../analysis/layer-text.js";
import { plural } from "../../base/integers.js";
import { listWords } from "../../base/suggest.js";
import { nodeOf, type Network, type Node, type NodeId } from "../../ir/network.js";
import { fixedShape, formatDimensions, isFixedShape } from "../../ir/shape.js";
import { operatorNamed } from "../../ops/registry.js";
import { TargetError } from "../errors.js";
import type { Kind } from "./diagram.js";
import { layersOf, type Part } from "./parts.js";
import { treeOf } from "./tree.js";

export interface Volume {
  readonly kind: Kind;
  /** The layer that gives it, as people write it, or the call of a block. */
  readonly head: string;
  readonly label?: string;
  /** Layers that only change its values. */
  readonly notes: readonly string[];
  readonly size: string;
  /** Height and width, 1 for the sides that it does not have; nothing for a vector. */
  readonly sides?: readonly [height: number, width: number];
  readonly channels: number;
  /** The window through which the volume before is read. */
  readonly window?: readonly [height: number, width: number];
  /** How many like volumes follow each other. */
  readonly times: number;
  /** All layers that it stands for. */
  readonly nodes: readonly NodeId[];
}

/** Kinds of layers that change values and no sizes. */
const MERGED: readonly Kind[] = ["activation", "normalisation", "regularisation"];

/** Errors: `TargetError` where the network is no chain, or has sizes that are open. */
export function volumesOf(network: Network): Volume[] {
  if (network.symbols.length > 0) {
    const options = network.symbols.map((letter) => `--size ${letter}=224`).join(" ");
    throw new TargetError(
      `volumes have sizes, and ${network.name} leaves ${listWords(network.symbols)} open: give numbers, as ${options}`,
    );
  }
  const volumes: Volume[] = [];
  for (const part of chainOf(network)) {
    const before = volumes.at(-1);
    const merged = mergedText(network, part);
    if (before && merged !== undefined) {
      volumes[volumes.length - 1] = {
        ...before,
        notes: [...before.notes, merged],
        nodes: [...before.nodes, ...nodesOf(part)],
      };
    } else volumes.push(volumeOf(network, part));
  }
  return inRows(volumes);
}

/** The parts of a chain, blocks as one. Errors: as `volumesOf`. */
function chainOf(network: Network): readonly Part[] {
  const { parts } = treeOf(network, false);
  const refuse = (why: string) =>
    new TargetError(`${network.name} is no chain, which is what volumes show: ${why}; --style graph draws it`);
  if (network.inputs.length > 1) throw refuse(`it has ${plural(network.inputs.length, "input")}`);
  if (network.outputs.length > 1) throw refuse(`it has ${plural(network.outputs.length, "output")}`);
  let before: NodeId | undefined;
  for (const [index, part] of parts.entries()) {
    const fits = index === 0 || (part.reads.length > 0 && part.reads.every((id) => id === before));
    if (!fits) throw refuse(`${partName(part)} reads ${readsText(network, part)}`);
    if (part.gives.length > 1) throw refuse(`${partName(part)} gives ${plural(part.gives.length, "value")}`);
    before = part.gives[0];
  }
  return parts;
}

const nodesOf = (part: Part) => [...layersOf(part)].map(({ first }) => first.id);

function partName({ what }: Part): string {
  if (what.type === "layer") return what.first.name;
  return what.type === "call" ? what.group.name : "a row";
}

function readsText(network: Network, { reads }: Part): string {
  const names = [...new Set(reads)].map((id) => nodeOf(network, id).name);
  return names.length === 0 ? "nothing" : listWords(names);
}

/** What is written beside the volume before: a layer that leaves its size as it is, or only makes a row of its values. */
function mergedText(network: Network, { what }: Part): string | undefined {
  if (what.type !== "layer" || what.first.inputs.length === 0) return undefined;
  const node = what.first;
  const { group } = operatorNamed(node.op);
  const keepsSize = formatDimensions(node.type.shape) === formatDimensions(nodeOf(network, node.inputs[0]!).type.shape);
  const isMerged =
    MERGED.includes(group) || node.op === "flatten" || (group === "other" && keepsSize && node.op !== "attention");
  return isMerged ? layerText(network, node).head : undefined;
}

function volumeOf(network: Network, part: Part): Volume {
  const { what } = part;
  const node = nodeOf(network, part.gives[0]!);
  const common = { ...sizesOf(node), notes: [], times: 1, nodes: nodesOf(part) };
  if (what.type === "call") {
    const label = what.label === undefined ? {} : { label: what.label };
    return { kind: "block", head: what.text, ...label, ...common };
  }
  const { head } = layerText(network, node);
  const isInput = node.inputs.length === 0;
  const window = node.args["window"];
  return {
    kind: operatorNamed(node.op).group,
    head: isInput ? "INPUT" : head,
    ...(node.labelled ? { label: node.name } : {}),
    ...common,
    ...(Array.isArray(window) && isFixedShape(window) ? { window: inPlane(window) } : {}),
  };
}

/** The last two of the axes; a single one is drawn upright. */
function inPlane(axes: readonly number[]): [number, number] {
  return axes.length === 1 ? [axes[0]!, 1] : [axes.at(-2)!, axes.at(-1)!];
}

function sizesOf({ type }: Node): Pick<Volume, "size" | "sides" | "channels"> {
  const shape = fixedShape(type);
  const size = formatDimensions(shape);
  const channels = shape.at(-1)!;
  return shape.length === 1 ? { size, channels } : { size, sides: inPlane(shape.slice(0, -1)), channels };
}

/** Like volumes after each other as one, whose size is that of the last. */
function inRows(volumes: readonly Volume[]): Volume[] {
  const rows: Volume[] = [];
  for (const volume of volumes) {
    const before = rows.at(-1);
    if (!before || !isAlike(before, volume)) rows.push(volume);
    else {
      const { window } = before;
      const times = before.times + 1;
      rows[rows.length - 1] = {
        ...volume,
        ...(window ? { window } : {}),
        times,
        nodes: [...before.nodes, ...volume.nodes],
      };
    }
  }
  return rows;
}

/** Whether a volume is one more of a row; what follows the last of several blocks is written beside all. */
function isAlike(a: Volume, b: Volume): boolean {
  const isNamed = a.label !== undefined || b.label !== undefined;
  const isBlock = a.kind === "block" && a.notes.length === 0;
  const written = ({ head, notes, sides }: Volume) => JSON.stringify([head, isBlock ? [] : notes, sides]);
  return !isNamed && written(a) === written(b) && (isBlock || a.channels === b.channels);
}
