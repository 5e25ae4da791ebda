/** Every code that the compiler reports, collected from the rooms that report them. */
import { wrongBinding } from "./analysis/bind.js";
import { defineDiagnostic, type DiagnosticKind } from "./base/diagnostics.js";
import * as elaborate from "./elaborate/diagnostics.js";
import { rules } from "./lint/rules.js";
import { unevenSplit } from "./ops/channels.js";
import { noSuchPart } from "./ops/chunk.js";
import { groupsDoNotDivide } from "./ops/conv.js";
import { cropTooLarge } from "./ops/crop.js";
import { unevenMultiple } from "./ops/depthwise.js";
import { needsFixed, otherAxes, tooComplicated } from "./ops/infer.js";
import { unsupportedRank } from "./ops/input.js";
import { evenLrnSize } from "./ops/lrn.js";
import { branchesDiffer } from "./ops/merging.js";
import { padWithoutNumbers, reflectTooFar } from "./ops/pad.js";
import { unevenPositions } from "./ops/pixelunshuffle.js";
import { windowOfPadding } from "./ops/pooling.js";
import { otherCount } from "./ops/reshape.js";
import { needsSequence } from "./ops/sequence.js";
import { tooLarge } from "./ops/size.js";
import { noPermutation } from "./ops/transpose.js";
import { nothingLeft, outpadTooLarge } from "./ops/upconv.js";
import { needsMap, tooManyAxes, windowTooLarge } from "./ops/window.js";
import * as syntax from "./syntax/diagnostics.js";

/** What `cnnc` says when it fails itself. */
export const internalError = defineDiagnostic<{ message: string }>({
  code: "CNN9001",
  severity: "error",
  title: "a fault of the compiler",
  message: ({ message }) => `the compiler itself failed: ${message}`,
  explanation: `This is a fault of cnnc, not of the program. Please report it with the program and the command line; with
the environment variable CNNC_DEBUG set, the place in the compiler is printed as well.`,
  example: undefined,
});

/** All kinds, by code. */
export function allKinds(): DiagnosticKind[] {
  const ops = [
    groupsDoNotDivide,
    unsupportedRank,
    evenLrnSize,
    windowOfPadding,
    tooLarge,
    needsMap,
    windowTooLarge,
    needsFixed,
    otherAxes,
    tooComplicated,
    wrongBinding,
    branchesDiffer,
    cropTooLarge,
    needsSequence,
    noPermutation,
    noSuchPart,
    nothingLeft,
    otherCount,
    outpadTooLarge,
    padWithoutNumbers,
    reflectTooFar,
    tooManyAxes,
    unevenMultiple,
    unevenPositions,
    unevenSplit,
  ];
  const kinds = [
    ...Object.values(syntax),
    ...Object.values(elaborate),
    ...ops,
    internalError,
    ...rules.flatMap((rule) => [...rule.kinds]),
  ] as unknown as DiagnosticKind[];
  return kinds.sort((a, b) => a.code.localeCompare(b.code, "en"));
}
