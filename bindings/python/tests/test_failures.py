# SPDX-License-Identifier: MIT
"""What the library reports becomes an exception, and nothing is returned."""

import unittest
from unittest import mock

import libsecrets
from libsecrets import _functions

LONG = _functions.LONG + 1
GENERATOR = libsecrets.SystemRandom()
CALLS = [
    ("token_bytes", libsecrets.token_bytes, 32),
    ("randbits", libsecrets.token_bytes, 1),
    ("token_hex", libsecrets.token_hex, 32),
    ("token_urlsafe", libsecrets.token_urlsafe, 32),
    ("long_token_bytes", libsecrets.token_bytes, LONG),
    ("long_token_hex", libsecrets.token_hex, LONG),
    ("long_token_urlsafe", libsecrets.token_urlsafe, LONG),
    ("randbelow", libsecrets.randbelow, 10),
    ("randbits", libsecrets.randbits, 10),
    ("randbits", libsecrets.randbelow, 2 ** 64),
    ("randbelow_big", libsecrets.randbelow, 2 ** 64 + 1),
    ("randbits_big", libsecrets.randbits, 65),
    ("long_randbelow_big", libsecrets.randbelow, 256 ** LONG),
    ("long_randbits_big", libsecrets.randbits, 8 * LONG),
    ("token_hex_batch", libsecrets.token_hex_batch, 3),
    ("token_urlsafe_batch", libsecrets.token_urlsafe_batch, 3),
    ("long_token_hex_batch", libsecrets.token_hex_batch, LONG),
    ("long_token_urlsafe_batch", libsecrets.token_urlsafe_batch, LONG),
    ("randbelow_batch", lambda count: libsecrets.randbelow_batch(9, count), 3),
    ("long_randbelow_batch", lambda count: libsecrets.randbelow_batch(9, count), LONG),
    ("randbelow", libsecrets.choice, "abc"),
    ("random", lambda _: GENERATOR.random(), None),
    ("randbelow_batch", GENERATOR.choices, "abc"),
    ("random_batch", lambda weights: GENERATOR.choices("abc", weights), [1, 2, 3]),
    ("sample", lambda population: GENERATOR.sample(population, 2), "abc"),
    ("sample", GENERATOR.shuffle, [1, 2, 3]),
    ("long_sample", GENERATOR.shuffle, [1] * LONG),
]


class Failures(unittest.TestCase):
    def check(self, status, exception, text):
        for name, function, argument in CALLS:
            with self.subTest(name):
                with mock.patch.object(_functions, name, return_value=status) as fake:
                    with self.assertRaisesRegex(exception, text) as caught:
                        function(argument)
                self.assertEqual(fake.call_count, 1)
                self.assertEqual(type(caught.exception), exception)

    def test_no_randomness(self):
        self.check(_functions.EENTROPY, OSError, "no randomness: check that")

    def test_fork(self):
        self.check(_functions.EFORK, OSError, "forked process: start the worker by")

    def test_no_space(self):
        self.check(_functions.ENOSPC, MemoryError, "too small")

    def test_unforeseen(self):
        self.check(_functions.EINVAL, RuntimeError, r"invalid argument \(status -1\)")
        self.check(-99, RuntimeError, r"\(status -99\)")

    def test_traceback_does_not_show_unfilled_memory(self):
        for name, function, argument in CALLS:
            with mock.patch.object(_functions, name, return_value=-3):
                try:
                    function(argument)
                except OSError as error:
                    trace = error.__traceback__
            while trace:
                self.assertNotIn("token", trace.tb_frame.f_locals)
                trace = trace.tb_next

    def test_refused_arguments_do_not_reach_the_library(self):
        cases = [(libsecrets.token_bytes, -1), (libsecrets.token_hex, 2 ** 64 + 2)]
        cases += [(libsecrets.randbelow, 0), (libsecrets.randbits, -1)]
        cases += [(libsecrets.token_hex_batch, -1), (libsecrets.token_urlsafe_batch, -1)]
        for function, argument in cases:
            with mock.patch.object(_functions, function.__name__) as fake:
                with self.assertRaises((ValueError, OverflowError)):
                    function(argument)
            self.assertFalse(fake.called)


class Comparing(unittest.TestCase):
    PAIRS = [(b"a", b"a"), ("a", "a"), (bytearray(b"a"), b"a"), (memoryview(b"a"),) * 2]

    def test_the_library_decides(self):
        for a, b in self.PAIRS:
            for answer in (0, 1, -4, 2):
                fake = mock.patch.object(
                    _functions, "compare_digest", return_value=answer
                )
                with fake:
                    self.assertIs(libsecrets.compare_digest(a, b), answer == 1)
            self.assertIs(libsecrets.compare_digest(a, b), True)

    def test_order_of_arguments(self):
        # The time may depend on b, so the library must get it as b.
        for a, b in ((b"a", b"bcd"), ("a", "bcd"), (bytearray(b"a"), b"bcd")):
            with mock.patch.object(_functions, "compare_digest") as fake:
                libsecrets.compare_digest(a, b)
            self.assertEqual(fake.call_args[0][1::2], (1, 3))


if __name__ == "__main__":
    unittest.main()
