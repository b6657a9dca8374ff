"""Golden values of small networks trained by PyTorch: what GoldenGradientsTest compares with.

Writes NPY files of float32 into src/test/resources/org/deconvnet/network/gradient.
Run in lib/core with PyTorch 1.13 or later: python3 src/test/python/golden_gradients.py
"""

import pathlib

import numpy
import torch
import torch.nn.functional as functional
from torch import nn

FOLDER = pathlib.Path("src/test/resources/org/deconvnet/network/gradient")
GROUPS = 2
STEPS = 3
MOMENTUM = 0.1
torch.manual_seed(1)
torch.set_num_threads(1)


def save(name, value):
    numpy.save(FOLDER / f"{name}.npy", numpy.ascontiguousarray(value, dtype="<f4"))


def flat(tensors):
    return torch.cat([t.detach().flatten() for t in tensors]).numpy()


def gradients(model):
    return flat([p.grad for p in model.parameters()])


def norms(model):
    return [m for m in model.modules() if isinstance(m, nn.BatchNorm2d)]


class Running:
    """Means over ghost groups of batch statistics, moved once a round."""

    def __init__(self, model):
        self.model = model
        self.terms = []
        for norm in norms(model):
            norm.momentum = 1.0

    def note(self):
        """After a forward pass of one group: with momentum 1 it has left its own statistics."""
        self.terms.append(self.now())

    def now(self):
        return flat([t for n in norms(self.model) for t in (n.running_mean, n.running_var)])

    def step(self, running):
        mean = numpy.mean(self.terms, axis=0)
        self.terms = []
        return (1 - MOMENTUM) * running + MOMENTUM * mean


def randomize(model):
    with torch.no_grad():
        for p in model.parameters():
            p.normal_(0, 0.4)
        for norm in norms(model):
            norm.weight.normal_(1, 0.2)


def generator():
    return nn.Sequential(
        nn.ConvTranspose2d(5, 4, 4, bias=False),
        nn.BatchNorm2d(4),
        nn.ReLU(),
        nn.ConvTranspose2d(4, 2, 4, 2, 1),
        nn.Tanh(),
    )


def discriminator():
    return nn.Sequential(
        nn.Conv2d(2, 3, 4, 2, 1),
        nn.LeakyReLU(0.2),
        nn.Conv2d(3, 4, 4, 2, 1, bias=False),
        nn.BatchNorm2d(4),
        nn.LeakyReLU(0.2),
        nn.Conv2d(4, 1, 2),
    )


def logistic(logits, target, images):
    targets = torch.full_like(logits, target)
    return functional.binary_cross_entropy_with_logits(logits, targets, reduction="sum") / images


def adversarial():
    images = 4
    g, d = generator(), discriminator()
    randomize(g)
    randomize(d)
    save("dcgan.g.start", flat(g.parameters()))
    save("dcgan.d.start", flat(d.parameters()))
    z = torch.rand(STEPS, GROUPS, images, 5, 1, 1) * 2 - 1
    real = torch.rand(STEPS, GROUPS, images, 2, 8, 8) * 2 - 1
    save("dcgan.z", z)
    save("dcgan.real", real)
    adam_g = torch.optim.Adam(g.parameters(), lr=0.01, betas=(0.5, 0.999))
    adam_d = torch.optim.Adam(d.parameters(), lr=0.01, betas=(0.5, 0.999))
    of_g, of_d = Running(g), Running(d)
    running_g, running_d = of_g.now(), of_d.now()
    losses = []
    batch = GROUPS * images
    for step in range(STEPS):
        d.zero_grad()
        total = [0.0, 0.0, 0.0]
        for group in range(GROUPS):
            on_real = logistic(d(real[step, group]), 1.0, batch)
            of_d.note()
            on_fake = logistic(d(g(z[step, group]).detach()), 0.0, batch)
            of_d.note()
            (on_real + on_fake).backward()
            total[0] += on_real.item()
            total[1] += on_fake.item()
        if step == 0:
            save("dcgan.d.gradient", gradients(d))
        adam_d.step()
        running_d = of_d.step(running_d)
        g.zero_grad()
        for group in range(GROUPS):
            loss = logistic(d(g(z[step, group])), 1.0, batch)
            of_g.note()
            loss.backward()
            total[2] += loss.item()
        if step == 0:
            save("dcgan.g.gradient", gradients(g))
        adam_g.step()
        running_g = of_g.step(running_g)
        losses.append(total)
    save("dcgan.losses", losses)
    save("dcgan.g.end", flat(g.parameters()))
    save("dcgan.d.end", flat(d.parameters()))
    save("dcgan.g.running", running_g)
    save("dcgan.d.running", running_d)
    infer(g, running_g)
    save("dcgan.samples", g(z[0, 0]).detach())


def infer(model, running):
    model.eval()
    at = 0
    for norm in norms(model):
        for buffer in (norm.running_mean, norm.running_var):
            buffer.copy_(torch.from_numpy(running[at : at + len(buffer)]))
            at += len(buffer)


class Labelling(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(2, 4, 3, padding=1)
        self.conv2 = nn.Conv2d(4, 5, 3, padding=1)
        self.score2 = nn.Conv2d(5, 3, 1)
        self.up2 = nn.ConvTranspose2d(3, 3, 4, 2, 1, bias=False)
        self.score1 = nn.Conv2d(4, 3, 1)
        self.up1 = nn.ConvTranspose2d(3, 3, 4, 2, 1, bias=False)

    def forward(self, x):
        pool1 = functional.max_pool2d(self.conv1(x).relu(), 2, ceil_mode=True)
        pool2 = functional.max_pool2d(self.conv2(pool1).relu(), 2, ceil_mode=True)
        up2 = self.up2(self.score2(pool2))
        skip = up2[:, :, :5, :5] + self.score1(pool1)
        return self.up1(skip)[:, :, :9, :]


def labelling():
    images = 2
    model = Labelling()
    randomize(model)
    save("fcn.start", flat(model.parameters()))
    x = torch.randn(STEPS, GROUPS, images, 2, 9, 10)
    labels = torch.randint(0, 4, (STEPS, GROUPS, images, 9, 10))
    labels[labels == 3] = 255
    save("fcn.images", x)
    save("fcn.labels", labels)
    weights = torch.tensor([1.0, 0.5, 2.0])
    divisor = GROUPS * images * 90
    filters = [p for p in model.parameters() if p.dim() == 4]
    others = [p for p in model.parameters() if p.dim() == 1]
    descent = torch.optim.SGD(
        [{"params": filters, "weight_decay": 0.01}, {"params": others}], lr=0.1, momentum=0.9
    )
    losses = []
    for step in range(STEPS):
        model.zero_grad()
        total = 0.0
        for group in range(GROUPS):
            loss = functional.cross_entropy(
                model(x[step, group]),
                labels[step, group],
                weight=weights,
                ignore_index=255,
                reduction="sum",
            )
            (loss / divisor).backward()
            total += loss.item() / divisor
        if step == 0:
            save("fcn.gradient", gradients(model))
        descent.step()
        losses.append(total)
    save("fcn.losses", losses)
    save("fcn.end", flat(model.parameters()))


adversarial()
labelling()
