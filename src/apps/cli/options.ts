/** Options that several commands share, and the choices of some, without loading the compiler. */
import { InvalidArgumentError, Option } from "commander";
import type { PictureFormat, PictureStyle } from "../../index.js";
import type { VerifiedTarget } from "../../run/index.js";
import { addLimit, limitsText } from "./limits.js";
import { checkpointsFrom, seedOf, TRAINED_WITH } from "./option-values.js";
import { addSize } from "./sizes.js";
import type { TargetName } from "./targets.js";

export const format = (...choices: string[]) =>
  new Option("--format <format>", "form of the output").choices(choices).default(choices[0]);
export const net = () => new Option("--net <name>", "the net to take, where the file has several");
export const seed = (what: string) => new Option("--seed <number>", `seed of ${what}`).argParser(seedOf).default(0);

export const size = () =>
  new Option(
    "--size <letter=number>",
    "a number for a letter of the input's size, as H=224; once for each letter",
  ).argParser(addSize);

export const limit = () =>
  new Option("--limit <name=number>", `what a program may ask for (${limitsText()})`).argParser(addLimit);

export const precision = (...choices: string[]) =>
  new Option("--precision <format>", "what values are kept in").choices(choices).default("float32");

export const train = (what = "for training: ") =>
  new Option("--train [optimizer]", `${what}with this optimizer, or with that of the program`).choices([
    ...TRAINED_WITH,
  ]);

export const checkpoint = () =>
  new Option(
    "--checkpoint <pieces>",
    "for training: cut the net into so many pieces (sqrt: a fitting number) and compute each again for its gradients",
  ).argParser(checkpointsFrom);

/** The names of `targets`, whose module loads the emitters; forgetting one does not compile. */
export const TARGETS = Object.keys({
  onnx: true,
  tfjs: true,
  "tfjs-model": true,
  pytorch: true,
  keras: true,
  safetensors: true,
} satisfies Record<TargetName, true>);

/** The endings of pictures and their styles; forgetting one does not compile. */
export const PICTURES = Object.keys({
  svg: true,
  dot: true,
  mmd: true,
  tex: true,
} satisfies Record<PictureFormat, true>).map((ending) => `.${ending}`);
export const STYLES = Object.keys({ graph: true, volume: true } satisfies Record<PictureStyle, true>);

export const VERIFIED = Object.keys({
  tfjs: true,
  pytorch: true,
  keras: true,
  "onnx.reference": true,
} satisfies Record<VerifiedTarget, true>) as VerifiedTarget[];

export function targetsOf(text: string): VerifiedTarget[] {
  return text.split(",").map((name) => {
    const found = VERIFIED.find((target) => target === name.trim());
    if (!found) throw new InvalidArgumentError(`There is no target ${name.trim()}; there are ${VERIFIED.join(", ")}.`);
    return found;
  });
}
