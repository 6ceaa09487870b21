# SPDX-License-Identifier: MIT
"""Tokens: random bytes, as they are or as text."""

from typing import Any

from . import _functions
from ._arguments import byte_count
from ._numbers import randbits
from ._objects import new_bytes
from ._status import failure
from ._texts import ascii_text

# Signatures are those of the standard module, hence types in comments.


def token_bytes(nbytes=None):
    # type: (Any) -> bytes
    """Return nbytes random bytes.

    nbytes: 0 or more; None means DEFAULT_ENTROPY.
    ValueError if negative; OSError if the system gives no randomness.
    """
    return random_bytes(byte_count(nbytes))


def random_bytes(size: int) -> bytes:
    """Return that many random bytes, for a size in range."""
    if size < 2:
        # Python shares bytes this short, so they are never written into.
        return bytes([randbits(8)] if size else [])
    long = size > _functions.LONG
    draw = _functions.long_token_bytes if long else _functions.token_bytes
    token = new_bytes(size)
    status = draw(token, size)
    if status:
        del token  # or the traceback would show what the memory held before
        raise failure(status)
    return token


def token_hex(nbytes=None):
    # type: (Any) -> str
    """Return nbytes random bytes as 2 * nbytes digits 0-9a-f.

    nbytes: 0 or more; None means DEFAULT_ENTROPY.
    ValueError if negative; OSError if the system gives no randomness.
    """
    size = byte_count(nbytes)
    long = size > _functions.LONG
    draw = _functions.long_token_hex if long else _functions.token_hex
    return ascii_text(draw, 2 * size, size)


def token_urlsafe(nbytes=None):
    # type: (Any) -> str
    """Return nbytes random bytes as base64url without padding.

    About 1.3 characters per byte, none of which needs escaping in a URL.

    nbytes: 0 or more; None means DEFAULT_ENTROPY.
    ValueError if negative; OSError if the system gives no randomness.
    """
    size = byte_count(nbytes)
    long = size > _functions.LONG
    draw = _functions.long_token_urlsafe if long else _functions.token_urlsafe
    return ascii_text(draw, (4 * size + 2) // 3, size)
