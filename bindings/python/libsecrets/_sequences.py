# SPDX-License-Identifier: MIT
"""Putting sequences in a given order, and reading arguments as random.Random does."""

import math
import sys
import warnings
from collections.abc import Sequence, Set
from itertools import repeat
from operator import length_hint
from typing import Any, Callable, List

_PYTHON = sys.version_info[:2]

_SETS = (
    "Sampling from a set deprecated\n"
    "since Python 3.9 and will be removed in a subsequent version."
)
_RANDOM = (
    "The *random* parameter to shuffle() has been deprecated\n"
    "since Python 3.9 and will be removed in a subsequent version."
)


def reorder(x: Any, order: List[int]) -> None:
    """Move what is at order[i] to i, for a permutation of the indices of x.

    No element is lost, whatever else is done to x meanwhile and whatever fails.
    """
    if type(x) is list:
        # One operation of the interpreter, so that no other thread can change
        # the list halfway. What was added at its end in the meantime stays there.
        x[: len(order)] = map(x.__getitem__, order)
        return
    # Elsewhere only by exchanging two elements at a time. Those behind i are in
    # place already; what was where one of them is now went where it came from.
    for i in range(len(order) - 1, 0, -1):
        j = order[i]
        while j > i:
            j = order[j]
        _exchange(x, i, j)


def _exchange(x: Any, i: int, j: int) -> None:
    for_i, for_j = x[j], x[i]
    x[i] = for_i
    try:
        x[j] = for_j
    except BaseException:
        x[i] = for_j  # or it would be nowhere
        raise


def shuffle_by(x: Any, random: Callable[[], float], stacklevel: int) -> None:
    """Shuffle x by a function of the caller's, as shuffle() of Python 3.8 to 3.10."""
    if _PYTHON >= (3, 9):
        warnings.warn(_RANDOM, DeprecationWarning, stacklevel=stacklevel + 1)
    whole = math.floor if _PYTHON >= (3, 9) else int  # type: Any
    for last in range(len(x) - 1, 0, -1):
        other = whole(random() * (last + 1))
        _exchange(x, last, other)


def without_sets(population: Any, stacklevel: int) -> Any:
    """Return a set as a tuple where this Python samples sets, all else as it is."""
    if not isinstance(population, Set) or _PYTHON >= (3, 11):
        return population
    if _PYTHON == (3, 10) and isinstance(population, Sequence):
        return population
    if _PYTHON >= (3, 9):
        warnings.warn(_SETS, DeprecationWarning, stacklevel=stacklevel + 1)
    return tuple(population)


def repetitions(k: Any) -> int:
    """Return how often repeat() repeats for k: 0 if negative, TypeError for floats."""
    return length_hint(repeat(None, k))
