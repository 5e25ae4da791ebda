/** Branches that meet. */
import { code, joined, reads, value, type Piece } from "../../outline/pieces.js";
import { expression, type Layer, type Lowering } from "../layer.js";

const all = (layer: Layer): Piece[] => layer.node.inputs.map((_, index) => reads(index));

export const add: Lowering = (layer) => expression(...joined(all(layer), " + "));

export const mean: Lowering = (layer) => {
  const inputs = all(layer);
  return expression(...code`(${joined(inputs, " + ")}) / ${String(inputs.length)}`);
};

/** A vector gets an axis of 1 for each axis of the maps, so that it meets their channels. */
export const mul: Lowering = (layer) => {
  const axes = Math.max(...layer.node.inputs.map((_, index) => layer.axes(index)));
  const factors = all(layer).map((input, index): Piece[] =>
    layer.axes(index) === axes ? [input] : code`${input}[:, :${", None".repeat(axes - 1)}]`,
  );
  return expression(...joined(factors, " * "));
};

export const max: Lowering = (layer) => {
  const [first, ...rest] = all(layer);
  const larger = (value: Piece[], next: Piece) => code`torch.maximum(${value}, ${next})`;
  return expression(...rest.reduce<Piece[]>(larger, [first!]));
};

export const concat: Lowering = (layer) =>
  expression(...code`torch.cat([${joined(all(layer), ", ")}], dim=${value("dim", 1)})`);
