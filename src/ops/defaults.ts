/** Defaults of parameters, spread over the axes that there are. */
import type { Argument, Arguments } from "../ir/network.js";
import type { Parameter } from "./define.js";
import { evenPadding } from "./window.js";

/** The value of a parameter that has a default and is not written; `args` are the arguments that are known. */
export function defaultArgument(parameter: Parameter, args: Arguments, axes: number): Argument {
  const value = parameter.default!;
  if (value === "window") return args["window"] ?? Array<number>(axes).fill(1);
  if (typeof value !== "number") return value;
  if (parameter.kind === "axes") return Array<number>(axes).fill(value);
  return parameter.kind === "padding" ? evenPadding(value, axes) : value;
}
