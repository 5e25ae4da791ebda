/** What a `train` block can choose from, with the meaning and the default of every number. */

export interface TrainingNumber {
  readonly doc: string;
  /** Must be given where it is left out. */
  readonly default?: number;
  readonly minimum?: number;
  /** Values from here on are refused. */
  readonly below?: number;
  readonly isWhole?: boolean;
  /** A word alone: 1 where it is written. */
  readonly isFlag?: boolean;
}

export interface TrainingChoice {
  readonly doc: string;
  readonly numbers: Readonly<Record<string, TrainingNumber>>;
}

const rate = (value?: number): TrainingNumber => ({ doc: "learning rate", default: value, minimum: 0 });
const decay = (value: number): TrainingNumber => ({ doc: "weight decay (L2)", default: value, minimum: 0 });
const momentum: TrainingNumber = { doc: "momentum", default: 0, minimum: 0, below: 1 };
const eps: TrainingNumber = { doc: "added to the denominator", default: 1e-8, minimum: 0 };
const factor = (value: number): TrainingNumber => ({
  doc: "what the learning rate is multiplied with",
  default: value,
  minimum: 0,
});
const betas = {
  beta1: { doc: "decay of the mean of gradients", default: 0.9, minimum: 0, below: 1 },
  beta2: { doc: "decay of the mean of squares", default: 0.999, minimum: 0, below: 1 },
};
const warmup: TrainingNumber = {
  doc: "epochs in which the learning rate rises from 0",
  default: 0,
  minimum: 0,
};

export const losses: Readonly<Record<string, TrainingChoice>> = {
  crossentropy: {
    doc: "cross entropy of classes; a SOFTMAX at the end is part of it",
    numbers: { smoothing: { doc: "label smoothing", default: 0, minimum: 0, below: 1 } },
  },
  binarycrossentropy: { doc: "cross entropy of each value by itself; a SIGMOID at the end is part of it", numbers: {} },
  mse: { doc: "mean squared error", numbers: {} },
  mae: { doc: "mean absolute error", numbers: {} },
};

export const optimizers: Readonly<Record<string, TrainingChoice>> = {
  sgd: {
    doc: "stochastic gradient descent",
    numbers: {
      lr: rate(1e-2),
      momentum,
      decay: decay(0),
      nesterov: { doc: "Nesterov's momentum", default: 0, isFlag: true },
    },
  },
  adam: { doc: "Adam (Kingma, Ba, 2014)", numbers: { lr: rate(1e-3), ...betas, eps, decay: decay(0) } },
  adamw: {
    doc: "Adam with decoupled decay (Loshchilov, Hutter, 2017)",
    numbers: { lr: rate(1e-3), ...betas, eps, decay: decay(1e-2) },
  },
  rmsprop: {
    doc: "RMSProp (Tieleman, Hinton, 2012)",
    numbers: {
      lr: rate(1e-2),
      rho: { doc: "decay of the mean of squares", default: 0.9, minimum: 0, below: 1 },
      momentum,
      eps,
      decay: decay(0),
    },
  },
};

export const schedules: Readonly<Record<string, TrainingChoice>> = {
  constant: { doc: "the learning rate stays", numbers: { warmup } },
  step: {
    doc: "multiplied every few epochs",
    numbers: { every: { doc: "epochs between two steps", minimum: 1, isWhole: true }, factor: factor(0.1), warmup },
  },
  plateau: {
    doc: "multiplied when the loss no longer falls",
    numbers: {
      factor: factor(0.1),
      patience: { doc: "epochs without progress", default: 10, minimum: 0, isWhole: true },
      warmup,
    },
  },
  cosine: { doc: "falls along half a cosine to 0", numbers: { warmup } },
  exponential: { doc: "multiplied after every epoch", numbers: { factor: factor(0.95), warmup } },
};

/** The settings that are one number. */
export const trainingNumbers = {
  batch: { doc: "images of one step", default: 32, minimum: 1, isWhole: true },
  epochs: { doc: "times through the data", default: 10, minimum: 1, isWhole: true },
} as const satisfies Record<string, TrainingNumber>;
