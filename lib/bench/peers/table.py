"""Runs of both sides as Markdown: table.py RUNS.jsonl. A row an image: medians of SPORCO and of this library,
and the ratio of each pair, which ran one after the other."""

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


def both(theirs, ours, key, form):
    return " and ".join(format(statistics.median(run[key] for run in runs), form) for runs in (theirs, ours))


def ratios(theirs, ours, key):
    return ", ".join(f"{a[key] / b[key]:.0f}" for a, b in zip(theirs, ours))


def coding(runs):
    images = dict.fromkeys(run["image"] for run in runs if run["who"] in ("sporco", "deconvnet") and "image" in run)
    if not images:
        return
    yield "| image | SPORCO: iterations, F | here: tolerance, F | CPU s | CPU, each pair | wall, each pair | first time, CPU s | first time, CPU, each pair | peak MB |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for image in images:
        theirs = [run for run in runs if run["who"] == "sporco" and run.get("image") == image]
        ours = [run for run in runs if run["who"] == "deconvnet" and run.get("image") == image]
        cells = [
            pathlib.Path(image).stem,
            f"{theirs[0]['iterations']}, {theirs[0]['F']:.4f}",
            f"{ours[0]['tolerance']:.4f}, {ours[0]['F']:.4f}",
            both(theirs, ours, "cpu_seconds", ".3f"),
            ratios(theirs, ours, "cpu_seconds"),
            ratios(theirs, ours, "seconds"),
            both(theirs, ours, "first_cpu_seconds", ".2f"),
            ratios(theirs, ours, "first_cpu_seconds"),
            both(theirs, ours, "peak_mb", ".0f"),
        ]
        yield "| " + " | ".join(cells) + " |"


def learning(runs):
    recoded = [run for run in runs if run["who"] == "recoded"]
    if not recoded:
        return
    yield "| filters of | step | F coded again | gap of that | CPU s | s | peak MB |"
    yield "|---|---|---|---|---|---|---|"
    for run in recoded:
        steps = [r for r in runs if r.get("way") == run["of"] and r["filters"] == run["filters"]]
        spent = [f"{steps[0][key]:.0f}" for key in ("step", "cpu_seconds", "seconds", "peak_mb")] if steps else ["0", "", "", ""]
        yield f"| {run['of']} | {spent[0]} | {run['F']:.3f} | {run['gap']:.3f} | {' | '.join(spent[1:])} |"


def main():
    with open(sys.argv[1]) as lines:
        runs = [json.loads(line) for line in lines]
    print(f"{machine()}\n")
    print("\n\n".join("\n".join(rows) for rows in (list(coding(runs)), list(learning(runs))) if rows))


if __name__ == "__main__":
    main()
