/** The kinds of boxes: what they are called in the legend, and their colours. */
import type { Kind } from "./diagram.js";

export interface Look {
  readonly name: string;
  readonly fill: string;
  readonly stroke: string;
  /** A second sign, for who sees no colours: a dashed border, or a double one. */
  readonly border?: "dashed" | "double";
}

/**
 * Tints of the palette of Okabe and Ito, which people with any kind of colour vision tell apart. All are light enough for
 * black text, and of different lightness, so that they differ in print without colours too.
 */
export const looks: Readonly<Record<Kind, Look>> = {
  input: { name: "input", fill: "#ffffff", stroke: "#333333" },
  convolution: { name: "convolution", fill: "#a6cfec", stroke: "#0072b2" },
  pooling: { name: "pooling", fill: "#f6c987", stroke: "#b87700" },
  dense: { name: "dense", fill: "#dfb3cb", stroke: "#a4477a" },
  normalisation: { name: "normalisation", fill: "#fbf6bd", stroke: "#a39a1f" },
  activation: { name: "activation", fill: "#bfe8d8", stroke: "#009e73" },
  regularisation: { name: "regularisation", fill: "#f7f7f7", stroke: "#777777", border: "dashed" },
  rearranging: { name: "rearranging", fill: "#dcdcdc", stroke: "#666666" },
  merging: { name: "merging", fill: "#f0a98c", stroke: "#b84a00" },
  other: { name: "other layers", fill: "#ddd3ee", stroke: "#5f4690" },
  block: { name: "block", fill: "#e6ebf5", stroke: "#3b4a6b", border: "double" },
};

/** The kinds in the order of the legend. */
export const kinds = Object.keys(looks) as Kind[];
