# SPDX-License-Identifier: MIT
"""Passphrases consist of words of their list, each as likely as any other."""

import os
import sys
import threading
import unittest
from unittest import mock

import libsecrets
from libsecrets import _functions, _passphrases
from tests import cpython

LONG = _functions.LONG
ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))
EFF = os.path.join(ROOT, "secrets", "eff_large.txt")
# Words of all sizes, some with characters of all widths.
MANY = ["word%d" % n + "é✓😀x"[n % 4] * (n % 7) for n in range(1000)]


class Text(str):
    def __str__(self):
        return "no"

    def __len__(self):
        return 99


class Index:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value


class Contents(unittest.TestCase):
    # A word is missing from 420,000 with probability (7775/7776)**420000 <
    # 2**-77: any of them, below 2**-64.
    def test_built_in_list(self):
        with open(EFF, encoding="ascii") as file:
            words = file.read().split()
        self.assertEqual((len(words), len(set(words))), (7776, 7776))
        drawn = set()
        for _ in range(420):
            phrase = libsecrets.passphrase(1000).split(" ")
            self.assertEqual(len(phrase), 1000)
            drawn.update(phrase)
        self.assertEqual(drawn, set(words))
        bits = libsecrets.passphrase_entropy(1)
        self.assertEqual(bits, libsecrets.passphrase_entropy(1, len(words)))
        # No word is the beginning of another: each stands before the next one
        # in order if there is such a pair.
        for word, following in zip(sorted(words), sorted(words)[1:]):
            self.assertFalse(following.startswith(word))

    # One of 6 words is missing at a place of 400 phrases with probability
    # (5/6)**400 < 2**-105: any of them at any of 6 places, below 2**-99.
    def test_every_word_at_every_place(self):
        phrases = [libsecrets.passphrase(6, "", "a b c ✓ e f".split()) for _ in range(400)]
        self.assertEqual({len(phrase) for phrase in phrases}, {6})
        for column in zip(*phrases):
            self.assertEqual(set(column), set("abc✓ef"))

    def test_defaults(self):
        self.assertRegex(libsecrets.passphrase(), r"\A([a-z-]{3,9} ){5}[a-z-]{3,9}\Z")
        self.assertEqual(libsecrets.passphrase(0), "")
        self.assertEqual(libsecrets.passphrase(0, "-", ["a"]), "")
        self.assertRegex(libsecrets.passphrase(1), r"\A[a-z-]{3,9}\Z")

    def test_separators(self):
        for separator in (" ", "", "-", "--", "é", "✓", " 😀 ", "x" * 100, Text("ab")):
            between = "".join([separator])
            phrase = libsecrets.passphrase(3, separator, ["A"])
            self.assertEqual(phrase, between.join("AAA"))
            phrase = libsecrets.passphrase(3, separator)
            if between not in ("", "-", "ab"):  # which may be in words, too
                self.assertEqual(len(phrase.split(between)), 3)
        self.assertEqual(libsecrets.passphrase(2, separator="=", wordlist=["A"]), "A=A")

    def test_kinds_of_lists(self):
        words = ["alpha", "beta", "γάμμα"]
        for wordlist in (
            words, tuple(words), set(words), iter(words), (word for word in words),
            dict.fromkeys(words), [Text(word) for word in words],
            [words[0], Text(words[1]), words[2]],
        ):
            phrase = libsecrets.passphrase(20, "/", wordlist)
            self.assertLessEqual(set(phrase.split("/")), set(words))
            self.assertEqual((phrase.count("/"), type(phrase)), (19, str))
        for word in ("a", "é", "😀", "two words", "x" * 10000):
            self.assertEqual(libsecrets.passphrase(2, "/", [word]), word + "/" + word)

    def test_numbers(self):
        for nwords, expected in ((True, 1), (False, 0), (Index(7), 7), (LONG, LONG)):
            self.assertEqual(len(libsecrets.passphrase(nwords, "", ["é"])), expected)


class Errors(unittest.TestCase):
    def test_bad_types(self):
        phrase = libsecrets.passphrase
        for bad in (1.0, "1", None, [], 1j):
            with self.assertRaisesRegex(TypeError, "^nwords must be an integer, not "):
                phrase(bad)
        self.assertRaises(TypeError, phrase, Index(1.0))
        for bad in (None, b" ", 1, [" "]):
            with self.assertRaisesRegex(TypeError, "^separator must be a str, not "):
                phrase(3, bad)
        for bad in ("a b c", Text("abc"), b"abc", 1, object()):
            with self.assertRaisesRegex(TypeError, "^wordlist must be an iterable of wo"):
                phrase(3, " ", bad)
        for bad in (b"b", None, 1, ["b"]):
            with self.assertRaisesRegex(TypeError, r"^wordlist\[1\] must be a str, not "):
                phrase(3, " ", ["a", bad])

    def test_bad_values(self):
        big = ["w%d" % number for number in range(3000)]
        for arguments, text in (
            ((-1,), "nwords must not be negative"),
            ((-(10 ** 400),), "nwords must not be negative"),
            ((3, "a\0"), "separator has a NUL in it"),
            ((3, "\udc80"), r"separator has '\\udc80' in it, which UTF-8 cannot"),
            ((3, " ", []), "wordlist is empty"),
            ((0, " ", []), "wordlist is empty"),
            ((3, " ", iter(())), "wordlist is empty"),
            ((3, " ", ["a", ""]), r"wordlist\[1\] is empty"),
            ((3, " ", [""]), r"wordlist\[0\] is empty"),
            ((3, " ", ["a", Text("")]), r"wordlist\[1\] is empty"),
            ((3, " ", ["a", "b", "a"]), r"wordlist\[2\] repeats 'a' of wordlist\[0\]"),
            ((0, " ", ["b", "b"]), r"wordlist\[1\] repeats 'b' of wordlist\[0\]"),
            ((3, " ", ["é", Text("é")]), r"wordlist\[1\] repeats '\\xe9' of wordlist.0"),
            ((3, " ", big + ["w7"]), r"wordlist\[3000\] repeats 'w7' of wordlist\[7\]"),
            ((3, " ", ["a", "b\0c"]), r"wordlist\[1\] has a NUL in it"),
            ((3, " ", ["a", "\0", "b"]), r"wordlist\[1\] has a NUL in it"),
            ((3, " ", ["", "a\0b"]), r"wordlist\[0\] is empty"),
            ((3, " ", ["a", "\udfff"]), r"wordlist\[1\] has '\\udfff' in it"),
        ):
            with mock.patch.object(_functions, "passphrase") as fake:
                with self.assertRaisesRegex(ValueError, "^" + text):
                    libsecrets.passphrase(*arguments)
            self.assertFalse(fake.called)

    def test_too_large(self):
        phrase = libsecrets.passphrase
        for nwords in (2 ** 63, 2 ** 64 + 3, 10 ** 400):
            self.assertRaisesRegex(OverflowError, "^nwords is too large", phrase, nwords)
        for nwords in (sys.maxsize // 2, sys.maxsize - 100):
            self.assertRaisesRegex(OverflowError, "^nwords is too large", phrase, nwords)
            self.assertRaises(MemoryError, phrase, nwords, "", ["a"])


class Calls(unittest.TestCase):
    @cpython
    def test_buffers_are_wiped(self):
        from libsecrets import _in_place

        for status in (0, _functions.EENTROPY):
            kept, new_bytes = [], _in_place.new_bytes
            real = _functions.passphrase

            def keep(size):
                kept.append(new_bytes(size))
                return kept[-1]

            def draw(buffer, *arguments):
                self.assertEqual(real(buffer, *arguments), 0)
                self.assertIn(b"x-x-x\0", buffer)
                return status

            with mock.patch.object(_in_place, "new_bytes", keep):
                with mock.patch.object(_functions, "passphrase", draw):
                    if status:
                        with self.assertRaises(OSError):
                            libsecrets.passphrase(3, "-", ["x"])
                    else:
                        phrase = libsecrets.passphrase(3, "-", ["x"])
                        self.assertEqual(phrase, "x-x-x")
            [buffer] = kept
            self.assertEqual(buffer, bytes(6))

    @cpython
    def test_what_takes_long_lets_other_threads_run(self):
        for arguments, long in (
            ((6,), False), ((LONG // 10 - 1,), False), ((LONG // 10 + 1,), True),
            ((6, " ", MANY[:100]), False), ((6, " ", MANY), True),
        ):
            for name in ("passphrase", "long_passphrase"):
                real = getattr(_functions, name)
                with mock.patch.object(_functions, name, side_effect=real) as fake:
                    libsecrets.passphrase(*arguments)
                self.assertEqual(fake.call_count, (name == "long_passphrase") == long)

    def test_room(self):
        # The longest word of the built-in list, and the NUL.
        longest = _functions.passphrase_size(1, None, None, 0) - 1
        self.assertEqual(_passphrases._words(None).longest, longest)

    # 8 * 200 phrases of 150 bits or more: two are equal below 2**-128.
    def test_threads(self):
        drawn = [[] for _ in range(8)]

        def draw(phrases):
            for _ in range(100):
                phrases.append(libsecrets.passphrase(12))
                phrases.append(libsecrets.passphrase(16, "/", MANY))

        threads = [threading.Thread(target=draw, args=(texts,)) for texts in drawn]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        phrases = [phrase for each in drawn for phrase in each]
        self.assertEqual((len(phrases), len(set(phrases))), (1600, 1600))
        for phrase in phrases:
            if "/" in phrase:
                self.assertLessEqual(set(phrase.split("/")), set(MANY))


if __name__ == "__main__":
    unittest.main()
