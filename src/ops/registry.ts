/** All operators, in the order of the reference page. */
import { adaptiveavgpool } from "./adaptiveavgpool.js";
import { add } from "./add.js";
import { attention } from "./attention.js";
import { avgpool } from "./avgpool.js";
import { bias } from "./bias.js";
import { bn } from "./bn.js";
import { chunk } from "./chunk.js";
import { classtoken } from "./classtoken.js";
import { concat } from "./concat.js";
import { conv } from "./conv.js";
import { crop } from "./crop.js";
import type { Operator } from "./define.js";
import { dropout } from "./dropout.js";
import { droppath } from "./droppath.js";
import { dwconv } from "./dwconv.js";
import { elu } from "./elu.js";
import { fc } from "./fc.js";
import { flatten } from "./flatten.js";
import { gap } from "./gap.js";
import { gelu } from "./gelu.js";
import { gmp } from "./gmp.js";
import { gn } from "./gn.js";
import { hsigmoid } from "./hsigmoid.js";
import { hswish } from "./hswish.js";
import { identity } from "./identity.js";
import { instanceNorm } from "./in.js";
import { input } from "./input.js";
import { linear } from "./linear.js";
import { ln } from "./ln.js";
import { logsoftmax } from "./logsoftmax.js";
import { lrelu } from "./lrelu.js";
import { lrn } from "./lrn.js";
import { max } from "./max.js";
import { mean } from "./mean.js";
import { mish } from "./mish.js";
import { mul } from "./mul.js";
import { pad } from "./pad.js";
import { pixelshuffle } from "./pixelshuffle.js";
import { pixelunshuffle } from "./pixelunshuffle.js";
import { pool } from "./pool.js";
import { posembed } from "./posembed.js";
import { prelu } from "./prelu.js";
import { relu } from "./relu.js";
import { relu6 } from "./relu6.js";
import { reshape } from "./reshape.js";
import { resize } from "./resize.js";
import { scale } from "./scale.js";
import { selu } from "./selu.js";
import { shuffle } from "./shuffle.js";
import { sigmoid } from "./sigmoid.js";
import { silu } from "./silu.js";
import { softmax } from "./softmax.js";
import { softplus } from "./softplus.js";
import { tanh } from "./tanh.js";
import { transpose } from "./transpose.js";
import { upconv } from "./upconv.js";
import { upsample } from "./upsample.js";

/** Every operator by its name. A target's table is `Record<OpName, ...>`, so that forgetting one does not compile. */
export const operators = {
  input,
  conv,
  dwconv,
  upconv,
  pool,
  avgpool,
  gap,
  gmp,
  adaptiveavgpool,
  fc,
  linear,
  flatten,
  bn,
  ln,
  gn,
  in: instanceNorm,
  lrn,
  relu,
  relu6,
  lrelu,
  prelu,
  elu,
  selu,
  gelu,
  silu,
  mish,
  sigmoid,
  tanh,
  hsigmoid,
  hswish,
  softplus,
  softmax,
  logsoftmax,
  dropout,
  droppath,
  chunk,
  shuffle,
  upsample,
  resize,
  pad,
  crop,
  reshape,
  transpose,
  pixelshuffle,
  pixelunshuffle,
  add,
  mul,
  max,
  mean,
  concat,
  identity,
  scale,
  bias,
  attention,
  classtoken,
  posembed,
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
