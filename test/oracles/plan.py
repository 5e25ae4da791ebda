"""What processes keep and send in a step of an emitted training script: one line of JSON for each.

    python -m torch.distributed.run --nproc_per_node N plan.py SCRIPT BATCH OPTION...

SCRIPT is the name of the script's module, in the folder that this runs in.
"""

import importlib
import json
import os
import sys

import torch
import torch.distributed as dist

name, batch, *options = sys.argv[1:]
sys.path.insert(0, ".")
script = importlib.import_module(name)
sys.argv = [name, "--data", ".", "--batch", batch, *options]
arguments = script.parse_arguments()
dist.init_process_group("gloo")
torch.manual_seed(0)
runner = (script.Pipelined if arguments.stages else script.Whole)(script.new_model(), arguments, torch.device("cpu"))
runner.model.train()


def local(tensor):
    """What this process has of a tensor."""
    return tensor.to_local() if hasattr(tensor, "to_local") else tensor


sent = 0
if arguments.stages:
    trade = runner.trade

    def counted(neighbour, given, shape):
        """The same, and what is given is added up."""
        global sent
        if given is not None and 0 <= runner.stage + neighbour < runner.stages:
            sent += given.numel() * given.element_size()
        return trade(neighbour, given, shape)

    runner.trade = counted

height, width, channels = script.SIZE
count = int(batch) // runner.replicas
images = torch.randn(count, channels, height, width)
runner.learn(images if runner.has_images else None, torch.zeros(count, dtype=torch.long))
optimizer = getattr(runner.optimizer, "optim", runner.optimizer)
# Adam's count of steps is no state of a parameter.
state = [value for values in optimizer.state.values() for key, value in values.items() if key != "step"]
own = {
    "rank": dist.get_rank(),
    "parameters": sum(local(parameter).numel() for parameter in runner.model.parameters()),
    "state": sum(local(value).numel() for value in state),
    "sent": sent,
}
every = [None] * dist.get_world_size()
dist.all_gather_object(every, own)
if dist.get_rank() == 0:
    print("RANKS " + json.dumps(every), flush=True)
# As the script ends: PyTorch 1.13 may wait forever for what it takes apart.
dist.barrier()
sys.stdout.flush()
os._exit(0)
