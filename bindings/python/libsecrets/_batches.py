# SPDX-License-Identifier: MIT
"""Many tokens or numbers in one call of the library, as lists."""

import sys
from typing import Any, List

from . import _functions
from ._arguments import byte_count, size
from ._lists import integers
from ._numbers import randbelow, upper_bound
from ._objects import ASCII_OFFSET, new_ascii
from ._status import failure
from ._tokens import token_hex, token_urlsafe


def token_hex_batch(count, nbytes=None):
    # type: (Any, Any) -> List[str]
    """Return a list of count tokens as token_hex(nbytes) makes them, much faster.

    count: 0 or more.
    nbytes: 0 or more; None means DEFAULT_ENTROPY.
    ValueError if either is negative; OSError if the system gives no randomness,
    MemoryError or OverflowError if there cannot be that many tokens.
    """
    number, length = size(count), 2 * byte_count(nbytes)
    if number == 1:
        return [token_hex(nbytes)]
    long = number * length > _functions.LONG
    draw = _functions.long_token_hex_batch if long else _functions.token_hex_batch
    return _texts(draw, number, length // 2, length)


def token_urlsafe_batch(count, nbytes=None):
    # type: (Any, Any) -> List[str]
    """Return a list of count tokens as token_urlsafe(nbytes) makes them, much faster.

    count: 0 or more.
    nbytes: 0 or more; None means DEFAULT_ENTROPY.
    ValueError if either is negative; OSError if the system gives no randomness,
    MemoryError or OverflowError if there cannot be that many tokens.
    """
    number, width = size(count), byte_count(nbytes)
    if number == 1:
        return [token_urlsafe(nbytes)]
    length = (4 * width + 2) // 3
    long = number * length > _functions.LONG
    short = _functions.token_urlsafe_batch
    draw = _functions.long_token_urlsafe_batch if long else short
    return _texts(draw, number, width, length)


def randbelow_batch(exclusive_upper_bound, count):
    # type: (Any, Any) -> List[int]
    """Return a list of count integers as randbelow draws them, much faster.

    exclusive_upper_bound: 1 or more; faster up to 2**64 - 1.
    count: 0 or more.
    ValueError if either is less; OSError if the system gives no randomness,
    MemoryError or OverflowError if there cannot be that many integers.
    """
    bound, number = upper_bound(exclusive_upper_bound), size(count)
    if bound < 2 ** 64:
        return integers(bound, number)
    return [randbelow(bound) for _ in range(number)]


def _texts(draw: Any, count: int, nbytes: int, length: int) -> List[str]:
    """Return count tokens of that many characters, other than exactly one."""
    if not (count and nbytes):
        return [""] * count
    room = count * (length + 1)
    if room > sys.maxsize:
        raise MemoryError
    # All of them in one str, with the NUL that the library writes behind each;
    # the last of those falls on the NUL that CPython keeps behind the str.
    # Of two tokens or more split makes new ones; of one it would return the str.
    joined = new_ascii(room - 1)
    address = id(joined) + ASCII_OFFSET
    try:
        status = draw(address, room, nbytes, count)
        if status:
            raise failure(status)
        return joined.split("\0")
    finally:
        _functions.wipe(address, room)
