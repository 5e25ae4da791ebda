/** `cnnc weights import MODEL FILE`: weights of another tool for a network, found by order and shape. */
import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import {
  emitSafetensors,
  formatShape,
  importedWeights,
  matchInOrder,
  matchModules,
  modulesOf,
  ownUnits,
  readOnnxUnits,
  readSafetensors,
  readValues,
  toJson,
  type ForeignTensor,
  type Match,
  type Network,
} from "../../../index.js";
import { withReader, writeAtomically } from "../../../run/index.js";
import { bindOne, type Sizes } from "../sizes.js";
import { chooseNetwork, networksOf } from "../sources.js";
import { EXIT, print, UsageError } from "../terminal.js";
import { writing } from "../writing.js";
import { alignedTable } from "../aligned-table.js";

export interface WeightsImportOptions {
  net?: string;
  size?: Sizes;
  output: string;
  format: "text" | "json";
}

export async function weightsImport(model: string, path: string, options: WeightsImportOptions): Promise<number> {
  const chosen = chooseNetwork(path, await networksOf(path, options.format, options.net), options.net);
  const network = bindOne(chosen, options.size);
  const work = async (matches: readonly Match[]) => {
    await writing(options.output, () =>
      writeAtomically(options.output, emitSafetensors(network, importedWeights(matches))),
    );
    tell(matches, network, options);
    return EXIT.fine;
  };
  const ending = extname(model).toLowerCase();
  if (ending === ".onnx") {
    return withReader(model, async () => work(matchInOrder(ownUnits(network), readOnnxUnits(await readFile(model)))));
  }
  if (ending !== ".safetensors") {
    throw new UsageError(
      `${model}: weights are taken from .safetensors and .onnx files; PyTorch's are saved as safetensors by safetensors.torch.save_file(model.state_dict(), path)`,
    );
  }
  return withReader(model, async (reader) => {
    const { tensors } = readSafetensors(reader);
    const foreign = [...tensors.values()].map((tensor): ForeignTensor => ({
      name: tensor.name,
      shape: tensor.shape,
      read() {
        const values = new Float32Array(tensor.size);
        readValues(reader, tensor, 0, values);
        return values;
      },
    }));
    return work(matchModules(ownUnits(network), modulesOf(foreign)));
  });
}

function tell(matches: readonly Match[], network: Network, { output, format }: WeightsImportOptions): void {
  const rows = matches.flatMap(({ own, foreign }) =>
    [...own.tensors].map(([role, { name, spec }]) => {
      const other = foreign.tensors.get(role)!;
      return { tensor: name, shape: spec.shape, from: other.name, stored: other.shape };
    }),
  );
  if (format === "json") {
    print(toJson({ schema: "cnnc-weights-import/1", net: network.name, weights: output, tensors: rows }));
    return;
  }
  const cells = rows.map(({ tensor, shape, from, stored }) => [tensor, formatShape(shape), from, formatShape(stored)]);
  print(alignedTable([[network.name, "shape", "taken from", "stored as"], ...cells]));
  print(`${output}  ${rows.length} tensors`);
}
