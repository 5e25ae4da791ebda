/** What an emitted tfjs module with a recipe exports (see src/emit/tfjs/training/source.ts). */
import type { LayersModel, Tensor } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../gradients/index.js";

export interface TrainingData {
  size: number;
  read(indices: Uint32Array): Promise<{ inputs: Tensor; labels: Tensor }>;
}

/** How far a training is. All but `kept`, which the optimizer keeps, are numbers. */
export interface TrainingState {
  epoch: number;
  step: number;
  kept: Tensor[][];
  readonly [number: string]: unknown;
}

export interface Progress {
  readonly epoch: number;
  readonly epochs: number;
  readonly step: number;
  readonly steps: number;
  readonly loss: number;
  readonly accuracy: number;
  readonly learningRate: number;
  readonly isEpochEnd: boolean;
  readonly state: TrainingState;
}

export interface TrainOptions {
  epochs?: number;
  batch?: number;
  learningRate?: number;
  seed?: number;
  state?: TrainingState;
}

export interface TrainingModule {
  loadModel(tf: TensorFlow, read: (path: string) => Promise<ArrayBuffer>): Promise<LayersModel>;
  newTraining(): TrainingState;
  train(tf: TensorFlow, model: LayersModel, data: TrainingData, options: TrainOptions): AsyncGenerator<Progress, void>;
  evaluate(
    tf: TensorFlow,
    model: LayersModel,
    data: TrainingData,
    batch?: number,
  ): Promise<{ loss: number; accuracy: number }>;
}
