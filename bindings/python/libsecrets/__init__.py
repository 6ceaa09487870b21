# SPDX-License-Identifier: MIT
"""Cryptographically strong random tokens and numbers, over the C library libsecrets.

A drop-in for the standard module:

    import libsecrets as secrets

    token = secrets.token_urlsafe()

Every byte comes from the operating system's generator, every integer is exactly
uniform, and every function may be called from any thread. Needs CPython.

Where many values are needed, token_hex_batch, token_urlsafe_batch,
randbelow_batch, and choices, sample and shuffle of a SystemRandom draw them all
in one call of the library.

Beyond tokens: password, passphrase and apikey make what their names say, and
password_entropy, passphrase_entropy, passphrase_words and needed_entropy tell how
much of it is enough.
"""

from ._apikeys import apikey, apikey_valid
from ._batches import randbelow_batch, token_hex_batch, token_urlsafe_batch
from ._comparison import compare_digest
from ._entropy import needed_entropy
from ._functions import version as __version__
from ._numbers import randbelow, randbits
from ._passphrases import passphrase, passphrase_entropy, passphrase_words
from ._passwords import password, password_entropy
from ._system_random import SystemRandom
from ._tokens import token_bytes, token_hex, token_urlsafe

# The names of the standard module and no others, so that an import of * gives
# the same names from either. The others are public all the same.
__all__ = [
    "choice",
    "randbelow",
    "randbits",
    "SystemRandom",
    "token_bytes",
    "token_hex",
    "token_urlsafe",
    "compare_digest",
]

# Random bytes in a token unless you say otherwise: 256 bits.
DEFAULT_ENTROPY = 32

choice = SystemRandom().choice
