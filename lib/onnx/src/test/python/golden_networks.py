#!/usr/bin/env python3
"""Makes five small ONNX networks and what PyTorch finds in them: golden_networks.py OUT

For each network NAME it writes into the folder OUT (../resources/golden, whose README.md says what is in a file)
  NAME.onnx  the network, with random weights and a free batch axis
  NAME.npz   an input, every layer's activations, the switches of max pooling, projections of one activation a layer
  NAME.json  which array is which

Run it with Debian 12's Python: apt-get install python3-torch python3-onnx; /usr/bin/python3 golden_networks.py OUT
The checked-in files come from PyTorch 1.13.0, onnx 1.12.0 and NumPy 1.24.2. The same versions give the same files.
The networks stand in small_networks.py. golden_check.py finds every projection a second time, without PyTorch.

A projection is the gradient of one activation, times its value, with these rules on the way down:
  rectifier         deconvnet: max(0, signal), whatever went up
                    gradient: the signal times the slope at what went up
                    guided: the same, then max(0, signal)
  LRN               left out in all three rules: the signal passes as it is
  Sigmoid, Softmax  no rule: nothing is projected from them or through them
Everything is computed in float64 from the float32 weights of the file, and stored as float32.
"""
import copy
import io
import itertools
import json
import sys
import warnings
import zipfile
from pathlib import Path

import numpy
import onnx
import torch
from torch import nn
from torch.nn import functional

from small_networks import NETWORKS, Normalisation, Rectifier, Shift, View, made

RULES = ("deconvnet", "gradient", "guided")
# No rectifier's input lies nearer to its kink, and no winner of a pooling window nearer to the second.
# So float32 takes the same decisions.
MARGIN = 2e-5
# A projection from these is that from the layer below.
SHAPE_ONLY = (nn.Dropout, nn.Flatten, View)


class Layer:
    """What one module of a network took and gave, in the order of execution."""

    def __init__(self, name, module, x, y):
        self.name, self.module, self.x, self.y = name, module, x, y


def run(net, image):
    layers = []
    hooks = [
        module.register_forward_hook(lambda m, x, y, name=name: layers.append(Layer(name, m, x[0], y)))
        for name, module in net.named_modules()
        if not list(module.children())
    ]
    net(image)
    for hook in hooks:
        hook.remove()
    return layers


def pooling_margin(pool, x):
    """The smallest lead of a window's winner; windows of equal numbers, which are zeros, do not count."""
    side, stride, padding = pool.kernel_size, pool.stride, pool.padding
    over = side if pool.ceil_mode else 0
    wide = functional.pad(x, [padding, padding + over] * 2, value=-torch.inf)
    windows = wide.unfold(2, side, stride).unfold(3, side, stride).flatten(-2)
    best = windows.topk(2, -1).values
    lead = best[..., 0] - best[..., 1]
    return lead[lead > 0].min().item()


def margin(layers):
    margins = []
    for layer in layers:
        if isinstance(layer.module, Rectifier):
            margins.append(layer.x[layer.x != 0].abs().min().item())
            if layer.module.operator == "Clip":
                margins.append((layer.x - layer.module.limit).abs().min().item())
        if isinstance(layer.module, nn.MaxPool2d):
            margins.append(pooling_margin(layer.module, layer.x))
    return min(margins)


def decided(maker, rows, columns):
    """The first seed with all decisions clear: (seed, net in float32, the same in float64, image, margin)."""
    for seed in itertools.count(1):
        net, image = made(maker, rows, columns, seed)
        exact = copy.deepcopy(net).double()
        found = margin(run(exact, image.double()))
        if found >= MARGIN:
            return seed, net, exact, image, found


def set_rule(net, rule, exact=False):
    for module in net.modules():
        if isinstance(module, Rectifier):
            module.rule = rule
        if isinstance(module, Normalisation):
            module.exact = exact


def project(net, image, at, index, rule):
    """The projection to (1, 3, rows, columns) of the activation with a flat index in the layer at a position."""
    set_rule(net, rule)
    with torch.enable_grad():
        x = image.clone().requires_grad_()
        y = run(net, x)[at].y
        signal = torch.zeros_like(y)
        signal.view(-1)[index] = y.detach().flatten()[index]
        down = torch.autograd.grad(y, x, signal)[0]
    set_rule(net, "gradient")
    return down


def strongest(layers, at):
    """Flat index of the largest activation in the middle third of the maps, no clipped one: it has no gradient."""
    y = layers[at].y
    for layer in layers[: at + 1]:
        if getattr(layer.module, "operator", "") == "Clip":
            y = torch.where(y == layer.module.limit, -torch.inf, y)
    if y.dim() == 4 and min(y.shape[2:]) >= 3:
        middle = torch.full_like(y, -torch.inf)
        rows, columns = (slice(side // 3, side - side // 3) for side in y.shape[2:])
        middle[..., rows, columns] = y[..., rows, columns]
        y = middle
    return y.argmax().item()


def require(true, message):
    if not true:
        sys.exit("golden_networks.py: " + message)


def check_gradient(name, net, image, layers):
    """The deepest reached layer against central differences in four directions, LRN with its true gradient."""
    at = max(i for i, layer in enumerate(layers) if reached(layers, i))
    index = strongest(layers, at)
    set_rule(net, "gradient", exact=True)
    with torch.enable_grad():
        x = image.clone().requires_grad_()
        gradient = torch.autograd.grad(run(net, x)[at].y.flatten()[index], x)[0]
    for _ in range(4):
        step = 1e-7 * torch.randn_like(image)
        ends = [run(net, image + sign * step)[at].y.flatten()[index].item() for sign in (1, -1)]
        wanted, got = (ends[0] - ends[1]) / 2, (gradient * step).sum().item()
        scale = (gradient * step).abs().sum().item()
        require(abs(got - wanted) < 1e-5 * scale, f"{name}: gradient {got}, differences {wanted}")
    set_rule(net, "gradient")


def reached(layers, at):
    return not any(isinstance(layer.module, (nn.Sigmoid, nn.Softmax)) for layer in layers[: at + 1])


def export(net, image, opset, path):
    # By itself the exporter drops Dropout from a network that is not being trained; files of other programs have it.
    torch.onnx.register_custom_op_symbolic("aten::dropout", lambda g, x, p, train: g.op("Dropout", x), opset)
    free = {0: "batch"}
    torch.onnx.export(
        net,
        image,
        str(path),
        opset_version=opset,
        training=torch.onnx.TrainingMode.PRESERVE,  # batch normalisation stays beside the convolution
        do_constant_folding=False,
        input_names=["input"],
        output_names=["output"],
        dynamic_axes={"input": free, "output": free},
    )
    model = onnx.load(path)
    onnx.checker.check_model(model)
    return onnx.shape_inference.infer_shapes(model)


def float_nodes(graph):
    """The nodes that compute activations; the others compute shapes, or are constants."""
    aside, nodes = {weight.name for weight in graph.initializer}, []
    for node in graph.node:
        if node.op_type in ("Constant", "Shape") or all(name in aside for name in node.input):
            aside.update(node.output)
        else:
            nodes.append(node)
    return nodes


OPERATORS = {
    nn.Conv2d: "Conv",
    nn.BatchNorm2d: "BatchNormalization",
    nn.MaxPool2d: "MaxPool",
    nn.AvgPool2d: "AveragePool",
    nn.AdaptiveAvgPool2d: "GlobalAveragePool",
    nn.Linear: "Gemm",
    nn.Flatten: "Flatten",
    nn.Dropout: "Dropout",
    nn.Sigmoid: "Sigmoid",
    nn.Softmax: "Softmax",
    Normalisation: "LRN",
    View: "Reshape",
    Shift: "Add",
}


def check_node(layer, node, shapes):
    """A module and the node taken for it have one operator, and one shape as far as the file tells it."""
    operator = getattr(layer.module, "operator", OPERATORS.get(type(layer.module), type(layer.module).__name__))
    require(operator == node.op_type, f"{layer.name}: expected a node {operator}, got {node.op_type}")
    told = shapes.get(node.output[0], [])
    clear = len(told) in (0, layer.y.dim()) and all(a in (0, b) for a, b in zip(told[1:], layer.y.shape[1:]))
    require(clear, f"{layer.name}: shape {tuple(layer.y.shape)}, in the file {told}")


class Archive:
    """Arrays for an NPZ file; the same arrays give the same bytes."""

    def __init__(self):
        self.arrays = {}

    def add(self, name, array):
        self.arrays[name + ".npy"] = array.detach().numpy().astype("<f4")
        return name + ".npy"

    def write(self, path):
        with zipfile.ZipFile(path, "w") as archive:
            for name, array in self.arrays.items():
                file = io.BytesIO()
                numpy.save(file, numpy.ascontiguousarray(array))
                archive.writestr(zipfile.ZipInfo(name), file.getvalue(), zipfile.ZIP_DEFLATED, 9)


def described(archive, net, image, layers, at, node):
    layer = layers[at]
    name = f"{at + 1:02d}-{layer.name}"
    entry = {
        "tensor": node.output[0],
        "node": node.name,
        "operator": node.op_type,
        "shape": list(layer.y.shape),
        "activations": archive.add(name, layer.y),
    }
    if isinstance(layer.module, nn.MaxPool2d):
        pool = layer.module
        switches = functional.max_pool2d(
            layer.x, pool.kernel_size, pool.stride, pool.padding, ceil_mode=pool.ceil_mode, return_indices=True
        )[1]
        entry["switches"] = archive.add(name + "-switches", switches)
    if reached(layers, at) and not isinstance(layer.module, SHAPE_ONLY):
        index = strongest(layers, at)
        entry["index"] = index
        entry["value"] = layer.y.flatten()[index].item()
        entry["projections"] = {
            rule: archive.add(f"{name}-{rule}", project(net, image, at, index, rule)[0]) for rule in RULES
        }
    return entry


def make(name, out):
    rows, columns, opset, maker = NETWORKS[name]
    seed, net, exact, image, found = decided(maker, rows, columns)
    model = export(net, image, opset, out / f"{name}.onnx")
    image = image.double()
    layers, nodes = run(exact, image), float_nodes(model.graph)
    require(len(layers) == len(nodes), f"{name}: {len(layers)} modules, but nodes {[n.op_type for n in nodes]}")
    shapes = {
        told.name: [axis.dim_value for axis in told.type.tensor_type.shape.dim]
        for told in [*model.graph.value_info, *model.graph.output]
    }
    for layer, node in zip(layers, nodes):
        check_node(layer, node, shapes)
    check_gradient(name, exact, image, layers)
    archive = Archive()
    about = {
        "network": f"{name}.onnx",
        "arrays": f"{name}.npz",
        "opset": opset,
        "seed": seed,
        "margin": found,
        "input": {"tensor": "input", "shape": list(image.shape), "values": archive.add("input", image)},
        "layers": [described(archive, exact, image, layers, at, node) for at, node in enumerate(nodes)],
    }
    archive.write(out / f"{name}.npz")
    (out / f"{name}.json").write_text(json.dumps(about, indent=1) + "\n")
    zeros = [f"{(l.y == 0).double().mean().item():.2f}" for l in layers if isinstance(l.module, Rectifier)]
    print(f"{name}: seed {seed}, margin {found:.1e}, {len(layers)} layers, zeros after rectifiers {' '.join(zeros)}")


def main():
    require(len(sys.argv) == 2, "expected the folder to write to, as in: golden_networks.py OUT")
    warnings.filterwarnings("ignore", category=FutureWarning)
    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    for name in NETWORKS:
        make(name, out)


if __name__ == "__main__":
    main()
