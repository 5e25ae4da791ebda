/** A progress bar with the time left, on a terminal and for work that takes a while. */

/** Work below this many bytes is done before a bar would be read. */
const WORTH_SHOWING = 50_000_000;

/** Runs work that tells how many bytes it has done. */
export async function withProgress<T>(
  title: string,
  total: number,
  work: (progress: (bytes: number) => void) => Promise<T>,
): Promise<T> {
  if (!process.stderr.isTTY || total < WORTH_SHOWING) return work(() => undefined);
  const { default: cliProgress } = await import("cli-progress");
  const bar = new cliProgress.SingleBar(
    {
      format: `${title} [{bar}] {percentage}% | {eta_formatted} left`,
      stream: process.stderr,
      clearOnComplete: true,
      hideCursor: true,
    },
    cliProgress.Presets.legacy,
  );
  bar.start(total, 0);
  try {
    return await work((bytes) => bar.increment(bytes));
  } finally {
    bar.stop();
  }
}
