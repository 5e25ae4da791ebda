/** The library, by name. It loads in a browser: what runs models is in `cnnc/run`. */
export { bindNetwork, networkAt, typesAt, type BindFault } from "./analysis/bind.js";
export { costOf, movedValues, totalCost, weightSpecs, type Cost } from "./analysis/cost.js";
export { foldBatchNorms, type Folded } from "./analysis/fold.js";
export { figureOf, flopsOf, peakMemory } from "./analysis/figures.js";
export { inputSizes, stepOf, type InputSizes, type SideSizes } from "./analysis/input-sizes.js";
export { layerText, type LayerText } from "./analysis/layer-text.js";
export { fitOf, type Fit, type FitOptions } from "./analysis/memory/fit.js";
export {
  inferenceMemory,
  type InferenceMemory,
  type InferenceOptions,
  type PlacedValue,
} from "./analysis/memory/inference.js";
export {
  optimizerSlots,
  trainingMemory,
  trainingTimeline,
  type Precision,
  type TrainingMemory,
  type TrainingOptions,
} from "./analysis/memory/training.js";
export type { TapeMoment } from "./analysis/memory/tape.js";
export { PRECISIONS, type NumberFormat } from "./analysis/precisions.js";
export { columnDefinitions, type ColumnName } from "./analysis/column-definitions.js";
export { misaligned, receptiveFields, type ReceptiveField } from "./analysis/receptive-field.js";
export { diffOf, type DiffedLayer, type DiffRow, type LayerStatus, type NetworkDiff } from "./analysis/diff.js";
export { paretoFront, type Goal } from "./analysis/pareto.js";
export { devices, type Device } from "./analysis/devices.js";
export type {
  Candidate,
  Cluster,
  DeviceMemory,
  Pipeline,
  PlanOptions,
  Stage,
  StepTime,
  Strategy,
} from "./analysis/plan/cluster.js";
export { cheapestOf, planOf } from "./analysis/plan/plan.js";
export { rooflineOf, type Roofline, type RooflineLayer, type RooflineOptions } from "./analysis/roofline.js";
export { columnsOf, isLong, type Column, type ColumnChoice } from "./analysis/report-columns.js";
export { reportOf, type Port, type Report, type ReportLayer } from "./analysis/report.js";
export { slideRow, slideTable } from "./analysis/slide.js";
export {
  allWeights,
  seededWeights,
  weightBytes,
  weightTensors,
  type WeightScheme,
  type WeightSource,
  type WeightTensor,
} from "./analysis/weights.js";
export {
  applyFix,
  diagnosticToJson,
  hasErrors,
  messageOf,
  sortDiagnostics,
  type Diagnostic,
  type DiagnosticKind,
  type Edit,
  type Example,
  type Fix,
  type Related,
  type Severity,
} from "./base/diagnostics.js";
export { bytesText } from "./base/bytes-text.js";
export { plainPaint, renderDiagnostic, type Paint } from "./base/frame.js";
export { formatShape, groupDigits, plural, toJson } from "./base/integers.js";
export { shortAndExact, slideQuantity } from "./base/quantity.js";
export { SourceText, type Position, type Span } from "./base/source.js";
export { visible } from "./base/visible.js";
export { closest, listWords } from "./base/suggest.js";
export { compile, type CompileOptions, type CompileResult } from "./compile.js";
export type { Resolved, Resolver } from "./elaborate/modules.js";
export { defaultLimits, type Limits } from "./elaborate/state.js";
export { allKinds } from "./diagnostics.js";
export {
  circumstancesOf,
  explainCode,
  explanationOf,
  type Explanation,
  messageOfExample,
  reportedOf,
  shortened,
} from "./explain.js";
export { textFile, type ByteStream, type EmittedFile } from "./emit/bytes.js";
export {
  draw,
  pictureFormats,
  pictureStyles,
  type DrawOptions,
  type PictureFormat,
  type PictureStyle,
} from "./emit/diagram/draw.js";
export { htmlReport } from "./emit/html/html-report.js";
export { emitOnnx, emitOnnxFiles, LARGEST_FILE, needsExternalData, type OnnxOptions } from "./emit/onnx/emit.js";
export { DEFAULT_OPSET, NEWEST_OPSET } from "./emit/onnx/opsets.js";
export { TargetError } from "./emit/errors.js";
export { emitKeras, type KerasOptions } from "./emit/keras/emit.js";
export { stdFiles } from "./std/sources.js";
export { emitPyTorch, trainsOnImages, type PyTorchOptions } from "./emit/pytorch/emit.js";
export { emitSafetensors } from "./emit/safetensors/emit.js";
export { readerOf, type ByteReader } from "./import/bytes.js";
export { ImportError } from "./import/errors.js";
export { readOnnxUnits } from "./import/onnx/read.js";
export { modulesOf, type ForeignModule, type ForeignTensor, type ForeignUnit } from "./import/weights/foreign.js";
export { matchInOrder, matchModules, type Match } from "./import/weights/match.js";
export { ownUnits, type OwnUnit } from "./import/weights/own.js";
export { importedWeights } from "./import/weights/source.js";
export { readSafetensors, readValues, type SafetensorsFile, type StoredTensor } from "./import/safetensors/read.js";
export { unusedTensors, weightsFrom } from "./import/safetensors/source.js";
export { emitTfjs, type TfjsOptions } from "./emit/tfjs/emit.js";
export { emitTfjsModel, type TfjsModelOptions } from "./emit/tfjs/model/emit.js";
export { agreement, type Agreement } from "./ir/agreement.js";
export { formatCondition, holds, intersect, type Condition } from "./ir/condition.js";
export {
  evaluateCount,
  evaluateDimension,
  formatCount,
  formatDimension,
  isFixed,
  variablesOf,
  type Count,
  type Dimension,
  type Expression,
} from "./ir/dimension.js";
export { formatCountGiven, formatShapeGiven } from "./ir/format-given.js";
export { defaultTraining, optimizerNamed } from "./ir/default-training.js";
export { recipeText } from "./emit/recipe.js";
export { losses, optimizers, schedules, trainingNumbers } from "./ir/training-options.js";
export type { Training } from "./ir/training.js";
export { dumpNetwork } from "./ir/dump.js";
export { nodeOf, type Network, type Node, type NodeId, type TensorType } from "./ir/network.js";
export { fixedShape, formatDimensions, isFixedShape } from "./ir/shape.js";
export { verifyNetwork } from "./ir/verify.js";
export { isOverBudget } from "./lint/budgets.js";
export { checkedConfig, ConfigFault, type CheckedConfig } from "./lint/config.js";
export { lintProgram, ruleOfCode, type Linted } from "./lint/lint-program.js";
export { applySafeFixes, safeFixOf } from "./lint/safe-fixes.js";
export { LEVELS, type Level, type LintConfig, type LintSettings, type Rule, type RuleDoc } from "./lint/rule.js";
export { lint, rules } from "./lint/rules.js";
export type { Operator, Parameter } from "./ops/define.js";
export { operators, type OpName } from "./ops/registry.js";
export { LARGEST_SIZE } from "./ops/size.js";
export { decodeSource, LARGEST_SOURCE } from "./syntax/decode.js";
