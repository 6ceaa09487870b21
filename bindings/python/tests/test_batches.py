# SPDX-License-Identifier: MIT
"""Batches hold what the single functions would have made, one by one."""

import base64
import ctypes
import sys
import unittest
from unittest import mock

import libsecrets
from libsecrets import _batches, _functions
from tests import cpython

LONG = _functions.LONG
TOKENS = [
    ("token_hex_batch", libsecrets.token_hex_batch, bytes.fromhex),
    (
        "token_urlsafe_batch",
        libsecrets.token_urlsafe_batch,
        lambda text: base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)),
    ),
]


class Index:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value


class Tokens(unittest.TestCase):
    # A byte is the same in 24 tokens with probability 2**-184; there are fewer
    # than 2**14 of them: below 2**-170.
    def test_every_byte_is_drawn(self):
        for _, batch, decode in TOKENS:
            for nbytes in list(range(41)) + [LONG]:
                tokens = [decode(text) for text in batch(24, nbytes)]
                self.assertEqual([len(token) for token in tokens], [nbytes] * 24)
                for column in zip(*tokens):
                    self.assertGreater(len(set(column)), 1)

    def test_counts(self):
        for _, batch, _ in TOKENS:
            for count in list(range(40)) + [1000, Index(3), True]:
                tokens = batch(count)
                number = count.__index__()
                # Two of 1000 tokens of 256 bits are equal below 2**-236.
                self.assertEqual((len(tokens), len(set(tokens))), (number, number))
                self.assertEqual({type(token) for token in tokens} - {str}, set())
                self.assertEqual(batch(count, 0), [""] * number)
                self.assertEqual(len(batch(number, nbytes=Index(2))), number)
        self.assertEqual({len(t) for t in libsecrets.token_hex_batch(9)}, {64})
        self.assertEqual({len(t) for t in libsecrets.token_urlsafe_batch(9)}, {43})

    def test_default_entropy_may_be_changed(self):
        with mock.patch.object(libsecrets, "DEFAULT_ENTROPY", 5):
            self.assertEqual({len(t) for t in libsecrets.token_hex_batch(3)}, {10})
            self.assertEqual({len(t) for t in libsecrets.token_urlsafe_batch(3)}, {7})

    def test_bad_arguments(self):
        for _, batch, _ in TOKENS:
            for bad in (1.0, "1", b"1", [], 1j, Index(1.0)):
                self.assertRaises(TypeError, batch, bad)
                self.assertRaises(TypeError, batch, 2, bad)
                self.assertRaises(TypeError, batch, 0, bad)
            self.assertRaises(TypeError, batch, None)
            self.assertRaises(TypeError, batch)
            self.assertRaises(ValueError, batch, -1)
            self.assertRaises(ValueError, batch, 0, -1)
            self.assertRaises(ValueError, batch, -1, 0)
            for huge in (sys.maxsize // 2, sys.maxsize - 40, 2 ** 63, 10 ** 30):
                for arguments in ((huge,), (2, huge), (huge, huge), (huge, 1)):
                    with self.assertRaises((MemoryError, OverflowError)):
                        batch(*arguments)
            with self.assertRaises((MemoryError, OverflowError)):
                batch(sys.maxsize // 8, 0)

    def test_one_call(self):
        for name, batch, _ in TOKENS:
            for count, expected in ((2, name), (2 * LONG, "long_" + name)):
                real = getattr(_functions, expected)
                with mock.patch.object(_functions, expected, side_effect=real) as fake:
                    batch(count)
                self.assertEqual(fake.call_count, 1)

    @cpython
    def test_the_joined_text_is_wiped(self):
        from libsecrets import _in_place

        for name, batch, _ in TOKENS:
            for status in (0, _functions.EENTROPY):
                kept = []
                new_ascii = _in_place.new_ascii

                def keep(length):
                    kept.append(new_ascii(length))
                    return kept[-1]

                def draw(address, room, nbytes, count):
                    self.assertEqual((nbytes, count), (2, 3))
                    tokens = b"\0".join([b"x" * (room // 3 - 1)] * 3) + b"\0"
                    self.assertEqual(len(tokens), room)
                    ctypes.memmove(address, tokens, room)
                    return status

                with mock.patch.object(_in_place, "new_ascii", keep):
                    with mock.patch.object(_functions, name, draw):
                        if status:
                            self.assertRaises(OSError, batch, 3, 2)
                        else:
                            tokens = batch(3, 2)
                [joined] = kept
                left = ctypes.string_at(id(joined) + _in_place.ASCII_OFFSET, len(joined) + 1)
                self.assertEqual(left, bytes(len(joined) + 1))
                self.assertEqual({token.strip("x") for token in tokens}, {""})
                self.assertEqual({len(token) for token in tokens}, {len(joined) // 3})

    def test_shared_objects_stay_as_they_are(self):
        for _, batch, _ in TOKENS:
            for count in range(4):
                for nbytes in range(4):
                    batch(count, nbytes)
        self.assertEqual([ord(chr(value)) for value in range(256)], list(range(256)))
        self.assertEqual((len(""), "".join(["", ""])), (0, ""))

    @cpython
    def test_tokens_are_ordinary(self):
        for _, batch, _ in TOKENS:
            for count in (1, 2, 50):
                for token in batch(count, 8):
                    copy = "".join(list(token))
                    self.assertEqual(hash(token), hash(copy))
                    self.assertEqual(sys.getsizeof(token), sys.getsizeof(copy))
                    self.assertTrue(token.isascii() and "\0" not in token)


class Integers(unittest.TestCase):
    # As in test_numbers: a value is missing from 64 * n draws below n with
    # probability at most exp(-64): for any of 136, below 2**-85.
    def test_small_ranges_are_covered(self):
        for bound in range(1, 17):
            drawn = libsecrets.randbelow_batch(bound, 64 * bound)
            self.assertEqual(set(drawn), set(range(bound)))

    # A bit is the same in 128 numbers with probability 2**-127: for any of 600,
    # below 2**-117.
    def test_every_bit_is_drawn(self):
        for bits in (63, 64, 65, 128, 200):
            numbers = libsecrets.randbelow_batch(2 ** bits, 128)
            ones, zeros = 0, 0
            for number in numbers:
                self.assertTrue(0 <= number < 2 ** bits)
                ones, zeros = ones | number, zeros | ~number
            self.assertEqual(ones & zeros & (2 ** bits - 1), 2 ** bits - 1)

    def test_counts(self):
        for count in (0, 1, 2, 511, 512, 513, Index(7), True):
            for bound in (1, 52, 2 ** 64 - 1, 2 ** 64, 10 ** 30):
                numbers = libsecrets.randbelow_batch(bound, count)
                self.assertEqual(len(numbers), count.__index__())
                self.assertEqual({type(number) for number in numbers} - {int}, set())
                self.assertTrue(all(0 <= number < bound for number in numbers))

    def test_one_call(self):
        for bound in (52, 2 ** 64 - 1):
            for count, name in ((512, "randbelow_batch"), (513, "long_randbelow_batch")):
                real = getattr(_functions, name)
                with mock.patch.object(_functions, name, side_effect=real) as fake:
                    libsecrets.randbelow_batch(bound, count)
                self.assertEqual(fake.call_count, 1)

    def test_bad_arguments(self):
        batch = libsecrets.randbelow_batch
        for bound in (0, -1, -(10 ** 30), False, None, "1", 1.0, Index(1), float("nan")):
            for count in (0, 3):
                try:
                    libsecrets.randbelow(bound)
                except Exception as error:
                    with self.assertRaises(type(error)) as caught:
                        batch(bound, count)
                    self.assertEqual(str(caught.exception), str(error))
                else:
                    self.fail("randbelow takes %r" % (bound,))
        for count in (None, 1.0, "1", []):
            self.assertRaises(TypeError, batch, 5, count)
        self.assertRaises(TypeError, batch, 5)
        self.assertRaises(ValueError, batch, 5, -1)
        for count in (sys.maxsize // 2, sys.maxsize - 40, 2 ** 63, 10 ** 30):
            with self.assertRaises((MemoryError, OverflowError)):
                batch(5, count)
        self.assertEqual(batch(True, 2), [0, 0])


if __name__ == "__main__":
    unittest.main()
