/** An input of two equal sides: a sequence to the language, most likely meant as a grey image. */
import { defineDiagnostic, diagnose } from "../base/diagnostics.js";
import { formatDimensions, isFixedShape } from "../ir/shape.js";
import { kindsOf, type Rule } from "./rule.js";

export const greyImage = defineDiagnostic<{ size: string; length: number; channels: number }>({
  code: "CNN3004",
  severity: "warning",
  title: "an input that looks like a grey image without its channel",
  message: ({ size, length, channels }) =>
    `${size} is a sequence of ${length} steps with ${channels} channels: a grey image is ${size}x1`,
  explanation: `Two numbers are a sequence, length x channels, over which windows slide in one direction. An image always
has its channels written: a grey one of 28x28 pixels is 28x28x1.`,
  example: {
    wrong: "INPUT 28x28 - CONV3-16",
    right: "INPUT 28x28x1 - CONV3-16",
  },
});

/** Smaller ones are no images. */
const SMALLEST_IMAGE = 9;

export const greyImageRule: Rule = {
  name: "grey-image",
  kinds: kindsOf(greyImage),
  runs: "compile",
  doc: {
    why: "Two numbers are a sequence, over which windows slide in one direction: a grey image needs its channel.",
    source: "MNIST as lectures write it: 28x28x1",
    told: "`INPUT 28x28 - CONV3-16` for MNIST",
    fine: "`INPUT 32000x1` of M5, which is a sequence",
  },
  checkInput({ type: { shape }, argSpans, span }) {
    if (shape.length !== 2 || !isFixedShape(shape)) return [];
    const [length, channels] = shape as [number, number];
    if (length !== channels || length < SMALLEST_IMAGE) return [];
    const size = formatDimensions(shape);
    const place = argSpans["shape"];
    const fixes = place ? [{ title: `write ${size}x1`, edits: [{ span: place, text: `${size}x1` }] }] : [];
    return [diagnose(greyImage, place ?? span, { size, length, channels }, { fixes })];
  },
};
