"""SPORCO learns filters from images, one thread, float32: a JSON line a step, and the filters after each step as NPY.

  sporco_learn.py IMAGES.npy FILTERS.npy LAMBDA OUT --way online|batch --steps N

IMAGES is (n, H, W); FILTERS, (K, 1, h, w), are where it starts. Writes OUT/step-NNN.npy, (K, 1, h, w), each filter of norm 1.
online: a step codes one image and moves the filters (OnlineConvBPDNDictLearn); images come in turns.
batch: a step is one of consensus ADMM over all images (ConvBPDNDictLearn, dmethod cns).
Seconds are the learner's alone, summed over the steps. The settings are those of SPORCO's
own examples of the two; but online statistics are off, and batch filters may have a mean.
"""

import argparse
import json
import pathlib

import checkout
import numpy as np
from measuring import Meter


def online(images, start, weight):
    """Yields the filters, (h, w, K), after each step."""
    from sporco.dictlrn import onlinecdl

    coder = {"rho": 5.0, "AutoRho": {"Enabled": True}, "RelaxParam": 1.8, "RelStopTol": 1e-4, "MaxMainIter": 50}
    options = onlinecdl.OnlineConvBPDNDictLearn.Options(
        {
            "Verbose": False,
            "ZeroMean": False,
            "eta_a": 10.0,
            "eta_b": 20.0,
            "DataType": np.float32,
            "CBPDN": {**coder, "FastSolve": True, "DataType": np.float32},
        }
    )
    learner = onlinecdl.OnlineConvBPDNDictLearn(start, weight, options)
    while True:
        for image in images:
            yield learner.solve(np.ascontiguousarray(image[..., np.newaxis]))


def batch(images, start, weight):
    """Yields the filters, (h, w, K), after each step."""
    from sporco.dictlrn import cbpdndl

    options = cbpdndl.ConvBPDNDictLearn.Options(
        {
            "Verbose": False,
            "MaxMainIter": 1,
            "CBPDN": {"rho": 50.0 * weight + 0.5, "DataType": np.float32},
            "CCMOD": {"rho": 10.0, "ZeroMean": False, "DataType": np.float32},
        },
        dmethod="cns",
    )
    stack = np.ascontiguousarray(images.transpose(1, 2, 0))
    learner = cbpdndl.ConvBPDNDictLearn(start, stack, weight, options, dmethod="cns")
    while True:
        yield learner.solve()


def unit(filters):
    """(h, w, ..., K) to (K, 1, h, w), each of norm 1."""
    d = filters.squeeze().transpose(2, 0, 1)
    return np.ascontiguousarray((d / np.sqrt((d**2).sum((1, 2), keepdims=True)))[:, None], dtype=np.float32)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("images")
    parser.add_argument("filters")
    parser.add_argument("weight", type=float, metavar="LAMBDA")
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--way", choices=("online", "batch"), required=True)
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--sporco", help="a checkout; else SPORCO in the environment")
    args = parser.parse_args()
    checkout.use(args.sporco)
    import sporco.dictlrn.cbpdndl
    import sporco.dictlrn.onlinecdl  # noqa: F401, loaded before memory is measured

    images, start = np.load(args.images), np.load(args.filters)[:, 0].transpose(1, 2, 0)
    args.out.mkdir(parents=True, exist_ok=True)
    steps = {"online": online, "batch": batch}[args.way](images, np.ascontiguousarray(start), args.weight)
    meter = Meter()
    for step in range(1, args.steps + 1):
        with meter:
            filters = next(steps)
        file = args.out / f"step-{step:03d}.npy"
        np.save(file, unit(filters))
        line = {"who": "sporco", "way": args.way, "step": step, **meter.numbers(), "filters": file.name}
        print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
