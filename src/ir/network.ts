/** The typed graph: what every analysis and every target reads. */
import type { Claim } from "../base/quantity.js";
import type { Span } from "../base/source.js";
import type { Budget } from "./budget.js";
import type { Condition } from "./condition.js";
import type { Dimension } from "./dimension.js";
import type { Training } from "./training.js";

/**
 * The type of a value: its size without the batch, channels last (`[height, width, channels]` for a map, `[channels]`
 * for a vector). Letters of an input stay open in it. Elements are float32.
 */
export interface TensorType {
  readonly shape: readonly Dimension[];
}

/** An attribute of a layer with everything decided: numbers; only the size of an input may have letters. */
export type Argument = number | boolean | string | readonly Dimension[] | Padding;
export type Arguments = Record<string, Argument>;

/** `half` is `dilation*(k-1)/2` rounded down on both sides; `same` gives ceil(in/stride), the odd pixel last. */
export type Padding =
  | { readonly kind: "half" }
  | { readonly kind: "same" }
  | { readonly kind: "explicit"; readonly before: readonly number[]; readonly after: readonly number[] };

/** Position of a node in `Network.nodes`. */
export type NodeId = number;

export interface Node {
  readonly id: NodeId;
  /** The label, or `<op><n>`: the same in every report and target. */
  readonly name: string;
  /** Whether the name was given in the program. */
  readonly labelled: boolean;
  /** Name of the operator in the registry. */
  readonly op: string;
  readonly args: Arguments;
  readonly inputs: readonly NodeId[];
  readonly type: TensorType;
  /** The layer in the source. */
  readonly span: Span;
  /** The declarations that led here, innermost first: `ZFNet = AlexNet but`. */
  readonly trail: readonly Step[];
  readonly claims: readonly Claim[];
  /** Where arguments are written, those that are: for the input's size also its annotation. */
  readonly argSpans: Readonly<Record<string, Span>>;
}

export interface Step {
  readonly text: string;
  readonly span: Span;
  /** Where it is the call of a block: whose, and what the names of its layers start with (`Stage1.Bottleneck2`). */
  readonly call?: { readonly block: string; readonly name: string };
}

/** One network, every size known, or known but for the letters of its inputs. Nodes stand in an order in which each comes after its inputs. */
export interface Network {
  readonly name: string;
  readonly documentation?: string;
  readonly nodes: readonly Node[];
  readonly inputs: readonly NodeId[];
  readonly outputs: readonly NodeId[];
  /** The letters of its inputs' sizes, in order; none where all sizes are fixed. */
  readonly symbols: readonly string[];
  /** What the letters have to fulfil for the layers to work out. */
  readonly conditions: readonly Condition[];
  /** What the program asserts about its cost. */
  readonly budgets: readonly Budget[];
  /** How it is to be trained, where that is said. */
  readonly training?: Training;
  /** Claims of `TOTAL` lines. */
  readonly totals: readonly Claim[];
  readonly span: Span;
}

/** The node of an id. Errors: throws on an id that is not of this network, which is a mistake in the compiler. */
export function nodeOf(network: Network, id: NodeId): Node {
  const node = network.nodes[id];
  if (!node) throw new Error(`no node ${id} in ${network.name}`);
  return node;
}

/** The arguments of a node whose operator takes those: the elaborator has filled them by its parameters. */
export function argsOf<A extends object>({ args }: Pick<Node, "args">): A {
  return args as unknown as A;
}

export function inputTypes(network: Network, node: Node): TensorType[] {
  return node.inputs.map((id) => nodeOf(network, id).type);
}

/** The nodes that read each node's value, by id. */
export function consumersOf(network: Network): readonly (readonly Node[])[] {
  const consumers: Node[][] = network.nodes.map(() => []);
  for (const node of network.nodes) for (const input of node.inputs) consumers[input]?.push(node);
  return consumers;
}
