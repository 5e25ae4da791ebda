/** Attention, and what is learnt of positions. */
import { argsOf } from "../../../ir/network.js";
import type { AttentionArgs } from "../../../ops/attention.js";
import type { Draft, Lowering } from "../draft.js";

/** A product with a learnt matrix along the last axis, and the bias where there is one. */
function project(layer: Draft, value: string, what: string, names: { weight: string; bias: string }): string {
  const product = layer.step(what, "MatMul", [value, layer.weight(names.weight)]);
  const bias = layer.tensor(names.bias);
  return bias === undefined ? product : layer.step(`${what}_shifted`, "Add", [product, bias]);
}

/** One third of the projection of each position: queries, keys or values. */
function third(layer: Draft, projected: string, name: string, index: number): string {
  const channels = layer.channels();
  const start = layer.integers(`${name}_start`, [index * channels]);
  const end = layer.integers(`${name}_end`, [(index + 1) * channels]);
  return layer.step(name, "Slice", [projected, start, end, layer.integers(`${name}_axis`, [2])]);
}

/** What heads make of queries, keys and values, side by side for each position. */
function attend(layer: Draft, projected: string, heads: number): string {
  const parts = ["queries", "keys", "values"].map((name, index) => third(layer, projected, name, index));
  return layer.step("attention", "Attention", parts, { q_num_heads: { int: heads }, kv_num_heads: { int: heads } });
}

/** The same where the operator set has no attention. */
function attendInSteps(layer: Draft, projected: string, heads: number): string {
  const channels = layer.channels();
  const split = layer.integers("heads", [0, -1, heads, channels / heads]);
  /** A matrix for each head. */
  const part = (name: string, index: number, order: readonly number[]) => {
    const headed = layer.step(`${name}_heads`, "Reshape", [third(layer, projected, `${name}_flat`, index), split]);
    return layer.step(name, "Transpose", [headed], { perm: { ints: order } });
  };
  const queries = part("queries", 0, [0, 2, 1, 3]);
  const keys = part("keys", 1, [0, 2, 3, 1]);
  const values = part("values", 2, [0, 2, 1, 3]);
  const factor = layer.floats("factor", [1 / Math.sqrt(channels / heads)]);
  const products = layer.step("products", "MatMul", [layer.step("scaled", "Mul", [queries, factor]), keys]);
  const attended = layer.step("attention", "Softmax", [products], { axis: { int: -1 } });
  const mixed = layer.step("mixed", "MatMul", [attended, values]);
  const turned = layer.step("turned", "Transpose", [mixed], { perm: { ints: [0, 2, 1, 3] } });
  return layer.step("joined", "Reshape", [turned, layer.integers("joined_shape", [0, -1, channels])]);
}

export const attention: Lowering = (layer) => {
  const { heads } = argsOf<AttentionArgs>(layer.node);
  const channels = layer.channels();
  const perm = { ints: [0, 2, 1] };
  const rows = layer.integers("rows", [0, channels, -1]);
  const positions = layer.step("positions", "Reshape", [layer.input(), rows]);
  const sequence = layer.step("sequence", "Transpose", [positions], { perm });
  const projected = project(layer, sequence, "projected", { weight: "qkv", bias: "qkvbias" });
  const joined = layer.has("Attention") ? attend(layer, projected, heads) : attendInSteps(layer, projected, heads);
  const result = project(layer, joined, "result", { weight: "weight", bias: "bias" });
  if (layer.shape().length === 2) return layer.end("Transpose", [result], { perm });
  const back = layer.step("channels_first", "Transpose", [result], { perm });
  return layer.end("Reshape", [back, layer.shapeOfInput("shape")]);
};

/** The token is the same for all images: it is repeated as often as there are some. */
export const classtoken: Lowering = (layer) => {
  const channels = layer.channels();
  const token = layer.weight("weight", { kind: "canonical", shape: [1, channels, 1] });
  const batch = layer.step("batch", "Shape", [layer.input()], { start: { int: 0 }, end: { int: 1 } });
  const one = layer.integers("one", [channels, 1]);
  const shape = layer.step("shape", "Concat", [batch, one], { axis: { int: 0 } });
  const tokens = layer.step("tokens", "Expand", [token, shape]);
  return layer.end("Concat", [tokens, layer.input()], { axis: { int: 2 } });
};

export const posembed: Lowering = (layer) =>
  layer.end("Add", [layer.input(), layer.weight("weight", { kind: "channels-first" })]);
