# SPDX-License-Identifier: MIT
"""Memory of CPython's objects, for the C library to write into or to read.

A token is written once, into the object that the caller gets: an intermediate
buffer would be one more copy of the secret to wipe. Writing is sound while
nobody else has the object and nothing has been derived from it, and only for
objects that CPython does not share: bytes of two or more, str of two or more.
That holds without the interpreter lock too: a new object is known to its thread alone.

Text whose length and that all of it is ASCII are known before is written so. All
else goes through a buffer that is wiped; where it is not ASCII, CPython may leave a
part of it in memory that it used while decoding.
"""

import ctypes
import sys
from ctypes import c_char_p, c_int, c_ssize_t, c_uint32, c_void_p, py_object

from ._functions import failure, wipe


class Buffer(ctypes.Structure):
    """Py_buffer: where an object keeps its bytes."""

    _fields_ = [
        ("buf", c_void_p),
        ("obj", c_void_p),
        ("len", c_ssize_t),
        ("itemsize", c_ssize_t),
        ("readonly", c_int),
        ("ndim", c_int),
        ("format", c_char_p),
        ("shape", c_void_p),
        ("strides", c_void_p),
        ("suboffsets", c_void_p),
        ("internal", c_void_p),
    ]


_BUFFER = ctypes.POINTER(Buffer)
_SIMPLE = 0  # PyBUF_SIMPLE: one run of bytes, read only


def _python_function(name, result, *arguments):
    """Return a function of CPython's C API."""
    # A new one: the attributes of ctypes.pythonapi belong to everyone in the
    # process, and so do the argument types that anyone sets on them.
    function = ctypes.pythonapi[name]
    function.restype, function.argtypes = result, arguments
    return function


_new_bytes = _python_function("PyBytes_FromStringAndSize", py_object, c_void_p, c_ssize_t)
_new_str = _python_function("PyUnicode_New", py_object, c_ssize_t, c_uint32)
_get_buffer = _python_function("PyObject_GetBuffer", c_int, py_object, _BUFFER, c_int)
release = _python_function("PyBuffer_Release", None, _BUFFER)

# The address of the characters of an ASCII str, which stay where they are.
ascii_address = _python_function("PyUnicode_AsUTF8", c_void_p, py_object)


def new_bytes(size):
    """Return bytes of that size, at least 2, with any contents."""
    return _new_bytes(None, size)


def new_ascii(length):
    """Return a str for that many ASCII characters, at least 2."""
    return _new_str(length, 127)


# From the address of such a str to its characters; ascii_address must not see
# one before it is filled. Measured on a str made alike, not assumed.
_probe = new_ascii(2)
ctypes.memset(ascii_address(_probe), ord("-"), 2)
ASCII_OFFSET = ascii_address(_probe) - id(_probe)


def random_bytes(draw, size):
    """Return bytes of that size, which draw(address, size) writes."""
    if size < 2:
        # Python shares bytes this short, so they are never written into.
        return _short_bytes(draw, size)
    token = new_bytes(size)
    status = draw(token, size)
    if status:
        del token  # or the traceback would show what the memory held before
        raise failure(status)
    return token


def _short_bytes(draw, size):
    cell = ctypes.c_uint8()
    status = draw(ctypes.byref(cell), size)
    if status:
        raise failure(status)
    token = bytes([cell.value] * size)
    cell.value = 0
    return token


def ascii_text(draw, length, *arguments):
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


def ascii_texts(draw, room, *arguments):
    """Return the texts that draw(address, room, *arguments) writes: a NUL behind each.

    room: that of at least two texts, which are ASCII.
    """
    if room > sys.maxsize:
        raise MemoryError
    # All in one str: the last NUL falls on the one that CPython keeps behind it. Of two
    # texts or more split makes new ones; of one it would return the str.
    joined = new_ascii(room - 1)
    address = id(joined) + ASCII_OFFSET
    try:
        status = draw(address, room, *arguments)
        if status:
            raise failure(status)
        return joined.split("\0")
    finally:
        wipe(address, room)


def utf8_text(draw, room, *arguments):
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
        wipe(buffer, room)


def integer(draw, width):
    """Return the integer that draw(address) writes into that many bytes, at least 2."""
    # Exact bytes, because int.from_bytes copies anything else.
    number = new_bytes(width)
    try:
        status = draw(number)
        if status:
            raise failure(status)
        return int.from_bytes(number, "big")
    finally:
        wipe(number, width)


def acquire(value, buffer):
    """Fill in buffer for value; TypeError or BufferError if it has none to give."""
    _get_buffer(value, buffer, _SIMPLE)
    if buffer.ndim > 1:
        release(buffer)
        raise BufferError("Buffer must be single dimension")
