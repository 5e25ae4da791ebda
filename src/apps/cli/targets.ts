/** What `cnnc build` can write: one entry for each target. */
import {
  emitKeras,
  emitOnnxFiles,
  emitPyTorch,
  emitSafetensors,
  emitTfjs,
  emitTfjsModel,
  LARGEST_FILE,
  needsExternalData,
  type EmittedFile,
  type Network,
  type WeightSource,
} from "../../index.js";
import { note, UsageError } from "./terminal.js";

/** What only some targets are asked for. */
export interface TargetOptions {
  readonly opset?: number;
  readonly externalData?: boolean;
  readonly foldBn?: boolean;
  /** An optimizer, or true for that of the program: also what trains the model. */
  readonly train?: string | true;
}

/** How those are written on the command line. */
export const FLAGS: Record<keyof TargetOptions, string> = {
  opset: "--opset",
  externalData: "--external-data",
  foldBn: "--fold-bn",
  train: "--train",
};

export interface EmitRequest extends Omit<TargetOptions, "foldBn" | "train"> {
  /** Without a source of weights only the architecture is written. */
  readonly weights?: WeightSource;
  /** Name of the main file without its ending, and the ending. */
  readonly stem: string;
  readonly ending: string;
}

export interface Target {
  readonly doc: string;
  /** Endings of the main file; the first is that of files in a folder. */
  readonly endings: readonly string[];
  /** The most bytes of weights, and what holds them. */
  readonly most: bigint;
  readonly holder: string;
  /** Which options it takes. */
  readonly options: readonly (keyof TargetOptions)[];
  /** Whether letters of an input may stay open. */
  readonly takesLetters: boolean;
  emit(network: Network, request: EmitRequest): Promise<readonly EmittedFile[]>;
}

/** More than any browser addresses. */
const LARGEST_TFJS = 2n ** 32n;
const UNLIMITED = 2n ** 63n;

export const targets = {
  onnx: {
    doc: "an ONNX file",
    endings: [".onnx"],
    most: UNLIMITED,
    holder: "an ONNX model holds",
    options: ["opset", "externalData", "foldBn"],
    takesLetters: true,
    async emit(network, { weights, stem, ending, opset, externalData }) {
      const path = stem + ending;
      if (weights && !externalData && needsExternalData(network)) {
        const most = (Number(LARGEST_FILE) / 1e9).toFixed(2);
        note(`the weights are in ${path}.data beside ${path}: one ONNX file holds at most ${most} GB`);
      }
      return emitOnnxFiles(network, { weights, opset, externalData, path });
    },
  },
  tfjs: {
    doc: "a TensorFlow.js module with its weights",
    endings: [".js", ".mjs"],
    most: LARGEST_TFJS,
    holder: "a tfjs model holds",
    options: ["foldBn", "train"],
    takesLetters: false,
    emit: (network, { weights, stem, ending }) =>
      emitTfjs(network, { weights, stem, ending: ending as ".js" | ".mjs" }),
  },
  "tfjs-model": {
    doc: "a model that tf.loadLayersModel opens, with its weights",
    endings: [".json"],
    most: LARGEST_TFJS,
    holder: "a tfjs model holds",
    options: ["foldBn"],
    takesLetters: false,
    emit: async (network, { weights, stem }) => emitTfjsModel(network, { weights, stem }),
  },
  pytorch: {
    doc: "a PyTorch module with its weights",
    endings: [".py"],
    most: UNLIMITED,
    holder: "a safetensors file holds",
    options: ["foldBn", "train"],
    takesLetters: false,
    emit: async (network, { weights, stem }) => emitPyTorch(network, { weights, stem }),
  },
  keras: {
    doc: "a Keras 3 module with its weights",
    endings: [".py"],
    most: UNLIMITED,
    holder: "a safetensors file holds",
    options: ["foldBn"],
    takesLetters: false,
    emit: async (network, { weights, stem }) => emitKeras(network, { weights, stem }),
  },
  safetensors: {
    doc: "the weights alone, by name",
    endings: [".safetensors"],
    most: UNLIMITED,
    holder: "a safetensors file holds",
    options: [],
    takesLetters: false,
    async emit(network, { weights, stem, ending }) {
      if (!weights)
        throw new UsageError("the safetensors target writes weights: it has nothing to write with --weights none");
      return [{ path: stem + ending, data: emitSafetensors(network, weights) }];
    },
  },
} as const satisfies Record<string, Target>;

export type TargetName = keyof typeof targets;
