# SPDX-License-Identifier: MIT
"""An import takes little with it, and hides nothing: what is left for later is there."""

import ast
import json
import os
import subprocess
import sys
import unittest

import libsecrets

PACKAGE = os.path.dirname(libsecrets.__file__)
# operator is the one module that ctypes does not need; `import secrets` needs it too.
ADDED = [
    "_operator",
    "libsecrets",
    "libsecrets._arguments",
    "libsecrets._comparison",
    "libsecrets._functions",
    "libsecrets._in_place",
    "libsecrets._library",
    "libsecrets._memory",
    "libsecrets._numbers",
    "libsecrets._tokens",
    "operator",
]
# Without json, which imports much itself.
MODULES = """
import sys
sys.path.insert(0, sys.argv[1])
import ctypes
before = set(sys.modules)
%s
print("[%%s]" %% ", ".join('"%%s"' %% name for name in sorted(set(sys.modules) - before)))
"""
FRESH = """
import json, sys
sys.path.insert(0, sys.argv[1])
%s
print(json.dumps(%s))
"""


def fresh(code):
    """Return what code prints as JSON, in an interpreter that has imported least."""
    # Without site (-S), whose files may import what then is not seen here. And without
    # writing bytecode (-B), which PYTHONDONTWRITEBYTECODE cannot ask for here (-I).
    return json.loads(
        subprocess.check_output(
            [sys.executable, "-ISB", "-c", code, os.path.dirname(PACKAGE)], timeout=60
        ).decode()
    )


def added(statement):
    """Return the modules that a statement imports, beyond those of ctypes."""
    return fresh(MODULES % statement)


class Modules(unittest.TestCase):
    def test_what_an_import_adds(self):
        self.assertEqual(added("import libsecrets"), ADDED)

    def test_control(self):
        for statement, module in (
            ("import libsecrets, subprocess", "subprocess"),
            ("from libsecrets import SystemRandom", "random"),
            ("from libsecrets import *", "random"),
            ("import libsecrets; libsecrets.password", "functools"),
        ):
            self.assertIn(module, set(added(statement)) - set(ADDED), statement)


class Later(unittest.TestCase):
    """What is imported at its first use is seen before it."""

    def test_names(self):
        listed = fresh(FRESH % ("import libsecrets", "dir(libsecrets)"))
        with open(os.path.join(PACKAGE, "__init__.pyi"), encoding="utf-8") as file:
            stub = ast.parse(file.read())
        kinds = (ast.FunctionDef, ast.ClassDef)
        typed = {node.name for node in stub.body if isinstance(node, kinds)}
        typed = {name for name in typed if not name.startswith("_")}
        self.assertLess(set(libsecrets._LATER), typed)
        self.assertLess(typed, set(listed))
        self.assertEqual(listed, sorted(listed))

    def test_each_is_what_its_module_has(self):
        for name, module in libsecrets._LATER.items():
            value = getattr(libsecrets, name)
            self.assertIs(value, getattr(sys.modules["libsecrets." + module], name))
            self.assertIs(value, vars(libsecrets)[name])

    def test_help(self):
        document = "pydoc.plaintext.document(libsecrets)"
        text = fresh(FRESH % ("import libsecrets, pydoc", document))
        for name in libsecrets.__all__:
            self.assertIn(name + "(", text)

    def test_all(self):
        names = fresh(FRESH % ("from libsecrets import *", "dir()"))
        self.assertLessEqual(set(libsecrets.__all__), set(names))

    def test_no_such_name(self):
        error = "^module 'libsecrets' has no attribute 'token_hexx'"
        with self.assertRaisesRegex(AttributeError, error):
            libsecrets.token_hexx
        self.assertFalse(hasattr(libsecrets, "__wrapped__"))
        with self.assertRaises(ImportError):
            exec("from libsecrets import token_hexx")


if __name__ == "__main__":
    unittest.main()
