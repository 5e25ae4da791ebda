/** Each operator as calls of tfjs's layers API. Values are channels last, as in the language. */
import type { OpName } from "../../ops/registry.js";
import { unchanged, type Lowering } from "./lowering.js";
import * as activations from "./lowerings/activations.js";
import * as dense from "./lowerings/dense.js";
import { merge } from "./lowerings/merging.js";
import * as normalisation from "./lowerings/normalisation.js";
import * as rearranging from "./lowerings/rearranging.js";
import * as sequences from "./lowerings/sequences.js";
import * as windows from "./lowerings/windows.js";

export const lowerings: Record<OpName, Lowering> = {
  // Where values come in: no layer of its own.
  input: () => [],
  conv: windows.conv,
  dwconv: windows.dwconv,
  upconv: windows.upconv,
  pool: windows.pool,
  avgpool: windows.avgpool,
  gap: windows.gap,
  gmp: windows.gmp,
  adaptiveavgpool: windows.adaptiveavgpool,
  fc: dense.fc,
  linear: dense.linear,
  flatten: dense.flatten,
  bn: normalisation.bn,
  ln: normalisation.ln,
  gn: normalisation.gn,
  in: normalisation.instanceNorm,
  lrn: normalisation.lrn,
  relu: activations.relu,
  relu6: activations.relu6,
  lrelu: activations.lrelu,
  prelu: activations.prelu,
  elu: activations.elu,
  selu: activations.named("selu"),
  gelu: activations.named("gelu"),
  silu: activations.named("swish"),
  mish: activations.named("mish"),
  sigmoid: activations.named("sigmoid"),
  tanh: activations.named("tanh"),
  hsigmoid: activations.plain("HardSigmoid"),
  hswish: activations.plain("HardSwish"),
  softplus: activations.named("softplus"),
  softmax: activations.softmax,
  logsoftmax: activations.plain("LogSoftmax"),
  dropout: activations.dropout,
  droppath: activations.droppath,
  chunk: rearranging.chunk,
  shuffle: rearranging.shuffle,
  upsample: rearranging.resize,
  resize: rearranging.resize,
  pad: rearranging.pad,
  crop: rearranging.crop,
  reshape: rearranging.reshape,
  transpose: rearranging.transpose,
  pixelshuffle: rearranging.pixelshuffle,
  pixelunshuffle: rearranging.pixelunshuffle,
  add: merge("add"),
  mul: merge("multiply"),
  max: merge("maximum"),
  mean: merge("average"),
  concat: merge("concatenate", { axis: -1 }),
  identity: (node) => [unchanged(node)],
  scale: normalisation.scale,
  bias: normalisation.bias,
  attention: sequences.attention,
  classtoken: sequences.classtoken,
  posembed: sequences.posembed,
};
