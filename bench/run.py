#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures the library side by side with what a program would use instead.

    bench/run.py [--build FOLDER] [--peers NAME,...] [--quick] [--render FILE]

Prints ratios, times, aims and who was missing. A full run, in which no peer is
missing, writes docs/speed.* and docs/growth.* and the table of the README; any
other writes into FOLDER/bench. --render makes them again from a speed.json.

Exit status: 0 done, 1 a library of ours failed or there is no gnuplot, 2 bad arguments.
"""

import argparse
import json
import os
import sys

import charts
from machine import machine
from measure import Effort, compare, firsts, growth, starts
from peers import LANGUAGES, PEERS, Builder, Missing, ours, selected
from publish import DOCS, publish
from tables import Results, aims_table, page
from worker_process import Failed, Worker
from works import FIRSTS, GROWTH, WORKS

GROWN = ["libsecrets", "getrandom", "libsodium"]


class Progress:
    """A bar on standard error, if that is a terminal."""

    def __init__(self, steps):
        self.steps, self.done, self.shown = steps, 0, sys.stderr.isatty()

    def step(self, text):
        self.done += 1
        if self.shown:
            full = 30 * self.done // self.steps
            bar = "\r[%s%s] %-40.40s" % ("#" * full, " " * (30 - full), text)
            sys.stderr.write(bar if self.done < self.steps else "\r\033[K")
            sys.stderr.flush()


def started(peers, builder):
    """Return {peer: Worker}, {peer: command} and what is known of each."""
    workers, commands, known = {}, {}, []
    for peer in peers:
        entry = {"name": peer.name, "language": peer.language, "title": peer.title}
        try:
            commands[peer.name] = builder.command(peer)
            workers[peer.name] = Worker(commands[peer.name])
            entry["version"] = workers[peer.name].version
        except (Missing, Failed) as problem:
            commands.pop(peer.name, None)
            entry.update(missing=str(problem), needs=peer.needs)
        known.append(entry)
    return workers, commands, known


def measure(peers, builder, quick):
    """Return the results of a run."""
    workers, commands, known = started(peers, builder)
    effort, grown = Effort(quick), Effort(quick)
    grown.rounds = grown.fewest = effort.growth_rounds
    progress = Progress(
        len(LANGUAGES) * (len(WORKS) + len(FIRSTS)) + 1 + sum(len(sizes) for _, _, sizes in GROWTH)
    )
    data = {
        "machine": machine(),
        "quick": quick,
        "peers": known,
        "works": {},
        "starts": {},
        "growth": {},
    }
    groups = [
        {
            peer.name: workers[peer.name]
            for peer in peers
            if peer.language == language and peer.name in workers
        }
        for language in LANGUAGES
    ]
    for way, works in ((compare, WORKS), (firsts, FIRSTS)):
        for work in works:
            cells = data["works"].setdefault(work.key, {})
            for group in groups:
                progress.step(work.title)
                cells.update(way(group, work, effort))
    for name, unit, sizes in GROWTH:
        group = {peer: workers[peer] for peer in GROWN if peer in workers}
        data["growth"][name] = growth(
            group, name, sizes, grown, lambda size: progress.step("%d %s" % (size, unit))
        )
    progress.step("starting")
    for worker in workers.values():
        worker.end()
    data["starts"] = starts(
        {
            peer.name: commands[peer.name]
            for peer in peers
            if peer.name in commands and peer.language != "Go"
        },
        effort,
    )
    return data


def whole(data):
    """Tell whether these are results to publish."""
    return (
        not data["quick"]
        and len(data["peers"]) == len(PEERS)
        and not any("missing" in peer for peer in data["peers"])
    )


def ours_failed(data):
    names = {ours(language) for language in LANGUAGES}
    missing = any("missing" in peer for peer in data["peers"] if peer["name"] in names)
    return missing or any(
        "failed" in cells.get(name, {}) for cells in data["works"].values() for name in names
    )


def arguments():
    parser = argparse.ArgumentParser(description="Measure libsecrets beside its peers.")
    parser.add_argument(
        "--build", default="build", help="the folder with the library, for workers and results"
    )
    parser.add_argument(
        "--peers", default="", help="names with commas between; all if there are none"
    )
    parser.add_argument("--quick", action="store_true", help="few rounds, to try it out")
    parser.add_argument(
        "--render", metavar="FILE", help="measure nothing: make docs/ and README from this JSON"
    )
    options = parser.parse_args()
    try:
        options.chosen = selected(
            [name for name in options.peers.replace(" ", ",").split(",") if name]
        )
    except ValueError as problem:
        parser.error(str(problem))
    return options


def main():
    options = arguments()
    if options.render:
        with open(options.render, encoding="utf-8") as file:
            data = json.load(file)
    else:
        data = measure(options.chosen, Builder(options.build), options.quick)
        print(page(data))
        print("## Aims\n\n" + aims_table(Results(data)))
    try:
        publish(data, DOCS if whole(data) else os.path.join(options.build, "bench"), whole(data))
    except charts.Missing as problem:
        sys.exit(str(problem))
    return ours_failed(data)


if __name__ == "__main__":
    sys.exit(main())
