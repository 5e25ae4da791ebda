/** Learning rates as source text: functions of how far the training is. */
import type { Choice } from "../../../ir/training.js";

const schedules: Readonly<Record<string, (values: Choice["values"]) => { doc: string; factor: string }>> = {
  constant: () => ({ doc: "stays as it is", factor: "1" }),
  step: ({ every = 1, factor = 0.1 }) => ({
    doc: `is multiplied with ${factor} after every ${every === 1 ? "epoch" : `${every} epochs`}`,
    factor: `${factor} ** Math.floor(state.epoch / ${every})`,
  }),
  exponential: ({ factor = 0.95 }) => ({
    doc: `is multiplied with ${factor} after every epoch`,
    factor: `${factor} ** state.epoch`,
  }),
  plateau: ({ factor = 0.1, patience = 10 }) => ({
    doc: `is multiplied with ${factor} when the loss has not fallen for ${patience + 1} epochs`,
    factor: "state.reduction",
  }),
  cosine: () => ({
    doc: "falls along half a cosine to 0",
    factor: "(1 + Math.cos((Math.PI * (state.epoch + state.step / steps)) / epochs)) / 2",
  }),
};

/** Source of `learningRateAt`, and of `endEpoch` for a schedule that looks at the loss. */
export function scheduleSource({ name, values }: Choice): string {
  const schedule = schedules[name];
  if (!schedule) throw new Error(`no schedule ${name}`);
  const { doc, factor } = schedule(values);
  const warmup = values["warmup"] ?? 0;
  const rise = `Math.min(1, (state.epoch + (state.step + 1) / steps) / ${warmup})`;
  const result = [...(factor === "1" ? [] : [factor]), ...(warmup > 0 ? [rise] : [])]
    .map((text) => ` * ${text.includes("/ 2") ? `(${text})` : text}`)
    .join("");
  const uses = (word: string) => result.includes(word);
  const parameters = [
    "base",
    uses("state") ? "state" : "_state",
    uses("steps") ? "steps" : "_steps",
    ...(uses("epochs") ? ["epochs"] : []),
  ];
  const rising = warmup > 0 ? ` It rises from 0 in the first ${warmup === 1 ? "epoch" : `${warmup} epochs`}.` : "";
  return `
/**
 * The learning rate of a step: it ${doc}.${rising}
 *
 * @param {number} base
 * @param {TrainingState} ${parameters[1]!}
 * @param {number} ${parameters[2]!} steps of an epoch
${uses("epochs") ? " * @param {number} epochs\n" : ""} */
function learningRateAt(${parameters.join(", ")}) {
  return base${result};
}
${name === "plateau" ? plateauSource(values) : ""}`;
}

/** A fall by less than one in ten thousand is none, as PyTorch has it. */
function plateauSource({ factor = 0.1, patience = 10 }: Choice["values"]): string {
  return `
/**
 * Lowers the learning rate where the loss of an epoch no longer falls.
 *
 * @param {TrainingState} state
 * @param {number} loss
 */
function endEpoch(state, loss) {
  if (loss < state.best * (1 - 1e-4)) {
    state.best = loss;
    state.epochsWithoutProgress = 0;
  } else if (++state.epochsWithoutProgress > ${patience}) {
    state.reduction *= ${factor};
    state.epochsWithoutProgress = 0;
  }
}
`;
}

/** Whether the learning rate takes the number of epochs. */
export function usesEpochs({ name }: Choice): boolean {
  return name === "cosine";
}
