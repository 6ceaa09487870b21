# SPDX-License-Identifier: MIT
"""Cryptographically strong random tokens and numbers, over the C library libsecrets.

A drop-in for the standard module:

    import libsecrets as secrets

    token = secrets.token_urlsafe()

Every byte comes from the operating system's generator, every integer is exactly
uniform, and every function may be called from any thread. Needs CPython.
"""

from ._comparison import compare_digest
from ._functions import version as __version__
from ._numbers import randbelow, randbits
from ._tokens import token_bytes, token_hex, token_urlsafe

__all__ = [
    "randbelow",
    "randbits",
    "token_bytes",
    "token_hex",
    "token_urlsafe",
    "compare_digest",
]

# Random bytes in a token unless you say otherwise: 256 bits.
DEFAULT_ENTROPY = 32
