"""Bytes that PyTorch keeps for the gradients of a module that cnnc wrote, by its saved-tensor hooks, and the parts of a step.

    python3 bench/memory/saved.py MODULE.py CLASS BATCH SHAPE...

Prints JSON. SHAPE is that of an input in the module's order, channels first, as 3x224x224. Each stretch of memory is counted
once, however many layers keep it; parameters and buffers are not counted.
"""

import importlib.util
import json
import sys

import torch

path, name, batch, *shapes = sys.argv[1:]
spec = importlib.util.spec_from_file_location("model", path)
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
torch.manual_seed(0)
model = getattr(module, name)()
model.train()

own = {tensor.storage().data_ptr() for tensor in [*model.parameters(), *model.buffers()]}
kept = {}


def keep(tensor):
    storage = tensor.storage()
    if storage.data_ptr() not in own:
        kept[storage.data_ptr()] = storage.nbytes()
    return tensor


inputs = [torch.rand(int(batch), *map(int, shape.split("x"))) for shape in shapes]
with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
    outputs = model(*inputs)
print(json.dumps({"kept": sum(kept.values()), "stretches": len(kept)}))
