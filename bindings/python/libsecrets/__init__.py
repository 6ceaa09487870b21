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
passphrase_entropy return their entropy; needed_entropy and passphrase_words
return how much is enough.
"""

from ._apikeys import apikey, apikey_valid
from ._batches import randbelow_batch, token_hex_batch, token_urlsafe_batch
from ._comparison import compare_digest
from ._entropy import needed_entropy
from ._functions import version as __version__
from ._numbers import randbelow, randbits
from ._passphrases import passphrase, passphrase_entropy, passphrase_words
from ._passwords import password, password_entropy
from ._system_random import SystemRandom, choice
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
