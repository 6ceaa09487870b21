# SPDX-License-Identifier: MIT
"""Tokens: random bytes, as they are or as text."""

from ._arguments import byte_count
from ._functions import for_size
from ._memory import ascii_text, random_bytes


def token_bytes(nbytes=None):
    """Return nbytes random bytes.

    nbytes: 0 or more; None means DEFAULT_ENTROPY.
    ValueError if negative; OSError if the system refuses randomness.
    """
    size = byte_count(nbytes)
    return random_bytes(for_size("token_bytes", size), size)


def token_hex(nbytes=None):
    """Return nbytes random bytes as 2 * nbytes digits 0-9a-f.

    nbytes: 0 or more; None means DEFAULT_ENTROPY.
    ValueError if negative; OSError if the system refuses randomness.
    """
    size = byte_count(nbytes)
    return ascii_text(for_size("token_hex", size), 2 * size, size)


def token_urlsafe(nbytes=None):
    """Return nbytes random bytes as base64url without padding.

    About 1.3 characters per byte, none of which needs escaping in a URL.

    nbytes: 0 or more; None means DEFAULT_ENTROPY.
    ValueError if negative; OSError if the system refuses randomness.
    """
    size = byte_count(nbytes)
    return ascii_text(for_size("token_urlsafe", size), (4 * size + 2) // 3, size)
