/** A script that trains an emitted PyTorch module with the recipe of its program, in one process or many. */
import { nodeOf, type Network } from "../../../ir/network.js";
import type { NodeId } from "../../../ir/network.js";
import { fixedShape } from "../../../ir/shape.js";
import type { Training } from "../../../ir/training.js";
import { ABSORBED, recipeText } from "../../recipe.js";
import { UNIT_PARAMS } from "../../../analysis/plan/shards.js";
import { DATA } from "./data.js";
import { LOOP } from "./loop.js";
import { PARALLEL } from "./parallel.js";
import { PIPELINE } from "./pipeline.js";
import { lossText, optimizerText, scheduleText } from "./recipe.js";

export interface TrainingScript {
  readonly network: Network;
  readonly training: Training;
  /** Name of the module that the model is in, and of its class. */
  readonly stem: string;
  readonly className: string;
  /** The path of each layer in the modules of PyTorch. */
  readonly paths: ReadonlyMap<NodeId, string>;
}

/** The text of the script. */
export function trainingScript({ network, training, stem, className, paths }: TrainingScript): string {
  const { loss, optimizer, schedule, batch, epochs } = training;
  const [height, width, channels] = fixedShape(nodeOf(network, network.inputs[0]!).type);
  const absorbed = network.outputs
    .map((id) => nodeOf(network, id))
    .filter(({ op }) => op === ABSORBED[loss.name])
    .map(({ id }) => paths.get(id)!);
  const identities = absorbed.map((path) => `    model.${path} = nn.Identity()`);
  const script = `${stem}_train.py`;
  const isPlateau = schedule.name === "plateau";
  return `"""Trains ${className} with the recipe of its program: ${recipeText(training)}.

    python ${script} --data FOLDER
    torchrun --nproc_per_node 2 ${script} --data FOLDER
    torchrun --nnodes 2 --node_rank 0 --master_addr HOST --nproc_per_node 8 ${script} --data FOLDER --zero 3

FOLDER holds MNIST's files (IDX), CIFAR's, or a folder of images for each class. A batch is that of all processes together.
"""

import argparse
import gzip
${/^[A-Za-z_]\w*$/.test(stem) ? "" : "import importlib\n"}import math
import os
import sys
import time
import warnings
from pathlib import Path

import numpy
import torch
import torch.distributed as dist
import torch.fx
import torch.nn.functional as F
from torch import nn
from torch.nn.parallel import DistributedDataParallel
from torch.utils.data import BatchSampler, DataLoader, Dataset, DistributedSampler, RandomSampler, SequentialSampler

${
  /^[A-Za-z_]\w*$/.test(stem)
    ? `from ${stem} import ${className}, load_weights, save_weights, tensors_of`
    : `module = importlib.import_module(${JSON.stringify(stem)})\n${className}, load_weights, save_weights = module.${className}, module.load_weights, module.save_weights\ntensors_of = module.tensors_of`
}

# Height, width and channels of the images that the model takes.
SIZE = (${height!}, ${width!}, ${channels!})
BATCH = ${batch}
EPOCHS = ${epochs}
LEARNING_RATE = ${optimizer.values["lr"] ?? 0.01}
OPTIMIZER = ${optimizerText(optimizer)}
# Weights from which on a module is shared out by itself with --zero 2 and 3.
UNIT_PARAMS = ${UNIT_PARAMS}


def new_model():
    """The model up to what the loss takes."""
    model = ${className}()
${identities.length > 0 ? `    # The last activation is part of the loss.\n${identities.join("\n")}\n` : ""}    return model


def loss_of(outputs, labels):
    """The sum of the losses of all outputs."""
    return sum(${lossText(loss)} for output in outputs)
${
  loss.name === "crossentropy"
    ? ""
    : `

def target_for(output, labels):
    """1 for the class and 0 for the others."""
    if output.shape[1] == 1:
        return labels.unsqueeze(1).float()
    return F.one_hot(labels, output.shape[1]).float()
`
}

def learning_rate(base, epoch, part, steps, epochs, plateau):
    """The learning rate of a step; \`part\` of the epoch is done."""
    return ${scheduleText(schedule)}


def end_epoch(plateau, loss):
    """Looks at the loss of an epoch."""
${
  isPlateau
    ? `    if loss < plateau["best"] * (1 - 1e-4):
        plateau.update(best=loss, waited=0)
        return
    plateau["waited"] += 1
    if plateau["waited"] > ${schedule.values["patience"] ?? 10}:
        plateau.update(reduction=plateau["reduction"] * ${schedule.values["factor"] ?? 0.1}, waited=0)
`
    : `    plateau["best"] = min(plateau["best"], loss)
`
}
${DATA}
${PARALLEL.replaceAll("IS_RIGHT", rightText(loss.name))}
${PIPELINE}
${LOOP.replaceAll("CLASS_NAME", className)}`;
}

/** Which class the first output finds: of one value by its sign, or by the half where it is a probability. */
function rightText(loss: string): string {
  const positive = loss === "binarycrossentropy" ? "first > 0" : "first > 0.5";
  return `(${positive}).long().flatten() if first.shape[1] == 1 else first.argmax(dim=1)`;
}
