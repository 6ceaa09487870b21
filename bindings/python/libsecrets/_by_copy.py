# SPDX-License-Identifier: MIT
"""Memory for the C library, where Python has no C API to reach its objects by, as in PyPy.

The library writes into buffers of C, which are wiped as soon as a result is made of
them: so that is a second copy of the secret, for that long. What it reads is copied into
bytes first, which are not wiped; neither is what PyPy itself copies when it collects
garbage. The times of these copies depend on sizes alone.
"""

import ctypes
import sys

from ._functions import failure, wipe


class Buffer:
    """The bytes of an object: buf to pass to C, len of them."""

    buf, len = None, 0


def _copied(copy, draw, size, *arguments):
    """Return copy(buffer) of what draw(address, size, *arguments) writes, at least 1 byte."""
    if size > sys.maxsize:
        raise MemoryError
    # Not an array of ctypes: PyPy frees what it never had where memory is refused for one.
    buffer = bytearray(size)
    address = ctypes.byref(ctypes.c_char.from_buffer(buffer))
    try:
        status = draw(address, size, *arguments)
        if status:
            raise failure(status)
        return copy(buffer)
    finally:
        wipe(address, size)


def random_bytes(draw, size):
    """Return bytes of that size, which draw(address, size) writes."""
    return _copied(bytes, draw, size) if size else b""


def ascii_text(draw, length, *arguments):
    """Return what draw(address, room, *arguments) writes: ASCII of that length.

    length: 0, where draw is not called, or more.
    """
    if not length:
        return ""
    return utf8_text(draw, length + 1, *arguments)


def ascii_texts(draw, room, *arguments):
    """Return the texts that draw(address, room, *arguments) writes: a NUL behind each."""
    return _copied(_texts, draw, room, *arguments)


def _texts(buffer):
    return buffer[:-1].decode("ascii").split("\0")


def utf8_text(draw, room, *arguments):
    """Return what draw(address, room, *arguments) writes: UTF-8 up to a NUL."""
    return _copied(_text, draw, room, *arguments)


def _text(buffer):
    return buffer[: buffer.index(0)].decode("utf-8")


def integer(draw, width):
    """Return the integer that draw(address) writes into that many bytes."""
    return _copied(_number, lambda address, _: draw(address), width)


def _number(buffer):
    return int.from_bytes(buffer, "big")


def ascii_address(text):
    """Return the characters of an ASCII str, as they are passed to C."""
    return str.encode(text, "ascii")


def acquire(value, buffer):
    """Fill in buffer for value; TypeError or BufferError if it has none to give."""
    with memoryview(value) as view:
        if view.ndim > 1 or not view.c_contiguous:
            raise BufferError("Buffer must be single dimension, without gaps")
        buffer.buf, buffer.len = view.tobytes(), view.nbytes


def release(buffer):
    """Forget what acquire filled in."""
    buffer.buf, buffer.len = None, 0
