# SPDX-License-Identifier: MIT
"""Comparison in constant time."""

import ctypes
from ctypes import c_char_p, c_int, c_ssize_t, c_void_p, py_object
from hmac import compare_digest as _standard
from typing import Any

from . import _functions
from ._objects import ascii_address, python_function


class _Buffer(ctypes.Structure):
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


_SIMPLE = 0  # PyBUF_SIMPLE: one run of bytes, read only
_get_buffer = python_function(
    "PyObject_GetBuffer", c_int, py_object, ctypes.POINTER(_Buffer), c_int
)
_release_buffer = python_function("PyBuffer_Release", None, ctypes.POINTER(_Buffer))


def compare_digest(a, b, /):
    # type: (Any, Any) -> bool
    """Return a == b, in a time that depends on the size of b alone.

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
    if not (_has_buffer(a) or _has_buffer(b)):
        # Only to raise TypeError: no Python code can tell what it calls the types.
        return _standard(a, b)
    first, second = _Buffer(), _Buffer()
    _acquire(a, first)
    try:
        _acquire(b, second)
        try:
            equal = _functions.compare_digest(
                first.buf, first.len, second.buf, second.len
            )
            return bool(equal == 1)
        finally:
            _release_buffer(second)
    finally:
        _release_buffer(first)


def _has_buffer(value: Any) -> bool:
    try:
        memoryview(value).release()
    except TypeError:
        return False
    except BufferError:
        pass  # it has one, but not of this kind
    return True


def _acquire(value: Any, buffer: _Buffer) -> None:
    """Fill in buffer for value; TypeError or BufferError if it has none to give."""
    _get_buffer(value, buffer, _SIMPLE)
    if buffer.ndim > 1:
        _release_buffer(buffer)
        raise BufferError("Buffer must be single dimension")
