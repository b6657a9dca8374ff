"""Codes images by a network of 2011 as one would write it in PyTorch, on one thread: the peer of InferenceTiming.

python3 dense_steps.py NETWORK-FOLDER IMAGES.npy STEPS ROUNDS prints the median of the seconds an image, and each layer's relative error.
Every map is a dense tensor; every step is the paper's: gradient, shrinkage, pooling with switches.
"""

import json
import pathlib
import statistics
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F


class Layer:
    def __init__(self, folder, number, options):
        self.filters = torch.from_numpy(np.load(folder / f"layer{number}.npy"))
        self.transposed = self.filters.transpose(0, 1).flip(2, 3).contiguous()
        self.border = options["filterSide"] - 1
        self.block = options["poolMaps"], options["poolRows"], options["poolColumns"]
        self.step, self.weight = options["step"], options["lambda"]
        self.switches = self.shape = None

    def synthesize(self, code):
        return F.conv2d(code, self.transposed)

    def adjoint(self, maps):
        return F.conv2d(maps, self.filters, padding=self.border)

    def whole_blocks(self, code):
        missing = [-size % block for size, block in zip(code.shape[1:], self.block)]
        return F.pad(code, (0, missing[2], 0, missing[1], 0, missing[0]))

    def pool(self, code):
        """Keeps each block's largest magnitude, and where it was."""
        self.shape = code.shape
        padded = self.whole_blocks(code)
        _, self.switches = F.max_pool3d(padded.abs()[None], self.block, return_indices=True)
        return self.choose(code)

    def choose(self, maps):
        """What the switches point at."""
        values = self.whole_blocks(maps).flatten(1).gather(1, self.switches.flatten(1))
        return values.view(self.switches.shape[1:])

    def unpool(self, pooled):
        _, maps, rows, columns = self.shape
        padded = self.whole_blocks(torch.zeros(self.shape))
        padded.flatten(1).scatter_(1, self.switches.flatten(1), pooled.flatten(1))
        return padded[:, :maps, :rows, :columns]


def reconstruct(layers, code):
    maps = layers[-1].synthesize(code)
    for below in reversed(layers[:-1]):
        maps = below.synthesize(below.unpool(maps))
    return maps


def project(layers, image):
    maps = layers[0].adjoint(image)
    for below, layer in zip(layers, layers[1:]):
        maps = layer.adjoint(below.choose(maps))
    return maps


def infer(layers, image, steps):
    """Codes every layer in turn; gives the squared errors."""
    errors = []
    for depth in range(1, len(layers) + 1):
        stack = layers[:depth]
        top = stack[-1]
        code = torch.zeros_like(project(stack, image))
        for _ in range(steps):
            code = code - top.step * project(stack, reconstruct(stack, code) - image)
            code = F.softshrink(code, top.step / top.weight)
            code = top.unpool(top.pool(code))
        errors.append(float((reconstruct(stack, code) - image).square().sum()))
    return errors


def main(folder, images, steps, rounds):
    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    folder = pathlib.Path(folder)
    options = json.loads((folder / "network.json").read_text())["layers"]
    layers = [Layer(folder, l + 1, options[l]) for l in range(len(options))]
    photographs = torch.from_numpy(np.load(images))[:, None]
    infer(layers, photographs[:1], 1)
    seconds, errors = [], []
    for _ in range(int(rounds)):
        for image in photographs:
            start = time.perf_counter()
            errors.append(infer(layers, image[None], int(steps)))
            seconds.append(time.perf_counter() - start)
    energy = float(photographs.square().sum()) * int(rounds)
    relative = " ".join(f"{(sum(layer) / energy) ** 0.5:.4f}" for layer in zip(*errors))
    print(f"{statistics.median(seconds):.4f} {relative}")


main(*sys.argv[1:])
