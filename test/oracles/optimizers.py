"""Weights and learning rates as PyTorch has them, for test/emit/tfjs-training.test.ts.

    python3 test/oracles/optimizers.py > test/oracles/optimizers.json    (made with PyTorch 1.13)
"""

import json

import torch

START = [0.5, -0.25, 1.0, 0.0, -2.0]
GRADIENTS = [
    [0.1, -0.2, 0.0, 0.5, 1.0],
    [0.3, 0.2, -0.1, 0.5, -1.0],
    [-0.2, 0.05, 0.4, 0.5, 0.25],
    [0.0, -0.6, 0.01, 0.5, 3.0],
    [0.15, 0.3, -0.2, 0.5, -0.5],
]

# The optimizer as the language has it, and PyTorch's.
OPTIMIZERS = [
    ("sgd lr 0.1", lambda p: torch.optim.SGD(p, lr=0.1)),
    ("sgd lr 0.1 decay 0.2", lambda p: torch.optim.SGD(p, lr=0.1, weight_decay=0.2)),
    ("sgd lr 0.1 momentum 0.9", lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9)),
    (
        "sgd lr 0.1 momentum 0.9 decay 0.2 nesterov",
        lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, weight_decay=0.2, nesterov=True),
    ),
    ("adam lr 0.1", lambda p: torch.optim.Adam(p, lr=0.1)),
    (
        "adam lr 0.1 beta1 0.8 beta2 0.95 eps 1e-3 decay 0.2",
        lambda p: torch.optim.Adam(p, lr=0.1, betas=(0.8, 0.95), eps=1e-3, weight_decay=0.2),
    ),
    ("adamw lr 0.1", lambda p: torch.optim.AdamW(p, lr=0.1)),
    (
        "adamw lr 0.1 beta1 0.8 beta2 0.95 eps 1e-3 decay 0.2",
        lambda p: torch.optim.AdamW(p, lr=0.1, betas=(0.8, 0.95), eps=1e-3, weight_decay=0.2),
    ),
    ("rmsprop lr 0.1", lambda p: torch.optim.RMSprop(p, lr=0.1, alpha=0.9)),
    (
        "rmsprop lr 0.1 rho 0.8 momentum 0.9 eps 1e-3 decay 0.2",
        lambda p: torch.optim.RMSprop(p, lr=0.1, alpha=0.8, momentum=0.9, eps=1e-3, weight_decay=0.2),
    ),
]

EPOCHS = 8
STEPS = 3
LOSSES = [1.0, 0.8, 0.79999, 0.81, 0.9, 0.5, 0.6, 0.6]

# Schedules of epochs are stepped after each, the cosine after each step: so the language has it.
SCHEDULES = [
    ("constant", "epoch", lambda o: torch.optim.lr_scheduler.LambdaLR(o, lambda _: 1)),
    ("step every 3 factor 0.5", "epoch", lambda o: torch.optim.lr_scheduler.StepLR(o, 3, 0.5)),
    ("exponential factor 0.8", "epoch", lambda o: torch.optim.lr_scheduler.ExponentialLR(o, 0.8)),
    ("cosine", "step", lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, EPOCHS * STEPS)),
    (
        "plateau factor 0.5 patience 1",
        "loss",
        lambda o: torch.optim.lr_scheduler.ReduceLROnPlateau(o, factor=0.5, patience=1, eps=0),
    ),
]


def weights(make):
    value = torch.nn.Parameter(torch.tensor(START))
    optimizer = make([value])
    found = []
    for gradient in GRADIENTS:
        value.grad = torch.tensor(gradient)
        optimizer.step()
        found.append(value.tolist())
    return found


def rates(unit, make):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.1)
    schedule = make(optimizer)
    found = []
    for epoch in range(EPOCHS):
        for _ in range(STEPS):
            found.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            if unit == "step":
                schedule.step()
        if unit == "epoch":
            schedule.step()
        if unit == "loss":
            schedule.step(LOSSES[epoch])
    return found


print(
    json.dumps(
        {
            "made by": f"test/oracles/optimizers.py, PyTorch {torch.__version__}",
            "start": START,
            "gradients": GRADIENTS,
            "optimizers": [{"optimizer": text, "weights": weights(make)} for text, make in OPTIMIZERS],
            "epochs": EPOCHS,
            "steps": STEPS,
            "losses": LOSSES,
            "schedules": [{"schedule": text, "rates": rates(unit, make)} for text, unit, make in SCHEDULES],
        },
        indent=2,
    )
)
