# SPDX-License-Identifier: MIT
"""Lists of random tokens or numbers, each drawn in one call of the library.

The library writes numbers into an array of C numbers, which is wiped as soon as
the list is made, or as soon as something fails. What cannot be wiped are Python's
own objects: the numbers in a list, and any int or str made from a secret. They
stay in memory until Python uses it for something else.
"""

from array import array
from ctypes import c_size_t, c_uint64, sizeof

from ._arguments import byte_count, size
from ._functions import failure, for_size, wipe
from ._memory import ascii_texts
from ._numbers import randbelow, upper_bound
from ._tokens import token_hex, token_urlsafe


def token_hex_batch(count, nbytes=None):
    """Return a list of count tokens as token_hex(nbytes) makes them, much faster.

    count: 0 or more.
    nbytes: 0 or more; None means DEFAULT_ENTROPY.
    ValueError if either is negative; OSError if the system refuses randomness,
    MemoryError or OverflowError if there cannot be that many tokens.
    """
    number, length = size(count), 2 * byte_count(nbytes)
    if number == 1:
        return [token_hex(nbytes)]
    draw = for_size("token_hex_batch", number * length)
    return _texts(draw, number, length // 2, length)


def token_urlsafe_batch(count, nbytes=None):
    """Return a list of count tokens as token_urlsafe(nbytes) makes them, much faster.

    count: 0 or more.
    nbytes: 0 or more; None means DEFAULT_ENTROPY.
    ValueError if either is negative; OSError if the system refuses randomness,
    MemoryError or OverflowError if there cannot be that many tokens.
    """
    number, width = size(count), byte_count(nbytes)
    if number == 1:
        return [token_urlsafe(nbytes)]
    length = (4 * width + 2) // 3
    draw = for_size("token_urlsafe_batch", number * length)
    return _texts(draw, number, width, length)


def randbelow_batch(exclusive_upper_bound, count):
    """Return a list of count integers as randbelow draws them, much faster.

    exclusive_upper_bound: 1 or more; faster up to 2**64 - 1.
    count: 0 or more.
    ValueError if either is less; OSError if the system refuses randomness,
    MemoryError or OverflowError if there cannot be that many integers.
    """
    bound, number = upper_bound(exclusive_upper_bound), size(count)
    if bound < 2 ** 64:
        return integers(bound, number)
    return [randbelow(bound) for _ in range(number)]


def _texts(draw, count, nbytes, length):
    """Return count tokens of that many characters, other than exactly one."""
    if not (count and nbytes):
        return [""] * count
    return ascii_texts(draw, count * (length + 1), nbytes, count)


def type_code(size):
    """Return the type code of an array of unsigned integers of that size."""
    return next(code for code in "QLI" if array(code).itemsize == size)


# A repeated array is made faster than an array of a type of ctypes, which has
# to make the type first for each new length, and is read faster too.
_INTEGER = array(type_code(sizeof(c_uint64)), [0])
_INDEX = array(type_code(sizeof(c_size_t)), [0])
_FLOAT = array("d", [0.0])


def integers(bound, count):
    """Return count integers from 0 to bound - 1, each equally likely.

    bound: 1 to 2**64 - 1.
    """
    draw = for_size("randbelow_batch", _INTEGER.itemsize * count)
    return _filled(_INTEGER, count, lambda cells: draw(bound, cells, count))


def floats(count):
    """Return count numbers as random_number would draw them."""
    draw = for_size("random_batch", _FLOAT.itemsize * count)
    return _filled(_FLOAT, count, lambda cells: draw(cells, count))


def distinct_indices(population, count):
    """Return count distinct integers from 0 to population - 1.

    Each selection, in each order, is equally likely; so a sample of the whole
    population is a uniform permutation.
    """
    draw = for_size("sample", _INDEX.itemsize * count)
    return _filled(_INDEX, count, lambda cells: draw(population, count, cells))


def _filled(cell, count, draw):
    """Return what draw writes to an address with room for count times cell."""
    if not count:
        return []
    cells = cell * count
    address = cells.buffer_info()[0]
    try:
        status = draw(address)
        if status:
            raise failure(status)
        return cells.tolist()
    finally:
        wipe(address, cells.itemsize * count)
