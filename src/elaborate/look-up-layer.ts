/** The operator that a layer's head names, or the message that it names none. */
import { diagnose, type Fix } from "../base/diagnostics.js";
import { closest } from "../base/suggest.js";
import type { Operator } from "../ops/define.js";
import { allMnemonics, operatorOf } from "../ops/registry.js";
import type { Layer } from "../syntax/ast.js";
import { splitHead } from "../syntax/build-ast.js";
import { notInThisVersion } from "../syntax/diagnostics.js";
import { notCapitals, unknownLayer } from "./diagnostics.js";
import type { Report } from "./evaluate.js";

/** Layers of the language's design that this version does not have. */
const LATER = new Set(
  (
    "DWCONV UPCONV GMP ADAPTIVEAVGPOOL LINEAR LN GN IN LRELU PRELU ELU SELU GELU SILU MISH HSIGMOID HSWISH SOFTPLUS " +
    "LOGSOFTMAX DROPPATH CHUNK SHUFFLE UPSAMPLE RESIZE PAD CROP RESHAPE TRANSPOSE PIXELSHUFFLE PIXELUNSHUFFLE ADD MUL MAX " +
    "MEAN CONCAT SCALE BIAS ATTENTION CLASSTOKEN POSEMBED"
  ).split(" "),
);

export function lookUpLayer(layer: Layer, report: Report): Operator | undefined {
  const operator = layer.capitals ? operatorOf(layer.mnemonic) : undefined;
  if (operator) {
    // RELU6 is a layer of its own, not a RELU with a window.
    if (!(layer.mnemonic === "RELU" && layer.digits?.join() === "6")) return operator;
  }
  const { span, text } = layer.head;
  const replace = (title: string, replacement: string): Fix[] => [{ title, edits: [{ span, text: replacement }] }];
  if (operator || (layer.capitals && LATER.has(layer.mnemonic))) {
    report(diagnose(notInThisVersion, span, { word: text }));
    return undefined;
  }
  const upper = splitHead(text.toUpperCase());
  const digits = upper.digits?.join("x") ?? "";
  if (!layer.capitals) {
    const meant = operatorOf(upper.mnemonic) ? upper.mnemonic : closest(upper.mnemonic, allMnemonics());
    if (meant && (operatorOf(upper.mnemonic) || upper.mnemonic.length > 2)) {
      const capitals = meant + digits;
      report(diagnose(notCapitals, span, { name: text, capitals }, { fixes: replace(`write ${capitals}`, capitals) }));
      return undefined;
    }
  }
  const suggestion = closest(layer.mnemonic.toUpperCase(), allMnemonics());
  const fixes = suggestion ? replace(`did you mean ${suggestion}${digits}?`, suggestion + digits) : [];
  report(diagnose(unknownLayer, span, { name: text, suggestion: suggestion && suggestion + digits }, { fixes }));
  return undefined;
}
