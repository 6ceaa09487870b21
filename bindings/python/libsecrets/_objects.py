# SPDX-License-Identifier: MIT
"""New bytes and str objects for the C library to write into.

A token is written once, into the object that the caller gets: an intermediate
buffer would be one more copy of the secret to wipe. Writing is sound while
nobody else has the object and nothing has been derived from it, and only for
objects that CPython does not share: bytes of two or more, str of two or more.
"""

import ctypes
from ctypes import c_ssize_t, c_uint32, c_void_p, py_object
from typing import Any

# Own prototypes: the attributes of ctypes.pythonapi belong to everyone in the
# process, and so do the argument types that anyone sets on them.


def python_function(name: str, *types: Any) -> Any:
    """Return a function of CPython's C API; types begins with the result's."""
    return ctypes.PYFUNCTYPE(*types)((name, ctypes.pythonapi))


_new_bytes = python_function(
    "PyBytes_FromStringAndSize", py_object, c_void_p, c_ssize_t
)
_new_str = python_function("PyUnicode_New", py_object, c_ssize_t, c_uint32)

# The address of the characters of an ASCII str, which stay where they are.
ascii_address = python_function("PyUnicode_AsUTF8", c_void_p, py_object)


def new_bytes(size: int) -> bytes:
    """Return bytes of that size, at least 2, with any contents."""
    return _new_bytes(None, size)  # type: ignore[no-any-return]


def new_ascii(length: int) -> str:
    """Return a str for that many ASCII characters, at least 2."""
    return _new_str(length, 127)  # type: ignore[no-any-return]


# From the address of such a str to its characters; ascii_address must not see
# one before it is filled. Measured on a str made alike, not assumed.
_probe = new_ascii(2)
ctypes.memset(ascii_address(_probe), ord("-"), 2)
ASCII_OFFSET = ascii_address(_probe) - id(_probe)
