# SPDX-License-Identifier: MIT
"""The table of cases that all languages share: test/vectors/recipes.tsv."""

import ctypes
import math
import os
import unittest

import libsecrets
from libsecrets import _functions, _passphrases, _passwords

TABLE = os.path.join(
    os.path.dirname(os.path.abspath(__file__)),
    *"../../../test/vectors/recipes.tsv".split("/")
)
CLASSES = _functions._SIGNATURES["secrets_password"][4]
password_size = ctypes.PYFUNCTYPE(
    ctypes.c_size_t, ctypes.c_size_t, CLASSES, ctypes.c_size_t
)(("secrets_password_size", _functions._LIBRARY))


def lines(kind):
    """Return the cells of each line of that kind."""
    with open(TABLE, encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if line[0] != "#"]
    return [row[1:] for row in rows if row[0] == kind]


def quoted(text):
    return "" if text == "''" else text


def classes_of(cell):
    if cell == "-":
        return None
    pairs = [item.split(":", 1) for item in cell.split(" ")]
    return [(characters, int(minimum)) for minimum, characters in pairs]


def words_of(cell):
    return None if cell == "-" else cell.split(" ")


class Table(unittest.TestCase):
    def test_passwords(self):
        refused = 0
        for length, cell, size, bits in lines("password"):
            arguments = (int(length), classes_of(cell))
            if size == "0":
                refused += 1
                self.assertRaises(ValueError, libsecrets.password, *arguments)
                self.assertRaises(ValueError, libsecrets.password_entropy, *arguments)
                continue
            policy = _passwords.policy_for(*arguments)
            answer = password_size(int(length), policy.classes, policy.number)
            self.assertEqual(answer, int(size))
            entropy = libsecrets.password_entropy(*arguments)
            self.assertLess(abs(entropy - float(bits)), 1e-9)
            password = libsecrets.password(*arguments)
            self.assertEqual(len(password), int(length))
            self.assertLess(len(password.encode("utf-8")), int(size))
        self.assertGreaterEqual(refused, 9)
        self.assertGreaterEqual(len(lines("password")) - refused, 15)

    def test_passphrases(self):
        refused = 0
        for nwords, separator, cell, size, bits in lines("passphrase"):
            number, between, words = int(nwords), quoted(separator), words_of(cell)
            if between == "-":
                between = " "
            if size == "0":
                refused += 1
                with self.assertRaises(ValueError):
                    libsecrets.passphrase(number, between, words)
                continue
            phrase = libsecrets.passphrase(number, between, words)
            self.assertLess(len(phrase.encode("utf-8")), int(size))
            entropy = libsecrets.passphrase_entropy(number, words and len(words))
            self.assertLess(abs(entropy - float(bits)), 1e-9)
            if number > 1 and between:
                self.assertEqual(len(phrase.split(between)), number)
            ours = _passphrases._words(words)
            answer = _functions.passphrase_size(
                number, between.encode("utf-8"), ours.address, ours.number
            )
            self.assertEqual(answer, int(size))
        self.assertGreaterEqual(refused, 3)
        self.assertGreaterEqual(len(lines("passphrase")) - refused, 9)

    def test_apikeys(self):
        refused = 0
        for prefix, nbytes, size in lines("apikey"):
            if size == "0":
                refused += 1
                with self.assertRaises(ValueError):
                    libsecrets.apikey(quoted(prefix), int(nbytes))
                continue
            key = libsecrets.apikey(quoted(prefix), int(nbytes))
            self.assertEqual(len(key) + 1, int(size))
            self.assertTrue(libsecrets.apikey_valid(key))
        self.assertGreaterEqual(refused, 8)
        self.assertGreaterEqual(len(lines("apikey")) - refused, 12)

    def test_nothing_is_left_out(self):
        kinds = [lines(kind) for kind in ("password", "passphrase", "apikey")]
        with open(TABLE, encoding="utf-8") as file:
            number = sum(line[0] != "#" for line in file)
        self.assertEqual(sum(map(len, kinds)), number)
        for _, _, _, bits in lines("password"):
            self.assertFalse(math.isinf(float(bits)))


if __name__ == "__main__":
    unittest.main()
