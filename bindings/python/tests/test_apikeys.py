# SPDX-License-Identifier: MIT
"""API keys have their form and checksum, and what differs from one is refused."""

import array
import re
import string
import sys
import unittest
import zlib
from unittest import mock

import libsecrets
from libsecrets import _functions
from tests import cpython

DIGITS = string.digits + string.ascii_uppercase + string.ascii_lowercase
FORM = re.compile(r"([A-Za-z][A-Za-z0-9_]{0,31})_([0-9A-Za-z]*)([0-9A-Za-z]{6})")
PREFIXES = ["a", "Z", "my_shop", "a_", "x__9", "A" * 32]
LONG = _functions.LONG
VECTOR = "my_shop_00000000000000000000000000000000000000000003pyZoI"


class Text(str):
    pass


class Index:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value


def checksum(text):
    number, digits = zlib.crc32(text.encode("ascii")), ""
    for _ in range(6):
        number, digit = divmod(number, 62)
        digits = DIGITS[digit] + digits
    return digits


def key_of(prefix, body):
    return prefix + "_" + body + checksum(prefix + "_" + body)


class Keys(unittest.TestCase):
    def test_form_and_checksum(self):
        for prefix in PREFIXES:
            for nbytes in list(range(40)) + [64, 1000, LONG, LONG + 1]:
                key = libsecrets.apikey(prefix, nbytes)
                match = FORM.fullmatch(key)
                self.assertEqual(match.group(1), prefix)
                # The least number of digits with that many bits, exactly.
                length = len(match.group(2))
                self.assertGreaterEqual(62 ** length, 256 ** nbytes)
                self.assertLess(62 ** max(0, length - 1), 256 ** nbytes + (not nbytes))
                self.assertEqual(key, key_of(prefix, match.group(2)))
                self.assertIs(libsecrets.apikey_valid(key), True)

    # A digit is missing at a place of 3200 keys with probability (61/62)**3200
    # < 2**-75: for any of 62 at any of 43 places, below 2**-63.
    def test_every_digit_at_every_place(self):
        bodies = [libsecrets.apikey("a")[2:-6] for _ in range(3200)]
        self.assertEqual({len(body) for body in bodies}, {43})
        for column in zip(*bodies):
            self.assertEqual(set(column), set(DIGITS))

    def test_default_entropy_may_be_changed(self):
        with mock.patch.object(libsecrets, "DEFAULT_ENTROPY", 8):
            self.assertEqual(len(libsecrets.apikey("a")), len(libsecrets.apikey("a", 8)))
            self.assertEqual(len(libsecrets.apikey("a", None)), 2 + 11 + 6)
        self.assertEqual(len(libsecrets.apikey("a")), 2 + 43 + 6)

    def test_subclasses(self):
        key = libsecrets.apikey(Text("sk"), Index(16))
        self.assertEqual((len(key), type(key)), (3 + 22 + 6, str))
        self.assertEqual(len(libsecrets.apikey(prefix="sk", nbytes=True)), 3 + 2 + 6)

    @cpython
    def test_keys_are_ordinary(self):
        key = libsecrets.apikey("sk", 0)
        copy = "".join(list(key))
        self.assertEqual((hash(key), key), (hash(copy), copy))
        self.assertEqual(sys.getsizeof(key), sys.getsizeof(copy))
        self.assertEqual(key, key_of("sk", ""))

    def test_bad_prefixes(self):
        bad = ["", "_a", "9a", "a" * 33, "a-b", "a.b", "a b", "a\n", "é", "aé", "á"]
        bad += ["a\0", "\0", "a\udc80", "ａ", "a٣", "ſ", "\u212a"]
        for prefix in bad:
            with self.assertRaisesRegex(ValueError, "^prefix must be 1 to 32 of a-z A-Z"):
                libsecrets.apikey(prefix)
        for prefix in (None, b"a", 1, ["a"]):
            with self.assertRaisesRegex(TypeError, "^prefix must be a str, not "):
                libsecrets.apikey(prefix)
        self.assertRaises(TypeError, libsecrets.apikey)

    def test_bad_sizes(self):
        key = libsecrets.apikey
        self.assertRaisesRegex(ValueError, "^nbytes must not be negative", key, "a", -1)
        self.assertRaisesRegex(ValueError, "^nbytes must not", key, "a", -(10 ** 400))
        for bad in (1.0, "1", b"1", [], 1j):
            with self.assertRaisesRegex(TypeError, "^nbytes must be an integer, not "):
                key("a", bad)
        self.assertRaises(TypeError, key, "a", Index(1.0))
        for huge in (sys.maxsize // 2 + 1, sys.maxsize, 2 ** 64, 10 ** 400):
            self.assertRaisesRegex(OverflowError, "^nbytes is too large", key, "a", huge)
        self.assertRaises(MemoryError, key, "a", sys.maxsize // 2)


class Validity(unittest.TestCase):
    def test_what_other_programs_make(self):
        for prefix in PREFIXES:
            for body in ("", "0", "zzz", DIGITS, "0" * 1000):
                self.assertIs(libsecrets.apikey_valid(key_of(prefix, body)), True)

    def test_vector(self):
        # Never to change.
        self.assertTrue(libsecrets.apikey_valid(VECTOR))
        self.assertEqual(VECTOR, key_of("my_shop", "0" * 43))

    def test_kinds(self):
        key = VECTOR
        data = key.encode("ascii")
        twice = bytes(byte for byte in data for _ in range(2))
        kinds = [data, bytearray(data), memoryview(data), array.array("B", data)]
        for kind in kinds + [Text(key), memoryview(b"x" + data)[1:]]:
            self.assertIs(libsecrets.apikey_valid(kind), True)
        for kind in (data[:-1], bytearray(data + b"\0"), memoryview(data)[1:], twice):
            self.assertIs(libsecrets.apikey_valid(kind), False)
        with self.assertRaises(BufferError):
            libsecrets.apikey_valid(memoryview(twice)[::2])

    def test_other_types(self):
        for bad in (None, 1, 1.0, [], ["a"], object()):
            with self.assertRaisesRegex(TypeError, "^key must be a str or a bytes-like"):
                libsecrets.apikey_valid(bad)
        self.assertRaises(TypeError, libsecrets.apikey_valid)

    def test_what_is_no_key(self):
        bad = ["", "_", "a", "a_", "a_00000", "_000000", "a_000000", "é", "a\udc80"]
        bad += [key_of(prefix, "abc") for prefix in ("", "9", "_a", "a-b", "a" * 33)]
        bad += [key_of("a", body) for body in ("a-b", "a b", "a\n", "\0")]
        key = VECTOR
        bad += [key + "\n", key + "\0", " " + key, key.upper(), key + "é", key[1:], key * 2]
        for text in bad:
            self.assertIs(libsecrets.apikey_valid(text), False, ascii(text))
        for size in range(300):
            for byte in (0, ord("0"), ord("_"), ord("a"), 255):
                self.assertIs(libsecrets.apikey_valid(bytes([byte]) * size), False)

    # Holds for every key, by the properties of the CRC.
    def test_every_change_of_one_character(self):
        for key in (libsecrets.apikey("my_shop"), libsecrets.apikey("a", 1)):
            data = bytearray(key, "ascii")
            for place, right in enumerate(bytes(data)):
                for wrong in range(256):
                    data[place] = wrong
                    valid = libsecrets.apikey_valid(bytes(data))
                    self.assertIs(valid, wrong == right, (key, place, wrong))
                data[place] = right

    def test_every_exchange_of_neighbours(self):
        exchanged = 0
        for prefix in PREFIXES:
            for nbytes in (0, 1, 32):
                key = libsecrets.apikey(prefix, nbytes)
                for i in range(len(key) - 1):
                    other = key[:i] + key[i + 1] + key[i] + key[i + 2 :]
                    self.assertIs(libsecrets.apikey_valid(other), other == key)
                    exchanged += other != key
        self.assertGreater(exchanged, 100)


if __name__ == "__main__":
    unittest.main()
