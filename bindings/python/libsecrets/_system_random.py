# SPDX-License-Identifier: MIT
"""The generator of random.SystemRandom, over the library."""

import math
import random
import sys
import warnings
from bisect import bisect
from collections.abc import Sequence, Set
from itertools import accumulate, repeat
from operator import length_hint

from ._arguments import exact_int, size
from ._batches import distinct_indices, floats, integers
from ._functions import for_size
from ._memory import random_bytes
from ._numbers import randbelow, randbits, random_number

_PYTHON = sys.version_info[:2]

_SETS = (
    "Sampling from a set deprecated\n"
    "since Python 3.9 and will be removed in a subsequent version."
)
_RANDOM = (
    "The *random* parameter to shuffle() has been deprecated\n"
    "since Python 3.9 and will be removed in a subsequent version."
)

# So that choice() of an empty sequence finds no element there: IndexError.
_EMPTY_GIVES_0 = (3, 9) <= _PYTHON < (3, 11)


class SystemRandom(random.Random):
    """Random numbers, choices and distributions from the operating system.

    It has every method of random.SystemRandom. choices(), sample() and shuffle()
    take all their randomness in one call of the library, unless a subclass
    defines random(), getrandbits() or _randbelow(): then those are called, as
    random.Random calls them.
    """

    def random(self):
        """Return a multiple of 2**-53 from 0 to 1 - 2**-53, each equally likely."""
        return random_number()

    def getrandbits(self, k):
        """Return an integer of k random bits."""
        return randbits(k)

    if sys.version_info >= (3, 9):

        def randbytes(self, n):
            """Return n random bytes."""
            count = size(n)
            return random_bytes(for_size("token_bytes", count), count)

    def _randbelow(self, n):
        if not _is_own(self, "getrandbits"):
            return self._randbelow_with_getrandbits(n)
        if n == 0 and _EMPTY_GIVES_0:
            return 0
        return randbelow(n)

    def seed(self, *args, **kwds):
        """Do nothing: there is nothing to seed."""
        return None

    def _notimplemented(self, *args, **kwds):
        """Raise NotImplementedError: there is no state."""
        raise NotImplementedError("System entropy source does not have state.")

    getstate = setstate = _notimplemented

    def _forget(self, value=None):
        return None

    # gauss() makes two values at a time and would leave the second one here for
    # the next call, in a forked child as well as in its parent.
    gauss_next = property(_forget, _forget)

    # Whatever is not plainly in order goes to the inherited method, which
    # refuses it in the words of the running version of Python. Helpers have two
    # underscores, so that a subclass does not define one by accident.

    def choices(self, population, weights=None, *, cum_weights=None, k=1):
        """Return a list of k elements of a sequence, each drawn from all of it.

        weights or cum_weights: how likely each is; None means equally.
        """
        if not _is_own(self, "random"):
            return super().choices(population, weights, cum_weights=cum_weights, k=k)
        if weights is None and cum_weights is None:
            n = len(population)
            count = repetitions(k)
            indices = integers(n, count) if n else repeat(0, count)
            return [population[i] for i in indices]
        cumulative = self.__cumulative(population, weights, cum_weights)
        total = cumulative[-1] + 0.0
        last = len(population) - 1
        return [
            population[bisect(cumulative, number * total, 0, last)]
            for number in floats(repetitions(k))
        ]

    def __cumulative(self, population, weights, cum_weights):
        """Return the cumulative weights for a population, if they are in order."""
        if cum_weights is None:
            len(population)  # is missed before the weights are looked at
            try:
                cum_weights = list(accumulate(weights))
            except TypeError:
                if isinstance(weights, int):
                    super().choices(population, weights)
                raise
            weights = None
        super().choices(population, weights, cum_weights=cum_weights, k=0)
        return cum_weights

    if sys.version_info >= (3, 9):

        def sample(self, population, k, *, counts=None):
            """Return a list of k different elements of a sequence, in random order.

            counts: how often each element counts as being there; None means once.
            """
            population = without_sets(population, stacklevel=2)
            if counts is None:
                return self.__sample(population, k)
            return self.__sample_counted(population, k, counts)

        def __sample_counted(self, population, k, counts):
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
            """Return a list of k different elements of a sequence, in random order."""
            return self.__sample(without_sets(population, stacklevel=2), k)

    def __sample(self, population, k):
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
            """Put the elements of a mutable sequence in random order.

            Each order is equally likely.
            """
            self.__shuffle(x)

    else:

        def shuffle(self, x, random=None):
            """Put the elements of a mutable sequence in random order.

            Each order is equally likely.

            random: a function to use instead of the system's randomness.
            """
            if random is None:
                self.__shuffle(x)
            else:
                shuffle_by(x, random, stacklevel=2)

    def __shuffle(self, x):
        if not _draws_own(self):
            super().shuffle(x)
            return
        n = len(x)
        if n > 1:
            reorder(x, distinct_indices(n, n))


_METHODS = ("random", "getrandbits", "_randbelow")
_OWN = {name: vars(SystemRandom)[name] for name in _METHODS}


def _is_own(generator, name):
    """Return whether the generator has the method of that name from here.

    Not if a subclass defines it, nor if it was replaced later on.
    """
    method = getattr(generator, name)
    return getattr(method, "__func__", None) is _OWN[name]


def _draws_own(generator):
    return _is_own(generator, "_randbelow") and _is_own(generator, "getrandbits")


def _are_counts(counts):
    whole = all(isinstance(count, int) and count >= 0 for count in counts)
    return whole and sum(counts) > 0


def reorder(x, order):
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


def _exchange(x, i, j):
    for_i, for_j = x[j], x[i]
    x[i] = for_i
    try:
        x[j] = for_j
    except BaseException:
        x[i] = for_j  # or it would be nowhere
        raise


def shuffle_by(x, random, stacklevel):
    """Shuffle x by a function of the caller's, as shuffle() of Python 3.8 to 3.10."""
    if _PYTHON >= (3, 9):
        warnings.warn(_RANDOM, DeprecationWarning, stacklevel=stacklevel + 1)
    whole = math.floor if _PYTHON >= (3, 9) else int
    for last in range(len(x) - 1, 0, -1):
        other = whole(random() * (last + 1))
        _exchange(x, last, other)


def without_sets(population, stacklevel):
    """Return a set as a tuple where this Python samples sets, all else as it is."""
    if not isinstance(population, Set) or _PYTHON >= (3, 11):
        return population
    if _PYTHON == (3, 10) and isinstance(population, Sequence):
        return population
    if _PYTHON >= (3, 9):
        warnings.warn(_SETS, DeprecationWarning, stacklevel=stacklevel + 1)
    return tuple(population)


def repetitions(k):
    """Return how often repeat() repeats for k: 0 if negative, TypeError for floats."""
    return length_hint(repeat(None, k))


# Here and not in the package, so that the two are imported together.
choice = SystemRandom().choice
