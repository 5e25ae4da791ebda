/** Filters of a depthwise convolution: as many for every channel. */
import { defineDiagnostic } from "../base/diagnostics.js";
import { replacementWith, type Fault } from "./define.js";

export const unevenMultiple = defineDiagnostic<{ layer: string; filters: number; channels: number }>({
  code: "CNN2115",
  severity: "error",
  title: "a depthwise convolution whose filters are no multiple of the channels",
  message: ({ layer, filters, channels }) =>
    `${layer} has ${filters} filters for ${channels} channels: every channel has as many filters, so write ${channels} or a multiple`,
  explanation: `A depthwise convolution has one filter for each channel that arrives, or two, or three. For another number of
channels put a CONV1 behind it, which mixes them.`,
  example: {
    wrong: "INPUT 32x32x3 - DWCONV3-16",
    right: "INPUT 32x32x3 - DWCONV3 - CONV1-16",
  },
});

/** The fault of filters that do not divide evenly among the channels; undefined where they do. */
export function channelsDoNotMultiply(layer: string, filters: number, channels: number): Fault | undefined {
  if (filters % channels === 0) return undefined;
  const nearest = Math.max(1, Math.round(filters / channels)) * channels;
  return {
    at: "filters",
    kind: unevenMultiple,
    args: { layer, filters, channels },
    replacement: replacementWith(nearest),
  };
}
