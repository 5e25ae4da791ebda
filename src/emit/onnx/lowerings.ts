/** Each operator in ONNX's terms. Values are channels first there; vectors are [batch, channels]. */
import type { Node } from "../../ir/network.js";
import { operatorNamed, type OpName } from "../../ops/registry.js";
import { Draft, single, type Lowered, type Lowering, type LoweringContext } from "./draft.js";
import * as activations from "./lowerings/activations.js";
import * as dense from "./lowerings/dense.js";
import * as merging from "./lowerings/merging.js";
import * as normalisation from "./lowerings/normalisation.js";
import * as rearranging from "./lowerings/rearranging.js";
import * as sequences from "./lowerings/sequences.js";
import * as windows from "./lowerings/windows.js";

export const lowerings: Record<OpName, Lowering> = {
  // The graph's input: it has no node.
  input: () => ({ nodes: [], orders: {}, constants: [] }),
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
  relu: single("Relu"),
  relu6: activations.relu6,
  lrelu: activations.lrelu,
  prelu: activations.prelu,
  elu: activations.elu,
  selu: single("Selu"),
  gelu: activations.gelu,
  silu: activations.silu,
  mish: activations.mish,
  sigmoid: single("Sigmoid"),
  tanh: single("Tanh"),
  hsigmoid: activations.hsigmoid,
  hswish: single("HardSwish"),
  softplus: single("Softplus"),
  softmax: single("Softmax", { axis: { int: 1 } }),
  logsoftmax: single("LogSoftmax", { axis: { int: 1 } }),
  dropout: activations.dropout,
  droppath: single("Identity"),
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
  max: merging.variadic("Max"),
  mean: merging.variadic("Mean"),
  concat: merging.concat,
  identity: single("Identity"),
  scale: normalisation.scale,
  bias: normalisation.bias,
  attention: sequences.attention,
  classtoken: sequences.classtoken,
  posembed: sequences.posembed,
};

export function lower(node: Node, context: LoweringContext): Lowered {
  return lowerings[operatorNamed(node.op).name as OpName](new Draft(node, context));
}
