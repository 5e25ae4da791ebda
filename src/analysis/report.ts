/** The report of a network as data: the JSON schema `cnnc-report/1`. */
import type { Dimension } from "../ir/dimension.js";
import { nodeOf, type Network, type NodeId } from "../ir/network.js";
import { costOf, totalCost, type Cost } from "./cost.js";

/** One layer of a report. */
export interface ReportLayer extends Cost {
  readonly name: string;
  readonly op: string;
  /** Names of the layers whose results it takes. */
  readonly inputs: readonly string[];
  /** Shape of its result, channels last, without the batch. */
  readonly output: readonly Dimension[];
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
  readonly totals: { readonly layers: number } & Cost;
}

/** Counts are `bigint`: `toJson` prints them as exact integers, and what has letters as text. */
export function reportOf(network: Network): Report {
  const port = (id: NodeId): Port => {
    const node = nodeOf(network, id);
    return { name: node.name, shape: node.type.shape };
  };
  const costs = network.nodes.map((node) => costOf(network, node));
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
      line: node.span.source.position(node.span.start).line,
    })),
    totals: { layers: network.nodes.length, ...totalCost(costs) },
  };
}
