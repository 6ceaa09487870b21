# SPDX-License-Identifier: MIT
"""The runner of CPython's tests sees what is wrong: cpython_suite.py itself is run
on its own, because it needs the suites of the interpreters."""

import collections
import contextlib
import io
import os
import subprocess
import sys
import types
import unittest
from unittest import mock

import libsecrets
from tests import cpython_suite, swapped_suite

GOOD = {"run": {"a": 1}, "failures": [], "skipped": [], "status": 0}
NAMES = "test.test_fake"


class Problems(unittest.TestCase):
    def check(self, expected, **changes):
        self.assertEqual(cpython_suite.problem(dict(GOOD, **changes)), expected)

    def test_of_reports(self):
        self.check(None)
        self.check("a ran no tests", run={"a": 0, "b": 1})
        self.check("2 failures", failures=["x", "y"])
        self.check("0 failures", status=1)
        self.check("no suite", error="no suite")

    def run_main(self, found, reports):
        output = io.StringIO()
        with mock.patch.object(cpython_suite, "interpreters", return_value=found):
            with mock.patch.object(cpython_suite, "run", side_effect=reports):
                with contextlib.redirect_stdout(output):
                    status = cpython_suite.main()
        return status, output.getvalue()

    def test_exit_status(self):
        two = [((3, 8), "/a"), ((3, 13), "/b")]
        good = dict(GOOD, output="", skipped=["x: y"])
        bad = dict(good, run={"a": 0}, output="the output")
        status, text = self.run_main(two, [good, good])
        self.assertEqual(status, 0)
        self.assertIn("Python 3.8  /a: 1 tests (a 1), 0 failures", text)
        self.assertIn("skipped by CPython: x: y", text)
        self.assertIn("Not found: 3.9 3.10 3.11 3.12\n", text)
        self.assertNotIn("the output", text)
        status, text = self.run_main(two, [good, bad])
        self.assertEqual(status, 1)
        self.assertIn("the output", text)
        self.assertEqual(self.run_main([], [])[0], 1)
        late = subprocess.TimeoutExpired("x", 1)
        self.assertEqual(self.run_main(two, [late, good])[0], 1)


class Interpreters(unittest.TestCase):
    def test_identify(self):
        version, path = cpython_suite.identify(sys.executable)
        self.assertEqual(version, sys.version_info[:2])
        self.assertTrue(os.path.samefile(path, sys.executable))
        for other in ("/nowhere", "/bin/false", "/bin/echo"):
            self.assertIsNone(cpython_suite.identify(other))

    def test_each_once(self):
        with mock.patch.dict(os.environ, PYTHONS=os.pathsep.join([sys.executable] * 2)):
            self.assertIn(sys.executable, list(cpython_suite.candidates())[:1])
            found = cpython_suite.interpreters()
        files = [os.path.realpath(path) for _, path in found]
        self.assertEqual(len(set(files)), len(files))
        self.assertIn(os.path.realpath(sys.executable), files)

    def test_report_of_something_else(self):
        with mock.patch.object(cpython_suite, "TESTS", "/nowhere"):
            report = cpython_suite.run(sys.executable)
        self.assertIn("ended with status 2", cpython_suite.problem(report))


class Control(unittest.TestCase):
    """A suite whose tests reach something else than this package is found out."""

    def run_fake(self, function, reached="token_hex"):
        class Case(unittest.TestCase):
            def test_token(self):
                function()

        module = types.ModuleType(NAMES)
        module.Case = Case
        calls = collections.Counter()
        entry = swapped_suite._functions.token_hex

        def counting(*arguments):
            calls["token_hex"] += 1
            return entry(*arguments)

        with mock.patch.dict(sys.modules, {"test": types.ModuleType("test")}):
            sys.modules[NAMES] = module
            with mock.patch.object(swapped_suite._functions, "token_hex", counting):
                with contextlib.redirect_stdout(io.StringIO()):
                    return swapped_suite.run_suite("test_fake", None, reached, calls)

    def test_ours(self):
        result = self.run_fake(libsecrets.token_hex)
        self.assertEqual((result.testsRun, result.wasSuccessful()), (1, True))

    def test_another(self):
        import secrets

        with self.assertRaisesRegex(RuntimeError, "test_fake never reached token_hex"):
            self.run_fake(secrets.token_hex)

    def test_missing(self):
        with mock.patch.dict(sys.modules, {NAMES: None}):
            with self.assertRaisesRegex(RuntimeError, "libpython3-testsuite"):
                swapped_suite.run_suite("test_fake", None, "", {})

    def test_failure(self):
        result = self.run_fake(lambda: 1 / 0)
        self.assertEqual(len(result.errors), 1)


if __name__ == "__main__":
    unittest.main()
