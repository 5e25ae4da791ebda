/** Trains a network on a folder of images, with the loop of the tfjs module that `cnnc build` writes. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { WeightSource } from "../../analysis/weights.js";
import { emitTfjs } from "../../emit/tfjs/emit.js";
import { rulesText } from "../../emit/recipe.js";
import { registerWasmGradients } from "../../gradients/index.js";
import type { Network } from "../../ir/network.js";
import type { Training } from "../../ir/training.js";
import { weightsFrom } from "../../import/safetensors/source.js";
import type { DataSet } from "../data/images.js";
import { DivergenceError } from "../errors.js";
import { withInterrupts, withTemporaryFolder, writeTemporary } from "../files.js";
import { checkRunnable } from "../limits.js";
import { tensorFlow } from "../tfjs.js";
import { withReader } from "../weights-file.js";
import { checkKept, readState, writeCheckpoint, writeWeights, type TrainingSetting } from "./checkpoint.js";
import { prepareData } from "./data.js";
import type { Progress, TrainingModule, TrainingState } from "./module.js";

export interface TrainRequest {
  readonly network: Network;
  readonly training: Training;
  readonly data: DataSet;
  readonly weights: WeightSource;
  readonly seed: number;
  readonly backend: "wasm" | "cpu";
  /** Where the weights go, and where what a later training goes on from. */
  readonly out: string;
  readonly checkpoint: string;
  /** Whether to go on from the checkpoint. */
  readonly resume: boolean;
  /** Most images of each part that are taken. */
  readonly limit?: number;
}

export interface EpochResult {
  readonly epoch: number;
  readonly epochs: number;
  readonly loss: number;
  readonly accuracy: number;
  readonly learningRate: number;
  readonly seconds: number;
  readonly imagesPerSecond: number;
  /** Of the images that are kept for the test. */
  readonly test?: { readonly loss: number; readonly accuracy: number };
}

export interface TrainListener {
  note(text: string): void;
  step(progress: Progress, imagesPerSecond: number): void;
  epoch(result: EpochResult): void;
}

export interface TrainResult {
  readonly epochs: readonly EpochResult[];
  /** Whether it was interrupted, and can go on from the checkpoint. */
  readonly isStopped: boolean;
}

/** How often a long epoch is saved, in milliseconds. */
const SAVE_EVERY = 120_000;

/** Errors: `RunError`; `DivergenceError`, which names the layer, where the loss is no number any more. */
export async function train(request: TrainRequest, listener: TrainListener): Promise<TrainResult> {
  const { network, training } = request;
  checkRunnable(network);
  const tf = await tensorFlow(request.backend);
  registerWasmGradients(tf);
  const data = await prepareData(tf, network, training, request.data, request.limit);
  if (data.note) listener.note(data.note);
  const setting: TrainingSetting = {
    net: network.name,
    recipe: rulesText(training),
    seed: request.seed,
    batch: training.batch,
    images: data.train.size,
  };
  if (!request.resume) return run(request.weights, undefined);
  return withReader(request.checkpoint, (reader) => run(weightsFrom(reader, network), readState(tf, reader, setting)));

  async function run(weights: WeightSource, before: TrainingState | undefined): Promise<TrainResult> {
    return withTemporaryFolder(async (folder) => {
      const files = await emitTfjs(network, { weights, training, stem: "model", ending: ".mjs", isRead: false });
      await writeTemporary(folder, files);
      const module = (await import(pathToFileURL(join(folder, "model.mjs")).href)) as TrainingModule;
      const model = await module.loadModel(tf, async (path) => {
        const content = await readFile(join(folder, path));
        return content.buffer.slice(content.byteOffset, content.byteOffset + content.byteLength) as ArrayBuffer;
      });
      const state = before ?? module.newTraining();
      const trained = { network, model, initial: weights };
      checkKept(state, model);
      const save = () => writeCheckpoint(request.checkpoint, trained, state, setting);
      const results: EpochResult[] = [];
      let isStopped = false;
      await withInterrupts(
        () => (isStopped = true),
        async () => {
          let [start, saved, first] = [performance.now(), performance.now(), state.step];
          const options = { epochs: training.epochs, batch: training.batch, seed: request.seed, state };
          try {
            for await (const progress of module.train(tf, model, data.train, options)) {
              const seconds = (performance.now() - start) / 1000;
              const images = Math.min(progress.step * training.batch, data.train.size) - first * training.batch;
              const imagesPerSecond = images / seconds;
              if (progress.isEpochEnd) {
                const test = data.test && (await module.evaluate(tf, model, data.test, EVALUATED));
                const { epoch, epochs, loss, accuracy, learningRate } = progress;
                const result = { epoch, epochs, loss, accuracy, learningRate, seconds, imagesPerSecond, test };
                results.push(result);
                await save();
                listener.epoch(result);
                [start, saved, first] = [performance.now(), performance.now(), 0];
              } else {
                listener.step(progress, imagesPerSecond);
                if (performance.now() - saved > SAVE_EVERY) {
                  await save();
                  saved = performance.now();
                }
                // Signals are told between two steps.
                await new Promise((done) => setImmediate(done));
              }
              if (isStopped) {
                await save();
                break;
              }
            }
          } catch (error) {
            throw told(error);
          }
          if (!isStopped) await writeWeights(request.out, trained);
        },
      );
      return { epochs: results, isStopped };
    });
  }

  /** A loss that is no number, in the user's words. */
  function told(error: unknown): unknown {
    const { message, where } = error as Error & { where?: { layer: string; what: string } };
    if (!/^the loss is (NaN|-?Infinity)/.test(message)) return error;
    const place = where
      ? `; the first ${where.what} that are no numbers any more are those of ${where.layer}`
      : "; all weights and values are numbers, the loss itself is too large";
    const rate = training.optimizer.values["lr"];
    return new DivergenceError(`${message}${place}: try a smaller learning rate than ${rate ?? "this"}`);
  }
}

/** Images of the test at once. */
const EVALUATED = 256;
