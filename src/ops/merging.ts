/** Branches that meet: whether they are of one size, for which letters, and what comes of them. */
import { defineDiagnostic } from "../base/diagnostics.js";
import { agreement } from "../ir/agreement.js";
import { formatCondition, intersect, type Condition } from "../ir/condition.js";
import { formatDimension, isFixed, type Dimension } from "../ir/dimension.js";
import type { TensorType } from "../ir/network.js";
import { formatDimensions } from "../ir/shape.js";
import type { Fault, Inference } from "./define.js";

export const branchesDiffer = defineDiagnostic<{ layer: string; shapes: readonly string[] }>({
  code: "CNN2304",
  severity: "error",
  mayFollow: true,
  title: "branches of different sizes",
  message: ({ layer }) => `the branches of ${layer} do not have one shape`,
  explanation: `Element-wise merging joins values of one size; CONCAT joins along the channels, so that height and width have
to be the same. Where a branch makes the map smaller or changes the channels, a projection (CONV1-c/s) on the other one
makes them equal.`,
  example: {
    wrong: `INPUT 32x32x3
ADD { CONV3-16/2 - BN | ID }`,
    right: `INPUT 32x32x3
ADD { CONV3-16/2 - BN | CONV1-16/2 - BN }`,
  },
});

/** What has been found while sizes are compared. */
export interface Agreeing {
  conditions: Condition[];
  partly: string[];
}

/**
 * Whether two sizes are equal for some values of the letters, which from then on are the only ones; `text` says what is
 * compared. Values that are a list, such as `H is 7`, are not taken: a net for these is written with numbers.
 */
export function agreeOn(agreeing: Agreeing, text: string, a: Dimension, b: Dimension): boolean {
  const found = agreement(a, b, agreeing.conditions);
  if (found.kind === "always") return true;
  if (found.kind !== "when" || "values" in found.condition) return false;
  const own = agreement(a, b);
  const condition = own.kind === "when" ? own.condition : found.condition;
  agreeing.partly.push(`${text}: equal only when ${formatCondition(condition)}`);
  const { variable } = found.condition;
  const others = agreeing.conditions.filter((condition) => condition.variable !== variable);
  agreeing.conditions = [...others, ...intersect([found.condition])];
  return true;
}

/** Of two sizes that are equal the one that is shorter to say. */
function simpler(a: Dimension, b: Dimension): Dimension {
  if (isFixed(a)) return a;
  return isFixed(b) || formatDimension(b).length < formatDimension(a).length ? b : a;
}

/** The common shape of the leading axes, all or all but the last. */
export function mergeShapes(
  layer: string,
  inputs: readonly TensorType[],
  given: readonly Condition[],
  join: (lasts: readonly Dimension[]) => Dimension | undefined,
): Inference {
  const [first, ...rest] = inputs.map(({ shape }) => shape);
  if (rest.some((shape) => shape.length !== first!.length)) return { fault: differ(layer, inputs, []) };
  const agreeing: Agreeing = { conditions: [...given], partly: [] };
  const joined = join(inputs.map(({ shape }) => shape.at(-1)!));
  const axes = joined === undefined ? first!.length : first!.length - 1;
  const merged: Dimension[] = [];
  for (let axis = 0; axis < axes; axis++) {
    let size = first![axis]!;
    for (const shape of rest) {
      const other = shape[axis]!;
      const text = `${layer}: ${formatDimension(size)} vs ${formatDimension(other)}`;
      if (!agreeOn(agreeing, text, size, other)) return { fault: differ(layer, inputs, notesFor(size, other, text)) };
      size = simpler(size, other);
    }
    merged.push(size);
  }
  const shape = joined === undefined ? merged : [...merged, joined];
  return { type: { shape }, conditions: agreeing.conditions, partly: agreeing.partly };
}

function notesFor(a: Dimension, b: Dimension, text: string): string[] {
  if (isFixed(a) && isFixed(b)) return [];
  const found = agreement(a, b);
  const letters = [a, b].map((size) => formatDimension(size));
  if (found.kind === "undecided" && letters.every((text) => /^[A-Z]$/.test(text))) {
    return [`${letters.join(" and ")} are different letters: where they are always the same, write one for both`];
  }
  if (found.kind === "when") return [`${text}: equal only when ${formatCondition(found.condition)}`];
  return [`${text}: ${found.kind === "never" ? "never equal" : "too complicated to be compared"}`];
}

/** The fault of branches that do not fit, with the projection that would make them fit. */
export function differ(layer: string, inputs: readonly TensorType[], notes: readonly string[]): Fault {
  const shapes = inputs.map(({ shape }) => formatDimensions(shape));
  const projection = projectionOf(inputs);
  const mend = projection ? [`a projection makes them equal: ${projection}`] : [];
  return { at: "branches", kind: branchesDiffer, args: { layer, shapes }, notes: [...notes, ...mend] };
}

/** `CONV1-512/2`: what makes the larger of two maps as large as the smaller. */
function projectionOf(inputs: readonly TensorType[]): string | undefined {
  const [a, b] = inputs.map(({ shape }) => shape);
  if (inputs.length !== 2 || a!.length !== b!.length || a!.length < 2) return undefined;
  if (![...a!, ...b!].every(isFixed)) return undefined;
  const [small, large] = (a![0] as number) <= (b![0] as number) ? [a!, b!] : [b!, a!];
  const strides = small.slice(0, -1).map((size, axis) => (large[axis] as number) / (size as number));
  const [stride] = strides;
  const fits = Number.isInteger(stride) && strides.every((other) => other === stride);
  return fits ? `CONV1-${String(small.at(-1))}${stride! > 1 ? `/${stride}` : ""}` : undefined;
}
