/** Calls of layers as pieces of JavaScript, in which their numbers may become parameters of a function; and back to text. */
import type { Node } from "../../ir/network.js";
import {
  code,
  joined,
  keyword,
  own,
  reads,
  value,
  type LayerCode,
  type Literal,
  type Piece,
} from "../outline/pieces.js";
import type { Slot, TemplatePiece } from "../outline/templates.js";
import type { Config, ConfigValue, LayerCall, Start } from "./code.js";

/** What tfjs takes where an attribute is not given. Layers that differ in them alone are made alike. */
const CONVOLUTION = { strides: 1, dilationRate: 1, padding: "valid", useBias: true };
const DEFAULTS: Partial<Record<NonNullable<Extract<LayerCall, { kind: string }>["kind"]>, Record<string, Literal>>> = {
  conv1d: CONVOLUTION,
  conv2d: CONVOLUTION,
  conv2dTranspose: { strides: 1, padding: "valid", useBias: true },
  depthwiseConv2d: { ...CONVOLUTION, depthMultiplier: 1 },
  dense: { useBias: true },
  maxPooling1d: { padding: "valid" },
  maxPooling2d: { padding: "valid" },
  maxPooling3d: { padding: "valid" },
  averagePooling1d: { padding: "valid" },
  averagePooling2d: { padding: "valid" },
  averagePooling3d: { padding: "valid" },
};

/** The order in which attributes are written; all others come behind these. */
const ORDER = [
  "inputShape",
  "units",
  "filters",
  "kernelSize",
  "poolSize",
  "strides",
  "dilationRate",
  "padding",
  "useBias",
];

function inOrder(config: Config): [name: string, value: ConfigValue][] {
  const place = (name: string) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
  return Object.entries(config).sort(([a], [b]) => place(a) - place(b));
}

const isStart = (value: ConfigValue): value is Start =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function startPieces(start: Start): Piece[] {
  switch (start.start) {
    case "uniform": {
      const limit = value("limit", start.limit);
      return code`initialize ? tf.initializers.randomUniform({ minval: -${limit}, maxval: ${limit} }) : "zeros"`;
    }
    case "limit":
      return code`initialize ? ${value("limit", start.limit)} : 0`;
    case "constant":
      return code`tf.initializers.constant({ value: ${value("start", start.value)} })`;
    default:
      return [start.start];
  }
}

/** The expression that makes one layer of a node. */
export function callPieces(call: LayerCall, node: Pick<Node, "name">): Piece[] {
  const { name, ...config } = call.config;
  // A layer that only helps the node's is called as it is, with something behind.
  const suffix = String(name).slice(node.name.length);
  const defaults = (call.custom === undefined && DEFAULTS[call.kind]) || {};
  const entries = inOrder({ ...defaults, ...config }).map(([key, entry]): Piece[] =>
    isStart(entry) ? [`, ${key}: `, ...startPieces(entry)] : [keyword(key, entry as Literal, defaults[key])],
  );
  const callee = call.custom === undefined ? `tf.layers.${call.kind}` : `new ${call.custom}`;
  return code`${callee}({ name: ${suffix === "" ? own : { own: true, suffix }}${entries.flat()} })`;
}

/** A node in code: the layers that are applied one after the other, and the value that the first of them takes. */
export function layerCode(
  node: Node,
  calls: readonly LayerCall[],
  copies: readonly (LayerCall | undefined)[] = [],
): LayerCode {
  const values = node.inputs.map((_, index): Piece[] => {
    const copy = copies[index];
    return copy ? code`through(${reads(index)}, ${callPieces(copy, node)})` : [reads(index)];
  });
  return {
    make: joined(
      calls.map((call) => callPieces(call, node)),
      ", ",
    ),
    apply: values.length === 1 ? values[0]! : code`[${joined(values, ", ")}]`,
  };
}

export function printLiteral(literal: Literal): string {
  if (typeof literal === "string") return JSON.stringify(literal);
  if (typeof literal !== "object" || literal === null) return String(literal);
  const list = `[${literal.map(printLiteral).join(", ")}]`;
  // tfjs takes null for a size that stays as it is, but its types do not say so.
  return literal.includes(null) ? `/** @type {number[]} */ (${list})` : list;
}

/** `parameters` are the names of the template's parameters. */
export function printSlot(slot: Slot, parameters: readonly string[]): string {
  return "literal" in slot ? printLiteral(slot.literal) : parameters[slot.parameter]!;
}

interface Place {
  readonly parameters: readonly string[];
  /** The expression of a layer's name, with a suffix. */
  name(suffix: string): string;
  /** The values that it reads. */
  readonly reads: readonly string[];
}

export function printPieces(
  pieces: readonly (TemplatePiece | Piece)[],
  { parameters, name, reads: values }: Place,
): string {
  return pieces
    .map((piece) => {
      if (typeof piece === "string") return piece;
      if ("own" in piece) return name(piece.suffix ?? "");
      if ("reads" in piece) return values[piece.reads]!;
      const slot: Slot = "role" in piece ? { literal: piece.value, keyword: piece.keyword } : piece;
      const text = printSlot(slot, parameters);
      if (!slot.keyword) return text;
      const { name: key, default: byDefault } = slot.keyword;
      if ("literal" in slot && JSON.stringify(slot.literal) === JSON.stringify(byDefault)) return "";
      return text === key ? `, ${key}` : `, ${key}: ${text}`;
    })
    .join("");
}
