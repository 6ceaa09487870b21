# SPDX-License-Identifier: MIT
"""The tables, in Markdown, from the results alone."""

from aims import judged
from measure import STARTS
from peers import LANGUAGES, ours
from works import FIRSTS, GROWTH, WORKS, Work

MISSING = "–"
START_TITLES = [
    "loading",
    "first call",
    "KB before loading",
    "KB after it and a call",
    "KB after a million calls",
]


def duration(ns):
    if ns < 10:
        return "%.2g ns" % ns
    for limit, unit in ((1e3, "ns"), (1e6, "µs"), (1e9, "ms")):
        if ns < limit * 0.9995:
            value = ns / limit * 1e3
            return ("%.0f %s" if value >= 100 or unit == "ns" else "%.3g %s") % (value, unit)
    return "%.3g s" % (ns / 1e9)


def ratio(theirs, our):
    value = theirs / our
    return (
        "%.0f" if value >= 100 else "%.1f" if value >= 10 else "%.2f" if value >= 0.1 else "%.1g"
    ) % value


def spread(cell):
    """Return half of what lies between the quartiles, in hundredths of the median."""
    return (
        "±%.0f %%" % (50 * (cell["high"] - cell["low"]) / cell["median"]) if cell["median"] else ""
    )


def table(head, rows):
    lines = [
        "| " + " | ".join(row) + " |" for row in [head, ["---"] + ["---:"] * (len(head) - 1)] + rows
    ]
    return "\n".join(lines) + "\n"


class Results:
    """The results of a run, as peers and cells."""

    def __init__(self, data):
        self.data = data
        self.titles = {peer["name"]: peer["title"] for peer in data["peers"]}

    def peers(self, language, also_missing=False):
        """Return the peers of a language, ours first."""
        return [
            peer["name"]
            for peer in self.data["peers"]
            if peer["language"] == language and (also_missing or "missing" not in peer)
        ]

    def cell(self, work, peer):
        return self.data["works"].get(work.key, {}).get(peer, {"cannot": True})

    def ratio(self, work, language, peer):
        our, their = self.cell(work, ours(language)), self.cell(work, peer)
        return their["median"] / our["median"] if "median" in our and "median" in their else None

    def rows(self, language, works, write):
        """Return a row for each work that ours can do."""
        peers = self.peers(language)
        return [
            [work.title] + [write(work, peer) for peer in peers]
            for work in works
            if peers and "cannot" not in self.cell(work, peers[0])
        ]

    def failures(self):
        """Return why cells have failed."""
        reasons = []
        for work in WORKS + FIRSTS:
            for peer in self.titles:
                reason = self.cell(work, peer).get("failed")
                if reason:
                    reasons.append("%s, %s: %s" % (self.titles[peer], work.title, reason))
        return reasons


def ratio_cell(results, language):
    def write(work, peer):
        our, cell = results.cell(work, ours(language)), results.cell(work, peer)
        if "median" not in cell:
            return "failed" if "failed" in cell else MISSING
        if peer == ours(language):
            return duration(cell["median"])
        return ratio(cell["median"], our["median"]) if "median" in our else MISSING

    return write


def time_cell(results):
    def write(work, peer):
        cell = results.cell(work, peer)
        if "median" not in cell:
            return "failed" if "failed" in cell else MISSING
        return "%s %s" % (duration(cell["median"]), spread(cell))

    return write


def heads(results, language):
    return [results.titles[peer] for peer in results.peers(language)]


def sections(results, write_of):
    """Return a table of all works for each language."""
    text = ""
    for language in LANGUAGES:
        rows = results.rows(language, WORKS + FIRSTS, write_of(language))
        if rows:
            text += "\n**%s**\n\n%s" % (language, table([""] + heads(results, language), rows))
    return text


def starts_table(results):
    """Return loading, the first call and memory."""
    starts = results.data["starts"]
    rows = []
    for peer, cells in starts.items():
        row = [results.titles[peer] + (" (Python)" if peer in results.peers("Python") else "")]
        for name in STARTS:
            cell = cells[name]
            value = cell.get("median")
            row.append(
                "failed"
                if value is None
                else duration(value)
                if name in STARTS[:2]
                else "%.0f" % value
            )
        rows.append(row)
    return table([""] + START_TITLES, rows)


def aims_table(results):
    """Return what is to be reached, for those who develop the library: not for the page."""
    rows = []
    for aim, value in judged(results):
        verdict = (
            "not measured"
            if value is None
            else "reached"
            if aim.met(value)
            else "missed: %.2f" % (value / aim.limit)
        )
        rows.append(
            [aim.title, aim.against, aim.wanted, "–" if value is None else "%.2f" % value, verdict]
        )
    return table(["work", "against", "aim", "measured", ""], rows)


def about(results):
    """Return what was measured, on what, and who was missing."""
    m = results.data["machine"]
    text = "%s, %d processors, %s, %s, %s.\n" % (
        m["processor"],
        m["processors"],
        m["kernel"],
        m["system"],
        m["libc"],
    )
    versions, missing = [], []
    for peer in results.data["peers"]:
        if "missing" in peer:
            missing.append("%s: %s (package %s)" % (peer["title"], peer["missing"], peer["needs"]))
        else:
            versions.append(
                "%s%s %s"
                % (
                    peer["title"],
                    "" if peer["language"] == "C" else " (%s)" % peer["language"],
                    peer["version"],
                )
            )
    text += "\n" + "; ".join(versions) + ".\n"
    for line in missing:
        text += "\nMissing: %s\n" % line
    return text


def straightness(points):
    """Return in words how far the cost of each is constant."""
    half = points[len(points) // 2 :]
    unit = sorted(ns / size for size, ns in half)[len(half) // 2]
    off = [(size, ns / size / unit) for size, ns in points if not 0.75 <= ns / size / unit <= 1.25]
    if not off:
        return "%s each, at every size" % duration(unit)
    size, factor = off[-1]
    return "%s each; at %s it is %.2g times that, since every call has a fixed cost" % (
        duration(unit),
        format(size, ","),
        factor,
    )


def other_stacks(results):
    """Return what a token costs on a fiber's stack, against the thread's own, if both are known."""
    text, own = "", results.cell(Work("bytes", 32, ""), ours("C"))
    for number, whose in enumerate(("the main thread", "another")):
        cell = results.cell(Work("fiber", number, ""), ours("C"))
        if "median" in cell and "median" in own:
            text += "- of %s: %s.\n" % (whose, ratio(cell["median"], own["median"]))
    title = "\n## On a fiber's stack\n\nHow many times as long a token takes as on the main "
    return title + "thread's own stack.\n\n" + text if text else ""


def growth_list(results):
    text = ""
    for name, unit, _ in GROWTH:
        for peer, points in results.data["growth"].get(name, {}).items():
            if len(points) > 1:
                text += "- %s of %s: %s.\n" % (unit, results.titles[peer], straightness(points))
    return text


README_WORKS = [
    Work("bytes", 32, ""),
    Work("password", 16, ""),
    Work("compare", 32, ""),
    Work("first_child", 0, ""),
]
README_PEERS = ["libsecrets", "getrandom", "libsodium", "openssl", "libbsd"]


def named(works):
    """Return the works of that kind and size, with their titles."""
    titles = {work.key: work for work in WORKS + FIRSTS}
    return [titles[work.key] for work in works]


def readme(results):
    """Return the short table of the README: how many times as long the peers take."""
    write = ratio_cell(results, "C")
    rows = [
        [work.title] + [write(work, peer) for peer in README_PEERS] for work in named(README_WORKS)
    ]
    return table(["in C"] + [results.titles[peer] for peer in README_PEERS], rows)


def page(data):
    """Return all of it, ratios first."""
    results = Results(data)
    ratios = sections(results, lambda language: ratio_cell(results, language))
    times = sections(results, lambda language: time_cell(results))
    failures = "".join("\n- failed: " + reason for reason in results.failures())
    return (
        "%s\n## How many times as long the others take\n\n"
        "The first column is the time of a call of libsecrets, the others are ratios: "
        "above 1 libsecrets is faster, below 1 it is slower.\n%s%s\n## Times and their spread\n\n"
        "Medians of rounds in which the peers take turns, with half of the interquartile range.\n"
        "%s%s\n## Starting, and memory\n\n%s\n## As work grows\n\n%s"
        % (
            about(results),
            ratios,
            failures + "\n" if failures else "",
            times,
            other_stacks(results),
            starts_table(results),
            growth_list(results),
        )
    )
