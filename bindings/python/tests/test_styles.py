# SPDX-License-Identifier: MIT
"""Passphrases with capitals, a digit and several separators, and their entropy."""

import itertools
import math
import os
import string
import unittest
from unittest import mock

import libsecrets
from libsecrets import _functions

TABLE = os.path.join(
    os.path.dirname(os.path.abspath(__file__)),
    *"../../../test/vectors/styles.tsv".split("/")
)


def rows():
    """Return the cells of each line of the table that all languages share."""
    with open(TABLE, encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t") for line in file if line[0] != "#"]


def texts(cell):
    quoted = [text.replace("''", "").replace("\\x20", " ") for text in cell.split(" ")]
    return None if cell == "-" else quoted


def options(cell):
    return {"capitalize": "c" in cell, "digit": "d" in cell}


class Table(unittest.TestCase):
    def test_shared_table(self):
        accepted = refused = 0
        for nwords, letters, gaps, cell, expected, bits in rows():
            words = texts(cell)
            style = dict(options(letters), separators=texts(gaps) or [" "])
            with self.subTest((nwords, letters, gaps, cell)):
                if bits == "nan":
                    refused += 1
                    with self.assertRaises(ValueError):
                        libsecrets.passphrase(int(nwords), wordlist=words, **style)
                    continue
                accepted += 1
                phrase = libsecrets.passphrase(int(nwords), wordlist=words, **style)
                self.assertRegex(phrase, r"\A(?:%s)\Z" % expected)
                size = words and len(words)
                entropy = libsecrets.passphrase_entropy(int(nwords), size, **style)
                self.assertLess(abs(entropy - float(bits)), 1e-9)
        self.assertGreater(min(accepted, refused), 15)


class Contents(unittest.TestCase):
    # One of n texts is missing from 64 * n with probability below exp(-64): any of
    # fewer than 2**10 below 2**-82.
    def test_every_text_is_drawn(self):
        words, gaps = ["one", "zwei", "três"], ["", "-"]
        places = itertools.product(words, words, gaps, range(2), string.digits)
        possible = set()
        for first, second, gap, place, digit in places:
            pair = [first.title(), second.title()]
            pair[place] += digit
            possible.add(gap.join(pair))
        self.assertEqual(len(possible), 3 * 3 * 2 * 2 * 10)
        style = {"capitalize": True, "digit": True, "separators": gaps}
        drawn = {libsecrets.passphrase(2, wordlist=words, **style)
                 for _ in range(64 * len(possible))}
        self.assertEqual(drawn, possible)
        bits = libsecrets.passphrase_entropy(2, 3, **style)
        self.assertLess(abs(bits - math.log2(len(possible))), 1e-9)

    # Two texts, three gaps: all of 8 are drawn but for a probability below 2**-89.
    def test_separators(self):
        for gaps in ("-_", ["-", "_"], iter("-_"), ("-", "_")):
            drawn = {libsecrets.passphrase(4, wordlist=["a"], separators=gaps)
                     for _ in range(1 if hasattr(gaps, "__next__") else 64 * 8)}
            possible = {"a%sa%sa%sa" % three for three in itertools.product("-_", repeat=3)}
            self.assertTrue(drawn == possible or len(drawn) == 1 and drawn < possible)
        self.assertEqual(libsecrets.passphrase(3, wordlist=["a"], separators=["· ·"]),
                         "a· ·a· ·a")
        self.assertEqual(libsecrets.passphrase(2, "-", ["a"], capitalize=True), "A-A")

    def test_built_in_list(self):
        style = {"capitalize": True, "digit": True, "separators": ".,;"}
        for nwords in (1, 2, 3, 50):
            phrase = libsecrets.passphrase(nwords, **style)
            self.assertRegex(phrase, r"\A([A-Z][a-z-]{2,8}[0-9]?[.,;]?){%d}\Z" % nwords)
            self.assertEqual(sum(map(phrase.count, string.digits)), 1)
            self.assertEqual(sum(map(phrase.count, ".,;")), nwords - 1)
        self.assertEqual(libsecrets.passphrase(0, capitalize=True, separators="-"), "")

    def test_capitals(self):
        for word, expected in (
            ("word", "Word"), ("WORD", "WORD"), ("wORD", "WORD"), ("über", "Über"),
            ("слово", "Слово"), ("ǆ", "ǅ"), ("1st", "1st"), ("-", "-"), ("字", "字"),
            ("ß", "ß"), ("ﬁn", "ﬁn"),
        ):
            phrase = libsecrets.passphrase(1, wordlist=[word], capitalize=True)
            self.assertEqual(phrase, expected)

    def test_no_option_is_no_style(self):
        # Here two draws may read the same, which only the documentation says.
        words = ["in", "put", "input"]
        self.assertIn(libsecrets.passphrase(1, "", words), words)
        self.assertRaises(ValueError, libsecrets.passphrase, 1, "", words, digit=True)


class Readable(unittest.TestCase):
    def test_accepted_draws_read_in_one_way(self):
        words = ["a", "ab", "b", "b1", "1", "-"]
        gaps = ["", "-", "--", "a", "1"]
        accepted = alike = 0
        for some in sets(words, 3):
            for between in sets(gaps, 2):
                for digit in (False, True):
                    same = reads_twice(some, between, digit)
                    try:
                        libsecrets.passphrase(2, wordlist=some, digit=digit, separators=between)
                    except ValueError as error:
                        self.assertRegex(str(error), "^two passphrases could read the same: ")
                        alike += same
                    else:
                        accepted += 1
                        self.assertFalse(same, (some, between, digit))
        self.assertGreater(min(accepted, alike), 100)


def sets(all_texts, most):
    for number in range(1, most + 1):
        yield from itertools.combinations(all_texts, number)


def reads_twice(words, gaps, digit):
    seen = set()
    count = 0
    for first, gap, second in itertools.product(words, gaps, words):
        ends = [("1", ""), ("", "1"), ("7", ""), ("", "7")] if digit else [("", "")]
        for one, two in ends:
            seen.add(first + one + gap + second + two)
            count += 1
    return len(seen) < count


class Errors(unittest.TestCase):
    def test_bad_values(self):
        for arguments, expected in (
            ({"digit": True, "nwords": 0}, "there is no word for the digit"),
            ({"separators": ""}, "separators is empty"),
            ({"separators": []}, "separators is empty"),
            ({"separators": "-+-"}, "separators repeats '-'"),
            ({"separators": ["é", "é"]}, r"separators repeats '\\xe9'"),
            ({"separators": ["a\0"]}, r"separators\[0\] has a NUL"),
            ({"separators": ["-", "\udc80"]}, r"separators\[1\] has '\\udc80'"),
            ({"separators": "-", "separator": "+"}, "give either separator or separators"),
            ({"digit": True, "separator": "a\0"}, "separator has a NUL"),
            ({"capitalize": True, "wordlist": ["é", "É"]}, "wordlist repeats a word when"),
            ({"capitalize": True, "wordlist": []}, "wordlist is empty"),
            ({"separators": "-p", "wordlist": ["in", "input"]},
             "two passphrases could read the same: wordlist has 'in' and 'input', and 'p' may"),
            ({"separators": ["-", "-a"]}, "two .*: separators has '-' and '-a', and 'a' may beg"),
            ({"digit": True, "separators": "-7"}, "two .*: what follows a word may begin with a"),
        ):
            with mock.patch.object(_functions, "passphrase") as fake:
                with self.assertRaisesRegex(ValueError, "^" + expected):
                    libsecrets.passphrase(**arguments)
            self.assertFalse(fake.called)

    def test_entropy_refuses_what_no_list_has(self):
        entropy = libsecrets.passphrase_entropy
        self.assertRaisesRegex(ValueError, "^there is no word", entropy, 0, digit=True)
        self.assertRaisesRegex(ValueError, "^separators repeats", entropy, separators="--")
        self.assertEqual(entropy(0, separators="-+"), 0)
        self.assertEqual(entropy(6, 64, capitalize=True), 36)

    def test_bad_types(self):
        for bad, expected in ((1, "separators must be an iterable of str, not int"),
                              ([None], r"separators\[0\] must be a str, not NoneType"),
                              (b"-", r"separators\[0\] must be a str, not int")):
            for function in (libsecrets.passphrase, libsecrets.passphrase_entropy):
                with self.assertRaisesRegex(TypeError, "^" + expected):
                    function(separators=bad)
        self.assertRaises(TypeError, libsecrets.passphrase, 6, " ", None, True)

    def test_failures(self):
        for name in ("passphrase", "randbelow_batch", "randbelow"):
            style = {"digit": True, "separators": "-+"}
            with mock.patch.object(_functions, name, return_value=_functions.EENTROPY):
                with self.assertRaises(OSError):
                    libsecrets.passphrase(6, **style)
        with mock.patch.object(_functions, "randbelow_batch", return_value=-3):
            with self.assertRaises(OSError):
                libsecrets.passphrase(6, wordlist=["a", "b"], capitalize=True)

    def test_too_many_words(self):
        for wordlist in (None, ["a"]):
            with self.assertRaises((OverflowError, MemoryError)):
                libsecrets.passphrase(2 ** 62, wordlist=wordlist, capitalize=True)


if __name__ == "__main__":
    unittest.main()
