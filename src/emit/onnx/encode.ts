/**
 * Protobuf encoding of a model, as a stream: lengths are summed up first, weights are made when they are written. Wire
 * details come from @bufbuild/protobuf; field numbers are those of onnx.proto.
 */
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { asStream, type ByteStream } from "../bytes.js";
import {
  ELEMENT_TYPES,
  type OnnxAttribute,
  type OnnxGraph,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValue,
} from "./schema.js";

/** A message as pieces in order: bytes, or streams within it. */
type Pieces = (Uint8Array | ByteStream)[];

/** `TensorProto.DataLocation`. */
const EXTERNAL = 1;
const ATTRIBUTE_TYPES = { float: 1, int: 2, text: 3, ints: 7 } as const;

/** The file of a model. */
export function encodeModel(model: OnnxModel): ByteStream {
  const head = new BinaryWriter();
  head.tag(1, WireType.Varint).int64(model.irVersion);
  head.tag(2, WireType.LengthDelimited).string(model.producerName);
  if (model.documentation) head.tag(6, WireType.LengthDelimited).string(model.documentation);
  const opset = new BinaryWriter();
  opset.tag(1, WireType.LengthDelimited).string("");
  opset.tag(2, WireType.Varint).int64(model.opset);
  const tail = new BinaryWriter();
  tail.tag(8, WireType.LengthDelimited).bytes(opset.finish());
  for (const [key, value] of Object.entries(model.metadata)) {
    tail.tag(14, WireType.LengthDelimited).bytes(encodeEntry(key, value));
  }
  return asStream([head.finish(), ...nested(7, encodeGraph(model.graph)), tail.finish()]);
}

function lengthOf(pieces: Pieces): number {
  return pieces.reduce((total, piece) => total + piece.byteLength, 0);
}

/** A message as a field of another. */
function nested(field: number, pieces: Pieces): Pieces {
  const head = new BinaryWriter();
  head.tag(field, WireType.LengthDelimited).uint32(lengthOf(pieces));
  return [head.finish(), ...pieces];
}

function encodeGraph(graph: OnnxGraph): Pieces {
  const nodes = new BinaryWriter();
  for (const node of graph.nodes) nodes.tag(1, WireType.LengthDelimited).bytes(encodeNode(node));
  nodes.tag(2, WireType.LengthDelimited).string(graph.name);
  const ports = new BinaryWriter();
  if (graph.documentation) ports.tag(10, WireType.LengthDelimited).string(graph.documentation);
  for (const input of graph.inputs) ports.tag(11, WireType.LengthDelimited).bytes(encodeValue(input));
  for (const output of graph.outputs) ports.tag(12, WireType.LengthDelimited).bytes(encodeValue(output));
  return [nodes.finish(), ...graph.initializers.flatMap((tensor) => nested(5, encodeTensor(tensor))), ports.finish()];
}

function encodeNode(node: OnnxNode): Uint8Array {
  const writer = new BinaryWriter();
  for (const input of node.inputs) writer.tag(1, WireType.LengthDelimited).string(input);
  for (const output of node.outputs) writer.tag(2, WireType.LengthDelimited).string(output);
  writer.tag(3, WireType.LengthDelimited).string(node.name);
  writer.tag(4, WireType.LengthDelimited).string(node.type);
  for (const [name, attribute] of Object.entries(node.attributes)) {
    writer.tag(5, WireType.LengthDelimited).bytes(encodeAttribute(name, attribute));
  }
  return writer.finish();
}

function encodeAttribute(name: string, attribute: OnnxAttribute): Uint8Array {
  const writer = new BinaryWriter();
  writer.tag(1, WireType.LengthDelimited).string(name);
  let type: number;
  if ("float" in attribute) {
    type = ATTRIBUTE_TYPES.float;
    writer.tag(2, WireType.Bit32).float(attribute.float);
  } else if ("int" in attribute) {
    type = ATTRIBUTE_TYPES.int;
    writer.tag(3, WireType.Varint).int64(attribute.int);
  } else if ("text" in attribute) {
    type = ATTRIBUTE_TYPES.text;
    writer.tag(4, WireType.LengthDelimited).string(attribute.text);
  } else {
    type = ATTRIBUTE_TYPES.ints;
    for (const value of attribute.ints) writer.tag(8, WireType.Varint).int64(value);
  }
  return writer.tag(20, WireType.Varint).int32(type).finish();
}

function encodeTensor(tensor: OnnxTensor): Pieces {
  const writer = new BinaryWriter();
  for (const size of tensor.shape) writer.tag(1, WireType.Varint).int64(size);
  writer.tag(2, WireType.Varint).int32(ELEMENT_TYPES[tensor.type]);
  writer.tag(8, WireType.LengthDelimited).string(tensor.name);
  if (!tensor.external) {
    writer.tag(9, WireType.LengthDelimited).uint32(tensor.data.byteLength);
    return [writer.finish(), tensor.data];
  }
  const { location, offset } = tensor.external;
  const entries = { location, offset: String(offset), length: String(tensor.data.byteLength) };
  for (const [key, value] of Object.entries(entries)) {
    writer.tag(13, WireType.LengthDelimited).bytes(encodeEntry(key, value));
  }
  return [writer.tag(14, WireType.Varint).int32(EXTERNAL).finish()];
}

function encodeEntry(key: string, value: string): Uint8Array {
  const writer = new BinaryWriter();
  writer.tag(1, WireType.LengthDelimited).string(key);
  return writer.tag(2, WireType.LengthDelimited).string(value).finish();
}

function encodeValue(value: OnnxValue): Uint8Array {
  const shape = new BinaryWriter();
  for (const size of value.shape) {
    const dimension = new BinaryWriter();
    if (typeof size === "number") dimension.tag(1, WireType.Varint).int64(size);
    else dimension.tag(2, WireType.LengthDelimited).string(size);
    shape.tag(1, WireType.LengthDelimited).bytes(dimension.finish());
  }
  const tensor = new BinaryWriter();
  tensor.tag(1, WireType.Varint).int32(ELEMENT_TYPES.float32);
  tensor.tag(2, WireType.LengthDelimited).bytes(shape.finish());
  const type = new BinaryWriter();
  type.tag(1, WireType.LengthDelimited).bytes(tensor.finish());
  const writer = new BinaryWriter();
  writer.tag(1, WireType.LengthDelimited).string(value.name);
  writer.tag(2, WireType.LengthDelimited).bytes(type.finish());
  return writer.finish();
}
