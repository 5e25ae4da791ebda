/** `cnnc verify FILE`: every target computes the same function. */
import { toJson } from "../../../index.js";
import { TOLERANCE, verify as verifyNetwork, type Verification, type VerifiedTarget } from "../../../run/index.js";
import { bindFixed, type Sizes } from "../sizes.js";
import { chooseNetwork, networksOf } from "../sources.js";
import { EXIT, note, paintFor, print } from "../terminal.js";

export interface VerifyOptions {
  net?: string;
  size?: Sizes;
  seed: number;
  /** What is compared; by default all that can be run here. */
  targets?: readonly VerifiedTarget[];
  format: "text" | "json";
}

export async function verify(path: string, options: VerifyOptions): Promise<number> {
  const all = await networksOf(path, options.format, options.net);
  const chosen = options.net === undefined ? all : [chooseNetwork(path, all, options.net)];
  const networks = bindFixed(chosen, options.size);
  const results: Verification[] = [];
  for (const network of networks) {
    const result = await verifyNetwork(network, options.seed, options.targets);
    results.push(result);
    if (options.format === "text") print(describe(result));
  }
  if (options.format === "text") tellSkipped(results);
  else print(toJson({ schema: "cnnc-verify/1", tolerance: TOLERANCE, nets: results }));
  return results.every(({ agrees }) => agrees) ? EXIT.fine : EXIT.program;
}

/** What was not run is told once, whatever the number of nets. */
function tellSkipped(results: readonly Verification[]): void {
  const lines = results.flatMap(({ skipped }) =>
    skipped.map(({ target, reason }) => `${target} was not run: ${reason}`),
  );
  for (const line of new Set(lines)) note(line);
}

function describe({ net, seed, comparisons }: Verification): string {
  const paint = paintFor(process.stdout);
  return comparisons
    .map(({ output, target, reference, absolute, relative }) => {
      const agrees = relative <= TOLERANCE;
      const verdict = agrees ? paint.help("agree") : paint.severity("error", "DO NOT AGREE");
      const figures = `largest difference ${short(absolute)} absolute, ${short(relative)} relative`;
      return `${net} (seed ${seed}): ${target} and ${reference} ${verdict} on ${output}\n  ${figures}; ${short(TOLERANCE)} relative is allowed`;
    })
    .join("\n");
}

/** `1.4e-5`. */
function short(value: number): string {
  return value === 0 ? "0" : value.toExponential(1);
}
