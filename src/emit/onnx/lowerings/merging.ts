/** Branches that meet. */
import type { Lowering } from "../draft.js";

/** Sum, Max, Mean: of as many values as there are. */
export function variadic(type: string): Lowering {
  return (layer) => layer.end(type, layer.inputs());
}

/** Add for two, which more tools know than Sum. */
export const add: Lowering = (layer) => {
  const inputs = layer.inputs();
  return layer.end(inputs.length === 2 ? "Add" : "Sum", inputs);
};

/** Two at a time; a vector gets an axis of 1 for each axis of the maps, so that it meets their channels. */
export const mul: Lowering = (layer) => {
  const axes = layer.result().length - 1;
  const values = layer.inputs().map((input, index) => {
    if (layer.shape(index).length - 1 === axes) return input;
    const added = layer.integers(
      `axes${index + 1}`,
      Array.from({ length: axes }, (_, axis) => axis + 2),
    );
    return layer.step(`weights${index + 1}`, "Unsqueeze", [input, added]);
  });
  const [first, ...rest] = values;
  const last = rest.pop();
  if (last === undefined) return layer.end("Identity", [first!]);
  const product = rest.reduce((left, right, index) => layer.step(`product${index + 1}`, "Mul", [left, right]), first!);
  return layer.end("Mul", [product, last]);
};

export const concat: Lowering = (layer) => layer.end("Concat", layer.inputs(), { axis: { int: 1 } });
