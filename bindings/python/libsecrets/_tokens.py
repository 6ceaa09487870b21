# SPDX-License-Identifier: MIT
"""Tokens: random bytes, as they are or as text."""

from ._arguments import byte_count
from ._functions import failure, for_size
from ._memory import ascii_text, new_bytes
from ._numbers import randbits


def token_bytes(nbytes=None):
    """Return nbytes random bytes.

    nbytes: 0 or more; None means DEFAULT_ENTROPY.
    ValueError if negative; OSError if the system refuses randomness.
    """
    return random_bytes(byte_count(nbytes))


def random_bytes(size):
    """Return that many random bytes, for a size in range."""
    if size < 2:
        # Python shares bytes this short, so they are never written into.
        return bytes([randbits(8)] if size else [])
    draw = for_size("token_bytes", size)
    token = new_bytes(size)
    status = draw(token, size)
    if status:
        del token  # or the traceback would show what the memory held before
        raise failure(status)
    return token


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
