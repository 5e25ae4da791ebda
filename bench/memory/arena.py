"""The smallest arena in which onnxruntime runs a model once, found by trying; weights and inputs lie elsewhere.

    python3 bench/memory/arena.py MODEL.onnx GUESS

One thread, without changes of layout. Prints bytes.
"""

import subprocess
import sys

RUN = """
import sys
import numpy
import onnxruntime

path, limit = sys.argv[1:]
onnxruntime.set_default_logger_severity(4)
kind = onnxruntime.OrtAllocatorType.ORT_ARENA_ALLOCATOR
place = onnxruntime.OrtMemoryInfo("Cpu", kind, 0, onnxruntime.OrtMemType.DEFAULT)
# Grows by what is asked for, no more.
arena = {"max_mem": int(limit), "arena_extend_strategy": 1, "initial_chunk_size_bytes": 1, "max_dead_bytes_per_chunk": 1}
onnxruntime.create_and_register_allocator(place, onnxruntime.OrtArenaCfg(arena))
options = onnxruntime.SessionOptions()
# BN goes into the layer before, as it does when a model is shipped.
options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
options.add_session_config_entry("session.use_env_allocators", "1")
options.add_session_config_entry("session.use_device_allocator_for_initializers", "1")
options.add_session_config_entry("session.disable_prepacking", "1")
options.enable_mem_pattern = False
options.intra_op_num_threads = 1
session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
sizes = {value.name: [side if isinstance(side, int) else 1 for side in value.shape] for value in session.get_inputs()}
session.run(None, {name: numpy.zeros(size, numpy.float32) for name, size in sizes.items()})
"""


def runs(path, limit):
    return subprocess.run([sys.executable, "-c", RUN, path, str(limit)], capture_output=True).returncode == 0


def smallest(path, guess):
    low, high = 0, guess
    while not runs(path, high):
        low, high = high, high * 2
        if high > 1 << 36:
            raise SystemExit(f"{path} does not run in {low} bytes")
    while high - low > max(1024, high // 250):
        middle = (low + high) // 2
        if runs(path, middle):
            high = middle
        else:
            low = middle
    return high


print(smallest(sys.argv[1], int(sys.argv[2])))
