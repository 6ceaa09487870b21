# SPDX-License-Identifier: MIT
"""Tokens hold the bytes they should, and fresh ones."""

import base64
import os
import subprocess
import sys
import threading
import unittest
from unittest import mock

import libsecrets
from libsecrets import _functions
from tests import cpython

LONG = _functions.LONG
SIZES = list(range(41)) + [LONG - 1, LONG, LONG + 1]
FORK = """
import libsecrets, os
parent = libsecrets.token_hex()
read, write = os.pipe()
if os.fork() == 0:
    os.write(write, libsecrets.token_hex().encode())
    os._exit(0)
os.wait()
print(parent, libsecrets.token_hex(), os.read(read, 100).decode())
"""


def decode_urlsafe(token):
    return base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))


class Contents(unittest.TestCase):
    # A byte that is not drawn is the same in 24 tokens; one that is drawn, with
    # probability 2**-184. There are fewer than 2**16 of them: below 2**-160.
    def check_every_byte_varies(self, draw):
        for size in SIZES:
            tokens = [draw(size) for _ in range(24)]
            for token in tokens:
                self.assertEqual(len(token), size)
            for position, column in enumerate(zip(*tokens)):
                self.assertGreater(len(set(column)), 1, (size, position))

    def test_token_bytes(self):
        self.check_every_byte_varies(libsecrets.token_bytes)

    def test_token_hex(self):
        self.check_every_byte_varies(lambda n: bytes.fromhex(libsecrets.token_hex(n)))

    def test_token_urlsafe(self):
        self.check_every_byte_varies(
            lambda n: decode_urlsafe(libsecrets.token_urlsafe(n))
        )

    def test_text_is_canonical(self):
        for size in SIZES:
            token = libsecrets.token_hex(size)
            self.assertEqual(token, bytes.fromhex(token).hex())
            token = libsecrets.token_urlsafe(size)
            again = base64.urlsafe_b64encode(decode_urlsafe(token))
            self.assertEqual(token, again.rstrip(b"=").decode("ascii"))

    @cpython
    def test_text_is_ordinary(self):
        token = libsecrets.token_hex(8)
        copy = "".join(list(token))
        self.assertEqual(hash(token), hash(copy))
        self.assertEqual(sys.getsizeof(token), sys.getsizeof(copy))
        self.assertTrue(token.isascii())
        self.assertEqual({copy: 1}[token], 1)


class SharedObjects(unittest.TestCase):
    def test_short_bytes_stay_as_they_are(self):
        for _ in range(1000):
            libsecrets.token_bytes(1)
            libsecrets.token_bytes(0)
            libsecrets.token_hex(1)
            libsecrets.token_urlsafe(1)
        self.assertEqual([bytes([value])[0] for value in range(256)], list(range(256)))
        self.assertEqual([ord(chr(value)) for value in range(256)], list(range(256)))
        self.assertEqual((len(b""), len("")), (0, 0))

    # Fewer than 200 different bytes in 4096 draws: at least 57 values missing,
    # each with probability (255/256)**4096 < 2**-23; at most
    # C(256, 57) * 2**(-23 * 57) < 2**196 * 2**-1311.
    def test_one_byte_takes_every_value(self):
        drawn = {libsecrets.token_bytes(1) for _ in range(4096)}
        self.assertGreaterEqual(len(drawn), 200)


class Processes(unittest.TestCase):
    # 16000 tokens of 128 bits: two are equal with probability below 2**-100.
    def test_threads_get_distinct_tokens(self):
        drawn = [[] for _ in range(8)]

        def draw(tokens):
            for count in range(2000):
                tokens.append(libsecrets.token_bytes(16 if count % 50 else LONG + 1))

        threads = [threading.Thread(target=draw, args=(tokens,)) for tokens in drawn]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        tokens = [token for each in drawn for token in each]
        self.assertEqual((len(tokens), len(set(tokens))), (16000, 16000))

    if hasattr(os, "fork"):
        # Three tokens of 256 bits: two are equal with probability below 2**-254.
        def test_forked_child_draws_its_own(self):
            path = os.path.dirname(os.path.dirname(libsecrets.__file__))
            output = subprocess.check_output(
                [sys.executable, "-W", "ignore", "-c", FORK],
                env=dict(os.environ, PYTHONPATH=path),
                timeout=60,
            )
            tokens = output.decode().split()
            self.assertEqual([len(token) for token in tokens], [64] * 3)
            self.assertEqual(len(set(tokens)), 3)

    @cpython
    def test_long_draws_let_other_threads_run(self):
        for name in ("token_bytes", "token_hex", "token_urlsafe"):
            draw = getattr(libsecrets, name)
            with mock.patch.object(_functions, "long_" + name, return_value=0) as long:
                draw(LONG)
                self.assertFalse(long.called)
                draw(LONG + 1)
                self.assertTrue(long.called)
            holds_lock = 4  # FUNCFLAG_PYTHONAPI
            self.assertFalse(getattr(_functions, "long_" + name)._flags_ & holds_lock)
            self.assertTrue(getattr(_functions, name)._flags_ & holds_lock)


if __name__ == "__main__":
    unittest.main()
