# SPDX-License-Identifier: MIT
"""Uniform random numbers, one at a time."""

import operator
import sys
from ctypes import c_double, c_uint64
from os import urandom

from . import _functions
from ._arguments import exact_int, size
from ._functions import failure, for_size
from ._memory import integer

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
    """Return an integer from 0 to exclusive_upper_bound - 1, each equally likely.

    exclusive_upper_bound: 1 or more, of any size.
    ValueError if less; OSError if the system refuses randomness.
    """
    bound = exclusive_upper_bound
    if type(bound) is not int or bound <= 0:
        bound = upper_bound(bound)
    if bound < _MAX_BOUND:
        return _draw(_functions.randbelow, bound)
    if bound == _MAX_BOUND:
        return _draw(_functions.randbits, _MAX_BITS)
    return _big_below(bound)


def upper_bound(value):
    """Return value as an int of no subclass, 1 or more."""
    if value <= 0:
        raise ValueError("Upper bound must be positive.")
    if type(value) is int:
        return value
    value.bit_length()  # AttributeError for what is no integer
    return upper_bound(exact_int(value))


def randbits(k):
    """Return an integer of k random bits, from 0 to 2**k - 1.

    k: 0 or more (Python 3.8: 1 or more).
    ValueError if less; OSError if the system refuses randomness.
    """
    if _too_few(k, 0):
        raise ValueError(_TOO_FEW)
    if type(k) is not int:
        if not isinstance(k, int):
            _refuse_bits(k)
        return randbits(exact_int(k))
    if k <= _MAX_BITS:
        return _draw(_functions.randbits, k)
    return _big_bits(k)


def _refuse_bits(k):
    """Refuse what is no integer, by what the standard module does with it."""
    width = (k + 7) // 8
    int.from_bytes(urandom(width), "big") >> (width * 8 - k)


def random_number():
    """Return a multiple of 2**-53 from 0 to 1 - 2**-53, each equally likely."""
    cell = c_double()
    status = _functions.random(cell)
    if status:
        raise failure(status)
    number = cell.value
    cell.value = 0
    return number


def _draw(function, argument):
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


def _big_below(bound):
    width = (bound.bit_length() + 7) // 8
    draw = for_size("randbelow_big", width)
    big_endian = bound.to_bytes(width, "big")
    return integer(lambda number: draw(big_endian, width, number), width)


def _big_bits(bits):
    width = size((bits + 7) // 8)
    draw = for_size("randbits_big", width)
    return integer(lambda number: draw(bits, number, width), width)
