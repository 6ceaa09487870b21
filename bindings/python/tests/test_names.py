# SPDX-License-Identifier: MIT
"""Every public name of the standard module is here, with the same signature."""

import inspect
import random
import secrets as standard
import unittest

import libsecrets

BEYOND = {
    "UNAMBIGUOUS",
    "apikey",
    "apikey_valid",
    "needed_entropy",
    "passphrase",
    "passphrase_entropy",
    "passphrase_words",
    "password",
    "password_entropy",
    "password_length",
    "randbelow_batch",
    "read_wordlist",
    "token_hex_batch",
    "token_urlsafe_batch",
}
STYLE = "capitalize=False, digit=False, separators=None)"
SIGNATURES = {
    "apikey": "(prefix, nbytes=None)",
    "apikey_valid": "(key)",
    "needed_entropy": "(guesses_per_second, years, chance=1e-06)",
    "passphrase": "(nwords=6, separator=' ', wordlist=None, *, " + STYLE,
    "passphrase_entropy": "(nwords=6, wordlist_size=None, *, " + STYLE,
    "passphrase_words": "(bits, wordlist_size=None)",
    "password": "(length=16, classes=None)",
    "password_entropy": "(length=16, classes=None)",
    "password_length": "(bits, classes=None)",
    "read_wordlist": "(source)",
}


def signature(function):
    try:
        return inspect.signature(function)
    except ValueError as error:
        return str(error)  # some functions in C have none


def public(namespace):
    return {name for name in dir(namespace) if not name.startswith("_")}


class Module(unittest.TestCase):
    def test_all(self):
        self.assertEqual(libsecrets.__all__, standard.__all__)

    def test_signatures(self):
        for name in standard.__all__:
            ours = signature(getattr(libsecrets, name))
            self.assertEqual(ours, signature(getattr(standard, name)), name)

    def test_what_is_public_beyond_all(self):
        extra = public(libsecrets) - public(standard)
        self.assertEqual(extra, BEYOND)
        for name, expected in SIGNATURES.items():
            self.assertEqual(str(signature(getattr(libsecrets, name))), expected)

    def test_names_and_documentation(self):
        for name in (BEYOND | set(libsecrets.__all__)) - {"SystemRandom", "UNAMBIGUOUS"}:
            function = getattr(libsecrets, name)
            self.assertEqual(function.__name__, name)
            self.assertTrue(function.__doc__, name)


class Class(unittest.TestCase):
    def test_methods(self):
        ours, theirs = libsecrets.SystemRandom, random.SystemRandom
        # There it is an attribute of each instance.
        self.assertEqual(public(ours), public(theirs) | {"gauss_next"})
        names = [name for name in public(theirs) if callable(getattr(theirs, name))]
        self.assertGreater(len(names), 20)
        for name in names + ["__init__", "__reduce__", "_randbelow"]:
            expected = signature(getattr(theirs, name))
            self.assertEqual(signature(getattr(ours, name)), expected, name)
            bound = signature(getattr(ours(), name))
            self.assertEqual(bound, signature(getattr(theirs(), name)), name)

    def test_class(self):
        self.assertTrue(issubclass(libsecrets.SystemRandom, random.Random))
        ours = signature(libsecrets.SystemRandom)
        self.assertEqual(ours, signature(random.SystemRandom))


if __name__ == "__main__":
    unittest.main()
