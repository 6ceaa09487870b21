# SPDX-License-Identifier: MIT
"""Measuring: rounds in which the peers take turns, so that whatever else the machine
does falls on all of them alike."""

import statistics

from works import Work
from worker_process import Cannot, Failed, start_of

SAMPLE = 1e6  # nanoseconds of a sample, about
CROWDED = 2e7  # of one of many threads, which the kernel gives milliseconds at a time


class Effort:
    """How much is measured."""

    def __init__(self, quick):
        self.rounds = 5 if quick else 31
        self.fewest = 3 if quick else 7
        self.budget = 3e7 if quick else 4e8  # nanoseconds of a peer's samples of one work
        self.firsts = 3 if quick else 15
        self.growth_rounds = 1 if quick else 5


def summary(samples):
    """Return the median and the quartiles of nanoseconds a call."""
    quartiles = (
        statistics.quantiles(samples, n=4, method="inclusive") if len(samples) > 1 else samples * 3
    )
    return {
        "median": quartiles[1],
        "low": quartiles[0],
        "high": quartiles[2],
        "samples": len(samples),
    }


def calibrated(worker, work):
    """Return how many calls make a sample. The first of all may have to start something."""
    worker.time(1, work)
    count, least = 1, (CROWDED if work.name == "threads" else SAMPLE) / 2
    while worker.time(count, work) < least:
        count *= 2
    return count


def attempt(cells, peer, step):
    """Do a step of a peer, unless it has failed before; a failure goes into its cell."""
    if peer in cells:
        return
    try:
        step()
    except Cannot:
        cells[peer] = {"cannot": True}
    except Failed as problem:
        cells[peer] = {"failed": str(problem)}


def compare(workers, work, effort):
    """Return {peer: cell} of one work; workers is {peer: Worker}."""
    counts, samples, cells = {}, {}, {}

    def sample(peer):
        samples.setdefault(peer, []).append(workers[peer].time(counts[peer], work) / counts[peer])

    for peer, worker in workers.items():
        attempt(cells, peer, lambda: counts.update({peer: calibrated(worker, work)}))
        attempt(cells, peer, lambda: sample(peer))
    for peer in turns(list(samples), rounds_for(samples, counts, effort)):
        attempt(cells, peer, lambda: sample(peer))
    return dict(
        {peer: summary(values[1:]) for peer, values in samples.items() if peer not in cells},
        **cells
    )


def rounds_for(samples, counts, effort):
    """Return how many rounds the slowest peer leaves time for."""
    slowest = max((samples[peer][0] * counts[peer] for peer in samples), default=1)
    return int(min(effort.rounds, max(effort.fewest, effort.budget / slowest))) | 1


def turns(peers, rounds):
    """Yield whose turn it is: all of them in each round, begun by another each time."""
    for number in range(rounds):
        start = number % len(peers) if peers else 0
        yield from peers[start:] + peers[:start]


def firsts(workers, work, effort):
    """Return {peer: cell} for what happens once, repeated."""
    samples, cells = {peer: [] for peer in workers}, {}
    for peer in turns(list(workers), effort.firsts):
        attempt(cells, peer, lambda: samples[peer].append(workers[peer].time(1, work)))
    return dict(
        {peer: summary(values) for peer, values in samples.items() if peer not in cells}, **cells
    )


STARTS = ["load", "first", "before", "loaded", "million"]


def starts(commands, effort):
    """Return {peer: {what: cell}} from fresh processes, which take turns, too.

    The million calls are made once: memory that grows does so every time.
    """
    found, cells, million = {peer: [] for peer in commands}, {}, {}
    for peer in commands:
        attempt(cells, peer, lambda: million.update({peer: start_of(commands[peer], 1000000)[-1:]}))
    for peer in turns(list(commands), effort.firsts):
        attempt(
            cells,
            peer,
            lambda: found[peer].append(start_of(commands[peer], 0)[:-1] + million[peer]),
        )
    return {
        peer: {
            name: cells.get(peer) or summary([row[i] for row in rows])
            for i, name in enumerate(STARTS)
        }
        for peer, rows in found.items()
    }


def growth(workers, name, sizes, effort, say):
    """Return {peer: [[size, nanoseconds], ...]}, and say each size before it is measured."""
    points = {peer: [] for peer in workers}
    for size in sizes:
        say(size)
        work = Work(name, size, "")
        for peer, cell in compare(workers, work, effort).items():
            if "median" in cell:
                points[peer].append([size, cell["median"]])
    return points
