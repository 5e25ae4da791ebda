"""Holds ONNX files against Python's onnx package, which is not ours.

    python test/oracles/onnx_check.py FILE.onnx REPORT.json [FILE.onnx REPORT.json ...]

For each file: the full check of onnx.checker, shape inference in strict mode, and each inferred shape against the size in
the report of `cnnc report --format json` (channels last there, channels first here). Prints a line for each check, then
`N passed, N failed`; exit code 1 if one failed.
"""

import json
import sys

import onnx
from onnx import checker, shape_inference


def inferred_shapes(path):
    """Shapes by value name, from strict shape inference over the file without its weights' values."""
    model = onnx.load(path)
    # Constants such as new shapes and factors are small and kept; inference needs the shapes of the rest alone.
    for tensor in model.graph.initializer:
        if tensor.data_type == onnx.TensorProto.FLOAT and len(tensor.raw_data) > 64:
            tensor.ClearField("raw_data")
    inferred = shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
    graph = inferred.graph
    shapes = {}
    for value in [*graph.input, *graph.value_info, *graph.output]:
        dimensions = value.type.tensor_type.shape.dim
        shapes[value.name] = [d.dim_value if d.HasField("dim_value") else d.dim_param for d in dimensions]
    return shapes


def expected_shape(output):
    """`[55, 55, 96]` of a report as ONNX has it: batch, channels, height, width."""
    return ["N", output[-1], *output[:-1]]


def checks(path, report_path):
    with open(report_path, encoding="utf-8") as file:
        report = json.load(file)
    net = report["net"]

    def full_check():
        checker.check_model(path, full_check=True)

    yield f"{net}: onnx.checker, full check", full_check
    shapes = {}

    def inference():
        shapes.update(inferred_shapes(path))

    yield f"{net}: strict shape inference", inference

    def compare():
        for layer in report["layers"]:
            found = shapes.get(layer["name"])
            wanted = expected_shape(layer["output"])
            # The batch is open; behind a Resize onnx has another letter for it.
            is_open = found is not None and isinstance(found[0], str)
            assert is_open and found[1:] == wanted[1:], f"{layer['name']}: onnx infers {found}, cnnc says {wanted}"

    yield f"{net}: {len(report['layers'])} inferred shapes equal ours", compare

    def parameters():
        model = onnx.load(path)
        names = {layer["name"] for layer in report["layers"]}
        total = 0
        for tensor in model.graph.initializer:
            layer, _, kind = tensor.name.rpartition(".")
            if layer in names and kind in ("weight", "bias", "scale", "mean", "variance", "slope", "qkv", "qkvbias"):
                size = 1
                for dimension in tensor.dims:
                    size *= dimension
                total += size
        wanted = report["totals"]["params"] + report["totals"]["buffers"]
        assert total == wanted, f"the file holds {total} values, cnnc counts {wanted}"

    yield f"{net}: as many values as parameters and buffers", parameters


def main(arguments):
    passed = failed = 0
    for path, report_path in zip(arguments[::2], arguments[1::2]):
        for name, check in checks(path, report_path):
            try:
                check()
                passed += 1
                print(f"ok   {name}")
            except Exception as error:  # every failure of an oracle is a result
                failed += 1
                print(f"FAIL {name}: {error}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
