/** What max and average pooling share. */
import { defineDiagnostic } from "../base/diagnostics.js";
import { formatShape } from "../base/integers.js";
import { replacementWith, type Fault, type OperatorDefinition, type Parameter } from "./define.js";
import { formulaLines, slide, windowAlternatives, windowReach, type SlidAxis, type WindowArgs } from "./window.js";

export interface PoolArgs extends WindowArgs {
  readonly ceil: boolean;
}

export const poolParameters: { readonly [K in keyof Required<Omit<PoolArgs, "dilation">>]: Parameter } = {
  window: { kind: "axes", doc: "size of the window", noun: "window", sketch: "2x2" },
  stride: { kind: "axes", doc: "step of the window", default: "window", defaultsTo: "the window" },
  pad: {
    kind: "padding",
    doc: "positions around the input that count for nothing",
    default: 0,
    defaultsTo: "0",
  },
  ceil: { kind: "flag", doc: "sizes round up: a last window may hang over the edge", default: false },
};

export const windowOfPadding = defineDiagnostic<{ layer: string; window: string; pad: number }>({
  code: "CNN2109",
  severity: "error",
  title: "a pool with windows of nothing but padding",
  message: ({ layer, window, pad }) =>
    `${layer} has ${window} windows and pad ${pad}: the first window would see nothing but padding`,
  explanation: `Padding counts for nothing in a pool, so that a window that lies in the padding alone has no largest value
and no mean. The padding has to be smaller than the window.`,
  example: {
    wrong: "INPUT 32x32x3 - POOL2 pad 2",
    right: "INPUT 32x32x3 - POOL3/2 pad 1",
  },
});

function paddingFault(layer: string, args: PoolArgs, axes: readonly SlidAxis[]): Fault | undefined {
  const most = (axis: SlidAxis) => Math.max(axis.before ?? 0, axis.after ?? 0);
  const bad = axes.find((axis) => most(axis) >= axis.window);
  if (!bad) return undefined;
  const pad = most(bad);
  const told = { layer, window: formatShape(args.window), pad };
  const largest = Math.min(...args.window) - 1;
  return { at: "pad", kind: windowOfPadding, args: told, replacement: replacementWith(largest) };
}

/** Shape rules of a pool with this mnemonic. */
export function poolBehaviour(
  mnemonic: string,
): Pick<OperatorDefinition<PoolArgs>, "infer" | "formula" | "alternatives" | "reach"> {
  return {
    infer(args, [input]) {
      const result = slide(mnemonic, args, input!);
      if ("fault" in result) return result;
      const fault = paddingFault(mnemonic, args, result.axes);
      return fault ? { fault } : { type: { shape: [...result.axes.map((axis) => axis.output), input!.shape.at(-1)!] } };
    },
    formula(args, [input]) {
      const result = slide(mnemonic, args, input!);
      return "axes" in result ? formulaLines(result.axes) : [];
    },
    alternatives: (args, [input], wanted) => windowAlternatives(args, input!, wanted),
    reach: (args, [input]) => windowReach(args, input!),
  };
}
