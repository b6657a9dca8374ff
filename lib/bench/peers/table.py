"""Runs of both sides as Markdown: table.py RUNS.jsonl. A row an image; medians, and the ratio of each pair of neighbours in time."""

import json
import os
import pathlib
import statistics
import sys


def machine():
    """Cores and processor of this machine."""
    info = pathlib.Path("/proc/cpuinfo").read_text()
    names = {line.split(":", 1)[1].strip() for line in info.splitlines() if line.startswith("model name")}
    return f"{os.cpu_count()} cores of {', '.join(sorted(names)) or 'an unnamed processor'}"


def middle(runs, key):
    return statistics.median(run[key] for run in runs)


def coding(runs):
    images = dict.fromkeys(run["image"] for run in runs if run["who"] in ("sporco", "deconvnet") and "image" in run)
    yield "| image | iterations of SPORCO, F | tolerance here, F | SPORCO, CPU s | here, CPU s | CPU, ratio of each pair | wall, ratio of each pair | peak MB |"
    yield "|---|---|---|---|---|---|---|---|"
    for image in images:
        theirs = [run for run in runs if run["who"] == "sporco" and run.get("image") == image]
        ours = [run for run in runs if run["who"] == "deconvnet" and run.get("image") == image]
        pairs = list(zip(theirs, ours))
        cells = [
            pathlib.Path(image).stem,
            f"{theirs[0]['iterations']}, {theirs[0]['F']:.4f}",
            f"{ours[0]['tolerance']:.4f}, {ours[0]['F']:.4f}",
            f"{middle(theirs, 'cpu_seconds'):.2f}",
            f"{middle(ours, 'cpu_seconds'):.3f}",
            ", ".join(f"{a['cpu_seconds'] / b['cpu_seconds']:.0f}" for a, b in pairs),
            ", ".join(f"{a['seconds'] / b['seconds']:.0f}" for a, b in pairs),
            f"{middle(theirs, 'peak_mb'):.0f}, here {middle(ours, 'peak_mb'):.0f}",
        ]
        yield "| " + " | ".join(cells) + " |"


def learning(runs):
    recoded = [run for run in runs if run["who"] == "recoded"]
    if not recoded:
        return
    yield ""
    yield "| filters of | step | F coded again | gap of that | CPU s | s | peak MB |"
    yield "|---|---|---|---|---|---|---|"
    for run in recoded:
        steps = [r for r in runs if r.get("way") == run["of"] and r["filters"].endswith("/" + run["filters"])]
        spent = [str(steps[0][key]) for key in ("step", "cpu_seconds", "seconds", "peak_mb")] if steps else ["0", "", "", ""]
        yield f"| {run['of']} | {spent[0]} | {run['F']:.3f} | {run['gap']:.3f} | {' | '.join(spent[1:])} |"


def main():
    with open(sys.argv[1]) as lines:
        runs = [json.loads(line) for line in lines]
    print(f"{machine()}\n")
    print("\n".join([*coding(runs), *learning(runs)]))


if __name__ == "__main__":
    main()
