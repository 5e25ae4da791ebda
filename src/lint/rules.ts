/** All rules, in the order in which they run and stand on their page. */
import type { Diagnostic } from "../base/diagnostics.js";
import { nodeOf, type Network, type Node } from "../ir/network.js";
import { biasBeforeNormRule } from "./bias-before-norm.js";
import { budgets } from "./budgets.js";
import { channelsFirstRule } from "./channels-first.js";
import { coupledDecayRule } from "./coupled-decay.js";
import { denseHeavyRule } from "./dense-heavy.js";
import { depthMultiplierRule } from "./depth-multiplier.js";
import { disables } from "./directives.js";
import { doesNothingRule } from "./does-nothing.js";
import { dropoutBeforeNormRule } from "./dropout-before-norm.js";
import { dropoutRateRule } from "./dropout-rate.js";
import { evenWindowRule } from "./even-window.js";
import { globalPoolOfOneRule } from "./global-pool-of-one.js";
import { greyImageRule } from "./grey-image.js";
import { highLearningRateRule } from "./high-learning-rate.js";
import { identicalBranchesRule } from "./identical-branches.js";
import { idleScheduleRule } from "./idle-schedule.js";
import { linearAfterLinearRule } from "./linear-after-linear.js";
import { lossActivationRule } from "./loss-activation.js";
import { magicNumberRule } from "./magic-number.js";
import { needlessProjectionRule } from "./needless-projection.js";
import { noActivationRule } from "./no-activation.js";
import { outputDropoutRule } from "./output-dropout.js";
import { paddingOnlyWeightsRule } from "./padding-only-weights.js";
import { paddingOnlyWindowRule } from "./padding-only-window.js";
import { receptiveFieldRule } from "./receptive-field.js";
import { reluBeforeAddRule } from "./relu-before-add.js";
import { repeatOnceRule } from "./repeat-once.js";
import { repeatedActivationRule } from "./repeated-activation.js";
import { repeatedNormRule } from "./repeated-norm.js";
import { repeatedPoolRule } from "./repeated-pool.js";
import { repeatedSoftmaxRule } from "./repeated-softmax.js";
import type { Rule } from "./rule.js";
import { saturatingActivationRule } from "./saturating-activation.js";
import { shadowedNameRule } from "./shadowed-name.js";
import { singleClassRule } from "./single-class.js";
import { skippedPixelsRule } from "./skipped-pixels.js";
import { smallBatchNormRule } from "./small-batch-norm.js";
import { stridedShortcutRule } from "./strided-shortcut.js";
import { tensorCoreChannelsRule } from "./tensor-core-channels.js";
import { unseenPixels } from "./unseen-pixels.js";
import { unusedDefaultRule } from "./unused-default.js";
import { unusedLabelRule } from "./unused-label.js";
import { unusedNameRule } from "./unused-names.js";
import { unusedResults } from "./unused-results.js";
import { unusedUseRule } from "./unused-use.js";
import { View } from "./view.js";
import { wrongClaims } from "./wrong-claims.js";

export const rules: readonly Rule[] = [
  channelsFirstRule,
  greyImageRule,
  unseenPixels,
  unusedResults,
  wrongClaims,
  budgets,
  biasBeforeNormRule,
  linearAfterLinearRule,
  noActivationRule,
  repeatedSoftmaxRule,
  lossActivationRule,
  singleClassRule,
  outputDropoutRule,
  dropoutBeforeNormRule,
  dropoutRateRule,
  repeatedActivationRule,
  repeatedNormRule,
  repeatedPoolRule,
  globalPoolOfOneRule,
  paddingOnlyWeightsRule,
  evenWindowRule,
  skippedPixelsRule,
  stridedShortcutRule,
  denseHeavyRule,
  tensorCoreChannelsRule,
  receptiveFieldRule,
  needlessProjectionRule,
  identicalBranchesRule,
  paddingOnlyWindowRule,
  doesNothingRule,
  depthMultiplierRule,
  smallBatchNormRule,
  highLearningRateRule,
  coupledDecayRule,
  idleScheduleRule,
  reluBeforeAddRule,
  saturatingActivationRule,
  unusedNameRule,
  unusedLabelRule,
  unusedDefaultRule,
  unusedUseRule,
  shadowedNameRule,
  magicNumberRule,
  repeatOnceRule,
  disables,
];

const compileRules = rules.filter(({ runs }) => runs === "compile");

/** What is surely a mistake in a network: every command tells it. */
export function lint(network: Network): Diagnostic[] {
  const view = new View(network);
  const inputs = network.inputs.map((id) => nodeOf(network, id));
  return [...lintInputs(inputs), ...compileRules.flatMap((rule) => rule.checkNetwork?.(network, view) ?? [])];
}

/** The same for inputs, also of networks with errors: an error may come of how an input is written. */
export function lintInputs(inputs: readonly Node[]): Diagnostic[] {
  return compileRules.flatMap((rule) => inputs.flatMap((input) => rule.checkInput?.(input) ?? []));
}
