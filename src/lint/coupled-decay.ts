/** Weight decay that Adam scales away. */
import { defineDiagnostic, diagnose } from "../base/diagnostics.js";
import { kindsOf, type Rule } from "./rule.js";
import { whereTrained } from "./training-rule.js";

export const coupledDecay = defineDiagnostic<{ decay: number }>({
  code: "CNN3138",
  severity: "info",
  title: "weight decay as a part of Adam's gradients",
  message: ({ decay }) => `adam divides its decay of ${decay} by the size of gradients: adamw applies it as it is`,
  explanation: `With adam, decay is added to the gradient (L2) and then scaled like it: weights with large gradients decay
least. adamw takes it off the weights directly, which is what decay means for sgd.`,
  example: {
    wrong: "INPUT 28x28x1 - FC-10 - SOFTMAX\ntrain { optimizer adam decay 1e-2 }",
    right: "INPUT 28x28x1 - FC-10 - SOFTMAX\ntrain { optimizer adamw decay 1e-2 }",
    lint: {},
  },
});

export const coupledDecayRule: Rule = {
  name: "coupled-decay",
  kinds: kindsOf(coupledDecay),
  runs: "lint",
  doc: {
    why: "The decay that a paper's recipe names has another effect than it has there.",
    source: "Loshchilov and Hutter 2017 (Decoupled Weight Decay Regularization)",
    told: "ConvNeXt's decay of 0.05 given to adam",
    fine: "ConvNeXt's own adamw; sgd with decay 5e-4, where both are the same",
  },
  checkNetwork: whereTrained(({ optimizer: { name, values }, span }) => {
    const decay = values["decay"] ?? 0;
    return name === "adam" && decay > 0 ? [diagnose(coupledDecay, span, { decay })] : [];
  }),
};
