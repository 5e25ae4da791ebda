/** An input whose size looks as if its channels came first, as some frameworks have them. */
import { defineDiagnostic, diagnose } from "../base/diagnostics.js";
import { formatShape } from "../base/integers.js";
import { isFixedShape } from "../ir/shape.js";
import { kindsOf, type Rule } from "./rule.js";

export const channelsFirst = defineDiagnostic<{ size: string; height: number; width: number; channels: number }>({
  code: "CNN3002",
  severity: "warning",
  title: "an input whose channels seem to come first",
  message: ({ size, height, width, channels }) =>
    `${size} is an image ${height} high and ${width} wide with ${channels} channels: sizes are height x width x channels`,
  explanation: `Sizes are written height x width x channels, as lectures and papers do: a colour image of 32x32 pixels is
32x32x3. Frameworks that keep channels first would write 3x32x32.`,
  example: {
    wrong: "INPUT 3x32x32 - CONV3-16",
    right: "INPUT 32x32x3 - CONV3-16",
  },
});

/** Grey, colour, colour with transparency. */
const PICTURE_CHANNELS = [1, 3, 4];

export const channelsFirstRule: Rule = {
  name: "channels-first",
  kinds: kindsOf(channelsFirst),
  runs: "compile",
  doc: {
    why: "Sizes are height x width x channels here; a size with its channels first is another, valid network, whose convolutions slide over the wrong axes.",
    source: "PyTorch's and Caffe's layout is NCHW; lectures, papers and this language write 227x227x3",
    told: "`INPUT 3x32x32`, as copied from PyTorch's `(3, 32, 32)`, also beside errors that come of it",
    fine: "`INPUT 32x32x3`; `16x112x112x3` of C3D, whose first number is frames",
  },
  checkInput({ type: { shape }, argSpans, span }) {
    if (shape.length !== 3 || !isFixedShape(shape)) return [];
    const [height, width, channels] = shape as [number, number, number];
    if (width !== channels || width < 8 || !PICTURE_CHANNELS.includes(height)) return [];
    const size = formatShape(shape);
    const right = formatShape([width, channels, height]);
    const place = argSpans["shape"];
    const fixes = place ? [{ title: `write ${right}`, edits: [{ span: place, text: right }] }] : [];
    return [diagnose(channelsFirst, place ?? span, { size, height, width, channels }, { fixes })];
  },
};
