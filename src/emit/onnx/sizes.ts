/**
 * Sizes that depend on letters, worked out by the graph itself: a letter is read off the shape of an input, and what
 * layers make of it is whole-number arithmetic on that. Each size is worked out once in a model.
 */
import { isSame, variable, type Dimension } from "../../ir/dimension.js";
import {
  formatExpression,
  sumOfTerms,
  termsOf,
  type Atom,
  type Exact,
  type Expression,
  type Term,
} from "../../ir/expression.js";
import { nodeOf, type Network } from "../../ir/network.js";
import { formatDimensions } from "../../ir/shape.js";
import { TargetError } from "../errors.js";
import type { Attributes } from "./schema.js";

/** What nodes and constants are added to: the layer that first needs a size. */
export interface SizeWriter {
  add(name: string, type: string, inputs: readonly string[], attributes?: Attributes): string;
  constantIntegers(name: string, values: readonly number[]): string;
}

export class OpenSizes {
  /** The value of each size that there is already, by the size. */
  private readonly values = new Map<string, string>();

  constructor(
    private readonly network: Network,
    private readonly taken: ReadonlySet<string>,
  ) {}

  /** The name of an int64 vector of one value, the size. Errors: `TargetError` where a letter cannot be read. */
  vector(size: Dimension, writer: SizeWriter): string {
    return this.exact(typeof size === "number" ? BigInt(size) : size, writer);
  }

  private exact(size: Exact, writer: SizeWriter): string {
    const key = typeof size === "bigint" ? String(size) : size.key;
    const known = this.values.get(key);
    if (known !== undefined) return known;
    const name = this.nameOf(size);
    if (typeof size === "bigint") writer.constantIntegers(name, [Number(size)]);
    else this.write(name, size, writer);
    this.values.set(key, name);
    return name;
  }

  private write(name: string, { terms }: Expression, writer: SizeWriter): void {
    const last = terms.at(-1)!;
    if (terms.length > 1) {
      const isLess = last.coefficient < 0n;
      const other = sumOfTerms([isLess ? { ...last, coefficient: -last.coefficient } : last]);
      const first = this.exact(sumOfTerms(terms.slice(0, -1)), writer);
      writer.add(name, isLess ? "Sub" : "Add", [first, this.exact(other, writer)]);
    } else if (last.coefficient !== 1n) {
      const one = this.exact(sumOfTerms([{ ...last, coefficient: 1n }]), writer);
      writer.add(name, "Mul", [one, this.exact(last.coefficient, writer)]);
    } else if (last.factors.length > 1) {
      const [factor, ...rest] = last.factors;
      writer.add(name, "Mul", [this.exact(product(rest), writer), this.exact(product([factor!]), writer)]);
    } else {
      this.writeAtom(name, last.factors[0]!, writer);
    }
  }

  private writeAtom(name: string, atom: Atom, writer: SizeWriter): void {
    if (atom.kind === "variable") {
      const { input, axis } = this.sourceOf(atom.name);
      writer.add(name, "Shape", [input], { start: { int: axis }, end: { int: axis + 1 } });
      return;
    }
    const [of, by] = [this.exact(atom.of, writer), this.exact(atom.by, writer)];
    if (!mayBeNegative(atom.of)) {
      writer.add(name, "Div", [of, by]);
      return;
    }
    // Div rounds towards 0; what is a multiple is not rounded.
    const rest = writer.add(this.free(`${name}.rest`), "Mod", [of, by]);
    writer.add(name, "Div", [writer.add(this.free(`${name}.whole`), "Sub", [of, rest]), by]);
  }

  /** The input that has a letter for one of its sides, and its axis in ONNX. */
  private sourceOf(letter: string): { input: string; axis: number } {
    const wanted = variable(letter);
    for (const id of this.network.inputs) {
      const { name, type } = nodeOf(this.network, id);
      const side = type.shape.findIndex((size) => isSame(size, wanted));
      if (side >= 0) return { input: name, axis: side === type.shape.length - 1 ? 1 : side + 2 };
    }
    const inputs = this.network.inputs.map((id) => formatDimensions(nodeOf(this.network, id).type.shape));
    throw new TargetError(
      `${this.network.name} cannot be built for onnx with ${letter} open: no side of ${inputs.join(", ")} is ${letter} alone; give it a number, as --size ${letter}=224`,
    );
  }

  private nameOf(size: Exact): string {
    return this.free(`size.${typeof size === "bigint" ? size : formatExpression(size)}`);
  }

  private free(wanted: string): string {
    let name = wanted;
    while (this.taken.has(name)) name += "_";
    return name;
  }
}

const product = (factors: readonly Atom[]): Exact => sumOfTerms([{ factors, coefficient: 1n }]);

/** Whether sizes from 1 could make it less than 0. */
function mayBeNegative(size: Exact): boolean {
  const isSmall = ({ factors, coefficient }: Term) =>
    coefficient < 0n || factors.some((atom) => atom.kind === "floor" && mayBeNegative(atom.of));
  return termsOf(size).some(isSmall);
}
