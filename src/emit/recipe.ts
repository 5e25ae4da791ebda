/** A recipe of training as every target has it: its text, and what of a network is part of its loss. */
import { plural } from "../base/integers.js";
import type { Choice, Training } from "../ir/training.js";

/** `sgd lr 0.01 momentum 0.9`, without what is as it is by default. */
function choiceText({ name, values }: Choice): string {
  return [name, ...Object.entries(values).flatMap(([key, value]) => (value === 0 ? [] : [`${key} ${value}`]))].join(
    " ",
  );
}

/** What a step of a training does, as the program says it. */
export function rulesText({ loss, optimizer, schedule }: Training): string {
  return [loss, optimizer, schedule].map(choiceText).join(", ");
}

/** The recipe as the program says it, on one line. */
export function recipeText(training: Training): string {
  return `${rulesText(training)}, batch ${training.batch}, ${plural(training.epochs, "epoch")}`;
}

/** The activations at the end of a network that are part of a loss: it takes what comes before them. */
export const ABSORBED: Readonly<Record<string, string>> = { crossentropy: "softmax", binarycrossentropy: "sigmoid" };
