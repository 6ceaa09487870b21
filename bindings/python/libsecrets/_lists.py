# SPDX-License-Identifier: MIT
"""Lists of random numbers, each drawn in one call of the library.

The library writes into an array of C numbers, which is wiped as soon as the
list is made, or as soon as something fails. What cannot be wiped are Python's
own objects: the numbers in a list, and any int or str made from a secret. They
stay in memory until Python uses it for something else.
"""

from array import array
from ctypes import c_size_t, c_uint64, sizeof
from typing import Any, List

from . import _functions
from ._status import failure


def type_code(size: int) -> str:
    """Return the type code of an array of unsigned integers of that size."""
    return next(code for code in "QLI" if array(code).itemsize == size)


# A repeated array is made faster than an array of a type of ctypes, which has
# to make the type first for each new length, and is read faster too.
_INTEGER = array(type_code(sizeof(c_uint64)), [0])
_INDEX = array(type_code(sizeof(c_size_t)), [0])
_FLOAT = array("d", [0.0])


def integers(bound: int, count: int) -> List[int]:
    """Return count integers from 0 to bound - 1, each equally likely.

    bound: 1 to 2**64 - 1.
    """
    long = _is_long(_INTEGER, count)
    draw = _functions.long_randbelow_batch if long else _functions.randbelow_batch
    return _filled(_INTEGER, count, lambda cells: draw(bound, cells, count))


def floats(count: int) -> List[float]:
    """Return count numbers as random_number would draw them."""
    long = _is_long(_FLOAT, count)
    draw = _functions.long_random_batch if long else _functions.random_batch
    return _filled(_FLOAT, count, lambda cells: draw(cells, count))


def distinct_indices(population: int, count: int) -> List[int]:
    """Return count distinct integers from 0 to population - 1.

    Each selection, in each order, is equally likely; so a sample of the whole
    population is a uniform permutation.
    """
    long = _is_long(_INDEX, count)
    draw = _functions.long_sample if long else _functions.sample
    return _filled(_INDEX, count, lambda cells: draw(population, count, cells))


def _is_long(cell: Any, count: int) -> bool:
    return bool(cell.itemsize * count > _functions.LONG)


def _filled(cell: Any, count: int, draw: Any) -> List[Any]:
    """Return what draw writes to an address with room for count times cell."""
    if not count:
        return []
    cells = cell * count
    address = cells.buffer_info()[0]
    try:
        status = draw(address)
        if status:
            raise failure(status)
        return cells.tolist()  # type: ignore[no-any-return]
    finally:
        _functions.wipe(address, cells.itemsize * count)
