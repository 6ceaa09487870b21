# SPDX-License-Identifier: MIT
"""Integers stay in their range and cover it."""

import ctypes
import threading
import unittest
from unittest import mock

import libsecrets
from libsecrets import _functions
from tests import cpython


class Numbers(unittest.TestCase):
    # A value is missing from 64 * n draws below n with probability at most
    # exp(-64); for any of the 136 values of all ranges together, below 2**-85.
    def test_randbelow_covers_small_ranges(self):
        for bound in range(1, 17):
            drawn = {libsecrets.randbelow(bound) for _ in range(64 * bound)}
            self.assertEqual(drawn, set(range(bound)))

    # As above: 62 values in all, below 2**-86.
    def test_randbits_covers_small_ranges(self):
        for bits in range(1, 5):
            drawn = {libsecrets.randbits(bits) for _ in range(64 * 2 ** bits)}
            self.assertEqual(drawn, set(range(2 ** bits)))

    # A bit is the same in 128 draws with probability 2**-127; any of 64 bits in
    # any of the three functions, below 2**-119.
    def test_widest_ranges_use_every_bit(self):
        draws = [
            lambda: libsecrets.randbits(64),
            lambda: libsecrets.randbelow(2 ** 64),
            lambda: libsecrets.randbelow(2 ** 64 - 1),
        ]
        for draw in draws:
            ones, zeros = 0, 0
            for _ in range(128):
                number = draw()
                self.assertTrue(0 <= number < 2 ** 64)
                ones |= number
                zeros |= ~number
            self.assertEqual(ones & zeros & (2 ** 64 - 1), 2 ** 64 - 1)

    # 16000 numbers of 64 bits: two pairs or more are equal with probability below
    # (2**27 / 2**64)**2 = 2**-74.
    def test_threads_do_not_see_each_others_numbers(self):
        drawn = [[] for _ in range(8)]

        def draw(numbers):
            for _ in range(2000):
                numbers.append(libsecrets.randbits(64))

        threads = [threading.Thread(target=draw, args=(each,)) for each in drawn]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertGreaterEqual(len({n for each in drawn for n in each}), 15999)

    def test_interrupted_draw_keeps_its_own_number(self):
        cells = []

        def draw(bits, cell):
            cells.append(cell)
            cell.value = bits
            if bits == 7:  # as a signal handler might, before the number is read
                self.assertEqual(libsecrets.randbits(8), 8)
            return 0

        with mock.patch.object(_functions, "randbits", draw):
            self.assertEqual(libsecrets.randbits(7), 7)
        self.assertEqual([cell.value for cell in cells], [0, 0], "not wiped")


class BigNumbers(unittest.TestCase):
    # A bit is the same in 128 draws with probability 2**-127; the widths add up
    # to fewer than 2**17 bits: below 2**-110.
    def test_every_bit_is_drawn(self):
        for bits in list(range(65, 140)) + [1000, 8 * _functions.LONG + 9]:
            for draw in (libsecrets.randbits, lambda k: libsecrets.randbelow(2 ** k)):
                ones, zeros = 0, 0
                for _ in range(128):
                    number = draw(bits)
                    self.assertTrue(0 <= number < 2 ** bits)
                    ones |= number
                    zeros |= ~number
                self.assertEqual(ones & zeros & (2 ** bits - 1), 2 ** bits - 1)

    @cpython
    def test_numbers_are_big_endian_and_wiped(self):
        from libsecrets import _in_place

        kept = []
        new_bytes = _in_place.new_bytes

        def keep(width):
            kept.append(new_bytes(width))
            return kept[-1]

        def fill(number):
            ctypes.memmove(number, bytes(range(1, len(number) + 1)), len(number))
            return status

        def below(bound, width, number):
            self.assertEqual((bound, width), ((10 ** 30).to_bytes(13, "big"), 13))
            return fill(number)

        def bits(count, number, width):
            self.assertEqual((count, width), (97, 13))
            return fill(number)

        expected = int.from_bytes(bytes(range(1, 14)), "big")
        with mock.patch.object(_in_place, "new_bytes", keep):
            with mock.patch.object(_functions, "randbelow_big", below):
                status = 0
                self.assertEqual(libsecrets.randbelow(10 ** 30), expected)
                status = _functions.EENTROPY
                self.assertRaises(OSError, libsecrets.randbelow, 10 ** 30)
            with mock.patch.object(_functions, "randbits_big", bits):
                status = 0
                self.assertEqual(libsecrets.randbits(97), expected)
        self.assertEqual(kept, [bytes(13)] * 3, "not wiped")

    def test_long_draws_let_other_threads_run(self):
        at = 8 * _functions.LONG
        for bits, long in ((at, False), (at + 1, True)):
            for name, draw in (
                ("randbits_big", lambda: libsecrets.randbits(bits)),
                ("randbelow_big", lambda: libsecrets.randbelow(2 ** bits - 1)),
            ):
                with mock.patch.object(_functions, "long_" + name, return_value=0) as f:
                    draw()
                self.assertEqual(f.called, long)


if __name__ == "__main__":
    unittest.main()
