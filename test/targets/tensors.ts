/** The tensors of a safetensors file. */
import { readFileSync } from "node:fs";
import { weightTensors } from "../../src/analysis/weights.js";
import { readerOf } from "../../src/import/bytes.js";
import { readSafetensors, readValues } from "../../src/import/safetensors/read.js";
import type { Network } from "../../src/ir/network.js";

export type Tensors = ReadonlyMap<string, Float32Array>;

/** Those of a network, by name. */
export function tensorsOf(path: string, network: Network): Tensors {
  const reader = readerOf(readFileSync(path));
  const { tensors } = readSafetensors(reader);
  return new Map(
    weightTensors(network).map(({ name, size }) => {
      const values = new Float32Array(size);
      readValues(reader, tensors.get(name)!, 0, values);
      return [name, values];
    }),
  );
}
