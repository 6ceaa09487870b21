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


def byte_count(nbytes: Any) -> int:
    """Return nbytes, or the default for None, as an int that can be a size."""
    if nbytes is None:
        nbytes = _package.DEFAULT_ENTROPY
    count = nbytes if type(nbytes) is int else exact_int(nbytes)  # type: int
    if 0 <= count <= _LARGEST:
        return count
    if not -sys.maxsize - 1 <= count <= sys.maxsize:
        raise OverflowError("Python int too large to convert to C ssize_t")
    if count < 0:
        raise ValueError("negative argument not allowed")
    raise OverflowError("byte string is too large")
