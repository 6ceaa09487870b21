# SPDX-License-Identifier: MIT
"""Where the shared library is looked for, and what is said if it is not there."""

import _ctypes
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from unittest import mock

import libsecrets
from libsecrets import _functions, _library

PACKAGE = os.path.dirname(libsecrets.__file__)
LIBRARY = _functions._LIBRARY._name
NAME = _library._file_names()[0]
LOADED = "import libsecrets._functions as f; print(f._LIBRARY._name)"


class Checkout:
    """A copy of the package in an empty checkout."""

    def __init__(self, root):
        self.root = os.path.realpath(root)
        self.path = os.path.join(self.root, "bindings", "python")
        self.package = os.path.join(self.path, "libsecrets")
        self.build = os.path.join(self.root, "build")
        ignore = shutil.ignore_patterns("__pycache__", "*.so*", "*.dylib", "*.dll")
        shutil.copytree(PACKAGE, self.package, ignore=ignore)
        os.mkdir(self.build)

    def run(self, code=LOADED, **settings):
        environment = {
            key: value
            for key, value in os.environ.items()
            if key not in ("LIBSECRETS_LIBRARY", "LD_LIBRARY_PATH")
        }
        environment.update(settings, PYTHONPATH=self.path)
        return subprocess.run(
            [sys.executable, "-c", code],
            env=environment,
            cwd=self.root,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            universal_newlines=True,
            timeout=60,
        )


class SearchOrder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.checkout = Checkout(folder.name)

    def place(self, *path):
        target = os.path.join(*path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copy(LIBRARY, target)
        return target

    def assertLoads(self, expected, **settings):
        done = self.checkout.run(**settings)
        self.assertEqual((done.stdout.strip(), done.stderr), (expected, ""))

    def test_order(self):
        elsewhere = self.place(self.checkout.root, "elsewhere", NAME)
        # Windows' loader does not look into PATH any more, but find_library does.
        found, setting = NAME, "LD_LIBRARY_PATH"
        if sys.platform == "win32":
            found, setting = elsewhere, "PATH"
        system = {setting: os.path.dirname(elsewhere)}
        self.assertLoads(found, **system)
        built = self.place(self.checkout.build, NAME)
        self.assertLoads(built, **system)
        beside = self.place(self.checkout.package, NAME)
        self.assertLoads(beside)
        self.assertLoads(elsewhere, LIBSECRETS_LIBRARY=elsewhere)
        self.assertLoads(beside, LIBSECRETS_LIBRARY="")

    def test_other_file_names(self):
        for name in _library._file_names()[1:]:
            self.assertLoads(self.place(self.checkout.build, name))

    def test_unusable_file_is_passed_over(self):
        with open(os.path.join(self.checkout.package, NAME), "w") as file:
            file.write("no library")
        self.assertLoads(self.place(self.checkout.build, NAME))

    def test_setting_excludes_all_else(self):
        self.place(self.checkout.package, NAME)
        nowhere = os.path.join(self.checkout.root, "nowhere.so")
        done = self.checkout.run(LIBSECRETS_LIBRARY=nowhere)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("ImportError: libsecrets cannot be loaded", done.stderr)
        self.assertIn("  %s: " % nowhere, done.stderr)
        self.assertNotIn(self.checkout.package + os.sep + NAME, done.stderr)

    def test_other_library(self):
        done = self.checkout.run(LIBSECRETS_LIBRARY=_ctypes.__file__)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("%s: lacks secrets_version, " % _ctypes.__file__, done.stderr)


class Errors(unittest.TestCase):
    def load(self, *places):
        with mock.patch.object(_library, "_places", return_value=places):
            with self.assertRaises(ImportError) as caught:
                _library.load(_functions._SIGNATURES)
        return str(caught.exception)

    def test_every_place_and_reason_is_named(self):
        with tempfile.TemporaryDirectory() as folder:
            bad = os.path.join(folder, "bad.so")
            with open(bad, "w") as file:
                file.write("no library")
            missing = os.path.join(folder, "missing.so")
            lines = self.load(missing, bad).splitlines()
        self.assertEqual(len(lines), 4)
        self.assertIn("libsecrets cannot be loaded", lines[0])
        self.assertRegex(lines[1], "^  .*missing.so: .+")
        self.assertRegex(lines[2], "^  .*bad.so: .+")
        self.assertIn("Run make in the checkout, or set LIBSECRETS_LIBRARY", lines[3])

    def test_other_major_version(self):
        for version in ("2.0.0", "0.9.1", "10.0.0"):
            with mock.patch.object(_library, "version_of", return_value=version):
                text = self.load(LIBRARY)
            self.assertIn("%s: is version %s, " % (LIBRARY, version), text)

    def test_missing_function(self):
        with mock.patch.object(_library, "_places", return_value=[LIBRARY]):
            with self.assertRaisesRegex(ImportError, "lacks secrets_of_the_sea"):
                _library.load(["secrets_version", "secrets_of_the_sea"])

    def test_places(self):
        with mock.patch.dict(os.environ, {_library.SETTING: "here"}):
            self.assertEqual(list(_library._places()), ["here"])
        with mock.patch.dict(os.environ, {_library.SETTING: ""}):
            with mock.patch("ctypes.util.find_library", return_value="found.so"):
                places = list(_library._places())
        self.assertEqual(places[0], os.path.join(PACKAGE, NAME))
        self.assertEqual(places[-2:], [NAME, "found.so"])

    def test_names_by_platform(self):
        for platform, name in (("win32", "secrets.dll"), ("linux", "libsecrets.so.1")):
            with mock.patch.object(sys, "platform", platform):
                self.assertEqual(_library._file_names()[0], name)
        with mock.patch.object(sys, "platform", "darwin"):
            self.assertTrue(_library._file_names()[0].endswith(".dylib"))

    def test_version(self):
        self.assertRegex(libsecrets.__version__, r"^1\.\d+\.\d+")


if __name__ == "__main__":
    unittest.main()
