"""Models of torchvision with random weights, their weights as safetensors files, and what they give.

    python test/oracles/torchvision_weights.py FOLDER NAME [NAME ...]

Writes FOLDER/NAME.safetensors for each, and FOLDER/outputs.safetensors with the input x (N x height x width x channels) and the
output of each model under its name. The statistics of batch normalisations are random as well, so that none can be left out.
"""

import sys

import torch
import torchvision
from safetensors.torch import save_file


def main(folder, names):
    torch.manual_seed(0)
    x = torch.rand(2, 3, 224, 224)
    outputs = {"x": x.permute(0, 2, 3, 1).contiguous()}
    for name in names:
        options = {"init_weights": True, "aux_logits": False} if name == "googlenet" else {}
        model = getattr(torchvision.models, name)(**options)
        with torch.no_grad():
            for module in model.modules():
                if isinstance(module, torch.nn.BatchNorm2d):
                    module.running_mean.uniform_(-0.1, 0.1)
                    module.running_var.uniform_(0.8, 1.2)
                    module.weight.uniform_(0.8, 1.2)
                    module.bias.uniform_(-0.1, 0.1)
            if name.startswith("vit"):
                # It would give 0 for everything.
                torch.nn.init.normal_(model.heads.head.weight, std=0.02)
            outputs[name] = model.eval()(x)
        save_file({key: value.contiguous() for key, value in model.state_dict().items()}, f"{folder}/{name}.safetensors")
    save_file(outputs, f"{folder}/outputs.safetensors")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
