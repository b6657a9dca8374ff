#!/usr/bin/env python3
"""Trains the small convolutional network caltech-cnn.onnx: caltech_cnn.py CALTECH101 OUT [EPOCHS [THREADS]]

Five convolutions, 101 classes, colour crops of 80 x 80 pixels. Four fifths of each class are trained on, the others are tested on; which are
which is decided by a hash of the file's name. Writes OUT/caltech-cnn.onnx, OUT/caltech-cnn.json (accuracy, split, settings) and OUT/state.pt,
from which a stopped training goes on. Needs PyTorch 1.13, torchvision and onnx (Debian 12: python3-torch, python3-torchvision, python3-onnx).
"""
import hashlib
import json
import math
import random
import sys
import time
from collections import OrderedDict
from pathlib import Path

import torch
from PIL import Image
from torch import nn
from torch.nn import functional

SIDE = 80
STORED = 92
MEAN = (0.485, 0.456, 0.406)
DEVIATION = (0.229, 0.224, 0.225)
SEED = 1
BATCH = 64
RATE = 0.05
DECAY = 5e-4
SMOOTHING = 0.1


def network(classes):
    """Each convolution is followed by batch normalisation, which the exporter folds into it."""

    def block(inputs, maps, side, stride=1):
        return nn.Sequential(
            OrderedDict(
                conv=nn.Conv2d(inputs, maps, side, stride, side // 2, bias=False),
                norm=nn.BatchNorm2d(maps),
                relu=nn.ReLU(),
            )
        )

    return nn.Sequential(
        OrderedDict(
            layer1=block(3, 32, 7, 2),
            pool1=nn.MaxPool2d(3, 2, 1),
            layer2=block(32, 64, 5),
            pool2=nn.MaxPool2d(3, 2, 1),
            layer3=block(64, 128, 3),
            layer4=block(128, 128, 3),
            layer5=block(128, 96, 3),
            pool5=nn.MaxPool2d(3, 2, 1),
            mean=nn.AdaptiveAvgPool2d(1),
            flat=nn.Flatten(),
            drop=nn.Dropout(0.3),
            classify=nn.Linear(96, classes),
        )
    )


def tested(path):
    name = f"{path.parent.name}/{path.name}"
    return hashlib.sha256(name.encode()).digest()[0] % 5 == 0


def stored(path):
    """The middle of an image, STORED pixels wide and high, as bytes."""
    image = Image.open(path).convert("RGB")
    scale = STORED / min(image.size)
    size = [max(STORED, round(scale * n)) for n in image.size]
    image = image.resize(size, Image.BILINEAR)
    left, top = (size[0] - STORED) // 2, (size[1] - STORED) // 2
    image = image.crop((left, top, left + STORED, top + STORED))
    return torch.frombuffer(bytearray(image.tobytes()), dtype=torch.uint8).view(STORED, STORED, 3).permute(2, 0, 1)


def corpus(root):
    classes = sorted(d.name for d in root.iterdir() if d.is_dir() and d.name != "BACKGROUND_Google")
    parts = {False: ([], []), True: ([], [])}
    for label, name in enumerate(classes):
        for path in sorted((root / name).glob("*.jpg")):
            images, labels = parts[tested(path)]
            images.append(stored(path))
            labels.append(label)
    return classes, *[(torch.stack(i), torch.tensor(l)) for i, l in (parts[False], parts[True])]


def normalised(pixels):
    shape = (1, 3, 1, 1)
    return (pixels.float() / 255 - torch.tensor(MEAN).view(shape)) / torch.tensor(DEVIATION).view(shape)


def varied(images, generator):
    """Random crops, half of them mirrored, some brighter and some darker."""
    crops = torch.empty(len(images), 3, SIDE, SIDE)
    for n, image in enumerate(images):
        top, left = (generator.randrange(STORED - SIDE + 1) for _ in range(2))
        crop = image[:, top : top + SIDE, left : left + SIDE].float()
        crop = crop.flip(2) if generator.random() < 0.5 else crop
        mean = crop.mean()
        crops[n] = ((crop - mean) * generator.uniform(0.7, 1.3) + mean * generator.uniform(0.8, 1.2)).clamp(0, 255)
    return normalised(crops)


def accuracy(net, images, labels, classes):
    """The mean of the classes' rates, and the share of all images."""
    edge = (STORED - SIDE) // 2
    net.eval()
    right = torch.zeros(classes)
    with torch.no_grad():
        for start in range(0, len(images), 256):
            crop = images[start : start + 256, :, edge : edge + SIDE, edge : edge + SIDE]
            found = net(normalised(crop)).argmax(1)
            of = labels[start : start + 256]
            right += torch.bincount(of[found == of], minlength=classes)
    count = torch.bincount(labels, minlength=classes)
    return (right / count).mean().item(), (right.sum() / count.sum()).item()


def main():
    root, out = Path(sys.argv[1]), Path(sys.argv[2])
    epochs = int(sys.argv[3]) if len(sys.argv) > 3 else 60
    torch.set_num_threads(int(sys.argv[4]) if len(sys.argv) > 4 else 2)
    torch.manual_seed(SEED)
    out.mkdir(parents=True, exist_ok=True)
    classes, train, test = corpus(root)
    net = network(len(classes))
    steps = math.ceil(len(train[0]) / BATCH)
    optimiser = torch.optim.SGD(net.parameters(), RATE, 0.9, weight_decay=DECAY, nesterov=True)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, epochs=epochs, steps_per_epoch=steps, pct_start=0.1)
    first = 0
    kept = out / "state.pt"
    if kept.exists():
        state = torch.load(kept)
        net.load_state_dict(state["net"])
        optimiser.load_state_dict(state["optimiser"])
        schedule.load_state_dict(state["schedule"])
        first = state["epoch"]
    for epoch in range(first, epochs):
        began = time.time()
        generator = random.Random(SEED * 1000 + epoch)
        order = list(range(len(train[0])))
        generator.shuffle(order)
        net.train()
        total = 0.0
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            loss = functional.cross_entropy(net(varied(train[0][chosen], generator)), train[1][chosen], label_smoothing=SMOOTHING)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += loss.item() * len(chosen)
        torch.save({"net": net.state_dict(), "optimiser": optimiser.state_dict(), "schedule": schedule.state_dict(), "epoch": epoch + 1}, kept)
        rates = accuracy(net, *test, len(classes)) if epoch % 5 == 4 or epoch + 1 == epochs else ("", "")
        print(f"epoch {epoch + 1}/{epochs} loss {total / len(order):.3f} {time.time() - began:.0f} s", *rates, flush=True)
    export(net, classes, train, test, epochs, out)


def export(net, classes, train, test, epochs, out):
    mean, overall = accuracy(net, *test, len(classes))
    net.eval()
    torch.onnx.export(
        net,
        torch.zeros(1, 3, SIDE, SIDE),
        str(out / "caltech-cnn.onnx"),
        opset_version=13,
        input_names=["image"],
        output_names=["scores"],
        dynamic_axes={"image": {0: "n"}, "scores": {0: "n"}},
    )
    said = {
        "classes": classes,
        "side": SIDE,
        "resize": f"the shorter side to {STORED}, bilinear; the middle {SIDE} x {SIDE}",
        "mean": MEAN,
        "deviation": DEVIATION,
        "trained": len(train[0]),
        "tested": len(test[0]),
        "accuracy_mean_per_class": mean,
        "accuracy": overall,
        "epochs": epochs,
    }
    (out / "caltech-cnn.json").write_text(json.dumps(said, indent=1) + "\n")
    print(f"held out: {mean:.4f} (mean of the classes' rates), {overall:.4f} of all; {out}/caltech-cnn.onnx")


if __name__ == "__main__":
    main()
