/** Weights in a file of their own beside the model, which has no limit of 2 GiB. */
import { asStream, type ByteStream } from "../bytes.js";
import type { OnnxModel, OnnxTensor } from "./schema.js";

/** Tensors smaller than this stay in the model, as with Python's `onnx.save_model`. */
const SMALLEST_BYTES = 1024;

/** From this size on a tensor starts at a page, so that a runtime can map the file into memory. */
const LARGE_BYTES = 1 << 20;
const PAGE_BYTES = 4096;

/**
 * The model with its large weights in another file, and that file. `location` is the file's plain name: it has to stand
 * beside the model.
 */
export function withExternalData(model: OnnxModel, location: string): { model: OnnxModel; data: ByteStream } {
  const pieces: (Uint8Array | ByteStream)[] = [];
  let offset = 0;
  const place = (tensor: OnnxTensor): OnnxTensor => {
    const { byteLength } = tensor.data;
    if (tensor.type !== "float32" || byteLength < SMALLEST_BYTES) return tensor;
    const gap = byteLength < LARGE_BYTES ? 0 : (PAGE_BYTES - (offset % PAGE_BYTES)) % PAGE_BYTES;
    if (gap > 0) pieces.push(new Uint8Array(gap));
    pieces.push(tensor.data);
    const external = { location, offset: offset + gap };
    offset += gap + byteLength;
    return { ...tensor, external };
  };
  const initializers = model.graph.initializers.map(place);
  return { model: { ...model, graph: { ...model.graph, initializers } }, data: asStream(pieces) };
}
