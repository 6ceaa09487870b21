# SPDX-License-Identifier: MIT
"""The generator of random.SystemRandom, over the library."""

import random
import sys
from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate, repeat
from typing import Any, List

from ._arguments import exact_int, size
from ._lists import distinct_indices, floats, integers
from ._numbers import randbelow, randbits, random_number
from ._sequences import reorder, repetitions, shuffle_by, without_sets
from ._tokens import random_bytes

# So that choice() of an empty sequence finds no element there: IndexError.
_EMPTY_GIVES_0 = (3, 9) <= sys.version_info < (3, 11)


class SystemRandom(random.Random):
    """Random numbers, choices and distributions from the operating system.

    It has every method of random.SystemRandom. choices(), sample() and shuffle()
    take all their randomness in one call of the library, unless a subclass
    defines random(), getrandbits() or _randbelow(): then those are called, as
    random.Random calls them.
    """

    def random(self):
        # type: () -> float
        """Return a multiple of 2**-53 from 0 to 1 - 2**-53, each equally likely."""
        return random_number()

    def getrandbits(self, k):
        # type: (Any) -> int
        """Return an integer of k random bits."""
        return randbits(k)

    if sys.version_info >= (3, 9):

        def randbytes(self, n):
            # type: (Any) -> bytes
            """Return n random bytes."""
            return random_bytes(size(n))

    def _randbelow(self, n):
        # type: (Any) -> int
        if not _is_own(self, "getrandbits"):
            return self._randbelow_with_getrandbits(n)  # type: ignore
        if n == 0 and _EMPTY_GIVES_0:
            return 0
        return randbelow(n)

    def seed(self, *args, **kwds):
        # type: (Any, Any) -> None
        """Do nothing: there is nothing to seed."""
        return None

    def _notimplemented(self, *args, **kwds):
        # type: (Any, Any) -> Any
        """Raise NotImplementedError: there is no state."""
        raise NotImplementedError("System entropy source does not have state.")

    getstate = setstate = _notimplemented

    def _forget(self, value=None):
        # type: (Any) -> None
        return None

    # gauss() makes two values at a time and would leave the second one here for
    # the next call, in a forked child as well as in its parent.
    gauss_next = property(_forget, _forget)  # type: Any

    # Whatever is not plainly in order goes to the inherited method, which
    # refuses it in the words of the running version of Python. Helpers have two
    # underscores, so that a subclass does not define one by accident.

    def choices(self, population, weights=None, *, cum_weights=None, k=1):
        # type: (Any, Any, Any, Any) -> List[Any]
        """Return a list of k elements of a sequence, each drawn from all of it.

        weights or cum_weights: how likely each is; None means equally.
        """
        if not _is_own(self, "random"):
            return super().choices(population, weights, cum_weights=cum_weights, k=k)
        if weights is None and cum_weights is None:
            n = len(population)
            count = repetitions(k)
            indices = integers(n, count) if n else repeat(0, count)  # type: Any
            return [population[i] for i in indices]
        cumulative = self.__cumulative(population, weights, cum_weights)
        total = cumulative[-1] + 0.0
        last = len(population) - 1
        return [
            population[bisect(cumulative, number * total, 0, last)]
            for number in floats(repetitions(k))
        ]

    def __cumulative(self, population, weights, cum_weights):
        # type: (Any, Any, Any) -> Any
        """Return the cumulative weights for a population, if they are in order."""
        if cum_weights is None:
            len(population)  # is missed before the weights are looked at
            try:
                cum_weights = list(accumulate(weights))
            except TypeError:
                if isinstance(weights, int):
                    super().choices(population, weights)  # type: ignore[arg-type]
                raise
            weights = None
        super().choices(population, weights, cum_weights=cum_weights, k=0)
        return cum_weights

    if sys.version_info >= (3, 9):

        def sample(self, population, k, *, counts=None):
            # type: (Any, Any, Any) -> List[Any]
            """Return a list of k different elements of a sequence, in random order.

            counts: how often each element counts as being there; None means once.
            """
            population = without_sets(population, stacklevel=2)
            if counts is None:
                return self.__sample(population, k)
            return self.__sample_counted(population, k, counts)

        def __sample_counted(self, population, k, counts):
            # type: (Any, Any, Any) -> List[Any]
            if not isinstance(population, Sequence):
                return super().sample(population, k, counts=counts)
            counts = list(counts)
            cumulative = list(accumulate(counts))
            if not (_are_counts(counts) and len(counts) == len(population)):
                return super().sample(population, k, counts=counts)
            chosen = self.sample(range(cumulative.pop()), k=k)
            return [population[bisect(cumulative, number)] for number in chosen]

    else:

        def sample(self, population, k):
            # type: (Any, Any) -> List[Any]
            """Return a list of k different elements of a sequence, in random order."""
            return self.__sample(without_sets(population, stacklevel=2), k)

    def __sample(self, population, k):
        # type: (Any, Any) -> List[Any]
        in_order = isinstance(population, Sequence) and isinstance(k, int)
        if not (in_order and _draws_own(self)):
            return super().sample(population, k)
        n = len(population)
        count = exact_int(k)
        if not 0 <= count <= n:
            return super().sample(population, k)
        return [population[i] for i in distinct_indices(n, count)]

    if sys.version_info >= (3, 11):

        def shuffle(self, x):
            # type: (Any) -> None
            """Put the elements of a mutable sequence in random order.

            Each order is equally likely.
            """
            self.__shuffle(x)

    else:

        def shuffle(self, x, random=None):
            # type: (Any, Any) -> None
            """Put the elements of a mutable sequence in random order.

            Each order is equally likely.

            random: a function to use instead of the system's randomness.
            """
            if random is None:
                self.__shuffle(x)
            else:
                shuffle_by(x, random, stacklevel=2)

    def __shuffle(self, x):
        # type: (Any) -> None
        if not _draws_own(self):
            super().shuffle(x)
            return
        n = len(x)
        if n > 1:
            reorder(x, distinct_indices(n, n))


_METHODS = ("random", "getrandbits", "_randbelow")
_OWN = {name: vars(SystemRandom)[name] for name in _METHODS}


def _is_own(generator: SystemRandom, name: str) -> bool:
    """Return whether the generator has the method of that name from here.

    Not if a subclass defines it, nor if it was replaced later on.
    """
    method = getattr(generator, name)
    return getattr(method, "__func__", None) is _OWN[name]


def _draws_own(generator: SystemRandom) -> bool:
    return _is_own(generator, "_randbelow") and _is_own(generator, "getrandbits")


def _are_counts(counts: List[Any]) -> bool:
    whole = all(isinstance(count, int) and count >= 0 for count in counts)
    return whole and sum(counts) > 0
