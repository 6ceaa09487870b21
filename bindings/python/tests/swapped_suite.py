# SPDX-License-Identifier: MIT
"""Runs CPython's tests on this package; cpython_suite.py starts it.

It prints what unittest prints and then one line of JSON: the tests run by suite,
the failures, what was skipped; or the error that kept it from running them.
"""

import collections
import importlib
import json
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

import libsecrets
from libsecrets import _functions

# A suite, the class to take of it (None: all), and the functions of the library
# that its tests must reach, which shows that it is ours that they test.
SUITES = [
    (
        "test_secrets",
        None,
        "compare_digest randbelow randbits token_bytes token_hex token_urlsafe",
    ),
    (
        "test_random",
        "SystemRandom_TestBasicOps",
        "random randbelow randbits randbelow_big randbits_big "
        "randbelow_batch random_batch sample",
    ),
    ("test_hmac", "CompareDigestTestCase", "compare_digest"),
]


def count_calls(calls):
    """Make every function of the library count its calls."""

    def counting(name, function):
        def call(*arguments):
            calls[name] += 1
            return function(*arguments)

        return call

    for name in " ".join(reached for _, _, reached in SUITES).split():
        for entry in (name, "long_" + name):
            if hasattr(_functions, entry):
                function = getattr(_functions, entry)
                setattr(_functions, entry, counting(name, function))


def swap():
    """Put this package in the place of what the suites import."""
    import _operator
    import hmac
    import random

    sys.modules["secrets"] = libsecrets
    random.SystemRandom = libsecrets.SystemRandom
    # test_hmac demands that hmac's function be the one of _hashlib, if that has
    # one, so it is swapped there too. That of HMAC objects stays as it is.
    hmac.compare_digest = libsecrets.compare_digest
    _operator._compare_digest = libsecrets.compare_digest
    try:
        import _hashlib
    except ImportError:
        return  # the suite does without it too
    if hasattr(_hashlib, "compare_digest"):
        _hashlib.compare_digest = libsecrets.compare_digest


def run_suite(name, case, reached, calls):
    """Return the result of a suite; RuntimeError if it did not test ours."""
    try:
        module = importlib.import_module("test." + name)
    except ImportError as error:
        advice = "Debian has the suites in the package libpython3-testsuite"
        raise RuntimeError("%s (%s)" % (error, advice)) from error
    loader = unittest.defaultTestLoader
    if case:
        tests = loader.loadTestsFromTestCase(getattr(module, case))
    else:
        tests = loader.loadTestsFromModule(module)
    calls.clear()
    result = unittest.TextTestRunner(stream=sys.stdout, verbosity=0).run(tests)
    missed = [function for function in reached.split() if not calls[function]]
    # Tests that fail may well have stopped before they reached everything.
    if missed and result.wasSuccessful():
        raise RuntimeError("%s never reached %s" % (name, ", ".join(missed)))
    return result


def main():
    calls = collections.Counter()
    count_calls(calls)
    swap()
    report = {"run": {}, "failures": [], "skipped": []}
    try:
        for name, case, reached in SUITES:
            result = run_suite(name, case, reached, calls)
            report["run"][name] = result.testsRun
            wrong = result.failures + result.errors
            report["failures"] += [test.id() for test, _ in wrong]
            report["failures"] += [test.id() for test in result.unexpectedSuccesses]
            for test, reason in result.skipped:
                report["skipped"].append("%s: %s" % (test.id(), reason))
    except (AttributeError, RuntimeError) as error:
        report = {"error": "%s: %s" % (type(error).__name__, error)}
    print(json.dumps(report))
    return 1 if report.get("error") or report["failures"] else 0


if __name__ == "__main__":
    sys.exit(main())
