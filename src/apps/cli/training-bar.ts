/** The progress of an epoch on a terminal: loss, accuracy, images a second and the time left. */

interface Step {
  readonly epoch: number;
  readonly epochs: number;
  readonly step: number;
  readonly steps: number;
  readonly loss: number;
  readonly accuracy: number;
}

export interface TrainingBar {
  step(progress: Step, imagesPerSecond: number): void;
  end(): void;
}

/** A bar where standard error is a terminal and the output is for people; elsewhere nothing. */
export async function trainingBar(isText: boolean): Promise<TrainingBar> {
  if (!isText || !process.stderr.isTTY) return { step: () => undefined, end: () => undefined };
  const { default: cliProgress } = await import("cli-progress");
  const bar = new cliProgress.SingleBar(
    {
      format:
        "epoch {epoch} [{bar}] {percentage}% | loss {loss} | accuracy {accuracy} | {rate} images/s | {eta_formatted} left",
      stream: process.stderr,
      barsize: 20,
      clearOnComplete: true,
      hideCursor: true,
    },
    cliProgress.Presets.legacy,
  );
  let isOpen = false;
  return {
    step({ epoch, epochs, step, steps, loss, accuracy }, imagesPerSecond) {
      if (!isOpen) bar.start(steps, 0, { epoch: "", loss: "", accuracy: "", rate: "" });
      isOpen = true;
      bar.update(step, {
        epoch: `${epoch}/${epochs}`,
        loss: loss.toFixed(4),
        accuracy: `${(accuracy * 100).toFixed(1)} %`,
        rate: Math.round(imagesPerSecond),
      });
    },
    end() {
      if (isOpen) bar.stop();
      isOpen = false;
    },
  };
}
