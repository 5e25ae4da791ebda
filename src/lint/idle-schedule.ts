/** A schedule of which the training sees nothing. */
import { defineDiagnostic, diagnose } from "../base/diagnostics.js";
import type { Training } from "../ir/training.js";
import { plural } from "../base/integers.js";
import { kindsOf, type Rule } from "./rule.js";
import { whereTrained } from "./training-rule.js";

export const idleSchedule = defineDiagnostic<{ what: string; epochs: number }>({
  code: "CNN3139",
  severity: "warning",
  title: "a schedule that the training ends before",
  message: ({ what, epochs }) => `${what}, but there ${epochs === 1 ? "is" : "are"} ${plural(epochs, "epoch")}`,
  explanation: `The learning rate never falls, or never rises to what was asked for, because the epochs end before. Schedules
of papers are made for 90 epochs and more: shorten them with the training.`,
  example: {
    wrong: `INPUT 28x28x1 - FC-10 - SOFTMAX
train {
  schedule step every 30
  epochs 10
}`,
    right: `INPUT 28x28x1 - FC-10 - SOFTMAX
train {
  schedule step every 3
  epochs 10
}`,
    lint: {},
  },
});

export const idleScheduleRule: Rule = {
  name: "idle-schedule",
  kinds: kindsOf(idleSchedule),
  runs: "lint",
  doc: {
    why: "The last points of accuracy come from the small rates at the end, which are never reached.",
    source: "He et al. 2015 (ResNet), section 4.2: the rate is divided by 10 after 32,000 and 48,000 of 64,000 steps",
    told: "`schedule step every 30` of the 90 epochs for ImageNet, kept for 10 epochs on CIFAR",
    fine: "`schedule cosine warmup 5` for 90 epochs",
  },
  checkNetwork: whereTrained((training) => {
    const what = idlePart(training);
    return what === undefined ? [] : [diagnose(idleSchedule, training.span, { what, epochs: training.epochs })];
  }),
};

function idlePart({ schedule: { name, values }, epochs }: Training): string | undefined {
  const { warmup = 0, every = 0, patience = 0 } = values;
  if (warmup >= epochs) return `the learning rate rises for ${plural(warmup, "epoch")}`;
  if (name === "step" && every >= epochs) return `the learning rate falls after ${plural(every, "epoch")}`;
  if (name === "plateau" && patience >= epochs) {
    return `the learning rate falls after ${plural(patience, "epoch")} without progress`;
  }
  return undefined;
}
