/** Each operator as Keras code. Values are channels last there. */
import type { OpName } from "../../ops/registry.js";
import { reads } from "../outline/pieces.js";
import { expression, plain, type Lowering } from "./layer.js";
import * as activations from "./lowerings/activations.js";
import * as dense from "./lowerings/dense.js";
import * as merging from "./lowerings/merging.js";
import * as normalisation from "./lowerings/normalisation.js";
import * as rearranging from "./lowerings/rearranging.js";
import * as sequences from "./lowerings/sequences.js";
import * as windows from "./lowerings/windows.js";

export const lowerings: Record<OpName, Lowering> = {
  input: () => expression(reads(0)),
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
  relu: plain("layers.ReLU"),
  relu6: plain("layers.ReLU", "max_value=6"),
  lrelu: activations.lrelu,
  prelu: activations.prelu,
  elu: activations.elu,
  selu: activations.named("selu"),
  gelu: activations.named("gelu"),
  silu: activations.named("silu"),
  mish: activations.named("mish"),
  sigmoid: activations.named("sigmoid"),
  tanh: activations.named("tanh"),
  hsigmoid: activations.named("hard_sigmoid"),
  hswish: activations.named("hard_silu"),
  softplus: activations.named("softplus"),
  softmax: plain("layers.Softmax", "axis=-1"),
  logsoftmax: activations.named("log_softmax"),
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
  add: merging.merge("layers.Add"),
  mul: merging.mul,
  max: merging.merge("layers.Maximum"),
  mean: merging.merge("layers.Average"),
  concat: merging.merge("layers.Concatenate", "axis=-1"),
  identity: () => expression(reads(0)),
  scale: normalisation.scale,
  bias: normalisation.bias,
  attention: sequences.attention,
  classtoken: sequences.classtoken,
  posembed: sequences.posembed,
};
