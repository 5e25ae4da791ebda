/** The operator that a layer's head names, or the message that it names none. */
import { diagnose, type Fix } from "../base/diagnostics.js";
import { closest } from "../base/suggest.js";
import { cover, textOf, type Span } from "../base/source.js";
import type { Operator } from "../ops/define.js";
import { allMnemonics, operatorOf } from "../ops/registry.js";
import type { Layer } from "../syntax/ast.js";
import { splitHead } from "../syntax/build-ast.js";
import { notCapitals, unknownLayer, unknownUnit } from "./diagnostics.js";
import { MOST_NAMED, type Report } from "./place.js";
import { isUnit, type Scope } from "./values.js";

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

const KEYWORDS = ["net", "block", "default", "let", "fn", "use", "output", "assert", "train", "if"];

/** `RELU6` is a layer of its own, not a RELU with a window. */
export function canonicalLayer(layer: Layer): Layer {
  if (!layer.digits || !layer.capitals || !operatorOf(layer.head.text)) return layer;
  return { ...layer, mnemonic: layer.head.text, digits: undefined };
}

/** `max pool2`, `Avg Pool`. */
function lowerCasePool({ head, parts }: Layer): { written: string; span: Span } | undefined {
  const [first] = parts;
  if (!/^(max|avg)$/i.test(head.text) || first?.kind !== "word" || !/^pool(\d+(x\d+)*)?$/i.test(first.text))
    return undefined;
  const written = `${head.text.toUpperCase()} ${first.text.replace(/^pool/i, "POOL")}`;
  return { written, span: cover(head.span, first.span) };
}

/** The operator that a layer's head names; undefined after it was told that it names none. */
export function lookUpLayer(layer: Layer, scope: Scope, report: Report): Operator | undefined {
  const operator = layer.capitals ? operatorOf(layer.mnemonic) : undefined;
  if (operator) return operator;
  const twoWords = layer.capitals ? undefined : lowerCasePool(layer);
  if (twoWords) {
    const { written, span } = twoWords;
    const fixes = [{ title: `write ${written}`, edits: [{ span, text: written }] }];
    report(diagnose(notCapitals, span, { name: textOf(span), written }, { fixes }));
    return undefined;
  }
  const { span, text } = layer.head;
  const replace = (title: string, replacement: string): Fix[] => [{ title, edits: [{ span, text: replacement }] }];
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
  const units = [...scope.names().filter((name) => isUnit(scope.get(name))), ...scope.module.units.keys()];
  const layers = closest(layer.mnemonic.toUpperCase(), allMnemonics());
  const suggestion = closest(text, units) ?? (layers && layers + digits);
  const fixes = suggestion ? replace(`did you mean ${suggestion}?`, suggestion) : [];
  if (!layer.capitals && !suggestion && /^[A-Z]/.test(text)) {
    report(diagnose(unknownUnit, span, { name: text, known: [...new Set(units)].slice(0, MOST_NAMED) }));
    return undefined;
  }
  report(diagnose(unknownLayer, span, { name: text, suggestion }, { fixes }));
  return undefined;
}
