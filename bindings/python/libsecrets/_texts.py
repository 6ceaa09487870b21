# SPDX-License-Identifier: MIT
"""Random text, written by a function of the library.

Where the length and that all is ASCII are known before, it is written straight
into the str that the caller gets. All else goes through a buffer that is wiped;
where it is not ASCII, CPython may leave a part of it in memory that it used while
decoding.
"""

import sys
from typing import Any

from . import _functions
from ._objects import ASCII_OFFSET, new_ascii, new_bytes
from ._status import failure


def ascii_text(draw: Any, length: int, *arguments: Any) -> str:
    """Return what draw(address, room, *arguments) writes: ASCII of that length.

    length: 0, where draw is not called, or 2 and more.
    """
    if not length:
        return ""
    if length >= sys.maxsize:
        raise MemoryError
    token = new_ascii(length)
    # CPython keeps a NUL behind the characters, and draw writes one there.
    status = draw(id(token) + ASCII_OFFSET, length + 1, *arguments)
    if status:
        del token  # or the traceback would show what the memory held before
        raise failure(status)
    return token


def utf8_text(draw: Any, room: int, *arguments: Any) -> str:
    """Return what draw(address, room, *arguments) writes: UTF-8 up to a NUL.

    room: the bytes that it may write to, at least 2.
    """
    if room > sys.maxsize:
        raise MemoryError
    buffer = new_bytes(room)
    try:
        status = draw(buffer, room, *arguments)
        if status:
            raise failure(status)
        return str(memoryview(buffer)[: buffer.index(0)], "utf-8")
    finally:
        _functions.wipe(buffer, room)
