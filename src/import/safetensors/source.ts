/** Weights of a network from a file that names them as the language does. */
import { weightTensors, type WeightSource, type WeightTensor } from "../../analysis/weights.js";
import { formatShape, plural } from "../../base/integers.js";
import { closest, listWords } from "../../base/suggest.js";
import type { Network } from "../../ir/network.js";
import type { ByteReader } from "../bytes.js";
import { ImportError } from "../errors.js";
import { readSafetensors, readValues, type SafetensorsFile, type StoredTensor } from "./read.js";

/** Names that are listed in a message. */
const MOST_NAMES = 3;

/**
 * The values of a safetensors file for a network. Every tensor has to be there in its canonical shape (see `WeightSpec`);
 * what else is in the file is told by `unusedTensors`.
 *
 * Errors: `ImportError` naming what is missing or of another shape.
 */
export function weightsFrom(reader: ByteReader, network: Network): WeightSource {
  const file = readSafetensors(reader);
  const stored = new Map<string, StoredTensor>();
  for (const tensor of weightTensors(network)) stored.set(tensor.name, storedTensor(file, tensor, network));
  return {
    read(tensor, start, target) {
      readValues(reader, stored.get(tensor.name)!, start, target);
    },
  };
}

function storedTensor(file: SafetensorsFile, tensor: WeightTensor, network: Network): StoredTensor {
  const found = file.tensors.get(tensor.name);
  if (!found) throw new ImportError(missing(file, network));
  const wanted = tensor.spec.shape;
  if (found.shape.join() === wanted.join()) return found;
  const shapes = `${formatShape(found.shape)} in the file, ${formatShape(wanted)} in ${network.name}`;
  const isTurned = [...found.shape].sort().join() === [...wanted].sort().join();
  const order = isTurned ? "; 'cnnc weights import' puts the values of other tools in order" : "";
  throw new ImportError(`${tensor.name} is ${shapes}${order}`);
}

function missing(file: SafetensorsFile, network: Network): string {
  const names = weightTensors(network).map(({ name }) => name);
  const absent = names.filter((name) => !file.tensors.has(name));
  const shown = absent.slice(0, MOST_NAMES);
  if (absent.length > MOST_NAMES) shown.push(`${absent.length - MOST_NAMES} more`);
  const list = listWords(shown);
  if (absent.length === names.length) {
    return `the file has none of the ${plural(names.length, "tensor")} of ${network.name} (${list}): if it is of another tool, 'cnnc weights import' finds out what is what`;
  }
  const near = closest(
    absent[0]!,
    [...file.tensors.keys()].filter((name) => !names.includes(name)),
  );
  const hint = near ? `; did you mean ${near}, which is there, to be ${absent[0]!}?` : "";
  return `the file lacks ${plural(absent.length, "tensor")} of ${network.name}: ${list}${hint}`;
}

/** Tensors of a file that a network has no use for. */
export function unusedTensors(reader: ByteReader, network: Network): string[] {
  const names = new Set(weightTensors(network).map(({ name }) => name));
  return [...readSafetensors(reader).tensors.keys()].filter((name) => !names.has(name));
}
