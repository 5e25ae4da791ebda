/** The type of a layer: what its operator says, once what arrives is as fixed as the operator needs it. */
import { defineDiagnostic } from "../base/diagnostics.js";
import { plural } from "../base/integers.js";
import type { Condition } from "../ir/condition.js";
import { isFixed } from "../ir/dimension.js";
import type { Arguments, TensorType } from "../ir/network.js";
import { formatDimensions, isFixedShape } from "../ir/shape.js";
import type { Fault, Inference, Operator, Parameter } from "./define.js";

export const needsFixed = defineDiagnostic<{ layer: string; arrives: string; what: string; mend: string }>({
  code: "CNN2110",
  severity: "error",
  title: "a layer that needs a fixed size",
  message: ({ layer, arrives, what, mend }) => `${layer} needs a fixed ${what}, but ${arrives} arrives: ${mend}`,
  explanation: `The letters of an input (HxWx3) leave its height and width open. A fully connected layer has a weight for
every value that arrives, so that it needs numbers: GAP before it leaves one value for each channel, however large the map
is. A convolution has weights for every channel, so that the channels must be a number; the map may be of any size.`,
  example: {
    wrong: "INPUT HxWx3 - CONV3-16 - FC-10",
    right: "INPUT HxWx3 - CONV3-16 - GAP - FC-10",
  },
});

export const tooComplicated = defineDiagnostic<{ layer: string; limit: number }>({
  code: "CNN5008",
  severity: "error",
  title: "a size that is too complicated",
  message: ({ layer, limit }) => `the size that ${layer} gives has more than ${limit} parts: give INPUT numbers`,
  explanation: `The letters of an input are carried through all layers as a formula. Layers that make a map larger and
smaller by factors that do not cancel make the formula longer each time. With numbers for the letters there is no such
limit.`,
  example: {
    wrong: "INPUT HxWx3 - [POOL2 - UPSAMPLE3]*600",
    right: "INPUT 64x64x3 - [POOL2 - UPSAMPLE3]*2",
  },
});

export const otherAxes = defineDiagnostic<{ layer: string; parameter: string; axes: number; arrives: string }>({
  code: "CNN2112",
  severity: "error",
  mayFollow: true,
  title: "a layer for maps with other axes",
  message: ({ layer, parameter, axes, arrives }) =>
    `the ${parameter} of ${layer} is for ${plural(axes, "axis", "axes")}, but ${arrives} arrives`,
  explanation: `A window has one size for each axis that it slides over: one for a sequence, two for an image, three for a
volume. Here it was decided for another kind of input, in the net that this one is made from. Write the value for this
one.`,
  example: {
    wrong: `net Signal {
  INPUT 100x8
  CONV3-16 [98x16]
}
net Image = Signal but { input: 32x32x8 }`,
    right: `net Signal {
  INPUT 100x8
  CONV3-16 pad 0 [98x16]
}
net Image = Signal but { input: 32x32x8 }`,
  },
});

/** Pieces of one side's formula: layers that are used come to fewer than ten. */
export const MOST_PARTS = 500;

/** Infers the type that an operator gives. Everything that needs it asks here, not the operator. */
export function inferType(
  operator: Operator,
  args: Arguments,
  inputs: readonly TensorType[],
  given: readonly Condition[] = [],
): Inference {
  const fault = openFault(operator, inputs) ?? axesFault(operator, args, inputs);
  if (fault) return { fault };
  const inference = operator.infer(args, inputs, given);
  if ("fault" in inference || inference.type.shape.every((size) => isFixed(size) || size.parts <= MOST_PARTS)) {
    return inference;
  }
  return { fault: { at: "input", kind: tooComplicated, args: { layer: operator.mnemonics[0]!, limit: MOST_PARTS } } };
}

function openFault({ needs, mnemonics, group }: Operator, inputs: readonly TensorType[]): Fault | undefined {
  if (!needs) return undefined;
  const open = inputs.find(({ shape }) => !isFixedShape(needs === "size" ? shape : shape.slice(-1)));
  if (!open) return undefined;
  const isMap = group === "dense" && open.shape.length > 1 && isFixed(open.shape.at(-1)!);
  const [what, mend] =
    needs === "channels"
      ? ["number of channels", "give INPUT a number for them"]
      : ["size", isMap ? "pool it with GAP first, or give INPUT numbers" : "give INPUT numbers"];
  const args = { layer: mnemonics[0]!, arrives: formatDimensions(open.shape), what, mend };
  return { at: "input", kind: needsFixed, args, before: isMap && needs === "size" ? "GAP" : undefined };
}

/** A window, a stride or a padding that has not one number for each axis. */
function axesFault(
  { parameters, mnemonics }: Operator,
  args: Arguments,
  [input]: readonly TensorType[],
): Fault | undefined {
  const axes = (input?.shape.length ?? 0) - 1;
  if (!input || axes < 1) return undefined;
  for (const [name, { kind }] of Object.entries(parameters as Record<string, Parameter>)) {
    if (kind !== "axes" && kind !== "padding") continue;
    const value = args[name];
    const sizes = typeof value === "object" && "kind" in value ? value.kind === "explicit" && value.before : value;
    // What has no size by default is not said.
    if (!Array.isArray(sizes) || sizes.length === axes || sizes.length === 0) continue;
    const told = { layer: mnemonics[0]!, parameter: name, axes: sizes.length, arrives: formatDimensions(input.shape) };
    return { at: name, kind: otherAxes, args: told };
  }
  return undefined;
}
