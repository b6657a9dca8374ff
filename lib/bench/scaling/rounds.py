"""Rounds of learning from a Spark event log: rounds.py EVENTS WORKERS PARTITIONS BATCH, one CSV line a layer.

A round is a batch: one job that codes the images and sums up their gradients, and one job a CG step; jobs are told apart by their
descriptions. It lasts from its first job to the next round's, so the driver's work counts. The first half of a layer's rounds warms up
and is left out.
"""

import json
import pathlib
import re
import statistics
import sys

JOB_OF_A_ROUND = re.compile(r"layer (\d+), epoch \d+, batch \d+: (infer|filters)")


def events(folder):
    for file in sorted(pathlib.Path(folder).rglob("events_*")):
        with file.open() as lines:
            yield from map(json.loads, lines)


def read(folder):
    """Jobs of rounds by layer and in their order, and tasks by stage."""
    jobs, tasks, ends = {}, {}, {}
    for event in events(folder):
        if event["Event"] == "SparkListenerJobStart":
            named = JOB_OF_A_ROUND.fullmatch(event["Properties"].get("spark.job.description") or "")
            if named:
                job = {"id": event["Job ID"], "start": event["Submission Time"], "what": named[2], "stages": event["Stage IDs"]}
                jobs.setdefault(int(named[1]), []).append(job)
        elif event["Event"] == "SparkListenerJobEnd":
            ends[event["Job ID"]] = event["Completion Time"]
        elif event["Event"] == "SparkListenerTaskEnd" and event.get("Task Metrics"):
            tasks.setdefault(event["Stage ID"], []).append(event["Task Metrics"])
    for job in (job for layer in jobs.values() for job in layer):
        job["seconds"] = (ends[job["id"]] - job["start"]) / 1000
        job["tasks"] = [task for stage in job["stages"] for task in tasks.get(stage, [])]
    return jobs


def measured(jobs):
    """The second half of the rounds, each with how long it took: the last one has no end."""
    starts = [i for i, job in enumerate(jobs) if job["what"] == "infer"]
    rounds = [(jobs[first:after], (jobs[after]["start"] - jobs[first]["start"]) / 1000) for first, after in zip(starts, starts[1:])]
    return rounds[max(1, len(starts) // 2) - 1:]


def main(folder, workers, partitions, batch):
    for layer, jobs in sorted(read(folder).items()):
        rounds = measured(jobs)
        tasks = [[task for job in own for task in job["tasks"]] for own, _ in rounds]
        median = lambda numbers: statistics.median(list(numbers))
        print(workers, partitions, batch, layer, len(rounds),
              "%.3f" % median(seconds for _, seconds in rounds),
              "%.3f" % median(own[0]["seconds"] for own, _ in rounds),
              "%.3f" % median(sum(job["seconds"] for job in own[1:]) for own, _ in rounds),
              "%.3f" % median(sum(task["Executor Run Time"] for task in own) / 1000 for own in tasks),
              "%.1f" % median(len(own) for own, _ in rounds),
              "%.1f" % median(len(own) for own in tasks),
              max(task["Result Size"] for own in tasks for task in own),
              int(median(sum(task["Shuffle Write Metrics"]["Shuffle Bytes Written"] for task in own) for own in tasks)), sep=",")


main(*sys.argv[1:])
