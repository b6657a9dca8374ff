"""A line a measure of pairs of `deconvnet speed`: FOLDER holds 1-before.json, 1-after.json, 2-before.json and so on.

Measures are speeds, so that a ratio after / before below 1 is slower. Ends with 1 where one is slower in every pair.
"""
import json
import pathlib
import statistics
import sys

# Two starts of one commit differ by more than this now and then, but not in the same direction each time.
SLOWER = 0.97


def measures(file):
    """The speeds of one run, by name."""
    run = json.loads(file.read_text())
    speeds = {f"{k['shape']}  {k['op']}": k["gflops"] for k in run["kernels"]}
    speeds["peak"] = run["peak_gflops"]
    speeds["2011 network, images/s, one thread"] = 1 / run["adn_seconds_per_image"]
    speeds["2011 network, images/s, all threads"] = run["images_per_second"]
    return speeds


def pairs(folder):
    """(before, after) of every pair that is whole."""
    for before in sorted(folder.glob("*-before.json")):
        after = before.with_name(before.name.replace("before", "after"))
        if after.exists():
            yield measures(before), measures(after)


def main():
    runs = list(pairs(pathlib.Path(sys.argv[1])))
    if not runs:
        sys.exit(f"{sys.argv[1]}: expected files such as 1-before.json and 1-after.json, got none")
    slower = 0
    print(f"{'measure':42} {'before':>8} {'after':>8} {'ratio':>6}  spread of the ratio")
    for name in runs[0][0]:
        if any(name not in side for run in runs for side in run):
            print(f"{name:42} not in every run")
            continue
        ratios = [after[name] / before[name] for before, after in runs]
        word = "slower" if max(ratios) < SLOWER else ""
        slower += bool(word)
        print(
            f"{name:42} {statistics.median(b[name] for b, _ in runs):8.4g} {statistics.median(a[name] for _, a in runs):8.4g}"
            f" {statistics.median(ratios):6.2f}  {min(ratios):.2f} to {max(ratios):.2f} {word}".rstrip()
        )
    sys.exit(1 if slower else 0)


if __name__ == "__main__":
    main()
