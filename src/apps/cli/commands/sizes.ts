/** `cnnc sizes FILE`: which sizes of the input a net takes. */
import { groupDigits, inputSizes, stepOf, toJson, type InputSizes, type SideSizes } from "../../../index.js";
import { bindAll, type Sizes } from "../sizes.js";
import { chooseNetwork, compiledOf } from "../sources.js";
import { EXIT, paintFor, print } from "../terminal.js";

export interface SizesOptions {
  net?: string;
  size?: Sizes;
  upTo?: number;
  format: "text" | "json";
}

export async function sizes(path: string, options: SizesOptions): Promise<number> {
  const { networks: all, open, isOverBudget } = await compiledOf(path, options.format, options.net);
  const chosen = options.net === undefined ? all : [chooseNetwork(path, all, options.net)];
  // What a net computes from the size of its input changes with it, which only letters show.
  const isGiven = (options.size?.size ?? 0) > 0;
  const found = bindAll(chosen, options.size).map((network) =>
    inputSizes(network, isGiven ? undefined : open(network.name), options.upTo),
  );
  if (options.format === "json") print(toJson({ schema: "cnnc-sizes/1", nets: found }));
  else print(found.map(describe).join("\n\n"));
  return isOverBudget ? EXIT.program : EXIT.fine;
}

function describe({ net, sides, limit }: InputSizes): string {
  const paint = paintFor(process.stdout);
  const lines = merged(sides).map(({ names, side }) => `  ${names}: ${sideText(side, limit)}`);
  return [paint.strong(net), ...(lines.length > 0 ? lines : ["  its input has no sides that could vary"])].join("\n");
}

/** Sides of which the same is true are told together: `height and width`. */
function merged(sides: readonly SideSizes[]): { names: string; side: SideSizes }[] {
  const groups = new Map<string, SideSizes[]>();
  for (const side of sides) {
    const key = JSON.stringify([side.current, side.working, side.fitting]);
    groups.set(key, [...(groups.get(key) ?? []), side]);
  }
  return [...groups.values()].map((members) => ({
    names: members.map(({ name }) => name).join(" and "),
    side: members[0]!,
  }));
}

function sideText({ current, smallest, working, fitting }: SideSizes, limit: number): string {
  if (smallest === undefined) return `no size up to ${groupDigits(limit)} works`;
  const works = `works ${setText(working, limit)}`;
  const isSame = fitting.length === working.length;
  const fits = fitting.length === 0 ? "always loses pixels" : `loses no pixel at ${listText(fitting, current)}`;
  const own = current === undefined ? "" : fitting.includes(current) ? `; ${current} fits` : `; ${current} loses some`;
  return isSame ? `${works}, and loses no pixel` : `${works}; ${fits}${own}`;
}

/** `from 67`, `at 8, 16, 24, ... (every 8)`. */
function setText(sizes: readonly number[], limit: number): string {
  const [first] = sizes;
  const isRange = sizes.length === limit - first! + 1;
  return isRange ? `from ${groupDigits(first!)}` : `at ${listText(sizes, undefined)}`;
}

/** How many sizes are listed. */
const MOST_LISTED = 6;

/** Sizes around the program's own, or the first ones, and how they go on. */
function listText(sizes: readonly number[], current: number | undefined): string {
  const nearest = current === undefined ? 0 : sizes.findIndex((size) => size >= current);
  const start = Math.max(
    0,
    Math.min((nearest < 0 ? sizes.length : nearest) - MOST_LISTED / 2, sizes.length - MOST_LISTED),
  );
  const shown = sizes.slice(start, start + MOST_LISTED).map((size) => groupDigits(size));
  const step = stepOf(sizes);
  const text = `${start > 0 ? "..., " : ""}${shown.join(", ")}${start + MOST_LISTED < sizes.length ? ", ..." : ""}`;
  return step && step.step > 1 ? `${text} (every ${step.step} from ${groupDigits(step.from)})` : text;
}
