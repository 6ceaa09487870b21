# SPDX-License-Identifier: MIT
"""Where the results go: all of a full run into docs/ and the README, else into build/."""

import json
import os
import re

import charts
from peers import ROOT
from tables import Results, page, readme

DOCS = os.path.join(ROOT, "docs")
README = os.path.join(ROOT, "README.md")
SECTION = re.compile(r"(<!-- speed -->\n).*?(<!-- /speed -->)", re.DOTALL)
INTRODUCTION = (
    "# Speed\n\n`make bench` wrote this page, its charts and [speed.json](speed.json) in one run of all peers. "
    "[bench/](../bench) shows what each of them does.\n\n![ratios](speed.svg)\n\n![growth](growth.svg)\n\n"
)


def published(data):
    """Return the text of docs/speed.md."""
    return INTRODUCTION + page(data)


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
