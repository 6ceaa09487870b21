# SPDX-License-Identifier: MIT
"""Memory for the C library to write into or to read, by what the interpreter allows."""

import ctypes

__all__ = [
    "Buffer", "acquire", "ascii_address", "ascii_text", "ascii_texts", "has_buffer",
    "integer", "random_bytes", "release", "utf8_text",
]

if hasattr(ctypes, "pythonapi"):
    from ._in_place import *
else:
    from ._by_copy import *


def has_buffer(value):
    """Return whether value is bytes-like."""
    try:
        memoryview(value).release()
    except TypeError:
        return False
    except BufferError:
        pass  # it has one, but not of this kind
    return True
