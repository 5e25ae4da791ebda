/** What `cnnc build` can write: one entry for each target. */
import {
  emitKeras,
  emitOnnx,
  emitPyTorch,
  emitSafetensors,
  emitTfjs,
  LARGEST_FILE,
  type EmittedFile,
  type Network,
  type WeightSource,
} from "../../index.js";
import { UsageError } from "./terminal.js";

export interface EmitRequest {
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
  emit(network: Network, request: EmitRequest): Promise<readonly EmittedFile[]>;
}

/** More than any browser addresses. */
const LARGEST_TFJS = 2n ** 32n;
const UNLIMITED = 2n ** 63n;

export const targets = {
  onnx: {
    doc: "an ONNX file",
    endings: [".onnx"],
    most: LARGEST_FILE,
    holder: "one ONNX file holds",
    emit: async (network, { weights, stem, ending }) => [{ path: stem + ending, data: emitOnnx(network, { weights }) }],
  },
  tfjs: {
    doc: "a TensorFlow.js module with its weights",
    endings: [".js", ".mjs"],
    most: LARGEST_TFJS,
    holder: "a tfjs model holds",
    emit: (network, { weights, stem, ending }) =>
      emitTfjs(network, { weights, stem, ending: ending as ".js" | ".mjs" }),
  },
  pytorch: {
    doc: "a PyTorch module with its weights",
    endings: [".py"],
    most: UNLIMITED,
    holder: "a safetensors file holds",
    emit: async (network, { weights, stem }) => emitPyTorch(network, { weights, stem }),
  },
  keras: {
    doc: "a Keras 3 module with its weights",
    endings: [".py"],
    most: UNLIMITED,
    holder: "a safetensors file holds",
    emit: async (network, { weights, stem }) => emitKeras(network, { weights, stem }),
  },
  safetensors: {
    doc: "the weights alone, by name",
    endings: [".safetensors"],
    most: UNLIMITED,
    holder: "a safetensors file holds",
    async emit(network, { weights, stem, ending }) {
      if (!weights)
        throw new UsageError("the safetensors target writes weights: it has nothing to write with --weights none");
      return [{ path: stem + ending, data: emitSafetensors(network, weights) }];
    },
  },
} as const satisfies Record<string, Target>;

export type TargetName = keyof typeof targets;
