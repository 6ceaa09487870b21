# SPDX-License-Identifier: MIT
"""Integer arguments, taken and refused as the standard library does."""

import operator
import sys
from typing import Any

# The package itself, so that a changed DEFAULT_ENTROPY counts here too.
_package = sys.modules[__package__]  # type: Any

_LARGEST = sys.maxsize - bytes.__basicsize__


def exact_int(value: Any) -> int:
    """Return value as an int of no subclass, by __index__ alone."""
    if isinstance(value, float) and sys.version_info < (3, 10):
        raise TypeError("integer argument expected, got float")
    # A subclass may redefine comparison, which the range checks rely on.
    return int.__index__(operator.index(value))


def size(value: Any) -> int:
    """Return value as an int that can be the size of an object."""
    number = value if type(value) is int else exact_int(value)  # type: int
    if 0 <= number <= _LARGEST:
        return number
    if not -sys.maxsize - 1 <= number <= sys.maxsize:
        raise OverflowError("Python int too large to convert to C ssize_t")
    if number < 0:
        raise ValueError("negative argument not allowed")
    raise OverflowError("byte string is too large")


def byte_count(nbytes: Any) -> int:
    """Return nbytes, or the default for None, as an int that can be a size."""
    return size(_package.DEFAULT_ENTROPY if nbytes is None else nbytes)
