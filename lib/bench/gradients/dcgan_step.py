"""Seconds of a DCGAN training step by PyTorch, on one thread: the peer of GradientStep.

python3 dcgan_step.py STEPS prints the median of so many steps, after a fifth of them to warm up.
"""

import statistics
import sys
import time

import torch
from torch import nn

FILTERS = 64
BATCH = 64


def generator():
    f = FILTERS
    return nn.Sequential(
        nn.ConvTranspose2d(100, 4 * f, 4, bias=False),
        nn.BatchNorm2d(4 * f),
        nn.ReLU(True),
        nn.ConvTranspose2d(4 * f, 2 * f, 4, 2, 1, bias=False),
        nn.BatchNorm2d(2 * f),
        nn.ReLU(True),
        nn.ConvTranspose2d(2 * f, f, 4, 2, 1, bias=False),
        nn.BatchNorm2d(f),
        nn.ReLU(True),
        nn.ConvTranspose2d(f, 3, 4, 2, 1),
        nn.Tanh(),
    )


def discriminator():
    f = FILTERS
    return nn.Sequential(
        nn.Conv2d(3, f, 4, 2, 1),
        nn.LeakyReLU(0.2, True),
        nn.Conv2d(f, 2 * f, 4, 2, 1, bias=False),
        nn.BatchNorm2d(2 * f),
        nn.LeakyReLU(0.2, True),
        nn.Conv2d(2 * f, 4 * f, 4, 2, 1, bias=False),
        nn.BatchNorm2d(4 * f),
        nn.LeakyReLU(0.2, True),
        nn.Conv2d(4 * f, 1, 4),
    )


def start(model):
    for p in model.parameters():
        nn.init.normal_(p, 0, 0.02) if p.dim() == 4 else None


def main(steps):
    torch.manual_seed(1)
    torch.set_num_threads(1)
    g, d = generator(), discriminator()
    start(g)
    start(d)
    adam_g = torch.optim.Adam(g.parameters(), 2e-4, (0.5, 0.999))
    adam_d = torch.optim.Adam(d.parameters(), 2e-4, (0.5, 0.999))
    loss = nn.BCEWithLogitsLoss()
    ones, zeros = torch.ones(BATCH, 1, 1, 1), torch.zeros(BATCH, 1, 1, 1)
    real = torch.rand(BATCH, 3, 32, 32) * 2 - 1
    seconds = []
    for _ in range(steps + steps // 5):
        z = torch.rand(BATCH, 100, 1, 1) * 2 - 1
        begin = time.perf_counter()
        adam_d.zero_grad()
        loss(d(real), ones).backward()
        fake = g(z)
        loss(d(fake.detach()), zeros).backward()
        adam_d.step()
        # The generator's step needs no gradient of the discriminator's filters.
        d.requires_grad_(False)
        adam_g.zero_grad()
        loss(d(fake), ones).backward()
        adam_g.step()
        d.requires_grad_(True)
        seconds.append(time.perf_counter() - begin)
    print(f"{statistics.median(seconds[steps // 5:]):.4f}")


main(int(sys.argv[1]))
