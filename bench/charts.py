# SPDX-License-Identifier: MIT
"""The charts, by gnuplot, from the results alone."""

import os
import shutil
import subprocess

from tables import Results, named
from works import GROWTH, Work

# Okabe and Ito's colours, which the colour-blind can tell apart.
COLOURS = ["#000000", "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00"]
# The first is a ring around what others lie in the same place.
POINTS = [6, 5, 9, 11, 13]
TERMINAL = "svg size %d,%d dynamic background '#ffffff' font 'sans,13'"

C_WORKS = [
    Work("bytes", 32, ""),
    Work("hex", 32, ""),
    Work("urlsafe", 32, ""),
    Work("below", 52, ""),
    Work("password", 16, ""),
    Work("passphrase", 6, ""),
    Work("apikey", 32, ""),
    Work("shuffle", 52, ""),
    Work("numbers", 1000, ""),
    Work("hexes", 1000, ""),
    Work("bytes", 1048576, ""),
    Work("compare", 32, ""),
]
C_PEERS = ["getrandom", "libsodium", "openssl", "libbsd", "gnutls"]
PYTHON_WORKS = [
    Work("bytes", 32, ""),
    Work("hex", 32, ""),
    Work("urlsafe", 32, ""),
    Work("below", 52, ""),
    Work("choice", 100, ""),
    Work("password", 16, ""),
    Work("passphrase", 6, ""),
    Work("shuffle", 100, ""),
    Work("hexes", 1000, ""),
    Work("compare", 32, ""),
]
PYTHON_PEERS = ["python", "pynacl"]


class Missing(Exception):
    """gnuplot is not there."""


def quoted(text):
    return '"%s"' % text.replace("\\", "\\\\").replace('"', '\\"')


def block(name, rows):
    """Return rows of numbers as a data block."""
    return "$%s << END\n%s\nEND\n" % (
        name,
        "\n".join(" ".join("%.6g" % value for value in row) for row in rows) or "0 NaN",
    )


def ratio_panel(results, language, works, peers, x):
    """Return one panel of the first chart: a row for each work, a point for each peer."""
    works = named(works)
    peers = [peer for peer in peers if peer in results.peers(language)]
    labels = ", ".join(
        "%s %d" % (quoted(work.title), len(works) - row) for row, work in enumerate(works)
    )
    text, plots = "", []
    for number, peer in enumerate(peers):
        points = []
        for row, work in enumerate(works):
            value = results.ratio(work, language, peer)
            if value is not None:
                points.append((value, len(works) - row))
        text += block("%s%d" % (language, number), points)
        plots.append(
            "$%s%d using 1:2 with points pt %d ps %g lw 2 lc rgb '%s' title %s"
            % (
                language,
                number,
                POINTS[number],
                1.1 if number else 1.9,
                COLOURS[number + 1],
                quoted(results.titles[peer]),
            )
        )
    if not plots:
        return ""
    return text + (
        "set lmargin at screen %g\nset rmargin at screen %g\nset title 'in %s'\nset ytics (%s)\n"
        "set yrange [0.3:%g]\nplot %s\n"
        % (x[0], x[1], language, labels, len(works) + 0.7, ", ".join(plots))
    )


def speed(data):
    """Return the commands for the first chart."""
    results = Results(data)
    return (
        "set multiplot title 'How many times as long the others take: "
        "right of the line libsecrets is faster'\n"
        "set logscale x 10\nset grid x y lc rgb '#dddddd' lt 1\n"
        "set xrange [0.01:1000]\nset format x '%g'\n"
        "set arrow 1 from 1,graph 0 to 1,graph 1 nohead lc rgb '#000000' lw 1.5\n"
        "set key below center horizontal\nset bmargin 5\nset tmargin 4\n"
        + ratio_panel(results, "C", C_WORKS, C_PEERS, (0.2, 0.56))
        + ratio_panel(results, "Python", PYTHON_WORKS, PYTHON_PEERS, (0.75, 0.98))
        + "unset multiplot\n"
    )


def growth(data):
    """Return the commands for the second chart."""
    results = Results(data)
    text = (
        "set multiplot layout 1,2\nset logscale xy 10\nset grid lc rgb '#dddddd' lt 1\n"
        "set key top left\nset format y '%.0s %cs'\nset format x '%.0s %c'\n"
    )
    for name, unit, _ in GROWTH:
        plots = []
        for number, (peer, points) in enumerate(data["growth"].get(name, {}).items()):
            text += block(name + str(number), [(size, ns / 1e9) for size, ns in points])
            plots.append(
                "$%s%d using 1:2 with linespoints pt %d lc rgb '%s' title %s"
                % (name, number, POINTS[number], COLOURS[number], quoted(results.titles[peer]))
            )
        if plots:
            text += "set title 'time for %s'\nset xlabel %s\nplot %s\n" % (
                unit,
                quoted(unit),
                ", ".join(plots),
            )
    return text + "unset multiplot\n"


def draw(data, folder):
    """Write both charts into a folder, as SVG."""
    if shutil.which("gnuplot") is None:
        raise Missing("no charts: gnuplot is missing (package gnuplot-nox)")
    for name, commands, size in (
        ("speed", speed(data), (1000, 460)),
        ("growth", growth(data), (1000, 400)),
    ):
        out = os.path.join(folder, name + ".svg")
        script = "set terminal %s\nset output %s\n%s" % (TERMINAL % size, quoted(out), commands)
        subprocess.run(["gnuplot"], input=script.encode(), check=True)
