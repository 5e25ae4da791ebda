/** What a model is run on: a NumPy file, a PNG picture, or seeded noise. */
import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { formatShape, product, sameShape } from "../base/integers.js";
import { fillUniform, hashName } from "../base/threefry.js";
import { nodeOf, type Network } from "../ir/network.js";
import { fixedShape } from "../ir/shape.js";
import { RunError } from "./errors.js";
import { decodePicture, isPictureName } from "./picture-files.js";
import { loadPicture, type LoadedInput } from "./picture.js";
import type { NamedTensor, Tensor } from "./tensors.js";

/** Uniform values of [0, 1), the range of pixels, from a seed: one image of the shape (without batch). */
export function noiseInput(shape: readonly number[], seed: number, name = "input"): Tensor {
  const data = new Float32Array(Number(product(shape)));
  fillUniform(data, [seed, hashName(name)], 0, 0.5);
  for (let index = 0; index < data.length; index++) data[index]! += 0.5;
  return { shape: [1, ...shape], data };
}

/** Noise for every input of a network, by name. */
export function noiseInputs(network: Network, seed: number): ReadonlyMap<string, Tensor> {
  return new Map(
    network.inputs.map((id) => {
      const { name, type } = nodeOf(network, id);
      return [name, noiseInput(fixedShape(type), seed, name)];
    }),
  );
}

/** What a network reads: a value for each of its inputs, by name, or the value of its only one. */
export type Inputs = Tensor | ReadonlyMap<string, Tensor>;

/** The values in the order of the network's inputs. Errors: `RunError` where one is missing, or batches differ. */
export function inputsOf(network: Network, inputs: Inputs): NamedTensor[] {
  const names = network.inputs.map((id) => nodeOf(network, id).name);
  if (!(inputs instanceof Map) && names.length > 1) {
    throw new RunError(`${network.name} has ${names.length} inputs (${names.join(", ")}), and takes a value for each`);
  }
  const values = names.map((name): NamedTensor => {
    const value = inputs instanceof Map ? (inputs as ReadonlyMap<string, Tensor>).get(name) : (inputs as Tensor);
    if (!value) throw new RunError(`${network.name} is not given its input ${name}`);
    return { name, ...value };
  });
  if (values.some(({ shape }) => shape[0] !== values[0]!.shape[0])) {
    throw new RunError(`the inputs of ${network.name} are of different batches`);
  }
  return values;
}

const KINDS = "an input is a .npy array, or a .png or .jpg picture";

/** Reads a `.npy`, `.png` or `.jpg` file for an input of the shape. Errors: `RunError`, in words. */
export async function loadInput(path: string, shape: readonly number[]): Promise<LoadedInput> {
  const content = await readInput(path);
  if (isArrayName(path)) return loadNumpy(path, content, shape);
  if (isPictureName(path)) return loadPicture(path, content, shape);
  throw new RunError(`${path}: ${KINDS}`);
}

const isArrayName = (path: string) => extname(path).toLowerCase() === ".npy";

async function readInput(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    const { code } = error as { code?: string };
    const reason =
      code === "ENOENT"
        ? "there is no such file"
        : code === "EISDIR"
          ? "it is a folder"
          : `it cannot be read (${code ?? "unknown"})`;
    throw new RunError(`${path}: ${reason}`);
  }
}

/**
 * The sides of what a file holds: the shape of an array, which may begin with a batch, or of a picture, which has as many
 * channels as it is asked for. Errors: as `loadInput`.
 */
export async function sidesOfInput(path: string): Promise<readonly (number | undefined)[]> {
  const content = await readInput(path);
  if (isArrayName(path)) return (await parseNumpy(path, content)).shape;
  if (!isPictureName(path)) throw new RunError(`${path}: ${KINDS}`);
  const { height, width } = await decodePicture(path, content);
  return [height, width, undefined];
}

async function parseNumpy(path: string, content: Uint8Array) {
  const { parse } = await import("npyjs");
  try {
    return parse(content.buffer.slice(content.byteOffset, content.byteOffset + content.byteLength) as ArrayBuffer);
  } catch (error) {
    const { message } = error as Error;
    if (/Unsupported dtype: >/.test(message)) {
      throw new RunError(`${path}: its numbers are big-endian; save it with astype("<f4")`);
    }
    throw new RunError(`${path}: not a NumPy file (${message})`);
  }
}

/** A float or integer array of the shape, with or without a batch axis in front. */
async function loadNumpy(path: string, content: Uint8Array, shape: readonly number[]): Promise<Tensor> {
  const array = await parseNumpy(path, content);
  const wanted = formatShape(shape);
  if (array.fortranOrder && array.shape.length > 1) {
    throw new RunError(`${path}: the array is in Fortran order; save it with numpy.ascontiguousarray`);
  }
  if (!/^[iufb][1248]/.test(array.dtype))
    throw new RunError(`${path}: its values are ${array.dtype}, not real numbers`);
  const isBatch = array.shape.length === shape.length + 1;
  if (!sameShape(isBatch ? array.shape.slice(1) : array.shape, shape)) {
    throw new RunError(
      `${path} holds ${formatShape(array.shape) || "a single value"}, the input is ${wanted}, or Nx${wanted} for several`,
    );
  }
  if (isBatch && array.shape[0] === 0) throw new RunError(`${path} holds no image: its batch is empty`);
  const data = Float32Array.from(array.data as unknown as ArrayLike<number>, Number);
  if (data.length !== Number(product(array.shape))) throw new RunError(`${path}: the file is cut short`);
  return { shape: isBatch ? array.shape : [1, ...shape], data };
}
