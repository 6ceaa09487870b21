# SPDX-License-Identifier: MIT
"""What is to be reached, and whether a run did."""

import os
from collections import namedtuple

from peers import PEERS, ours
from works import Work


class Aim(namedtuple("Aim", "title work language peer limit")):
    """At least so many times as fast as the peer; of threads: at most so many times as slow."""

    __slots__ = ()

    @property
    def most(self):
        return self.work.name == "threads"

    @property
    def wanted(self):
        return "%s %g" % ("at most" if self.most else "at least", self.limit)

    @property
    def against(self):
        return (
            "itself, one thread"
            if self.most
            else next(p.title for p in PEERS if p.name == self.peer)
        )

    def met(self, value):
        return value <= self.limit if self.most else value >= self.limit

    def value(self, results):
        """Return the ratio; None if it was not measured."""
        if not self.most:
            return results.ratio(self.work, self.language, self.peer)
        cells = [
            results.cell(Work("threads", 2 ** power, ""), ours(self.language)) for power in range(6)
        ]
        if not all("median" in cell for cell in cells):
            return None
        return max(cell["median"] for cell in cells) / cells[0]["median"]


def aims():
    """Read the list: work, size, language, peer, limit, title."""
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "aims.tsv")) as file:
        for line in file:
            name, size, language, peer, limit, title = line.rstrip("\n").split("\t")
            yield Aim(title, Work(name, int(size), title), language, peer, float(limit))


def judged(results):
    """Return (aim, value) for each aim."""
    return [(aim, aim.value(results)) for aim in aims()]
