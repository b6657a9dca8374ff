"""The networks of golden_networks.py, their random weights, and rectifiers that know the rules on the way down."""
from collections import OrderedDict

import torch
from torch import nn
from torch.nn import functional

MEAN = (0.485, 0.456, 0.406)
DEVIATION = (0.229, 0.224, 0.225)


class OneWay(torch.autograd.Function):
    """Goes up as an operator, comes down as a rectification: y on the way up, max(0, signal) on the way down."""

    @staticmethod
    def forward(ctx, x, y):
        return y.clone()

    @staticmethod
    def backward(ctx, signal):
        return signal.clamp(min=0), None


class Rectifier(nn.Module):
    OPERATORS = {
        "Relu": lambda self, x: functional.relu(x),
        "LeakyRelu": lambda self, x: functional.leaky_relu(x, 0.1),
        "Clip": lambda self, x: functional.hardtanh(x, 0, self.limit),
    }

    def __init__(self, operator="Relu", limit=6):
        super().__init__()
        self.operator, self.limit = operator, limit
        self.rule = "gradient"

    def up(self, x):
        return self.OPERATORS[self.operator](self, x)

    def forward(self, x):
        if self.rule == "deconvnet":
            return OneWay.apply(x, self.up(x.detach()))
        if self.rule == "guided":
            return self.up(OneWay.apply(x, x.detach()))
        return self.up(x)


class LeftOut(torch.autograd.Function):
    """Local response normalisation on the way up, nothing on the way down; one node of its own in the file."""

    @staticmethod
    def forward(ctx, x, size, alpha, beta, k):
        return functional.local_response_norm(x, size, alpha, beta, k)

    @staticmethod
    def backward(ctx, signal):
        return signal, None, None, None, None

    @staticmethod
    def symbolic(g, x, size, alpha, beta, k):
        return g.op("LRN", x, size_i=size, alpha_f=alpha, beta_f=beta, bias_f=k)


class Normalisation(nn.Module):
    """Strong enough that leaving it out on the way up would show."""

    SETTINGS = (5, 2.0, 0.75, 1.0)

    def __init__(self):
        super().__init__()
        self.exact = False

    def forward(self, x):
        if self.exact:
            return functional.local_response_norm(x, *self.SETTINGS)
        return LeftOut.apply(x, *self.SETTINGS)


class Add(nn.Module):
    def forward(self, a, b):
        return a + b


class Concat(nn.Module):
    def forward(self, *maps):
        return torch.cat(maps, 1)


class View(nn.Module):
    """Flattens by the size that it finds, for which the exporter writes Shape, Gather and their like."""

    def forward(self, x):
        return x.view(x.size(0), -1)


class MatMul(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(inputs, outputs) / inputs**0.5)

    def forward(self, x):
        return x @ self.weight


class Shift(nn.Module):
    def __init__(self, outputs):
        super().__init__()
        self.shift = nn.Parameter(0.3 * torch.randn(outputs))

    def forward(self, x):
        return x + self.shift


def chain(**layers):
    return nn.Sequential(OrderedDict(layers))


def plain(first=("Relu",), between=Rectifier, features=504):
    return chain(
        conv1=nn.Conv2d(3, 6, 5, padding=2),
        relu1=Rectifier(*first),
        pool1=nn.MaxPool2d(2, 2),
        conv2=nn.Conv2d(6, 8, 3, stride=2, padding=1),
        between=between(),
        conv3=nn.Conv2d(8, 8, 3, padding=2, dilation=2, groups=2),
        relu3=Rectifier(),
        flatten=nn.Flatten(),
        linear=nn.Linear(features, 10),
    )


def sigmoid():
    return plain(("Clip", 2), nn.Sigmoid, 336)


def overlapping():
    return chain(
        conv1=nn.Conv2d(3, 6, 7, stride=2, padding=3),
        relu1=Rectifier(),
        pool1=nn.MaxPool2d(3, 2, padding=1),
        normalise=Normalisation(),
        conv2=nn.Conv2d(6, 8, 5, padding=2, groups=2),
        relu2=Rectifier(),
        pool2=nn.MaxPool2d(3, 2, ceil_mode=True),
        conv3=nn.Conv2d(8, 8, 3, padding=1),
        leaky3=Rectifier("LeakyRelu"),
        pool3=nn.AvgPool2d(2, 2, count_include_pad=False),
        dropout=nn.Dropout(0.5),
        flatten=nn.Flatten(),
        linear4=nn.Linear(16, 16),
        relu4=Rectifier(),
        product5=MatMul(16, 10),
        shift5=Shift(10),
    )


class Block(nn.Module):
    """A residual block."""

    def __init__(self, inputs, maps, stride=1, inner="Relu", shortcut=False):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, maps, 3, stride, 1, bias=False)
        self.norm1 = nn.BatchNorm2d(maps)
        self.inner = Rectifier(inner)
        self.conv2 = nn.Conv2d(maps, maps, 3, 1, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(maps)
        if shortcut:
            conv = nn.Conv2d(inputs, maps, 1, stride, bias=False)
            self.shortcut = chain(conv=conv, norm=nn.BatchNorm2d(maps))
        self.add = Add()
        self.relu = Rectifier()

    def forward(self, x):
        inside = self.norm2(self.conv2(self.inner(self.norm1(self.conv1(x)))))
        return self.relu(self.add(inside, self.shortcut(x) if hasattr(self, "shortcut") else x))


def residual():
    return chain(
        conv1=nn.Conv2d(3, 8, 3, stride=2, padding=1, bias=False),
        norm1=nn.BatchNorm2d(8),
        relu1=Rectifier(),
        block2=Block(8, 8),
        block3=Block(8, 12, stride=2, inner="Clip", shortcut=True),
        mean=nn.AdaptiveAvgPool2d(1),
        flatten=nn.Flatten(),
        linear=nn.Linear(12, 10),
    )


class Concatenated(nn.Module):
    """Branches side by side, and an earlier tensor beside them."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 6, 3, padding=1)
        self.stem_relu = Rectifier()
        self.one = nn.Conv2d(6, 4, 1)
        self.one_relu = Rectifier()
        self.three = nn.Conv2d(6, 4, 3, padding=1)
        self.three_relu = Rectifier()
        self.pool = nn.MaxPool2d(3, 1, padding=1)
        self.pool_one = nn.Conv2d(6, 4, 1)
        self.branches = Concat()
        self.branches_relu = Rectifier()
        self.grow = nn.Conv2d(12, 6, 3, padding=1)
        self.dense = Concat()
        self.relu = Rectifier()
        self.mean = nn.AdaptiveAvgPool2d(1)
        self.view = View()
        self.linear = nn.Linear(12, 10)
        self.softmax = nn.Softmax(1)

    def forward(self, x):
        stem = self.stem_relu(self.stem(x))
        one = self.one_relu(self.one(stem))
        three = self.three_relu(self.three(stem))
        mixed = self.branches_relu(self.branches(one, three, self.pool_one(self.pool(stem))))
        dense = self.relu(self.dense(stem, self.grow(mixed)))
        return self.softmax(self.linear(self.view(self.mean(dense))))


# (rows, columns) of the input, opset, maker
NETWORKS = {
    "plain": (29, 37, 13, plain),
    "overlapping": (37, 27, 13, overlapping),
    "residual": (27, 23, 9, residual),
    "concatenated": (23, 19, 13, Concatenated),
    "sigmoid": (27, 23, 17, sigmoid),
}


def settle(module, inputs, y):
    """Scales a module's weights for responses of order 1, about half of them above zero."""
    if isinstance(module, (nn.Conv2d, nn.Linear)):
        response = y if module.bias is None else y - module.bias.view(1, -1, *[1] * (y.dim() - 2))
        spread = response.std()
        module.weight.div_(spread)
        if module.bias is not None:
            module.bias.copy_(0.3 * torch.randn_like(module.bias) - response.mean() / spread)
        return module.forward(*inputs)
    if isinstance(module, nn.BatchNorm2d):
        x, maps = inputs[0], module.num_features
        gain = 3 if maps == 12 else 1  # so that the rectifier that ends at 6 does end there
        module.running_mean.copy_(x.mean((0, 2, 3)) + 0.3 * x.std() * torch.randn(maps))
        module.running_var.copy_(x.var((0, 2, 3)) * (0.5 + torch.rand(maps)))
        module.weight.copy_(gain * (0.5 + torch.rand(maps)) * torch.where(torch.arange(maps) % 3 == 1, -1.0, 1.0))
        module.bias.copy_(0.3 * torch.randn(maps))
        return module.forward(*inputs)
    return None


def made(maker, rows, columns, seed):
    torch.manual_seed(seed)
    net = maker().eval()
    mean, deviation = (torch.tensor(t).view(1, 3, 1, 1) for t in (MEAN, DEVIATION))
    image = (torch.rand(1, 3, rows, columns) - mean) / deviation
    hooks = [module.register_forward_hook(settle) for module in net.modules()]
    net(image)
    for hook in hooks:
        hook.remove()
    return net, image
