# SPDX-License-Identifier: MIT
"""Where bytes-like objects keep their bytes, to be read without a copy."""

import ctypes
from ctypes import c_char_p, c_int, c_ssize_t, c_void_p, py_object
from typing import Any

from ._objects import python_function


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


_SIMPLE = 0  # PyBUF_SIMPLE: one run of bytes, read only
_get_buffer = python_function(
    "PyObject_GetBuffer", c_int, py_object, ctypes.POINTER(Buffer), c_int
)
release = python_function("PyBuffer_Release", None, ctypes.POINTER(Buffer))


def has_buffer(value: Any) -> bool:
    """Return whether value is bytes-like."""
    try:
        memoryview(value).release()
    except TypeError:
        return False
    except BufferError:
        pass  # it has one, but not of this kind
    return True


def acquire(value: Any, buffer: Buffer) -> None:
    """Fill in buffer for value; TypeError or BufferError if it has none to give."""
    _get_buffer(value, buffer, _SIMPLE)
    if buffer.ndim > 1:
        release(buffer)
        raise BufferError("Buffer must be single dimension")
