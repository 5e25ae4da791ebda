/** Rates of dropout that do nothing, or leave next to nothing. */
import { defineDiagnostic, diagnose } from "../base/diagnostics.js";
import { textOf } from "../base/source.js";
import { kindsOf, type Rule } from "./rule.js";

export const dropoutRate = defineDiagnostic<{ layer: string; rate: number }>({
  code: "CNN3119",
  severity: "warning",
  title: "a rate of dropout that hardly makes sense",
  message: ({ layer, rate }) =>
    rate === 0 ? `${layer} drops nothing` : `${layer} keeps only ${Math.round((1 - rate) * 100)} % of its values`,
  explanation: `The number is the share that is dropped, not that is kept: TensorFlow 1 counted the other way round.
Usual rates are 0.1 to 0.5; 0 does nothing.`,
  example: {
    wrong: "INPUT 28x28x1 - FC-64 - RELU - DROPOUT 0.9 - FC-10",
    right: "INPUT 28x28x1 - FC-64 - RELU - DROPOUT 0.1 - FC-10",
    lint: {},
  },
});

const LARGEST_RATE = 0.8;

export const dropoutRateRule: Rule = {
  name: "dropout-rate",
  kinds: kindsOf(dropoutRate),
  runs: "lint",
  doc: {
    why: "A rate that was meant as the share that is kept cripples a layer without an error anywhere.",
    source:
      "Srivastava et al. 2014 (Dropout), appendix A.4: hidden units are kept with 0.5 to 0.8; TensorFlow 1's keep_prob",
    told: "`keep_prob = 0.9` of a TensorFlow 1 program that became DROPOUT 0.9",
    fine: "GoogLeNet's 0.7; ConvNeXt's DROPPATH, whose first rate comes out as 0 by its formula",
    mended: "takes out a dropout of 0",
  },
  checkNetwork(network, view) {
    return network.nodes.flatMap((node) => {
      const { op, args, argSpans, span, name } = node;
      if (op !== "dropout" && op !== "droppath") return [];
      const rate = Number(args["rate"]);
      const place = argSpans["rate"];
      // A rate that is computed may well be 0 for some layers.
      const isWritten = place !== undefined && /^[\d.]+$/.test(textOf(place));
      if (!isWritten || (rate > 0 && rate <= LARGEST_RATE)) return [];
      const edits = rate === 0 ? view.removal(span) : undefined;
      const fixes = edits ? [{ title: `leave ${name} out`, isSafe: true as const, edits }] : [];
      return [diagnose(dropoutRate, span, { layer: name, rate }, { fixes })];
    });
  },
};
