# SPDX-License-Identifier: MIT
"""How much entropy is needed, and how many words have it."""

import math
import unittest
from decimal import Decimal
from fractions import Fraction

import libsecrets

INF, NAN = math.inf, math.nan
HUGE = 10 ** 400


class Index:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value


class NeededEntropy(unittest.TestCase):
    def test_values(self):
        year = 365.25 * 24 * 60 * 60
        for guesses in (1, 3.5, 1000, 1e9, 1e12, 1e20):
            for years in (1e-3, 1, 10, 100, 1e6):
                for chance in (1, 0.5, 1e-6, 1e-12):
                    bits = libsecrets.needed_entropy(guesses, years, chance)
                    tries = guesses * years * year
                    expected = math.log2(tries / chance)
                    self.assertLess(abs(bits - expected), 1e-9)
                    # So many of 2**bits equally likely secrets can be tried.
                    self.assertLess(abs(tries / 2 ** bits / chance - 1), 1e-9)

    def test_example(self):
        # 10**12 * 100 * 31557600 * 10**6 = 2**91.35004604...
        bits = libsecrets.needed_entropy(1e12, 100)
        self.assertLess(abs(bits - 91.35004605), 1e-7)
        self.assertEqual(math.ceil(bits / 8), 12)

    def test_nothing_is_needed(self):
        for arguments in ((1e-300, 1e-300, 1), (1 / 31557600, 0.5, 1), (5e-324, 1)):
            bits = libsecrets.needed_entropy(*arguments)
            self.assertEqual((bits, math.copysign(1, bits)), (0.0, 1.0))

    def test_no_overflow(self):
        bits = libsecrets.needed_entropy(1e308, 1e308, 5e-324)
        expected = 2 * math.log2(1e308) + math.log2(31557600) + 1074
        self.assertLess(abs(bits - expected), 1e-6)

    def test_any_real_number(self):
        expected = libsecrets.needed_entropy(4.0, 2.0, 0.5)
        half = Fraction(1, 2)
        for four, two in ((4, 2), (Fraction(4), True + 1), (Decimal(4), Index(2))):
            for chance in (half, Decimal("0.5")):
                bits = libsecrets.needed_entropy(four, two, chance=chance)
                self.assertEqual((bits, type(bits)), (expected, float))
        self.assertEqual(libsecrets.needed_entropy(10 ** 9, 1, True) > 0, True)

    def test_bad_arguments(self):
        names = ("guesses_per_second", "years", "chance")
        for place, name in enumerate(names):
            for bad in (0, 0.0, -1, -0.0, INF, -INF, NAN, HUGE, -HUGE, Fraction(HUGE)):
                arguments = [1, 1, 1]
                arguments[place] = bad
                with self.assertRaisesRegex(ValueError, "^%s must be a pos" % name):
                    libsecrets.needed_entropy(*arguments)
            for bad in ("1", b"1", None, 1j, [], [1]):
                arguments = [1, 1, 1]
                arguments[place] = bad
                with self.assertRaisesRegex(TypeError, "^%s must be a real" % name):
                    libsecrets.needed_entropy(*arguments)
        for bad in (1.0000001, 2, 100):
            with self.assertRaisesRegex(ValueError, "^chance must not be more than 1"):
                libsecrets.needed_entropy(1, 1, bad)
        self.assertRaises(TypeError, libsecrets.needed_entropy, 1)


class Words(unittest.TestCase):
    def test_least(self):
        entropy = libsecrets.passphrase_entropy
        for size in (None, 2, 3, 6, 1000, 1296, 2048, 7776, 50000):
            word = entropy(1, size)
            exact = [number * word for number in range(400)]
            above = [bits * (1 + 2 ** -52) for bits in exact]  # by the least there is
            for bits in exact + above + [64, 128.5, 1e4, 1e9]:
                number = libsecrets.passphrase_words(bits, size)
                self.assertIs(type(number), int)
                self.assertGreaterEqual(entropy(number, size), bits)
                if number:
                    self.assertLess(entropy(number - 1, size), bits)
            for number, bits in enumerate(exact):
                self.assertEqual(libsecrets.passphrase_words(bits, size), number)

    def test_numbers(self):
        self.assertEqual(libsecrets.passphrase_words(0), 0)
        self.assertEqual(libsecrets.passphrase_words(-0.0), 0)
        self.assertEqual(libsecrets.passphrase_words(1e-300), 1)
        self.assertEqual(libsecrets.passphrase_words(77), 6)
        self.assertEqual(libsecrets.passphrase_words(128), 10)
        self.assertEqual(libsecrets.passphrase_words(10, wordlist_size=2), 10)
        self.assertEqual(libsecrets.passphrase_words(Fraction(21, 2), Index(2)), 11)
        self.assertEqual(libsecrets.passphrase_words(1e9, 2), 10 ** 9)

    def test_bad_arguments(self):
        words = libsecrets.passphrase_words
        for bad in (-1, -1e-9, NAN, INF, -INF, HUGE, -HUGE, 1.1e9):
            with self.assertRaisesRegex(ValueError, "^bits must be from 0 to 1e9"):
                words(bad)
        for bad in ("1", None, b"1", 1j):
            with self.assertRaisesRegex(TypeError, "^bits must be a real number, not "):
                words(bad)
        for bad in (1, 0, -1, -HUGE, True):
            with self.assertRaisesRegex(ValueError, "^wordlist_size must be 2 or more"):
                words(10, bad)
        for bad in (2.0, "2", [2]):
            with self.assertRaisesRegex(TypeError, "^wordlist_size must be an integer"):
                words(10, bad)
        self.assertRaisesRegex(OverflowError, "^wordlist_size ", words, 10, HUGE)


class Length(unittest.TestCase):
    POLICY = [("abc", 1), ("12", 2), ("é✓", 0)]

    def test_least(self):
        for classes, most in ((None, 200), (["ab"], 100), ([("é✓😀", 5)], 80),
                              (self.POLICY, 40), ([("a", 3), "b"], 40)):
            least = libsecrets.password_length(0, classes)
            for length in range(least, most):
                bits = libsecrets.password_entropy(length, classes)
                expected = length if bits else least
                self.assertEqual(libsecrets.password_length(bits, classes), expected)
                above = bits * (1 + 2 ** -52) + 5e-324  # by the least there is
                self.assertEqual(libsecrets.password_length(above, classes), length + 1)

    def test_numbers(self):
        length = libsecrets.password_length
        self.assertEqual((length(0), length(-0.0), length(1e-300)), (0, 0, 1))
        self.assertEqual((length(128), length(Fraction(1, 2), ["ab"])), (22, 1))
        self.assertEqual(length(128, [libsecrets.UNAMBIGUOUS]), 23)
        self.assertEqual(length(1e9, ["ab"]), 10 ** 9)
        self.assertEqual(length(0, [("a", 7)]), 7)
        self.assertEqual(length(0, [("a", 2 ** 40)]), 2 ** 40)
        self.assertEqual((length(0, []), length(0, [""])), (0, 0))
        self.assertEqual(length(60, iter(self.POLICY)), length(60, self.POLICY))

    def test_bad_arguments(self):
        length, two = libsecrets.password_length, [("a", 1), ("b", 0)]
        for bad in (-1, -1e-9, NAN, INF, -INF, HUGE, -HUGE, 1.1e9):
            with self.assertRaisesRegex(ValueError, "^bits must be from 0 to 1e9"):
                length(bad)
        for bad in ("1", None, b"1", 1j):
            with self.assertRaisesRegex(TypeError, "^bits must be a real number, not "):
                length(bad)
        for bits, classes in ((1, ["a"]), (1, [("a", 300)]), (257, two), (1e9, two)):
            with self.assertRaisesRegex(ValueError, "^no password of these classes"):
                length(bits, classes)
        for classes in ([], [""]):
            with self.assertRaisesRegex(ValueError, "^classes has no character"):
                length(1, classes)
        for bits in (0, 1):
            self.assertRaisesRegex(ValueError, "repeats", length, bits, ["aa"])
            self.assertRaisesRegex(ValueError, "is empty", length, bits, [("", 1)])
            self.assertRaisesRegex(ValueError, "at most 256", length, bits,
                                   [("a", 200), ("b", 57)])
            self.assertRaisesRegex(OverflowError, "length is too large", length, bits,
                                   [("ab", 2 ** 63)])
            self.assertRaises(TypeError, length, bits, "ab")


class PassphraseEntropy(unittest.TestCase):
    def test_values(self):
        for size in (1, 2, 3, 1000, 7776, 2 ** 40):
            for number in (0, 1, 6, 1000):
                bits = libsecrets.passphrase_entropy(number, size)
                self.assertLess(abs(bits - number * math.log2(size)), 1e-9)
        six = libsecrets.passphrase_entropy()
        self.assertLess(abs(six - 6 * math.log2(7776)), 1e-9)
        self.assertEqual(libsecrets.passphrase_entropy(Index(6), Index(7776)), six)

    def test_bad_arguments(self):
        entropy = libsecrets.passphrase_entropy
        self.assertRaisesRegex(ValueError, "^nwords must not be neg", entropy, -1)
        self.assertRaisesRegex(TypeError, "^nwords must be an integer", entropy, 1.0)
        self.assertRaisesRegex(OverflowError, "^nwords is too large", entropy, HUGE)
        for bad in (0, -1, -HUGE, False):
            with self.assertRaisesRegex(ValueError, "^wordlist_size must be 1 or more"):
                entropy(6, bad)
        for bad in (7776.0, "7776", ["a"]):
            with self.assertRaisesRegex(TypeError, "^wordlist_size must be an integer"):
                entropy(6, bad)
        self.assertRaisesRegex(OverflowError, "^wordlist_size ", entropy, 6, HUGE)


if __name__ == "__main__":
    unittest.main()
