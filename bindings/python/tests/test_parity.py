# SPDX-License-Identifier: MIT
"""The same arguments give what they give in the standard module."""

import array
import datetime
import secrets as standard
import sys
import unittest
from decimal import Decimal
from fractions import Fraction
from unittest import mock

import libsecrets

class Index:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value


class Whole(int):
    pass


class Liar(int):
    """An int that claims to be more than anything."""

    def __lt__(self, other):
        return False

    __le__ = __lt__


class Text(str):
    def isascii(self):
        return True

    def __len__(self):
        return 0


INTEGERS = [None, -1, 0, 1, 2, 3, 64, True, False, 1.0, 0.0, -1.5, float("nan")]
INTEGERS += [float("inf"), 1 + 0j, "", "1", b"", [], -(10 ** 30), Index(5), Index(-1)]
INTEGERS += [Index(1.0), Whole(4), Whole(-4), int]
SIZES = INTEGERS + [10 ** 30, 2 ** 62, 2 ** 62 - 1, 2 ** 63, 2 ** 64, 2 ** 64 + 5]
SIZES += [sys.maxsize - extra for extra in range(40)] + [-sys.maxsize - 2]
SIZES += [Index(2 ** 64), Whole(10 ** 30)]


def outcome(function, *arguments):
    """What the call raises, or the type and size of what it returns."""
    try:
        result = function(*arguments)
    except Exception as error:
        return type(error), str(error)
    if isinstance(result, (bool, type(None))):
        return result
    return type(result), len(result) if hasattr(result, "__len__") else None


class Parity(unittest.TestCase):
    def check(self, name, *arguments):
        with self.subTest(name, arguments=repr(arguments)):
            expected = outcome(getattr(standard, name), *arguments)
            self.assertEqual(outcome(getattr(libsecrets, name), *arguments), expected)

    def test_token_sizes(self):
        for name in ("token_bytes", "token_hex", "token_urlsafe"):
            self.check(name)
            for size in SIZES + list(range(70)):
                self.check(name, size)

    def test_randbelow(self):
        big = [2 ** 64 + 1, 10 ** 30, 2 ** 10000, Whole(2 ** 65), Fraction(5), Decimal(5)]
        for bound in INTEGERS + [2 ** 63, 2 ** 64 - 1, 2 ** 64] + big:
            self.check("randbelow", bound)

    def test_randbits(self):
        big = [65, 10000, Whole(65), 10 ** 30, 2 ** 62, 2 ** 66, 2 ** 66 - 8]
        for bits in INTEGERS + big + [Fraction(5), Decimal(5), Fraction(1, 2)]:
            self.check("randbits", bits)

    def test_keyword_names(self):
        self.assertEqual(len(libsecrets.token_bytes(nbytes=3)), 3)
        self.assertEqual(libsecrets.randbelow(exclusive_upper_bound=1), 0)
        self.assertIn(libsecrets.randbits(k=1), (0, 1))
        with self.assertRaises(TypeError):
            libsecrets.compare_digest(a=b"", b=b"")

    def test_compare_digest(self):
        square = memoryview(b"abcd").cast("B", (2, 2))
        values = ["", "a", "b", "ab", "\xe9", "\u20ac", "a\0", Text("a"), Text("\xe9")]
        values += [b"", b"a", b"b", b"ab", b"a\0", bytearray(b"a"), bytearray()]
        values += [memoryview(b"ab"), memoryview(b"abcd")[::2], memoryview(b""), square]
        values += [b"abcd", array.array("H", [1, 2]), b"\1\0\2\0"]
        values += [1, None, 1.0, [], int, datetime.date(2000, 1, 1)]
        for a in values:
            for b in values:
                self.check("compare_digest", a, b)

    def test_compare_digest_counts_its_arguments(self):
        for arguments in ((), (b"",), (b"", b"", b"")):
            with self.assertRaises(TypeError):
                libsecrets.compare_digest(*arguments)

    def test_compare_digest_in_place_of_the_standard_one(self):
        with mock.patch("hmac.compare_digest", libsecrets.compare_digest):
            with self.assertRaises(TypeError):
                libsecrets.compare_digest(1, 2)

    def test_compare_digest_releases_buffers(self):
        data = bytearray(b"abc")
        libsecrets.compare_digest(data, data)
        with self.assertRaises(TypeError):
            libsecrets.compare_digest(data, 1)
        data.append(0)  # BufferError while anything holds the buffer
        self.assertEqual(len(data), 4)

    def test_default_entropy(self):
        self.assertEqual(libsecrets.DEFAULT_ENTROPY, standard.DEFAULT_ENTROPY)

    def test_default_entropy_may_be_changed(self):
        with mock.patch.object(libsecrets, "DEFAULT_ENTROPY", 5):
            self.assertEqual(len(libsecrets.token_bytes()), 5)
            self.assertEqual(len(libsecrets.token_hex(None)), 10)


class Liars(unittest.TestCase):
    """An int whose comparisons lie gets no further than its value allows."""

    def test_each_function(self):
        functions = [libsecrets.randbelow, libsecrets.randbits, libsecrets.token_bytes]
        functions += [libsecrets.token_hex_batch, libsecrets.SystemRandom().getrandbits]
        for function in functions:
            with self.assertRaises(ValueError):
                function(Liar(-1))
        with self.assertRaises(ValueError):
            libsecrets.randbelow_batch(2, Liar(-1))
        for k in (Liar(-1), Liar(4)):
            with self.assertRaises(ValueError):
                libsecrets.SystemRandom().sample("abc", k)


if __name__ == "__main__":
    unittest.main()
