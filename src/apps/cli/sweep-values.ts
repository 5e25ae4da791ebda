/** Values of parameters that a sweep goes through, as they are written on the command line. */
import { InvalidArgumentError } from "commander";

/** `c=32,64,96`, `n=2..6`, `w=0.5..1..0.25`, `Unit=Basic,Bottleneck`. */
export interface SweptParameter {
  readonly name: string;
  /** As the language has them. */
  readonly values: readonly string[];
}

/** Values of one parameter; more nobody reads. */
const MOST_VALUES = 1_000;

const NUMBER = String.raw`-?\d{1,9}(?:\.\d{1,9})?`;

/** Adds a parameter. Errors: commander's. */
export function addSwept(text: string, before: readonly SweptParameter[] = []): SweptParameter[] {
  const match = /^([A-Za-z_]\w*)=(.+)$/.exec(text);
  if (!match) throw new InvalidArgumentError("It is a parameter with its values: c=32,64,96 or n=2..6.");
  const [, name, list] = match as unknown as [string, string, string];
  if (before.some((other) => other.name === name)) throw new InvalidArgumentError(`${name} has its values already.`);
  const values = list.split(",").flatMap((word) => valuesOf(word.trim()));
  if (values.length > MOST_VALUES) throw new InvalidArgumentError(`${name} has more than ${MOST_VALUES} values.`);
  return [...before, { name, values: [...new Set(values)] }];
}

function valuesOf(word: string): string[] {
  const range = new RegExp(`^(${NUMBER})\\.\\.(${NUMBER})(?:\\.\\.(${NUMBER}))?$`).exec(word);
  if (!range) {
    if (new RegExp(`^(${NUMBER}|[A-Za-z_]\\w*)$`).test(word)) return [word];
    throw new InvalidArgumentError(`${word} is no number, no name and no range such as 2..6 or 0.5..1..0.25.`);
  }
  const [from, to, step] = [range[1]!, range[2]!, range[3] ?? "1"].map(Number) as [number, number, number];
  const count = Math.floor((to - from) / step + 1e-9) + 1;
  if (!(step > 0) || count < 1) throw new InvalidArgumentError(`${word} is an empty range.`);
  if (count > MOST_VALUES) throw new InvalidArgumentError(`${word} has more than ${MOST_VALUES} values.`);
  return Array.from({ length: count }, (_, index) => String(Number((from + index * step).toPrecision(12))));
}
