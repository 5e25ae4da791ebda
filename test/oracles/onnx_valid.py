"""Holds ONNX files against Python's onnx package, which is not ours.

    python test/oracles/onnx_valid.py FILE.onnx [FILE.onnx ...]

For each file: the full check of onnx.checker, and shape inference in strict mode, after which no output is of another shape
than the file says. Prints a line for each check, then `N passed, N failed`; exit code 1 if one failed.
"""

import os
import sys

import onnx
from onnx import checker, shape_inference


def shape_of(value):
    return [d.dim_value if d.HasField("dim_value") else d.dim_param for d in value.type.tensor_type.shape.dim]


def infer(path):
    written = {value.name: shape_of(value) for value in onnx.load(path, load_external_data=False).graph.output}
    model = onnx.load(path)
    # What inference finds by itself, without being told.
    for value in model.graph.output:
        value.type.tensor_type.ClearField("shape")
    inferred = shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
    for value in inferred.graph.output:
        found = shape_of(value)
        if not value.type.tensor_type.HasField("shape"):
            continue
        said = written[value.name]
        pairs = list(zip(found, said))
        numbers = all(f == s for f, s in pairs if isinstance(f, int) and f > 0)
        assert len(found) == len(said) and numbers, f"{value.name}: onnx infers {found}, the file says {said}"


def main(paths):
    passed = failed = 0
    for path in paths:
        checks = {
            "onnx.checker, full check": lambda: checker.check_model(path, full_check=True),
            "strict shape inference": lambda: infer(path),
        }
        for name, check in checks.items():
            try:
                check()
                passed += 1
                print(f"ok   {os.path.basename(path)}: {name}")
            except Exception as error:  # every failure of an oracle is a result
                failed += 1
                print(f"FAIL {os.path.basename(path)}: {name}: {error}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
