/** Running what is compiled: needs Node, and the packages that run models. */
export { DivergenceError, RunError } from "./errors.js";
export { withTemporaryFolder, writeAtomically, writeFiles, type Progress } from "./files.js";
export { checkRunnable } from "./limits.js";
export { withReader, withWeightsFile, type FileWeights } from "./weights-file.js";
export { loadInput, noiseInput, noiseInputs, sidesOfInput, type Inputs } from "./input.js";
export { runOnnx, type RunOptions } from "./onnx.js";
export type { NamedTensor, Tensor } from "./tensors.js";
export { runTfjs, tensorFlow } from "./tfjs.js";
export {
  difference,
  TOLERANCE,
  verifiedTargets,
  verify,
  type OutputComparison,
  type Skipped,
  type Verification,
  type VerifiedTarget,
} from "./verify.js";
export { runAllPython, runPython, type PythonJob, type PythonResult } from "./python/run.js";
export type { LoadedInput } from "./picture.js";
export { readDataSet } from "./data/read.js";
export type { DataSet } from "./data/images.js";
export { train, type EpochResult, type TrainListener, type TrainRequest, type TrainResult } from "./training/train.js";
