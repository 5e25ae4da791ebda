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

export const attention: Lowering = (layer) => {
  const { heads } = argsOf<AttentionArgs>(layer.node);
  const shape = layer.shape();
  const channels = shape.at(-1)!;
  const perm = { ints: [0, 2, 1] };
  const rows = layer.integers("rows", [0, channels, -1]);
  const positions = layer.step("positions", "Reshape", [layer.input(), rows]);
  const sequence = layer.step("sequence", "Transpose", [positions], { perm });
  const projected = project(layer, sequence, "projected", { weight: "qkv", bias: "qkvbias" });
  const split = layer.integers("heads", [0, -1, heads, channels / heads]);
  const axis = layer.integers("axis", [2]);
  /** One third of the projection, a matrix for each head. */
  const part = (what: string, index: number, order: readonly number[]) => {
    const start = layer.integers(`${what}_start`, [index * channels]);
    const end = layer.integers(`${what}_end`, [(index + 1) * channels]);
    const flat = layer.step(`${what}_flat`, "Slice", [projected, start, end, axis]);
    const headed = layer.step(`${what}_heads`, "Reshape", [flat, split]);
    return layer.step(what, "Transpose", [headed], { perm: { ints: order } });
  };
  const queries = part("queries", 0, [0, 2, 1, 3]);
  const keys = part("keys", 1, [0, 2, 3, 1]);
  const values = part("values", 2, [0, 2, 1, 3]);
  const factor = layer.floats("factor", [1 / Math.sqrt(channels / heads)]);
  const products = layer.step("products", "MatMul", [layer.step("scaled", "Mul", [queries, factor]), keys]);
  const attended = layer.step("attention", "Softmax", [products], { axis: { int: -1 } });
  const mixed = layer.step("mixed", "MatMul", [attended, values]);
  const turned = layer.step("turned", "Transpose", [mixed], { perm: { ints: [0, 2, 1, 3] } });
  const joined = layer.step("joined", "Reshape", [turned, layer.integers("joined_shape", [0, -1, channels])]);
  const result = project(layer, joined, "result", { weight: "weight", bias: "bias" });
  if (shape.length === 2) return layer.end("Transpose", [result], { perm });
  const back = layer.step("channels_first", "Transpose", [result], { perm });
  return layer.end("Reshape", [back, layer.integers("shape", [0, channels, ...shape.slice(0, -1)])]);
};

/** The token is the same for all images: it is repeated as often as there are some. */
export const classtoken: Lowering = (layer) => {
  const channels = layer.shape().at(-1)!;
  const token = layer.weight("weight", { kind: "canonical", shape: [1, channels, 1] });
  const batch = layer.step("batch", "Shape", [layer.input()], { start: { int: 0 }, end: { int: 1 } });
  const one = layer.integers("one", [channels, 1]);
  const shape = layer.step("shape", "Concat", [batch, one], { axis: { int: 0 } });
  const tokens = layer.step("tokens", "Expand", [token, shape]);
  return layer.end("Concat", [tokens, layer.input()], { axis: { int: 2 } });
};

export const posembed: Lowering = (layer) =>
  layer.end("Add", [layer.input(), layer.weight("weight", { kind: "channels-first" })]);
