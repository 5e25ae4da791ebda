/** The operator that a layer's head names, or the message that it names none. */
import { diagnose, type Diagnostic, type Fix } from "../base/diagnostics.js";
import { closest, closestIn } from "../base/suggest.js";
import { beforeSpan, cover, textOf, type Span } from "../base/source.js";
import type { Operator } from "../ops/define.js";
import { allMnemonics, operatorOf } from "../ops/registry.js";
import type { Identifier, Layer } from "../syntax/ast.js";
import { splitHead } from "../syntax/build-ast.js";
import { lowerCaseUnit, notCapitals, unknownLayer, unknownUnit } from "./diagnostics.js";
import { MOST_NAMED, type Report } from "./place.js";
import { isCapitalised, isUnit, labelKey, UNKNOWN, type Scope } from "./values.js";

/** What other tools call layers that are here. */
const SYNONYMS = new Map([
  ["DENSE", "FC"],
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
  ["SKIP", "ID"],
  ["GLOBALMAXPOOL", "GMP"],
  ["GLOBALMAXPOOLING", "GMP"],
  ["DECONV", "UPCONV"],
  ["DECONVOLUTION", "UPCONV"],
  ["CONVTRANSPOSE", "UPCONV"],
  ["TRANSPOSEDCONV", "UPCONV"],
  ["DEPTHWISE", "DWCONV"],
  ["DEPTHWISECONV", "DWCONV"],
  ["LAYERNORM", "LN"],
  ["GROUPNORM", "GN"],
  ["INSTANCENORM", "IN"],
  ["LEAKYRELU", "LRELU"],
  ["SWISH", "SILU"],
  ["HARDSWISH", "HSWISH"],
  ["HARDSIGMOID", "HSIGMOID"],
  ["PLUS", "ADD"],
  ["SUM", "ADD"],
  ["CONCATENATE", "CONCAT"],
  ["CAT", "CONCAT"],
  ["MULTIPLY", "MUL"],
  ["MULT", "MUL"],
  ["MAXIMUM", "MAX"],
  ["AVERAGE", "MEAN"],
  ["UPSAMPLING", "UPSAMPLE"],
  ["INTERPOLATE", "RESIZE"],
  ["ZEROPAD", "PAD"],
  ["ZEROPADDING", "PAD"],
  ["STOCHASTICDEPTH", "DROPPATH"],
]);

const MNEMONICS = allMnemonics();
const LAYERS = [...MNEMONICS, "TOTAL"];
const KEYWORDS = ["net", "block", "default", "let", "fn", "use", "output", "assert", "train", "if"];

/** What blocks, nets and layers are called where a name stands for none. */
export function unitNames(scope: Scope): readonly string[] {
  const own = ownUnitNames(scope);
  const { capitalised } = scope.module;
  return own.length === 0 ? capitalised : [...new Set([...own, ...capitalised])];
}

/** Parameters and variables that stand for blocks or layers. The chain outside of nets is named after its file, and none. */
function ownUnitNames(scope: Scope): string[] {
  return scope.names().filter((name) => isCapitalised(name) && isUnit(scope.get(name)));
}

/** The one of these names that is closest to a word. */
function closestUnit(word: string, scope: Scope): string | undefined {
  const nearest = [closest(word, ownUnitNames(scope)), closestIn(word, scope.module.capitalised)];
  return closest(
    word,
    nearest.filter((name) => name !== undefined),
  );
}

/** Whether a name is one of them. */
function isUnitName(name: string, scope: Scope): boolean {
  return isCapitalised(name) && (isUnit(scope.get(name)) || scope.module.units.has(name));
}

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

/** An operator, and the layer as it is meant. */
export interface FoundLayer {
  readonly operator: Operator;
  readonly layer: Layer;
}

/** The operator that a layer's head names; undefined after it was told that it names none. One in small letters is told, and read as meant. */
export function lookUpLayer(layer: Layer, scope: Scope, report: Report): FoundLayer | undefined {
  const operator = layer.capitals ? operatorOf(layer.mnemonic) : undefined;
  if (operator) return { operator, layer };
  const twoWords = layer.capitals ? undefined : lowerCasePool(layer);
  if (twoWords) {
    const { written, span } = twoWords;
    const fixes = [{ title: `write ${written}`, edits: [{ span, text: written }] }];
    report(diagnose(notCapitals, span, { name: textOf(span), written }, { fixes }));
    return undefined;
  }
  const { span, text } = layer.head;
  const replace = (title: string, replacement: string): Fix[] => [{ title, edits: [{ span, text: replacement }] }];
  const capitalised = text[0]!.toUpperCase() + text.slice(1);
  if (isUnitName(capitalised, scope) && (text.length > 1 || layer.call)) {
    const args = { what: "blocks", name: text, written: capitalised };
    report(diagnose(lowerCaseUnit, span, args, { fixes: replace(`write ${capitalised}`, capitalised) }));
    return undefined;
  }
  // It may be a block of a file that could not be read.
  if (scope.module.isIncomplete && !layer.capitals && /^[A-Z]/.test(text)) return undefined;
  // A variable whose value could not be found is told where it stands.
  if (scope.get(text) === UNKNOWN && scope.placeOf(text)) return undefined;
  if (scope.has(labelKey(text))) {
    report(diagnose(unknownLayer, span, { name: text }, { fixes: replace(`did you mean @${text}?`, `@${text}`) }));
    return undefined;
  }
  const nearest = closestUnit(text, scope);
  const synonym = nearest ? undefined : synonymOf(text);
  if (synonym) {
    const fixes = replace(`write ${synonym}`, synonym);
    report(diagnose(unknownLayer, span, { name: text, suggestion: synonym }, { fixes }));
    return undefined;
  }
  const upper = splitHead(text.replace(/[a-z]+/i, (letters) => letters.toUpperCase()));
  const digits = upper.digits?.join("x") ?? "";
  if (!layer.capitals && text !== text.toUpperCase()) {
    const meant = operatorOf(upper.mnemonic) ? upper.mnemonic : closestIn(upper.mnemonic, MNEMONICS);
    const isClose = upper.mnemonic.length > 2 && !layer.call && !nearest;
    if (meant && (operatorOf(upper.mnemonic) || isClose)) {
      const capitals = meant + digits;
      const written = layer.count ? `${capitals}-${textOf(layer.count.span)}` : capitals;
      report(diagnose(notCapitals, span, { name: text, written }, { fixes: replace(`write ${written}`, capitals) }));
      const certain = operatorOf(upper.mnemonic);
      return certain && { operator: certain, layer: canonicalLayer({ ...layer, ...upper, capitals: true }) };
    }
  }
  const keyword = /^[a-z]{3}/.test(text) && !layer.call ? closest(text, KEYWORDS) : undefined;
  if (keyword) {
    const fixes = replace(`did you mean ${keyword}?`, keyword);
    report(diagnose(unknownLayer, span, { name: text, suggestion: keyword }, { fixes }));
    return undefined;
  }
  if (!layer.capitals && /^[A-Z]/.test(text)) {
    if (!scope.module.isTold(text)) report(unknownUnitDiagnostic(layer.head, scope, layer.branches !== undefined));
    return undefined;
  }
  const layers = closestIn(layer.mnemonic.toUpperCase(), LAYERS);
  const suggestion = nearest ?? (layers && layers + digits);
  const fixes = suggestion ? replace(`did you mean ${suggestion}?`, suggestion) : [];
  report(diagnose(unknownLayer, span, { name: text, suggestion }, { fixes }));
  return undefined;
}

/** What a word of another tool is here; `Conv2d` is CONV. */
function synonymOf(text: string): string | undefined {
  const bare = text
    .replace(/\d[dD]$/, "")
    .replace(/[\d_ ]+/g, "")
    .toUpperCase();
  return SYNONYMS.get(bare) ?? (/\d[dD]$/.test(text) && operatorOf(bare) ? bare : undefined);
}

/** A capitalised name that stands for nothing; one with braces behind it may be meant to be declared. */
export function unknownUnitDiagnostic({ text, span }: Identifier, scope: Scope, hasBraces = false): Diagnostic {
  const known = unitNames(scope);
  const isMnemonic = /^[A-Z]{2,}\d*(x\d+)*$/.test(text);
  const capitals = text.toUpperCase();
  const isClose = isMnemonic || text.length > 3;
  const suggestion = closestUnit(text, scope) ?? (isClose ? closestIn(capitals, MNEMONICS) : undefined);
  const fixes = suggestion ? [{ title: `did you mean ${suggestion}?`, edits: [{ span, text: suggestion }] }] : [];
  if (text !== capitals && operatorOf(capitals) && suggestion === capitals)
    return diagnose(notCapitals, span, { name: text, written: capitals }, { fixes });
  if (hasBraces && fixes.length === 0)
    fixes.push({ title: `write block ${text}`, edits: [{ span: beforeSpan(span), text: "block " }] });
  if (isMnemonic) return diagnose(unknownLayer, span, { name: text, suggestion }, { fixes });
  return diagnose(
    unknownUnit,
    span,
    { name: text, known: known.slice(0, MOST_NAMED) },
    { fixes: [...fixes, ...useFixes(text, scope)] },
  );
}

/** `use std` for what is shipped. */
export function useFixes(name: string, { module }: Scope): Fix[] {
  const library = module.shippedIn(name);
  if (!library) return [];
  const start = { source: module.source, start: 0, end: 0 };
  return [
    { title: `it is shipped: write use ${library} at the start`, edits: [{ span: start, text: `use ${library}\n` }] },
  ];
}
