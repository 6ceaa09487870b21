# SPDX-License-Identifier: MIT
"""Integers stay in their range and cover it."""

import threading
import unittest
from unittest import mock

import libsecrets
from libsecrets import _functions


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

    # Of the integers below 3 * 2**62 a third lies below 2**62; with 64 bits taken
    # modulo the bound, half would. Of 20000 draws that is 6667 against 10000; by
    # Hoeffding 8000 or more come with probability below exp(-177) < 2**-255.
    def test_no_modulo_bias(self):
        bound = 3 * 2 ** 62
        low = sum(libsecrets.randbelow(bound) < 2 ** 62 for _ in range(20000))
        self.assertLess(low, 8000)

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


if __name__ == "__main__":
    unittest.main()
