# SPDX-License-Identifier: MIT
"""Comparison in constant time."""

# That of hmac may be OpenSSL's, which takes long to import; the words are the same.
from _operator import _compare_digest as _standard

from . import _functions
from ._memory import Buffer, acquire, ascii_address, has_buffer, release


def compare_digest(a, b, /):
    """Return a == b, in constant time: it depends only on the size of b.

    Pass the secret you hold as b and what came from outside as a.

    a, b: both str (ASCII only), or both bytes-like.
    TypeError for anything else.
    """
    if type(a) is bytes and type(b) is bytes:
        return _functions.compare_digest(a, len(a), b, len(b)) == 1
    if isinstance(a, str) and isinstance(b, str):
        return _compare_text(a, b)
    return _compare_buffers(a, b)


def _compare_text(a, b):
    # str.isascii and str.__len__: a subclass may say something else.
    if not (str.isascii(a) and str.isascii(b)):
        raise TypeError("comparing strings with non-ASCII characters is not supported")
    equal = _functions.compare_digest(
        ascii_address(a), str.__len__(a), ascii_address(b), str.__len__(b)
    )
    return equal == 1


def _compare_buffers(a, b):
    if not (has_buffer(a) or has_buffer(b)):
        # Only to raise TypeError: no Python code can tell what it calls the types.
        return _standard(a, b)
    first, second = Buffer(), Buffer()
    acquire(a, first)
    try:
        acquire(b, second)
        try:
            equal = _functions.compare_digest(first.buf, first.len, second.buf, second.len)
            return equal == 1
        finally:
            release(second)
    finally:
        release(first)
