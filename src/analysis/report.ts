/** The report of a network as data: the JSON schema `cnnc-report/1`. */
import { scaleCount, sumOf, type Count, type Dimension } from "../ir/dimension.js";
import { nodeOf, type Network, type NodeId } from "../ir/network.js";
import { costOf, movedValues, totalCost, type Cost } from "./cost.js";
import { PRECISIONS, type NumberFormat } from "./precisions.js";
import { receptiveFields, type ReceptiveField } from "./receptive-field.js";
import { positionsOf } from "./seen-pixels.js";

/** One layer of a report. */
export interface ReportLayer extends Cost {
  readonly name: string;
  readonly op: string;
  /** Names of the layers whose results it takes. */
  readonly inputs: readonly string[];
  /** Shape of its result, channels last, without the batch. */
  readonly output: readonly Dimension[];
  /** Bytes that it moves for one image: what it reads and gives, and what it has learnt. */
  readonly bytes: Count;
  /** Floating-point operations for each of these bytes; undefined where there are none, or where sizes have letters. */
  readonly intensity?: number;
  /** How much of the first input one position is made of; undefined where it does not read it, sizes have letters, or are huge. */
  readonly receptiveField?: ReceptiveField;
  /** Line of the source, from 1. */
  readonly line: number;
}

export interface Port {
  readonly name: string;
  readonly shape: readonly Dimension[];
}

export interface Report {
  readonly schema: "cnnc-report/1";
  readonly net: string;
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  readonly layers: readonly ReportLayer[];
  readonly totals: { readonly layers: number; readonly bytes: Count; readonly intensity?: number } & Cost;
}

/** Positions of all layers, along their axes, up to which receptive fields are told. */
const MOST_POSITIONS = 20_000_000;

/** Operations for each byte, to four digits. */
function intensityOf(flops: Count, bytes: Count): number | undefined {
  if (typeof flops !== "bigint" || typeof bytes !== "bigint" || bytes === 0n) return undefined;
  return Number((Number(flops) / Number(bytes)).toPrecision(4));
}

/** Counts are `bigint`: `toJson` prints them as exact integers, and what has letters as text. */
export function reportOf(network: Network, precision: NumberFormat = "float32"): Report {
  const port = (id: NodeId): Port => {
    const node = nodeOf(network, id);
    return { name: node.name, shape: node.type.shape };
  };
  const costs = network.nodes.map((node) => costOf(network, node));
  const moved = network.nodes.map((node) => scaleCount(movedValues(network, node), PRECISIONS[precision]));
  // A field has an entry for each position: of maps with billions of them it is left out.
  const isKnown = network.symbols.length === 0 && positionsOf(network) <= MOST_POSITIONS;
  const fields = isKnown ? receptiveFields(network) : [];
  const totals = totalCost(costs);
  const bytes = sumOf(moved);
  return {
    schema: "cnnc-report/1",
    net: network.name,
    inputs: network.inputs.map(port),
    outputs: network.outputs.map(port),
    layers: network.nodes.map((node, index) => ({
      name: node.name,
      op: node.op,
      inputs: node.inputs.map((id) => nodeOf(network, id).name),
      output: node.type.shape,
      ...costs[index]!,
      bytes: moved[index]!,
      intensity: intensityOf(costs[index]!.flops, moved[index]!),
      receptiveField: fields[index],
      line: node.span.source.position(node.span.start).line,
    })),
    totals: { layers: network.nodes.length, ...totals, bytes, intensity: intensityOf(totals.flops, bytes) },
  };
}
