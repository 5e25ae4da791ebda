/** The operator that a layer's head names, or the message that it names none. */
import { diagnose, type Fix } from "../base/diagnostics.js";
import { closest } from "../base/suggest.js";
import { cover, textOf, type Span } from "../base/source.js";
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
    "DWCONV UPCONV GMP ADAPTIVEAVGPOOL LN GN IN LRELU PRELU ELU SELU GELU SILU MISH HSIGMOID HSWISH SOFTPLUS " +
    "LOGSOFTMAX DROPPATH CHUNK SHUFFLE UPSAMPLE RESIZE PAD CROP RESHAPE TRANSPOSE PIXELSHUFFLE PIXELUNSHUFFLE ADD MUL MAX " +
    "MEAN CONCAT SCALE BIAS ATTENTION CLASSTOKEN POSEMBED"
  ).split(" "),
);

/** What other tools call layers that are here. */
const SYNONYMS = new Map([
  ["DENSE", "FC"],
  ["LINEAR", "FC"],
  ["FULLYCONNECTED", "FC"],
  ["CONVOLUTION", "CONV"],
  ["BATCHNORM", "BN"],
  ["BATCHNORMALIZATION", "BN"],
  ["NORMALIZATION", "LRN"],
  ["MAXPOOLING", "POOL"],
  ["AVERAGEPOOL", "AVGPOOL"],
  ["AVGPOOLING", "AVGPOOL"],
  ["AVERAGEPOOLING", "AVGPOOL"],
  ["GLOBALAVGPOOL", "GAP"],
  ["GLOBALAVERAGEPOOLING", "GAP"],
  ["IDENTITY", "ID"],
]);

const KEYWORDS = ["net", "default"];

/** `max pool2`, `Avg Pool`. */
function lowerCasePool({ head, parts }: Layer): { written: string; span: Span } | undefined {
  const [first] = parts;
  if (!/^(max|avg)$/i.test(head.text) || first?.kind !== "word" || !/^pool(\d+(x\d+)*)?$/i.test(first.text))
    return undefined;
  const written = `${head.text.toUpperCase()} ${first.text.replace(/^pool/i, "POOL")}`;
  return { written, span: cover(head.span, first.span) };
}

/** The operator that a layer's head names; undefined after it was told that it names none. */
export function lookUpLayer(layer: Layer, report: Report): Operator | undefined {
  const operator = layer.capitals ? operatorOf(layer.mnemonic) : undefined;
  if (operator) {
    // RELU6 is a layer of its own, not a RELU with a window.
    if (!(layer.mnemonic === "RELU" && layer.digits?.join() === "6")) return operator;
  }
  const twoWords = layer.capitals ? undefined : lowerCasePool(layer);
  if (twoWords) {
    const { written, span } = twoWords;
    const fixes = [{ title: `write ${written}`, edits: [{ span, text: written }] }];
    report(diagnose(notCapitals, span, { name: textOf(span), written }, { fixes }));
    return undefined;
  }
  const { span, text } = layer.head;
  const replace = (title: string, replacement: string): Fix[] => [{ title, edits: [{ span, text: replacement }] }];
  if (operator || (layer.capitals && LATER.has(layer.mnemonic))) {
    report(diagnose(notInThisVersion, span, { word: text }));
    return undefined;
  }
  const synonym = SYNONYMS.get(
    text
      .replace(/\d[dD]$/, "")
      .replace(/[\d_ ]+/g, "")
      .toUpperCase(),
  );
  if (synonym) {
    const fixes = replace(`write ${synonym}`, synonym);
    report(diagnose(unknownLayer, span, { name: text, suggestion: synonym }, { fixes }));
    return undefined;
  }
  const upper = splitHead(text.replace(/[a-z]+/i, (letters) => letters.toUpperCase()));
  const digits = upper.digits?.join("x") ?? "";
  if (!layer.capitals && text !== text.toUpperCase()) {
    const meant = operatorOf(upper.mnemonic) ? upper.mnemonic : closest(upper.mnemonic, allMnemonics());
    if (meant && (operatorOf(upper.mnemonic) || upper.mnemonic.length > 2)) {
      const capitals = meant + digits;
      const written = layer.count ? `${capitals}-${textOf(layer.count.span)}` : capitals;
      report(diagnose(notCapitals, span, { name: text, written }, { fixes: replace(`write ${written}`, capitals) }));
      return undefined;
    }
  }
  const keyword = layer.capitals ? undefined : closest(text, KEYWORDS);
  if (keyword) {
    const fixes = replace(`did you mean ${keyword}?`, keyword);
    report(diagnose(unknownLayer, span, { name: text, suggestion: keyword }, { fixes }));
    return undefined;
  }
  const suggestion = closest(layer.mnemonic.toUpperCase(), allMnemonics());
  const fixes = suggestion ? replace(`did you mean ${suggestion}${digits}?`, suggestion + digits) : [];
  report(diagnose(unknownLayer, span, { name: text, suggestion: suggestion && suggestion + digits }, { fixes }));
  return undefined;
}
