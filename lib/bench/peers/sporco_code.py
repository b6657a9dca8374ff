"""SPORCO's ADMM on one image, one thread, float32, automatic rho: a JSON line.

  sporco_code.py IMAGE.npy FILTERS.npy LAMBDA --iterations N   times N iterations twice, statistics switched off
  sporco_code.py IMAGE.npy FILTERS.npy LAMBDA --reach F        says how many iterations it takes to have at most F, not timed
"""

import argparse
import json
import os

import checkout
import numpy as np
from measuring import Meter
from objective import objective

MOST = 1000


def options(iterations, **more):
    from sporco.admm import cbpdn

    return cbpdn.ConvBPDN.Options(
        {
            "Verbose": False,
            "MaxMainIter": iterations,
            "RelStopTol": 1e-12,
            "DataType": np.float32,
            "AutoRho": {"Enabled": True},
            **more,
        }
    )


def solver(image, filters, weight, opt):
    from sporco.admm import cbpdn

    return cbpdn.ConvBPDN(np.ascontiguousarray(filters[:, 0].transpose(1, 2, 0)), image, weight, opt)


def maps(code):
    """(H, W, 1, 1, K) to (K, H, W)."""
    return code.squeeze().transpose(2, 0, 1)


def iterations_to(image, filters, weight, goal):
    def reached(admm):
        found["n"] += 1
        found["F"] = objective(image, filters, maps(admm.getcoef()), weight)
        return found["F"] <= goal

    found = {"n": 0, "F": float("inf")}
    solver(image, filters, weight, options(MOST, Callback=reached)).solve()
    return {"iterations": found["n"], "F": found["F"], "reached": found["F"] <= goal}


def timed(image, filters, weight, iterations):
    """The first time FFTW plans its transforms as well; the second time it has its plans."""
    total, first, again = Meter(), Meter(), Meter()
    for meter in (first, again):
        with meter:
            code = solver(image, filters, weight, options(iterations, FastSolve=True)).solve()
    cold = {"first_" + key: first.numbers()[key] for key in ("seconds", "cpu_seconds")}
    peak = {"peak_mb": total.numbers()["peak_mb"]}
    return {"iterations": iterations, "F": objective(image, filters, maps(code), weight), **cold, **again.numbers(), **peak}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("image")
    parser.add_argument("filters")
    parser.add_argument("weight", type=float, metavar="LAMBDA")
    work = parser.add_mutually_exclusive_group(required=True)
    work.add_argument("--iterations", type=int)
    work.add_argument("--reach", type=float, metavar="F")
    parser.add_argument("--sporco", help="a checkout; else SPORCO in the environment")
    args = parser.parse_args()
    checkout.use(args.sporco)
    import sporco.admm.cbpdn  # noqa: F401, loaded before memory is measured

    image, filters = np.load(args.image), np.load(args.filters)
    if args.iterations:
        result = timed(image, filters, args.weight, args.iterations)
    else:
        result = iterations_to(image, filters, args.weight, args.reach)
    print(json.dumps({"who": "sporco", "image": os.path.basename(args.image), "lambda": args.weight, **result}), flush=True)


if __name__ == "__main__":
    main()
