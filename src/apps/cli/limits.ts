/** `--limit layers=2000000`: what a program may ask for. */
import { InvalidArgumentError } from "commander";
import { closest, defaultLimits, groupDigits, listWords, type Limits } from "../../index.js";

let inForce: Partial<Limits> = {};

/** The limits that the command line sets. */
export function limitsInForce(): Partial<Limits> {
  return inForce;
}

/** The usual limits again: a process may run several commands. */
export function resetLimits(): void {
  inForce = {};
}

const NAMES = Object.keys(defaultLimits) as (keyof Limits)[];

/** One `--limit` more. Errors: `InvalidArgumentError`, which commander tells. */
export function addLimit(text: string): Partial<Limits> {
  const [, name, digits] = /^([A-Za-z]+)=(\d+)$/.exec(text) ?? [];
  const limit = Number(digits);
  const known = NAMES.find((candidate) => candidate === name);
  if (name !== undefined && !known) {
    const suggestion = closest(name, NAMES);
    throw new InvalidArgumentError(
      `There is no limit ${name}${suggestion ? `; did you mean ${suggestion}?` : `: there is ${listWords(NAMES)}.`}`,
    );
  }
  if (!known || !Number.isSafeInteger(limit) || limit < 1) {
    throw new InvalidArgumentError("A limit is a name and a whole number from 1: layers=2000000.");
  }
  inForce = { ...inForce, [known]: limit };
  return inForce;
}

/** The limits with their defaults, for help. */
export function limitsText(): string {
  return NAMES.map((name) => `${name} ${groupDigits(defaultLimits[name])}`).join(", ");
}
