/** PIXELUNSHUFFLE: the reverse of PIXELSHUFFLE. */
import { defineDiagnostic } from "../base/diagnostics.js";
import { agreement } from "../ir/agreement.js";
import { floorDivide, formatDimension, times } from "../ir/dimension.js";
import { fixedChannels, formatDimensions } from "../ir/shape.js";
import { defineOp } from "./define.js";
import { agreeOn, type Agreeing } from "./merging.js";
import { sizeFault } from "./size.js";
import { mapFault } from "./window.js";

export interface PixelunshuffleArgs {
  readonly factor: number;
}

export const unevenPositions = defineDiagnostic<{ layer: string; factor: number; arrives: string }>({
  code: "CNN2123",
  severity: "error",
  title: "a map that does not split evenly",
  message: ({ layer, factor, arrives }) => `${layer} splits by ${factor}, which does not divide the size of ${arrives}`,
  explanation: `PIXELUNSHUFFLE 2 makes one position with four times the channels of every 2x2 positions, so that height and
width have to be even.`,
  example: {
    wrong: "INPUT 7x7x3 - PIXELUNSHUFFLE 2",
    right: "INPUT 8x8x3 - PIXELUNSHUFFLE 2",
  },
});

export const pixelunshuffle = defineOp<PixelunshuffleArgs>({
  name: "pixelunshuffle",
  mnemonics: ["PIXELUNSHUFFLE"],
  group: "rearranging",
  doc: "Turns positions into channels: (H*r)x(W*r)xC becomes HxWxC*r^2.",
  example: "INPUT 8x8x3 - PIXELUNSHUFFLE 2",
  parameters: {
    factor: { kind: "integer", doc: "how many times as small", sketch: "2" },
  },
  count: "factor",
  inputs: 1,
  needs: "channels",
  infer({ factor }, [input], given = []) {
    const noMap = mapFault("PIXELUNSHUFFLE", input!);
    if (noMap) return { fault: noMap };
    const spatial = input!.shape.slice(0, -1);
    const sizes = spatial.map((size) => floorDivide(size, factor));
    const agreeing: Agreeing = { conditions: [...given], partly: [] };
    for (const [axis, size] of spatial.entries()) {
      const whole = times(sizes[axis]!, factor);
      if (agreement(whole, size, agreeing.conditions).kind === "always") continue;
      if (agreeOn(agreeing, `PIXELUNSHUFFLE: ${formatDimension(whole)} vs ${formatDimension(size)}`, whole, size))
        continue;
      const args = { layer: "PIXELUNSHUFFLE", factor, arrives: formatDimensions(input!.shape) };
      return { fault: { at: "factor", kind: unevenPositions, args } };
    }
    const channels = fixedChannels(input!) * factor ** spatial.length;
    const fault = sizeFault("PIXELUNSHUFFLE", "factor", [channels]);
    return fault ? { fault } : { type: { shape: [...sizes, channels] }, ...agreeing };
  },
});
