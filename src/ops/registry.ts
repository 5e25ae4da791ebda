/** All operators, in the order of the reference page. */
import { avgpool } from "./avgpool.js";
import { bn } from "./bn.js";
import { conv } from "./conv.js";
import type { Operator } from "./define.js";
import { dropout } from "./dropout.js";
import { fc } from "./fc.js";
import { flatten } from "./flatten.js";
import { gap } from "./gap.js";
import { identity } from "./identity.js";
import { input } from "./input.js";
import { lrn } from "./lrn.js";
import { pool } from "./pool.js";
import { relu } from "./relu.js";
import { sigmoid } from "./sigmoid.js";
import { softmax } from "./softmax.js";
import { tanh } from "./tanh.js";

/** Every operator by its name. A target's table is `Record<OpName, ...>`, so that forgetting one does not compile. */
export const operators = {
  input,
  conv,
  pool,
  avgpool,
  gap,
  fc,
  flatten,
  bn,
  lrn,
  relu,
  sigmoid,
  tanh,
  softmax,
  dropout,
  identity,
} as const satisfies Record<string, Operator>;

export type OpName = keyof typeof operators;

const byMnemonic = new Map<string, Operator>(
  Object.values(operators).flatMap((operator) => operator.mnemonics.map((mnemonic) => [mnemonic, operator] as const)),
);

/** The operator of a spelling in capitals, without digits stuck to it. */
export function operatorOf(mnemonic: string): Operator | undefined {
  return byMnemonic.get(mnemonic);
}

/** Every spelling, for 'did you mean'. */
export function allMnemonics(): string[] {
  return [...byMnemonic.keys()];
}

/** The operator of a node. Errors: throws on a name that is not registered, which is a mistake in the compiler. */
export function operatorNamed(name: string): Operator {
  const operator = (operators as Record<string, Operator>)[name];
  if (!operator) throw new Error(`no operator is called ${name}`);
  return operator;
}
