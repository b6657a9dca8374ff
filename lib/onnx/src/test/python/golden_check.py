#!/usr/bin/env python3
"""Finds every projection and switch of golden_networks.py a second time: golden_check.py FOLDER

Walks down the nodes of the .onnx file with plain loops over NumPy arrays: no PyTorch, no automatic gradient.
Needs Debian's python3-onnx: /usr/bin/python3 golden_check.py ../resources/golden
"""
import itertools
import json
import sys
from pathlib import Path

import numpy
import onnx
from onnx import helper, numpy_helper

TOLERANCE = 1e-6


class Walk:
    """One network with its activations, and the way down through it by one rule."""

    def __init__(self, nodes, values, rule):
        self.nodes, self.values, self.rule = nodes, values, rule
        self.switches = {}

    def project(self, tensor, index):
        """The input's share in the activation with a flat index."""
        signal = numpy.zeros_like(self.values[tensor])
        signal.flat[index] = self.values[tensor].flat[index]
        signals = {tensor: signal}
        for node in reversed(self.nodes):
            if node.output[0] in signals:
                down = getattr(self, node.op_type)
                attributes = {a.name: helper.get_attribute_value(a) for a in node.attribute}
                for name, part in down(node, attributes, signals.pop(node.output[0])):
                    signals[name] = signals.get(name, 0) + part
        return signals["input"]

    def rectified(self, node, signal, slope):
        if self.rule != "deconvnet":
            signal = signal * slope
        return [(node.input[0], signal if self.rule == "gradient" else numpy.maximum(signal, 0))]

    def Relu(self, node, attributes, signal):
        return self.rectified(node, signal, self.values[node.input[0]] > 0)

    def LeakyRelu(self, node, attributes, signal):
        return self.rectified(node, signal, numpy.where(self.values[node.input[0]] > 0, 1, attributes["alpha"]))

    def Clip(self, node, attributes, signal):
        x, *limits = (self.values[name] for name in node.input)
        least, most = limits or (attributes["min"], attributes["max"])  # inputs since opset 11
        return self.rectified(node, signal, (x > least) & (x < most))

    def Conv(self, node, attributes, signal):
        x, filters = (self.values[name] for name in node.input[:2])
        (above, left), (down, right) = attributes["pads"][:2], attributes["strides"]
        wide = numpy.zeros((x.shape[1], x.shape[2] + 2 * above, x.shape[3] + 2 * left))
        maps, inputs = len(filters) // attributes["group"], filters.shape[1]
        for k, i, y, column in itertools.product(range(len(filters)), range(inputs), *map(range, filters.shape[2:])):
            row, first = y * attributes["dilations"][0], column * attributes["dilations"][1]
            rows = slice(row, row + down * signal.shape[2], down)
            columns = slice(first, first + right * signal.shape[3], right)
            part = wide[k // maps * inputs + i, rows, columns]
            part += filters[k, i, y, column] * signal[0, k, : part.shape[0], : part.shape[1]]
        return [(node.input[0], wide[None, :, above : above + x.shape[2], left : left + x.shape[3]])]

    def windows(self, attributes, x, y):
        """(map, row, column, rows of its window, columns of it) for each place of a pooled map."""
        pads, sides, strides = (attributes[key] for key in ("pads", "kernel_shape", "strides"))
        for c, row, column in itertools.product(*map(range, y.shape[1:])):
            top, left = row * strides[0] - pads[0], column * strides[1] - pads[1]
            yield c, row, column, slice(max(top, 0), top + sides[0]), slice(max(left, 0), left + sides[1])

    def MaxPool(self, node, attributes, signal):
        x = self.values[node.input[0]]
        down, switches = numpy.zeros_like(x), numpy.zeros(signal.shape)
        for c, row, column, rows, columns in self.windows(attributes, x, signal):
            window = x[0, c, rows, columns]
            at = numpy.unravel_index(window.argmax(), window.shape)
            y, left = rows.start + at[0], columns.start + at[1]
            switches[0, c, row, column] = y * x.shape[3] + left
            down[0, c, y, left] += signal[0, c, row, column]
        self.switches[node.output[0]] = switches
        return [(node.input[0], down)]

    def AveragePool(self, node, attributes, signal):
        down = numpy.zeros_like(self.values[node.input[0]])
        for c, row, column, rows, columns in self.windows(attributes, down, signal):
            down[0, c, rows, columns] += signal[0, c, row, column] / down[0, c, rows, columns].size
        return [(node.input[0], down)]

    def GlobalAveragePool(self, node, attributes, signal):
        x = self.values[node.input[0]]
        return [(node.input[0], numpy.broadcast_to(signal / x[0, 0].size, x.shape))]

    def BatchNormalization(self, node, attributes, signal):
        scale, _, _, variance = (self.values[name] for name in node.input[1:5])
        return [(node.input[0], signal * (scale / numpy.sqrt(variance + attributes["epsilon"]))[:, None, None])]

    def Add(self, node, attributes, signal):
        return [(name, signal) for name in node.input]

    def Concat(self, node, attributes, signal):
        ends = numpy.cumsum([self.values[name].shape[1] for name in node.input])
        return zip(node.input, numpy.split(signal, ends[:-1], 1))

    def Gemm(self, node, attributes, signal):
        return [(node.input[0], signal @ self.values[node.input[1]])]

    def MatMul(self, node, attributes, signal):
        return [(node.input[0], signal @ self.values[node.input[1]].T)]

    def reshaped(self, node, attributes, signal):
        return [(node.input[0], signal.reshape(self.values[node.input[0]].shape))]

    def passed(self, node, attributes, signal):
        return [(node.input[0], signal)]

    Flatten = Reshape = reshaped
    Dropout = LRN = passed


def distance(got, wanted):
    return abs(got - wanted).max() / abs(wanted).max()


def check(folder, name):
    about = json.loads((folder / f"{name}.json").read_text())
    arrays = numpy.load(folder / about["arrays"])
    graph = onnx.load(folder / about["network"]).graph
    constants = [(node.output[0], node.attribute[0].t) for node in graph.node if node.op_type == "Constant"]
    constants += [(weight.name, weight) for weight in graph.initializer]
    values = {tensor: numpy_helper.to_array(constant).astype(float) for tensor, constant in constants}
    values["input"] = arrays["input"].astype(float)
    values.update({layer["tensor"]: arrays[layer["activations"][:-4]].astype(float) for layer in about["layers"]})
    found, count, worst = {}, 0, 0
    for rule in ("deconvnet", "gradient", "guided"):
        walk = Walk(graph.node, values, rule)
        for layer in about["layers"]:
            if "projections" in layer:
                wanted = arrays[layer["projections"][rule][:-4]]
                off = distance(walk.project(layer["tensor"], layer["index"])[0], wanted)
                if not off < TOLERANCE:
                    sys.exit(f"golden_check.py: {name}, {layer['tensor']}, {rule}: {off:.1e} of the largest number off")
                count, worst = count + 1, max(worst, off)
        found.update(walk.switches)
    for layer in about["layers"]:
        if layer["tensor"] in found and (found[layer["tensor"]] != arrays[layer["switches"][:-4]]).any():
            sys.exit(f"golden_check.py: {name}, {layer['tensor']}: other switches")
    print(f"{name}: {count} projections agree to {worst:.1e} of their largest number, {len(found)} layers of switches")


def main():
    if len(sys.argv) != 2:
        sys.exit("golden_check.py: expected the folder with the files, as in: golden_check.py ../resources/golden")
    folder = Path(sys.argv[1])
    names = sorted(path.stem for path in folder.glob("*.json"))
    if not names:
        sys.exit(f"golden_check.py: no network in {folder}; golden_networks.py writes them")
    for name in names:
        check(folder, name)


if __name__ == "__main__":
    main()
