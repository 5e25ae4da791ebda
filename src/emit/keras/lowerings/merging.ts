/** Branches that meet. */
import { code, joined, reads, value, type Piece } from "../../outline/pieces.js";
import { applied, helping, type Lowering } from "../layer.js";

/** A layer that takes a list of values. */
export function merge(kind: string, ...args: readonly Piece[]): Lowering {
  return ({ node }) =>
    applied(
      kind,
      args,
      code`[${joined(
        node.inputs.map((_, index) => reads(index)),
        ", ",
      )}]`,
    );
}

/** A vector gets an axis of 1 for each axis of the maps, so that it meets their channels. */
export const mul: Lowering = (of) => {
  const shapes = of.node.inputs.map((_, index) => of.axes(index));
  const axes = Math.max(...shapes);
  const factors = shapes.map((own, index): Piece[] => {
    if (own === axes) return [reads(index)];
    const shape = [...Array<number>(axes - 1).fill(1), of.shape(index).at(-1)!];
    return helping("layers.Reshape", [value("shape", shape)], `factor${index + 1}`, [reads(index)]);
  });
  return applied("layers.Multiply", [], code`[${joined(factors, ", ")}]`);
};
