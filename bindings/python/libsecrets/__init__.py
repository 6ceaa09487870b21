# SPDX-License-Identifier: MIT
"""Cryptographically secure tokens, numbers, passwords and API keys.

A drop-in replacement for the standard module, over the C library libsecrets:

    import libsecrets as secrets

    token = secrets.token_urlsafe()

Every byte comes from the operating system's CSPRNG, every integer is uniformly
distributed, and every function may be called from any thread. Needs CPython.

For many values, token_hex_batch, token_urlsafe_batch, randbelow_batch, and
choices, sample and shuffle of a SystemRandom draw them all in one call of the
library.

Beyond tokens there are password, passphrase and apikey. password_entropy and
passphrase_entropy return their entropy; needed_entropy, password_length and
passphrase_words return how much is enough.
"""

from ._comparison import compare_digest
from ._functions import version as __version__
from ._numbers import randbelow, randbits
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

# The letters and digits that are not mistaken for each other, as a class of a password
# that people read aloud, copy from paper or type from a screen. Left out are 0 O o,
# 1 l I, 2 Z, 5 S and 8 B. The other 50 have 5.64 bits each.
UNAMBIGUOUS = "abcdefghijkmnpqrstuvwxyzACDEFGHJKLMNPQRTUVWXY34679"

# What fewer programs use, or takes longer to import than all the rest, by its module:
# imported at its first use, so that `import libsecrets` is quick.
_LATER = {
    "SystemRandom": "_system_random",
    "apikey": "_apikeys",
    "apikey_valid": "_apikeys",
    "choice": "_system_random",
    "needed_entropy": "_entropy",
    "passphrase": "_passphrases",
    "passphrase_entropy": "_passphrases",
    "passphrase_words": "_passphrases",
    "password": "_passwords",
    "password_entropy": "_passwords",
    "password_length": "_passwords",
    "randbelow_batch": "_batches",
    "read_wordlist": "_wordlists",
    "token_hex_batch": "_batches",
    "token_urlsafe_batch": "_batches",
}


def __getattr__(name):
    if name not in _LATER:
        raise AttributeError("module %r has no attribute %r" % (__name__, name))
    from importlib import import_module

    value = getattr(import_module("." + _LATER[name], __name__), name)
    globals()[name] = value  # found without this function from now on
    return value


def __dir__():
    return sorted(set(globals()) | set(_LATER))
