# SPDX-License-Identifier: MIT
"""Uniform random integers."""

import operator
import sys
from ctypes import c_uint64
from typing import Any

from . import _functions
from ._arguments import exact_int
from ._status import failure

_MAX_BITS = 64
_MAX_BOUND = 2 ** 64

# Python 3.8 refuses 0 bits, and says so.
if sys.version_info < (3, 9):
    _too_few = operator.le
    _TOO_FEW = "number of bits must be greater than zero"
else:
    _too_few = operator.lt
    _TOO_FEW = "number of bits must be non-negative"


def randbelow(exclusive_upper_bound):
    # type: (Any) -> int
    """Return an integer from 0 to exclusive_upper_bound - 1, each equally likely.

    exclusive_upper_bound: 1 to 2**64.
    ValueError if less; OverflowError if more; OSError without randomness.
    """
    if exclusive_upper_bound <= 0:
        raise ValueError("Upper bound must be positive.")
    if type(exclusive_upper_bound) is not int:
        exclusive_upper_bound.bit_length()  # AttributeError for what is no integer
        return randbelow(exact_int(exclusive_upper_bound))
    if exclusive_upper_bound < _MAX_BOUND:
        return _draw(_functions.randbelow, exclusive_upper_bound)
    if exclusive_upper_bound == _MAX_BOUND:
        return _draw(_functions.randbits, _MAX_BITS)
    raise OverflowError("exclusive_upper_bound must be at most 2**64")


def randbits(k):
    # type: (Any) -> int
    """Return an integer of k random bits, from 0 to 2**k - 1.

    k: 0 to 64 (Python 3.8: 1 to 64).
    ValueError if less; OverflowError if more; OSError without randomness.
    """
    if _too_few(k, 0):
        raise ValueError(_TOO_FEW)
    if type(k) is not int:
        return randbits(exact_int(k))
    if k > _MAX_BITS:
        raise OverflowError("k must be at most 64 bits")
    return _draw(_functions.randbits, k)


def _draw(function: Any, argument: int) -> int:
    """Return the integer that function draws."""
    # A new cell each time: a shared one could be overwritten by another thread
    # or a signal handler before it is read.
    cell = c_uint64()
    status = function(argument, cell)
    if status:
        raise failure(status)
    number = cell.value
    cell.value = 0
    return number
