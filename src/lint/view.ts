/** A network as rules look at it: who reads what, and what stands before and behind a layer. */
import type { Edit } from "../base/diagnostics.js";
import type { Span } from "../base/source.js";
import { consumersOf, nodeOf, type Network, type Node } from "../ir/network.js";
import { operatorNamed } from "../ops/registry.js";
import type { LintSettings } from "./rule.js";

/** Layers that learn a matrix or filters. */
const WEIGHTED = new Set(["conv", "dwconv", "upconv", "fc", "linear"]);
const NORMS = new Set(["bn", "ln", "gn", "in"]);
/** Layers that leave values as they are, or out. */
const PLAIN = new Set(["dropout", "droppath", "flatten", "identity", "reshape"]);

/** Whether it is a convolution or a dense layer. */
export const isWeighted = ({ op }: Node) => WEIGHTED.has(op);

/** Whether it normalises by statistics of what arrives. */
export const isNorm = ({ op }: Node) => NORMS.has(op);

/** Whether it neither computes nor chooses anything: dropout, flattening. */
export const isPlain = ({ op }: Node) => PLAIN.has(op);

export const isActivation = ({ op }: Node) => operatorNamed(op).group === "activation";

export class View {
  private known: readonly (readonly Node[])[] | undefined;
  private readonly outputs: ReadonlySet<number>;

  constructor(
    readonly network: Network,
    readonly settings: LintSettings = {},
    /** How a layer is taken out of its chain; undefined where that is not known. */
    readonly removal: (layer: Span) => Edit[] | undefined = () => undefined,
  ) {
    this.outputs = new Set(network.outputs);
  }

  /** The layers that read a layer's result. */
  readersOf({ id }: Node): readonly Node[] {
    this.known ??= consumersOf(this.network);
    return this.known[id]!;
  }

  isOutput({ id }: Node): boolean {
    return this.outputs.has(id);
  }

  /** The one layer that reads a result, where nothing else does and it is not given out. */
  nextOf(node: Node): Node | undefined {
    const [reader, ...others] = this.readersOf(node);
    return others.length > 0 || this.isOutput(node) ? undefined : reader;
  }

  /** The next one that is not of a kind, on the way to which nothing else reads. */
  nextBeyond(node: Node, isPassed: (node: Node) => boolean): Node | undefined {
    let next = this.nextOf(node);
    while (next && isPassed(next)) next = this.nextOf(next);
    return next;
  }

  /** The layer before, where there is one alone. */
  beforeOf({ inputs }: Node): Node | undefined {
    return inputs.length === 1 ? nodeOf(this.network, inputs[0]!) : undefined;
  }

  /** The layers before it, nearest first, as long as each has one input; the last one ends the chain. */
  *chainBefore(node: Node): Generator<Node> {
    for (let before = this.beforeOf(node); before; before = this.beforeOf(before)) yield before;
  }
}
