# SPDX-License-Identifier: MIT
"""What the library reports becomes an exception, and nothing is returned."""

import unittest
from unittest import mock

import libsecrets
from libsecrets import _functions, _passphrases
from tests import cpython

LONG = _functions.LONG + 1
GENERATOR = libsecrets.SystemRandom()
CALLS = [
    ("token_bytes", libsecrets.token_bytes, 32),
    ("token_bytes", libsecrets.token_bytes, 1),
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
    ("password", libsecrets.password, 16),
    ("password", libsecrets.password, 1),
    ("password", lambda length: libsecrets.password(length, ["é✓"]), 16),
    ("long_password", libsecrets.password, LONG),
    ("long_password", lambda length: libsecrets.password(length, ["é"]), LONG),
    ("passphrase", libsecrets.passphrase, 6),
    ("passphrase", lambda words: libsecrets.passphrase(3, "-", words), ["a", "bc"]),
    ("long_passphrase", libsecrets.passphrase, LONG),
    ("apikey", libsecrets.apikey, "test"),
    ("long_apikey", lambda nbytes: libsecrets.apikey("test", nbytes), LONG),
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
        self.check(_functions.EENTROPY, OSError, "refuses randomness: check that")

    def test_no_start(self):
        self.check(_functions.ESTART, OSError, "cannot start in this process: check that")

    def test_fault(self):
        text = "do not use the output; please report it"
        self.check(_functions.EINTERNAL, RuntimeError, text)

    def test_no_space(self):
        self.check(_functions.ENOSPC, MemoryError, "too small")

    def test_no_memory(self):
        self.check(_functions.ENOMEM, MemoryError, "not enough memory")

    def test_unforeseen(self):
        self.check(_functions.EINVAL, RuntimeError, r"invalid argument \(status -1\)")
        self.check(-99, RuntimeError, r"\(status -99\)")

    @cpython
    def test_traceback_does_not_show_unfilled_memory(self):
        buffers = 0
        for name, function, argument in CALLS:
            with mock.patch.object(_functions, name, return_value=-3):
                try:
                    function(argument)
                except OSError as error:
                    trace = error.__traceback__
            while trace:
                names = trace.tb_frame.f_locals
                self.assertNotIn("token", names)
                if "buffer" in names:
                    self.assertEqual(names["buffer"].strip(b"\0"), b"")
                    buffers += 1
                trace = trace.tb_next
        self.assertEqual(buffers, 6)  # of passwords and passphrases

    def test_refused_arguments_do_not_reach_the_library(self):
        cases = [(libsecrets.token_bytes, -1), (libsecrets.token_hex, 2 ** 64 + 2)]
        cases += [(libsecrets.randbelow, 0), (libsecrets.randbits, -1)]
        cases += [(libsecrets.token_hex_batch, -1), (libsecrets.token_urlsafe_batch, -1)]
        for function, argument in cases:
            with mock.patch.object(_functions, function.__name__) as fake:
                with self.assertRaises((ValueError, OverflowError)):
                    function(argument)
            self.assertFalse(fake.called)


class Answers(unittest.TestCase):
    """What has no status to return says it otherwise."""

    def check(self, name, answer, function, *arguments):
        with mock.patch.object(_functions, name, return_value=answer) as fake:
            with self.assertRaisesRegex(OSError, "cannot start in this process"):
                function(*arguments)
        self.assertEqual(fake.call_count, 1)
        function(*arguments)  # no failure is kept

    def test_no_memory_for_entropy(self):
        nan = float("nan")
        with mock.patch.object(_functions, "long_password_entropy", return_value=nan):
            with self.assertRaisesRegex(MemoryError, "not enough memory"):
                libsecrets.password_entropy()

    def test_entropy(self):
        nan = float("nan")
        with mock.patch.object(_functions, "passphrase_entropy", return_value=nan):
            self.check("long_password_entropy", nan, libsecrets.password_entropy)
        self.check("passphrase_entropy", nan, libsecrets.passphrase_entropy)
        self.check("passphrase_words", 0, libsecrets.passphrase_words, 9)

    def test_length(self):
        nan = float("nan")
        with mock.patch.object(_functions, "passphrase_entropy", return_value=nan):
            self.check("long_password_length", 0, libsecrets.password_length, 9)
        for classes in (None, [("a", 1), "b"]):
            with mock.patch.object(_functions, "long_password_length", return_value=0):
                with self.assertRaisesRegex(MemoryError, "not enough memory"):
                    libsecrets.password_length(9, classes)

    def test_size(self):
        _passphrases._built_in.cache_clear()
        self.check("passphrase_size", 0, libsecrets.passphrase)
        self.check("apikey_size", 0, libsecrets.apikey, "test")

    def test_apikey_valid(self):
        key = libsecrets.apikey("test")
        for kind in (str, lambda text: text.encode(), lambda text: text.encode("utf-16")):
            for answer in (0, 1, -4, 2):
                fake = mock.patch.object(
                    _functions, "apikey_valid", return_value=answer
                )
                with fake:
                    self.assertIs(libsecrets.apikey_valid(kind(key)), answer == 1)


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
