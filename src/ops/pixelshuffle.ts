/** PIXELSHUFFLE (Shi et al., "Real-Time Single Image ... Sub-Pixel Convolutional Neural Network", 2016). */
import { times } from "../ir/dimension.js";
import { fixedChannels } from "../ir/shape.js";
import { channelsDoNotSplit } from "./channels.js";
import { defineOp } from "./define.js";
import { sizeFault } from "./size.js";
import { mapFault } from "./window.js";

export interface PixelshuffleArgs {
  readonly factor: number;
}

export const pixelshuffle = defineOp<PixelshuffleArgs>({
  name: "pixelshuffle",
  mnemonics: ["PIXELSHUFFLE"],
  group: "rearranging",
  doc: "Turns channels into positions: HxWxC*r^2 becomes (H*r)x(W*r)xC. The channels of one result lie side by side, as in PyTorch.",
  example: "INPUT 8x8x12 - PIXELSHUFFLE 2",
  parameters: {
    factor: { kind: "integer", doc: "how many times as large", sketch: "2" },
  },
  count: "factor",
  inputs: 1,
  needs: "channels",
  infer({ factor }, [input]) {
    const noMap = mapFault("PIXELSHUFFLE", input!);
    if (noMap) return { fault: noMap };
    const spatial = input!.shape.slice(0, -1);
    const parts = factor ** spatial.length;
    const uneven = channelsDoNotSplit("PIXELSHUFFLE", "factor", parts, "positions", fixedChannels(input!));
    if (uneven) return { fault: uneven };
    const sizes = spatial.map((size) => times(size, factor));
    const fault = sizeFault("PIXELSHUFFLE", "factor", sizes);
    return fault ? { fault } : { type: { shape: [...sizes, fixedChannels(input!) / parts] } };
  },
});
