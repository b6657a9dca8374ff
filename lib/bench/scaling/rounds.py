"""Rounds of learning from a Spark event log: rounds.py EVENTS WORKERS PARTITIONS BATCH, one CSV line a layer.

A round is a batch: one job that codes the images and sums up their gradients, and one job a CG step. It lasts from its
first job to the next round's, so the driver's work counts. The first half of a layer's rounds warms up and is left out.
"""

import json
import pathlib
import statistics
import sys

LAYERS = 4
JOB_OF_A_ROUND = "SparkBatch.java"


def events(folder):
    for file in sorted(pathlib.Path(folder).rglob("events_*")):
        with file.open() as lines:
            yield from map(json.loads, lines)


def read(folder):
    """Jobs of rounds in their order (start, line in SparkBatch, stages), tasks by stage."""
    jobs, tasks = [], {}
    for event in events(folder):
        if event["Event"] == "SparkListenerJobStart":
            last = max(event["Stage Infos"], key=lambda stage: stage["Stage ID"])["Stage Name"]
            if "treeReduce" in last and JOB_OF_A_ROUND in last:
                jobs.append((event["Submission Time"], int(last.rsplit(":", 1)[1]), event["Stage IDs"]))
        elif event["Event"] == "SparkListenerTaskEnd" and event.get("Task Metrics"):
            tasks.setdefault(event["Stage ID"], []).append(event["Task Metrics"])
    return jobs, tasks


def main(folder, workers, partitions, batch):
    jobs, tasks = read(folder)
    coding = min(line for _, line, _ in jobs)
    starts = [i for i, job in enumerate(jobs) if job[1] == coding]
    each = len(starts) // LAYERS
    for layer in range(LAYERS):
        own = starts[layer * each:(layer + 1) * each]
        pairs = list(zip(own, own[1:]))[max(1, each // 2) - 1:]
        seconds, work, job_count, task_count, sizes, shuffled = [], [], [], [], [], []
        for first, after in pairs:
            done = [t for job in jobs[first:after] for stage in job[2] for t in tasks.get(stage, [])]
            seconds.append((jobs[after][0] - jobs[first][0]) / 1000)
            work.append(sum(t["Executor Run Time"] for t in done) / 1000)
            job_count.append(after - first)
            task_count.append(len(done))
            sizes.extend(t["Result Size"] for t in done)
            shuffled.append(sum(t["Shuffle Write Metrics"]["Shuffle Bytes Written"] for t in done))
        print(workers, partitions, batch, layer + 1, len(pairs), *("%.3f" % statistics.median(x) for x in (seconds, work)),
              *("%.1f" % statistics.median(x) for x in (job_count, task_count)), max(sizes), int(statistics.median(shuffled)), sep=",")


main(*sys.argv[1:])
