/** What the command line says of training: with what optimizer, in what precision, with what is computed again. */
import { defaultTraining, optimizerNamed, type Network, type TrainingOptions } from "../../index.js";
import { UsageError } from "./terminal.js";

export interface TrainingChoices {
  /** A name; true for what the program says. */
  train?: string | true;
  precision: "float32" | "float16" | "bfloat16" | "int8";
  checkpoint?: number | "sqrt";
}

const USUAL_MOMENTUM = 0.9;

/** Errors: `UsageError` for a precision that nothing is trained in. */
export function trainingFor(network: Network, choices: TrainingChoices): Omit<TrainingOptions, "batch"> {
  const { train, precision, checkpoint } = choices;
  if (precision === "int8") throw new UsageError("nothing is trained in int8: take float16 or bfloat16");
  const own = (network.training ?? defaultTraining(network.span)).optimizer;
  const optimizer =
    train === "momentum"
      ? { name: "sgd", values: { ...optimizerNamed("sgd").values, momentum: USUAL_MOMENTUM } }
      : typeof train === "string"
        ? optimizerNamed(train)
        : own;
  return { optimizer, precision, checkpoints: checkpoint };
}
