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
