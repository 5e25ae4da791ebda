/** Values of options: what is written on the command line as what it means, without loading the compiler. */
import { InvalidArgumentError } from "commander";
import type { ColumnName, Goal } from "../../index.js";

const LARGEST_SEED = 2 ** 32 - 1;

export function seedOf(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > LARGEST_SEED)
    throw new InvalidArgumentError(`A seed is a whole number from 0 to ${LARGEST_SEED}.`);
  return value;
}

/** The first and the last operator set of ONNX that is written, as `DEFAULT_OPSET` and `NEWEST_OPSET`, which load the emitter. */
export const OPSETS = [17, 26] as const;

export function opsetOf(text: string): number {
  const value = Number(text);
  const [first, last] = OPSETS;
  if (!/^\d+$/.test(text) || value < first || value > last)
    throw new InvalidArgumentError(`An operator set is a whole number from ${first} to ${last}.`);
  return value;
}

const LARGEST_SIDE = 65_536;

export function sideOf(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > LARGEST_SIDE)
    throw new InvalidArgumentError(`A size is a whole number from 1 to ${LARGEST_SIDE}.`);
  return value;
}

/** More than are put together. */
export const MOST_DEVICES = 65_536;

export function wholeFrom(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  const limit = most === Number.MAX_SAFE_INTEGER ? "" : ` to ${most}`;
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most)
      throw new InvalidArgumentError(`It is a whole number from ${least}${limit}.`);
    return value;
  };
}

export function rateOf(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value) || value <= 0)
    throw new InvalidArgumentError("A learning rate is a number above 0.");
  return value;
}

/** The optimizers that `--train` takes, as the language has them, and SGD with its usual momentum. */
export const TRAINED_WITH = ["sgd", "momentum", "adam", "adamw", "rmsprop"];

const UNITS: Record<string, bigint> = {
  B: 1n,
  kB: 10n ** 3n,
  KB: 10n ** 3n,
  MB: 10n ** 6n,
  GB: 10n ** 9n,
  TB: 10n ** 12n,
  KiB: 2n ** 10n,
  MiB: 2n ** 20n,
  GiB: 2n ** 30n,
  TiB: 2n ** 40n,
};

/** `8GB`, `1.5 GiB`, `512MB`. Errors: commander's, for what is no amount. */
export function bytesFrom(text: string): bigint {
  const match = /^(\d{1,12})(?:\.(\d{1,6}))?\s*([kKMGT]i?B|B)$/.exec(text.trim());
  const unit = match && UNITS[match[3]!];
  if (!unit) throw new InvalidArgumentError("An amount of memory is a number with its unit: 8GB, 512MB, 16GiB.");
  const fraction = match[2] ?? "";
  const bytes = (BigInt(match[1]! + fraction) * unit) / 10n ** BigInt(fraction.length);
  if (bytes === 0n) throw new InvalidArgumentError("There has to be some memory.");
  return bytes;
}

/** `sqrt`, or into how many pieces. Errors: commander's. */
export function checkpointsFrom(text: string): number | "sqrt" {
  if (text === "sqrt") return text;
  const count = Number(text);
  if (!/^\d{1,6}$/.test(text) || count < 2)
    throw new InvalidArgumentError("It is sqrt, or into how many pieces the net is cut, from 2.");
  return count;
}

/** The names of `columnDefinitions`, whose module loads the compiler; forgetting one does not compile. */
export const COLUMNS = Object.keys({
  name: true,
  layer: true,
  output: true,
  params: true,
  weights: true,
  buffers: true,
  macs: true,
  flops: true,
  activations: true,
  bytes: true,
  intensity: true,
  field: true,
  stride: true,
  padding: true,
  line: true,
} satisfies Record<ColumnName, true>) as ColumnName[];

/** `name,macs,field`. Errors: commander's, with the names that there are. */
export function columnsFrom(text: string): ColumnName[] {
  return text.split(",").map((word) => {
    const found = COLUMNS.find((name) => name === word.trim());
    if (!found) throw new InvalidArgumentError(`There is no column ${word.trim()}; there are ${COLUMNS.join(", ")}.`);
    return found;
  });
}

/** What variants of a net are compared by. */
export const FIGURES = ["params", "macs", "activations", "memory"] as const;
export type Figure = (typeof FIGURES)[number];

/** More parameters for less compute and memory. */
export const USUAL_GOALS: readonly Goal<Figure>[] = [
  { figure: "params", wants: "more" },
  { figure: "macs", wants: "less" },
  { figure: "memory", wants: "less" },
];

/** `params:more,macs`: less is wanted where nothing is said. Errors: commander's, with the figures that there are. */
export function goalsFrom(text: string): Goal<Figure>[] {
  return text.split(",").map((word) => {
    const [name, wants = "less"] = word.trim().split(":");
    const figure = FIGURES.find((candidate) => candidate === name);
    if (!figure) throw new InvalidArgumentError(`There is no figure ${name!}; there are ${FIGURES.join(", ")}.`);
    if (wants !== "more" && wants !== "less")
      throw new InvalidArgumentError(`${word} is ${figure}:more or ${figure}:less.`);
    return { figure, wants };
  });
}
