"""Memory of training as cnnc tells it, against what PyTorch allocates on a GPU.

    python3 bench/memory/gpu.py [--batch 32] [--optimizer adam] [NET...]

Run it at the root of the repository after `npm run build`, with PyTorch, safetensors and a GPU. Of each net it takes the module
that `cnnc build --target pytorch` writes, trains three steps on noise and reads `torch.cuda.max_memory_allocated` in the last one.
What cuDNN borrows for its convolutions is in that figure and not in cnnc's.
"""

import argparse
import importlib.util
import json
import subprocess
import tempfile
from pathlib import Path

import torch
import torch.nn.functional as F

NETS = [
    ("lecture14/lenet5.cnn", "LeNet5"),
    ("zoo/alexnet.cnn", "AlexNet"),
    ("zoo/vgg.cnn", "VGG16"),
    ("zoo/resnet.cnn", "ResNet18"),
    ("zoo/resnet.cnn", "ResNet50"),
    ("zoo/densenet.cnn", "DenseNet121"),
    ("zoo/mobilenet_v2.cnn", "MobileNetV2"),
    ("zoo/efficientnet.cnn", "EfficientNetB0"),
    ("zoo/convnext.cnn", "ConvNeXtTiny"),
    ("zoo/squeezenet.cnn", "SqueezeNet1_1"),
    ("zoo/regnet.cnn", "RegNetX_400MF"),
    ("zoo/vit.cnn", "ViTBase16"),
]
OPTIMIZERS = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam, "adamw": torch.optim.AdamW, "rmsprop": torch.optim.RMSprop}
STEPS = 3


def cnnc(*arguments):
    """What a command of cnnc prints."""
    command = ["node", "bin/cnnc.js", *map(str, arguments)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def module_of(file, net, folder):
    """The class of a net, from the module that cnnc writes."""
    path = Path(folder) / f"{net}.py"
    cnnc("build", file, "--net", net, "--target", "pytorch", "--weights", "none", "-o", path)
    spec = importlib.util.spec_from_file_location(net, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return getattr(module, net)


def measured(model, shape, batch, optimizer):
    """The most bytes that are allocated in a step of training."""
    model = model().cuda().train()
    step = OPTIMIZERS[optimizer](model.parameters(), lr=1e-4)
    height, width, channels = shape
    images = torch.rand(batch, channels, height, width, device="cuda")
    labels = torch.zeros(batch, dtype=torch.long, device="cuda")
    for _ in range(STEPS):
        torch.cuda.reset_peak_memory_stats()
        step.zero_grad(set_to_none=True)
        F.cross_entropy(model(images), labels).backward()
        step.step()
        torch.cuda.synchronize()
    return torch.cuda.max_memory_allocated()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("nets", nargs="*", metavar="NET", help="only these")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--optimizer", choices=list(OPTIMIZERS), default="adam")
    arguments = parser.parse_args()
    if not torch.cuda.is_available():
        raise SystemExit("there is no GPU: nothing is measured")
    print(f"{torch.cuda.get_device_name()}, PyTorch {torch.__version__}, batch {arguments.batch}, {arguments.optimizer}")
    print(f"{'net':<18}{'told':>12}{'measured':>12}{'ratio':>8}")
    ratios = []
    with tempfile.TemporaryDirectory() as folder:
        for file, net in NETS:
            if arguments.nets and net not in arguments.nets:
                continue
            file = f"examples/{file}"
            options = ["--net", net, "--format", "json"]
            memory = json.loads(
                cnnc("memory", file, *options, "--batch", arguments.batch, "--train", arguments.optimizer)
            )
            shape = json.loads(cnnc("report", file, *options))["inputs"][0]["shape"]
            told = memory["training"]["total"]
            found = measured(module_of(file, net, folder), shape, arguments.batch, arguments.optimizer)
            torch.cuda.empty_cache()
            ratios.append(told / found)
            print(f"{net:<18}{told / 1e6:>9,.1f} MB{found / 1e6:>9,.1f} MB{ratios[-1]:>8.3f}", flush=True)
    print(f"told: {min(ratios):.3f} to {max(ratios):.3f} times what is measured")


if __name__ == "__main__":
    main()
