# SPDX-License-Identifier: MIT
"""CPython's own tests, run on this package by every CPython from 3.8 to 3.13.

    python3 bindings/python/tests/cpython_suite.py [--required]

Interpreters are looked for as this one, as those installed in folders beside its
own, as python3.8 to python3.13 on PATH and where the system keeps programs, and at
the paths or names in $PYTHONS, separated as in $PATH, which may be of PyPy. Each
that has the suites of its standard library runs them, with this package in the place
of what they test. The exit status is 0 if none saw anything fail. With --required
there must be an interpreter, and every one must have the suites.
"""

import glob
import json
import os
import shutil
import subprocess
import sys

VERSIONS = [(3, minor) for minor in range(8, 14)]
TESTS = os.path.dirname(os.path.abspath(__file__))
DEADLINE = 300  # seconds for one interpreter
WHO = "import json, sys; print(json.dumps([sys.version_info[:2], sys.executable]))"


def candidates():
    """Yield the paths of what may be an interpreter, those asked for first."""
    yield from filter(None, os.environ.get("PYTHONS", "").split(os.pathsep))
    yield sys.executable
    beside = os.path.join(os.path.dirname(sys.base_prefix), "*", "bin")
    for version in VERSIONS:
        name = "python%d.%d" % version
        yield from sorted(glob.glob(os.path.join(beside, name)))
        for path in (None, os.defpath):
            found = shutil.which(name, path=path)
            if found:
                yield found


def identify(path):
    """Return the version and path that an interpreter gives, or None if it is none."""
    try:
        text = subprocess.check_output(
            [path, "-c", WHO],
            stdin=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=60,
        )
        version, executable = json.loads(text.decode())
    except (OSError, ValueError, subprocess.SubprocessError):
        return None  # such as a shim for a version that is not installed
    return tuple(version), executable


def interpreters():
    """Return (version, path) of each interpreter of a version in question."""
    found = {}
    for path in candidates():
        # A shim is a program of its own: only the interpreter knows its file.
        identity = identify(path)
        if identity and identity[0] in VERSIONS:
            found.setdefault(os.path.realpath(identity[1]), identity)
    return sorted(found.values())


def has_suites(path):
    """Return whether an interpreter has the tests of its standard library."""
    command = [path, "-W", "ignore", "-c", "import test.test_random"]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return done.returncode == 0


def run(path):
    """Return what swapped_suite.py reports of itself in the interpreter at path."""
    done = subprocess.run(
        [path, "-W", "ignore", os.path.join(TESTS, "swapped_suite.py")],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        universal_newlines=True,
        timeout=DEADLINE,
    )
    lines = done.stdout.splitlines()
    try:
        report = json.loads(lines.pop())
    except (IndexError, ValueError):
        # It crashed, or something else came last.
        report = {"error": "it ended with status %d" % done.returncode}
    return dict(report, output=done.stdout, status=done.returncode)


def problem(report):
    """Return what is wrong with a report, or None."""
    if "error" in report:
        return report["error"]
    for name, count in sorted(report["run"].items()):
        if not count:
            return "%s ran no tests" % name
    if report["failures"] or report["status"]:
        return "%d failures" % len(report["failures"])
    return None


def check(version, path):
    """Run the suites in one interpreter and print a line; return whether all is well."""
    try:
        report = run(path)
    except subprocess.TimeoutExpired:
        report = {"error": "it did not end in %d s" % DEADLINE, "output": ""}
    wrong = problem(report)
    counts = report.get("run", {})
    print(
        "Python %d.%d  %s: %d tests (%s), %s"
        % (
            version + (path, sum(counts.values()))
            + (", ".join("%s %d" % item for item in sorted(counts.items())),)
            + (wrong or "0 failures",)
        )
    )
    for text in report.get("skipped", []):
        print("  skipped by CPython:", text)
    if wrong:
        print(report["output"])
    return wrong is None


def main(required=True):
    found = interpreters()
    if not required:
        for _, path in found:
            if not has_suites(path):
                print("Without the suites:", path)
        found = [one for one in found if has_suites(one[1])]
    results = [check(version, path) for version, path in found]
    there = {version for version, _ in found}
    missing = ["%d.%d" % version for version in VERSIONS if version not in there]
    print("Not found:", " ".join(missing) or "none")
    return 0 if all(results) and (results or not required) else 1


if __name__ == "__main__":
    sys.exit(main("--required" in sys.argv[1:]))
