/** Activations, and what only acts while training. */
import { argsOf } from "../../../ir/network.js";
import type { DropoutArgs } from "../../../ops/dropout.js";
import type { EluArgs } from "../../../ops/elu.js";
import type { LreluArgs } from "../../../ops/lrelu.js";
import type { PreluArgs } from "../../../ops/prelu.js";
import { perChannel, type Lowering } from "../draft.js";

export const relu6: Lowering = (layer) =>
  layer.end("Clip", [layer.input(), layer.floats("least", [0]), layer.floats("most", [6])]);

export const lrelu: Lowering = (layer) =>
  layer.end("LeakyRelu", [layer.input()], { alpha: { float: argsOf<LreluArgs>(layer.node).slope } });

export const prelu: Lowering = (layer) => {
  const shape = layer.shape();
  const channels = argsOf<PreluArgs>(layer.node).shared ? 1 : layer.channels();
  return layer.end("PRelu", [layer.input(), layer.weight("slope", perChannel(channels, shape.length))]);
};

export const elu: Lowering = (layer) =>
  layer.end("Elu", [layer.input()], { alpha: { float: argsOf<EluArgs>(layer.node).alpha } });

/** x * (1 + erf(x / sqrt(2))) / 2. */
export const gelu: Lowering = (layer) => {
  if (layer.has("Gelu")) return layer.end("Gelu", [layer.input()]);
  const scaled = layer.step("scaled", "Mul", [layer.input(), layer.floats("root", [Math.SQRT1_2])]);
  const erf = layer.step("erf", "Erf", [scaled]);
  const shifted = layer.step("shifted", "Add", [erf, layer.floats("one", [1])]);
  const product = layer.step("product", "Mul", [layer.input(), shifted]);
  return layer.end("Mul", [product, layer.floats("half", [0.5])]);
};

export const silu: Lowering = (layer) => {
  const gate = layer.step("gate", "Sigmoid", [layer.input()]);
  return layer.end("Mul", [layer.input(), gate]);
};

export const mish: Lowering = (layer) => {
  if (layer.has("Mish")) return layer.end("Mish", [layer.input()]);
  const soft = layer.step("softplus", "Softplus", [layer.input()]);
  const gate = layer.step("gate", "Tanh", [soft]);
  return layer.end("Mul", [layer.input(), gate]);
};

/** Both in ONNX's own terms: max(0, min(1, alpha*x + beta)). */
export const hsigmoid: Lowering = (layer) =>
  layer.end("HardSigmoid", [layer.input()], { alpha: { float: 1 / 6 }, beta: { float: 0.5 } });

export const dropout: Lowering = (layer) => {
  const { rate } = argsOf<DropoutArgs>(layer.node);
  return layer.end("Dropout", [layer.input(), layer.floats("ratio", [rate])]);
};
