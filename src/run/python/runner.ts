/** The Python program that runs models which are built for Python: one process for any number of them. */

/** Packages that each target needs. */
export const PACKAGES = {
  pytorch: ["torch", "safetensors"],
  keras: ["keras", "safetensors"],
  "onnx.reference": ["onnx", "safetensors"],
} as const;

export type PythonTarget = keyof typeof PACKAGES;

/**
 * Reads jobs from a JSON file: for each the target, the module's file, its class or function, the weights and the inputs
 * (safetensors, channels last, the batch first) and where the outputs go (likewise, `output0`, `output1` ...).
 */
export const RUNNER = `
import importlib.util
import json
import os
import sys

os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


def module_of(path):
    spec = importlib.util.spec_from_file_location("model", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run_pytorch(job):
    import torch
    from safetensors.torch import load_file, save_file

    module = module_of(job["module"])
    model = getattr(module, job["name"])()
    if job["weights"]:
        module.load_weights(model, job["weights"])
    if job.get("saved") and job["weights"]:
        module.save_weights(model, job["saved"])
    model.eval()
    stored = load_file(job["inputs"])
    inputs = [stored[name].movedim(-1, 1).contiguous() for name in job["input_names"]]
    with torch.no_grad():
        results = model(*inputs)
    results = results if isinstance(results, tuple) else (results,)
    outputs = {f"output{index}": result.movedim(1, -1).contiguous() for index, result in enumerate(results)}
    save_file(outputs, job["outputs"])


def run_keras(job):
    import numpy
    from safetensors.numpy import load_file, save_file

    module = module_of(job["module"])
    model = module.create_model()
    if job["weights"]:
        module.load_weights(model, job["weights"])
    if job.get("saved") and job["weights"]:
        module.save_weights(model, job["saved"])
    stored = load_file(job["inputs"])
    inputs = [stored[name] for name in job["input_names"]]
    results = model(inputs if len(inputs) > 1 else inputs[0], training=False)
    results = results if isinstance(results, (list, tuple)) else [results]
    outputs = {f"output{index}": numpy.ascontiguousarray(result) for index, result in enumerate(results)}
    save_file(outputs, job["outputs"])


def run_reference(job):
    import numpy
    from onnx.reference import ReferenceEvaluator
    from safetensors.numpy import load_file, save_file

    stored = load_file(job["inputs"])
    feeds = {name: numpy.moveaxis(stored[name], -1, 1) for name in job["input_names"]}
    results = ReferenceEvaluator(job["module"]).run(None, feeds)
    outputs = {
        f"output{index}": numpy.ascontiguousarray(numpy.moveaxis(result, 1, -1), dtype=numpy.float32)
        for index, result in enumerate(results)
    }
    save_file(outputs, job["outputs"])


RUNNERS = {"pytorch": run_pytorch, "keras": run_keras, "onnx.reference": run_reference}

for job in json.load(open(sys.argv[1], encoding="utf-8")):
    try:
        RUNNERS[job["target"]](job)
        print(json.dumps({"ok": True}), flush=True)
    except Exception as error:
        print(json.dumps({"ok": False, "error": f"{type(error).__name__}: {error}"}), flush=True)
`;
