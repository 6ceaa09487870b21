# SPDX-License-Identifier: MIT
"""Where the results go: all of a full run into docs/ and the README, else into build/."""

import json
import os
import re
import textwrap

import charts
from peers import ROOT
from tables import Results, page, readme

DOCS = os.path.join(ROOT, "docs")
README = os.path.join(ROOT, "README.md")
SECTION = re.compile(r"(<!-- speed -->\n).*?(<!-- /speed -->)", re.DOTALL)
INTRODUCTION = (
    "# Speed\n\n`make bench` wrote this page, its charts and [speed.json](speed.json) in one run "
    "of all peers. [bench/](../bench) shows what each of them does.\n\n"
    "Most of a short call is the way from C into Go and back, and for a comparison that is the "
    "whole cost. Large requests are no faster than the operating system's own calls, and "
    "generators that libraries keep in the process (OpenSSL's, libsodium's internal one) are much "
    "faster. libsecrets keeps none, so that a forked child, a snapshot or a bug cannot repeat its "
    "output. A process pays once for its first call, and so does each forked child that calls."
    "\n\n![ratios](speed.svg)\n\n![growth](growth.svg)\n\n"
)


def wrapped(line):
    """Return prose in lines of at most 100 columns, all else as it is."""
    if line[:1] in ("|", "#", "!"):
        return line
    return textwrap.fill(
        line,
        100,
        subsequent_indent="  " if line[:2] == "- " else "",
        break_long_words=False,
        break_on_hyphens=False,
    )


def published(data):
    """Return the text of docs/speed.md."""
    return "\n".join(wrapped(line) for line in (INTRODUCTION + page(data)).split("\n"))


def with_section(text, data):
    """Return the README with the table of these results."""
    return SECTION.sub(lambda found: found[1] + readme(Results(data)) + found[2], text)


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def publish(data, folder, in_readme):
    """Write JSON, page and charts into a folder, and the README's table."""
    os.makedirs(folder, exist_ok=True)
    write(os.path.join(folder, "speed.json"), json.dumps(data, indent=1, ensure_ascii=False) + "\n")
    write(os.path.join(folder, "speed.md"), published(data))
    if in_readme:
        with open(README, encoding="utf-8") as file:
            text = file.read()
        write(README, with_section(text, data))
    charts.draw(data, folder)
