/** The layers with weights of an ONNX file, in the order in which they run. Field numbers are those of onnx.proto. */
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { ImportError } from "../errors.js";
import type { ForeignTensor, ForeignUnit, Role } from "../weights/foreign.js";

interface OnnxNode {
  readonly name: string;
  readonly type: string;
  readonly inputs: readonly string[];
  readonly transB: boolean;
}

/** Which inputs of an operator are its weights. */
const WEIGHTS: Readonly<Record<string, readonly (readonly [index: number, role: Role])[]>> = {
  Conv: [
    [1, "weight"],
    [2, "bias"],
  ],
  ConvTranspose: [
    [1, "weight"],
    [2, "bias"],
  ],
  Gemm: [
    [1, "weight"],
    [2, "bias"],
  ],
  MatMul: [[1, "weight"]],
  BatchNormalization: [
    [1, "weight"],
    [2, "bias"],
    [3, "mean"],
    [4, "variance"],
  ],
  LayerNormalization: [
    [1, "weight"],
    [2, "bias"],
  ],
  InstanceNormalization: [
    [1, "weight"],
    [2, "bias"],
  ],
  GroupNormalization: [
    [1, "weight"],
    [2, "bias"],
  ],
  PRelu: [[1, "weight"]],
};

/** Errors: `ImportError` where the file is none, or keeps its weights in another one. */
export function readOnnxUnits(bytes: Uint8Array): ForeignUnit[] {
  let graph: { nodes: OnnxNode[]; tensors: Map<string, ForeignTensor> };
  try {
    graph = readModel(bytes);
  } catch (error) {
    if (error instanceof ImportError) throw error;
    throw new ImportError(`no ONNX file: ${(error as Error).message}`);
  }
  const { nodes, tensors } = graph;
  const units: ForeignUnit[] = [];
  const made = new Map<string, { unit: ForeignUnit; tensors: Map<Role, ForeignTensor> }>();
  for (const node of nodes) {
    const found = (WEIGHTS[node.type] ?? []).flatMap(([index, role]) => {
      const tensor = tensors.get(node.inputs[index] ?? "");
      return tensor ? [[role, tensor] as const] : [];
    });
    if (found.length > 0) {
      const own = new Map(found);
      const isTransposed = node.type === "MatMul" || (node.type === "Gemm" && !node.transB);
      const unit: ForeignUnit = { path: node.name || found[0]![1].name, tensors: own, isTransposed };
      units.push(unit);
      if (node.type === "MatMul") made.set(node.name, { unit, tensors: own });
    } else if (node.type === "Add") {
      // A product and a sum are a dense layer with a bias.
      const bias = node.inputs.map((name) => tensors.get(name)).find((tensor) => tensor?.shape.length === 1);
      const last = units.at(-1);
      if (bias && last?.isTransposed && made.has(last.path)) made.get(last.path)!.tensors.set("bias", bias);
    }
  }
  return units;
}

function readModel(bytes: Uint8Array) {
  const reader = new BinaryReader(bytes);
  const nodes: OnnxNode[] = [];
  const tensors = new Map<string, ForeignTensor>();
  let hasGraph = false;
  fields(reader, reader.len, (field, wire) => {
    if (field !== 7 || wire !== WireType.LengthDelimited) return false;
    hasGraph = true;
    const end = reader.uint32() + reader.pos;
    fields(reader, end, (inner) => {
      if (inner === 1) nodes.push(readNode(reader));
      else if (inner === 5) {
        const tensor = readTensor(reader);
        if (tensor) tensors.set(tensor.name, tensor);
      } else return false;
      return true;
    });
    return true;
  });
  if (!hasGraph) throw new ImportError("no ONNX file: it has no graph");
  return { nodes, tensors };
}

/** Reads fields up to a place; `read` says whether it has taken one. */
function fields(reader: BinaryReader, end: number, read: (field: number, wire: WireType) => boolean): void {
  if (end > reader.len) throw new ImportError("no ONNX file: it is cut short");
  while (reader.pos < end) {
    const [field, wire] = reader.tag();
    if (!read(field, wire)) reader.skip(wire, field);
  }
}

function readNode(reader: BinaryReader): OnnxNode {
  const end = reader.uint32() + reader.pos;
  const inputs: string[] = [];
  let [name, type, transB] = ["", "", false];
  fields(reader, end, (field) => {
    if (field === 1) inputs.push(reader.string());
    else if (field === 3) name = reader.string();
    else if (field === 4) type = reader.string();
    else if (field === 5) transB ||= readsTransB(reader);
    else return false;
    return true;
  });
  return { name, type, inputs, transB };
}

function readsTransB(reader: BinaryReader): boolean {
  const end = reader.uint32() + reader.pos;
  let [name, number] = ["", 0n];
  fields(reader, end, (field) => {
    if (field === 1) name = reader.string();
    else if (field === 3) number = BigInt(reader.int64());
    else return false;
    return true;
  });
  return name === "transB" && number === 1n;
}

const FLOAT = 1;

/** A tensor of float32; undefined for one of another type. */
function readTensor(reader: BinaryReader): ForeignTensor | undefined {
  const end = reader.uint32() + reader.pos;
  const shape: number[] = [];
  const loose: number[] = [];
  let [name, type, isExternal] = ["", 0, false];
  let raw: Uint8Array | undefined;
  fields(reader, end, (field, wire) => {
    if (field === 1) {
      const last = wire === WireType.LengthDelimited ? reader.uint32() + reader.pos : reader.pos + 1;
      do shape.push(Number(reader.int64()));
      while (reader.pos < last);
    } else if (field === 2) type = reader.int32();
    else if (field === 4) {
      const last = wire === WireType.LengthDelimited ? reader.uint32() + reader.pos : reader.pos + 1;
      do loose.push(reader.float());
      while (reader.pos < last);
    } else if (field === 8) name = reader.string();
    else if (field === 9) raw = reader.bytes();
    else if (field === 14) isExternal = reader.int32() === 1;
    else return false;
    return true;
  });
  if (type !== FLOAT) return undefined;
  if (isExternal) throw new ImportError(`${name} is in another file: save the model with its weights inside`);
  const size = shape.reduce((a, b) => a * b, 1);
  const given = raw ? raw.byteLength / 4 : loose.length;
  if (given !== size) throw new ImportError(`${name} has ${given} values, its shape ${shape.join("x")} takes ${size}`);
  return {
    name,
    shape,
    // A copy by the constructor: the bytes may be a part of Node's Buffer, whose own slice is none.
    read: () => (raw ? new Float32Array(new Uint8Array(raw).buffer) : Float32Array.from(loose)),
  };
}
