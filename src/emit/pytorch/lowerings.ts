/** Each operator as PyTorch code. Values are channels first there; vectors are [batch, channels]. */
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
  relu: plain("nn.ReLU()"),
  relu6: plain("nn.ReLU6()"),
  lrelu: activations.lrelu,
  prelu: activations.prelu,
  elu: activations.elu,
  selu: plain("nn.SELU()"),
  gelu: plain("nn.GELU()"),
  silu: plain("nn.SiLU()"),
  mish: plain("nn.Mish()"),
  sigmoid: plain("nn.Sigmoid()"),
  tanh: plain("nn.Tanh()"),
  hsigmoid: plain("nn.Hardsigmoid()"),
  hswish: plain("nn.Hardswish()"),
  softplus: plain("nn.Softplus()"),
  softmax: plain("nn.Softmax(dim=1)"),
  logsoftmax: plain("nn.LogSoftmax(dim=1)"),
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
  add: merging.add,
  mul: merging.mul,
  max: merging.max,
  mean: merging.mean,
  concat: merging.concat,
  identity: () => expression(reads(0)),
  scale: normalisation.scale,
  bias: normalisation.bias,
  attention: sequences.attention,
  classtoken: sequences.classtoken,
  posembed: sequences.posembed,
};
