/** The types of an emitted module that trains. */

/** What it exports to train; `model` is the type of what is trained. */
export const trainingTypes = (model: string): string => `
/** Some images, channels last, and their classes as whole numbers. */
export interface TrainingBatch {
  inputs: tensorflow.Tensor | tensorflow.Tensor[];
  labels: tensorflow.Tensor;
}

/** Images with their classes: \`read\` gives those of some indices. */
export interface TrainingData {
  size: number;
  read(indices: Uint32Array): Promise<TrainingBatch>;
}

/** How far a training is: all that a later one needs to go on, beside the weights. */
export interface TrainingState {
  epoch: number;
  step: number;
  updates: number;
  loss: number;
  correct: number;
  seen: number;
  best?: number;
  epochsWithoutProgress?: number;
  reduction?: number;
  kept: tensorflow.Tensor[][];
}

export interface Progress {
  epoch: number;
  epochs: number;
  step: number;
  steps: number;
  loss: number;
  accuracy: number;
  learningRate: number;
  isEpochEnd: boolean;
  state: TrainingState;
}

export declare function newTraining(): TrainingState;

/** Trains the model with the recipe of the program. Gives the progress after every step and at the end of every epoch. */
export declare function train(
  tf: TensorFlow,
  model: tensorflow.${model},
  data: TrainingData,
  options?: { epochs?: number; batch?: number; learningRate?: number; seed?: number; state?: TrainingState },
): AsyncGenerator<Progress, void>;

/** The mean loss over some images, and the part of them whose class is found. */
export declare function evaluate(
  tf: TensorFlow,
  model: tensorflow.${model},
  data: TrainingData,
  batch?: number,
): Promise<{ loss: number; accuracy: number }>;

/** The layer that is the first to have a weight, or to give a value, that is no number. */
export declare function firstNotFinite(
  tf: TensorFlow,
  model: tensorflow.${model},
  inputs: tensorflow.Tensor | tensorflow.Tensor[],
): { layer: string; what: "weights" | "values" } | undefined;
`;
