/** How a network is trained where its program does not say so. */
import type { Span } from "../base/source.js";
import { losses, optimizers, schedules, trainingNumbers, type TrainingChoice } from "./training-options.js";
import type { Choice, Training } from "./training.js";

function choice(choices: Readonly<Record<string, TrainingChoice>>, name: string): Choice {
  const numbers = Object.entries(choices[name]!.numbers);
  return { name, values: Object.fromEntries(numbers.map(([key, { default: value }]) => [key, value ?? 0])) };
}

/** An optimizer with its usual numbers, by a name of `optimizers`. */
export const optimizerNamed = (name: string): Choice => choice(optimizers, name);

/** Cross entropy, Adam with its usual numbers, and a learning rate that stays. */
export function defaultTraining(span: Span): Training {
  return {
    loss: choice(losses, "crossentropy"),
    optimizer: choice(optimizers, "adam"),
    schedule: choice(schedules, "constant"),
    batch: trainingNumbers.batch.default,
    epochs: trainingNumbers.epochs.default,
    span,
  };
}
