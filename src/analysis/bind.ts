/** A network with other sizes of its inputs: numbers for letters, or what a rule wants to try. */
import { defineDiagnostic } from "../base/diagnostics.js";
import { formatCondition, holds } from "../ir/condition.js";
import type { Budget, BudgetTerm } from "../ir/budget.js";
import { isFixed, substitute, type Dimension } from "../ir/dimension.js";
import {
  nodeOf,
  type Argument,
  type Arguments,
  type Network,
  type Node,
  type NodeId,
  type TensorType,
} from "../ir/network.js";
import { symbolsOf } from "../ir/shape.js";
import type { Fault } from "../ops/define.js";
import { inferType } from "../ops/infer.js";
import { operatorNamed } from "../ops/registry.js";

export const wrongBinding = defineDiagnostic<{ letter: string; size: number; net: string; condition: string }>({
  code: "CNN2111",
  severity: "error",
  title: "a size for a letter that the net does not work out with",
  message: ({ letter, size, net, condition }) => `${letter} cannot be ${size}: ${net} needs that ${condition}`,
  explanation: `Where two maps meet that were made smaller and larger again, they only fit for some sizes of the input: a map
that is halved three times and doubled three times is as large as before where its size is a multiple of 8.`,
  example: {
    wrong: `INPUT HxWx3
assert H % 2 == 0 and W % 2 == 0
ADD { POOL2 - UPSAMPLE2 | ID }`,
    right: `INPUT HxWx3
ADD { CONV3-3 - RELU | ID }`,
    sizes: { H: 33, W: 32 },
  },
});

/** Which layer does not take the sizes, and why. */
export interface BindFault {
  readonly fault: Fault;
  readonly node: Node;
}

/** The types of all nodes when inputs have other shapes; inputs that are not named keep theirs. */
export function typesAt(
  network: Network,
  shapes: ReadonlyMap<NodeId, readonly Dimension[]>,
): { types: TensorType[] } | BindFault {
  const types: TensorType[] = [];
  for (const node of network.nodes) {
    const shape = shapes.get(node.id);
    const args = shape ? { ...node.args, shape } : node.args;
    const inputs = node.inputs.map((id) => types[id]!);
    const inference = inferType(operatorNamed(node.op), args, inputs);
    if ("fault" in inference) return { fault: inference.fault, node };
    types.push(inference.type);
  }
  return { types };
}

/** The network with other shapes of its inputs, conditions aside. Errors: as `typesAt`. */
export function networkAt(
  network: Network,
  shapes: ReadonlyMap<NodeId, readonly Dimension[]>,
): { network: Network } | BindFault {
  const found = typesAt(network, shapes);
  if ("fault" in found) return found;
  const nodes = network.nodes.map((node): Node => {
    const shape = shapes.get(node.id);
    return { ...node, args: shape ? { ...node.args, shape } : node.args, type: found.types[node.id]! };
  });
  const symbols = symbolsOf(network.inputs.map((id) => nodes[id]!.type.shape));
  const conditions = network.conditions.filter(({ variable }) => symbols.includes(variable));
  return { network: { ...network, nodes, symbols, conditions } };
}

/**
 * The network at sizes for its letters; letters that are not named stay open. Claims stay with their lines.
 *
 * Errors: a fault and its node, where a condition does not hold or a layer does not take the size that then arrives.
 */
export function bindNetwork(network: Network, sizes: ReadonlyMap<string, number>): { network: Network } | BindFault {
  for (const condition of network.conditions) {
    const { variable } = condition;
    const size = sizes.get(variable);
    if (size === undefined || holds(condition, size)) continue;
    const node = network.inputs
      .map((id) => nodeOf(network, id))
      .find(({ type }) => symbolsOf([type.shape]).includes(variable));
    const args = { letter: variable, size, net: network.name, condition: formatCondition(condition) };
    return { fault: { at: "shape", kind: wrongBinding, args }, node: node! };
  }
  const shapes = network.inputs.map((id) => {
    const { shape } = nodeOf(network, id).type;
    return [id, shape.map((side) => substitute(side, sizes))] as const;
  });
  const nodes = network.nodes.map((node): Node => ({ ...node, args: substituteArguments(node.args, sizes) }));
  const budgets = network.budgets.map((budget): Budget => {
    return { ...budget, condition: substituteTerm(budget.condition, sizes) };
  });
  return networkAt({ ...network, nodes, budgets }, new Map(shapes));
}

/** Sizes that a layer was given in letters: `CROP h x w`. */
function substituteArguments(args: Arguments, sizes: ReadonlyMap<string, number>): Arguments {
  const isOpen = (value: Argument) => Array.isArray(value) && value.some((side) => !isFixed(side as Dimension));
  if (!Object.values(args).some(isOpen)) return args;
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => {
      const list = Array.isArray(value) ? (value as readonly Dimension[]) : undefined;
      return [name, list ? list.map((side) => substitute(side, sizes)) : value];
    }),
  );
}

function substituteTerm(term: BudgetTerm, sizes: ReadonlyMap<string, number>): BudgetTerm {
  switch (term.kind) {
    case "size":
      return { ...term, size: substitute(term.size, sizes) };
    case "not":
      return { ...term, operand: substituteTerm(term.operand, sizes) };
    case "binary":
      return { ...term, left: substituteTerm(term.left, sizes), right: substituteTerm(term.right, sizes) };
    default:
      return term;
  }
}
