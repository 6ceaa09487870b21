# SPDX-License-Identifier: MIT
"""Comparison in constant time."""

from hmac import compare_digest as _standard
from typing import Any

from . import _functions
from ._buffers import Buffer, acquire, has_buffer, release
from ._objects import ascii_address


def compare_digest(a, b, /):
    # type: (Any, Any) -> bool
    """Return a == b, in constant time: it depends only on the size of b.

    Pass the secret you hold as b and what came from outside as a.

    a, b: both str (ASCII only), or both bytes-like.
    TypeError for anything else.
    """
    if type(a) is bytes and type(b) is bytes:
        return bool(_functions.compare_digest(a, len(a), b, len(b)) == 1)
    if isinstance(a, str) and isinstance(b, str):
        return _compare_text(a, b)
    return _compare_buffers(a, b)


def _compare_text(a: str, b: str) -> bool:
    # str.isascii and str.__len__: a subclass may say something else.
    if not (str.isascii(a) and str.isascii(b)):
        raise TypeError("comparing strings with non-ASCII characters is not supported")
    equal = _functions.compare_digest(
        ascii_address(a), str.__len__(a), ascii_address(b), str.__len__(b)
    )
    return bool(equal == 1)


def _compare_buffers(a: Any, b: Any) -> bool:
    if not (has_buffer(a) or has_buffer(b)):
        # Only to raise TypeError: no Python code can tell what it calls the types.
        return _standard(a, b)
    first, second = Buffer(), Buffer()
    acquire(a, first)
    try:
        acquire(b, second)
        try:
            equal = _functions.compare_digest(
                first.buf, first.len, second.buf, second.len
            )
            return bool(equal == 1)
        finally:
            release(second)
    finally:
        release(first)
