/** Values for `?`: every combination that gives the annotated size. */
import type { Argument, Arguments, TensorType } from "../ir/network.js";
import { isFixed } from "../ir/dimension.js";
import { sameDimensions } from "../ir/shape.js";
import type { Operator, Parameter } from "../ops/define.js";
import { inferType } from "../ops/infer.js";
import { evenPadding } from "../ops/window.js";

/** One way to fill the holes. */
export interface Solution {
  readonly args: Arguments;
  /** `stride 4, pad 0`. */
  readonly text: string;
}

/** Sizes that are tried for a hole: no published layer has larger ones. */
const LARGEST_TRIED = 64;
/** Combinations that are tried at most; three holes of any size need no more. */
const MOST_COMBINATIONS = LARGEST_TRIED ** 3;

/** Whether a parameter can be a hole. */
export function canBeHole(name: string, parameter: Parameter, operator: Operator): boolean {
  return name === operator.count || parameter.kind === "axes" || parameter.kind === "padding";
}

/**
 * All solutions, smallest numbers first. `args` are the arguments that are known. A padding is tried below the window: a
 * larger one adds nothing but zeros.
 */
export function solveHoles(
  operator: Operator,
  args: Arguments,
  holes: readonly string[],
  input: TensorType,
  wanted: readonly number[],
): Solution[] {
  const parameters = operator.parameters as Record<string, Parameter>;
  const axes = input.shape.length - 1;
  const largest = Math.min(
    LARGEST_TRIED,
    Math.max(1, ...input.shape.slice(0, -1).map((size) => (isFixed(size) ? size : LARGEST_TRIED))),
  );
  // The window first: paddings are tried below it.
  const order = [...holes].sort((a, b) => Number(b === "window") - Number(a === "window"));
  const found: Solution[] = [];
  let tried = 0;

  const fill = (index: number, filled: Arguments, words: readonly string[]): void => {
    const name = order[index];
    if (name === undefined) {
      tried++;
      const inference = inferType(operator, filled, [input]);
      if ("type" in inference && sameDimensions(inference.type.shape, wanted))
        found.push({ args: filled, text: words.join(", ") });
      return;
    }
    for (const [value, text] of candidates(name, filled)) {
      if (tried > MOST_COMBINATIONS) return;
      fill(index + 1, { ...filled, [name]: value }, [...words, text]);
    }
  };

  const candidates = (name: string, filled: Arguments): [Argument, string][] => {
    if (name === operator.count) return [[wanted.at(-1)!, `${wanted.at(-1)!} ${name}`]];
    const isPadding = parameters[name]!.kind === "padding";
    const window = filled["window"];
    const end = isPadding ? (Array.isArray(window) ? Math.max(...(window as number[])) - 1 : largest) : largest;
    const sizes = Array.from({ length: Math.max(0, end - (isPadding ? -1 : 0)) }, (_, size) =>
      isPadding ? size : size + 1,
    );
    return sizes.map((size) => [
      isPadding ? evenPadding(size, axes) : Array<number>(axes).fill(size),
      name === "window" ? `${Array<number>(axes).fill(size).join("x")}` : `${name} ${size}`,
    ]);
  };

  fill(0, args, []);
  return found;
}
