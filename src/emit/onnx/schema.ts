/**
 * The part of ONNX's protobuf schema (onnx.proto, IR versions 8 to 13) that models here consist of, as plain data. Field numbers
 * stand in `encode.ts`.
 */
import type { ByteStream } from "../bytes.js";

export interface OnnxModel {
  readonly irVersion: number;
  readonly producerName: string;
  readonly opset: number;
  readonly documentation?: string;
  /** What else is said of the model, by key. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly graph: OnnxGraph;
}

export interface OnnxGraph {
  readonly name: string;
  readonly documentation?: string;
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}

export interface OnnxNode {
  readonly name: string;
  readonly type: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Attributes;
}

export type Attributes = Readonly<Record<string, OnnxAttribute>>;

export type OnnxAttribute =
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly float: number }
  | { readonly text: string };

/** `TensorProto.DataType`. */
export const ELEMENT_TYPES = { float32: 1, int64: 7 } as const;

export type OnnxElementType = keyof typeof ELEMENT_TYPES;

export interface OnnxTensor {
  readonly name: string;
  readonly type: OnnxElementType;
  readonly shape: readonly number[];
  readonly data: ByteStream;
  /** Where the data is, if not in the model: a file beside it, and the first byte there. */
  readonly external?: { readonly location: string; readonly offset: number };
}

/** A dimension is a number, or the name of one that is not fixed. */
export interface OnnxValue {
  readonly name: string;
  readonly shape: readonly (number | string)[];
}
