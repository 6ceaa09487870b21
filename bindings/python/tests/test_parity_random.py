# SPDX-License-Identifier: MIT
"""Methods of SystemRandom give for odd arguments what the standard ones give."""

import array
import random
import sys
import unittest
import warnings
from collections import deque
from collections.abc import Sequence, Set
from decimal import Decimal
from fractions import Fraction

import libsecrets

NAN, INF = float("nan"), float("inf")
SINCE_3_9 = sys.version_info >= (3, 9)


class Index:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value


class Ordered(Index):
    """An integer that is no int, but can be compared, as those of numpy."""

    def __lt__(self, other):
        return self.value < other

    def __le__(self, other):
        return self.value <= other

    def __ge__(self, other):
        return self.value >= other


class SequenceSet(Sequence, Set):
    def __len__(self):
        return 3

    def __getitem__(self, index):
        return "abc"[index]


class Empty(Sequence):
    """Says that it is empty, but is not."""

    def __len__(self):
        return 0

    def __getitem__(self, index):
        return "x"

    def __iter__(self):
        return iter(())


# Made anew for each call, because some can be used only once.
ODD = {
    "None": lambda: None,
    "-1": lambda: -1,
    "0": lambda: 0,
    "1": lambda: 1,
    "2": lambda: 2,
    "1.0": lambda: 1.0,
    "2.5": lambda: 2.5,
    "True": lambda: True,
    "False": lambda: False,
    "10**30": lambda: 10 ** 30,
    "-10**30": lambda: -(10 ** 30),
    "nan": lambda: NAN,
    "inf": lambda: INF,
    "1j": lambda: 1j,
    "Fraction(2)": lambda: Fraction(2),
    "Fraction(1, 3)": lambda: Fraction(1, 3),
    "Decimal(2)": lambda: Decimal(2),
    "Index(2)": lambda: Index(2),
    "Ordered(2)": lambda: Ordered(2),
    "''": lambda: "",
    "b''": lambda: b"",
    "'a'": lambda: "a",
    "'abc'": lambda: "abc",
    "b'abc'": lambda: b"abc",
    "bytearray": lambda: bytearray(b"abc"),
    "array": lambda: array.array("i", [1, 2, 3]),
    "memoryview": lambda: memoryview(bytearray(b"abc")),
    "deque": lambda: deque("abc"),
    "[]": lambda: [],
    "[1]": lambda: [1],
    "[1, 2, 3]": lambda: [1, 2, 3],
    "[1, 2]": lambda: [1, 2],
    "()": lambda: (),
    "(3, 2, 1)": lambda: (3, 2, 1),
    "[3, -5, 1]": lambda: [3, -5, 1],
    "[3, -1, 1]": lambda: [3, -1, 1],
    "[0, 0, 0]": lambda: [0, 0, 0],
    "[0.0] * 3": lambda: [0.0] * 3,
    "[0.5] * 3": lambda: [0.5] * 3,
    "[-1, -1, -1]": lambda: [-1, -1, -1],
    "[1, nan, 1]": lambda: [1, NAN, 1],
    "[1, inf, 1]": lambda: [1, INF, 1],
    "[True, False, True]": lambda: [True, False, True],
    "[1, 2.0, 3]": lambda: [1, 2.0, 3],
    "fractions": lambda: [Fraction(1, 3)] * 3,
    "decimals": lambda: [Decimal(1)] * 3,
    "big": lambda: [10 ** 30] * 3,
    "[1, None, 3]": lambda: [1, None, 3],
    "['a', 'b', 'c']": lambda: ["a", "b", "c"],
    "generator": lambda: (number for number in (1, 2, 3)),
    "iterator": lambda: iter([1, 2, 3]),
    "range(0)": lambda: range(0),
    "range(3)": lambda: range(3),
    "range(10**30)": lambda: range(10 ** 30),
    "{}": lambda: {},
    "{0: 1, 1: 2, 2: 3}": lambda: {0: 1, 1: 2, 2: 3},
    "dict keys": lambda: {0: 1}.keys(),
    "{1, 2, 3}": lambda: {1, 2, 3},
    "set()": lambda: set(),
    "frozenset": lambda: frozenset("abc"),
    "SequenceSet": SequenceSet,
    "Empty": Empty,
    "int": lambda: int,
    "object": lambda: NotImplemented,
}
# No list can be made of it, for either: it is a population only.
LISTABLE = set(ODD) - {"range(10**30)"}
GENERATORS = (libsecrets.SystemRandom(), random.SystemRandom())


def shape(name, value):
    """What two random results have in common, if they are of one kind."""
    if name == "choice":
        return None  # an element of whatever type
    return type(value), len(value) if hasattr(value, "__len__") else None


def outcome(generator, name, make):
    """What a call raises or returns, what it warns of, what is left of its arguments."""
    arguments, keywords = make()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            result = shape(name, getattr(generator, name)(*arguments, **keywords))
        except Exception as error:
            # Python names the class that defines a method.
            result = type(error), str(error).replace("SystemRandom.", "Random.")
    told = [(each.category, str(each.message), each.filename) for each in caught]
    used = list(arguments) + list(keywords.values())
    # An iterator must have been used up just as far.
    left = [list(each) for each in used if hasattr(each, "__next__")]
    kept = [sorted(each, key=repr) for each in used if isinstance(each, (list, deque))]
    return result, told, left, kept


class Parity(unittest.TestCase):
    def check(self, name, *arguments, **keywords):
        """Check a call with arguments that are values or keys of ODD."""

        def make():
            made = [ODD[each]() if each in ODD else each for each in arguments]
            named = {
                key: ODD[each]() if isinstance(each, str) and each in ODD else each
                for key, each in keywords.items()
            }
            return made, named

        with self.subTest(name, arguments=repr(arguments), keywords=repr(keywords)):
            ours, theirs = (outcome(each, name, make) for each in GENERATORS)
            self.assertEqual(ours, theirs)

    def test_single_arguments(self):
        names = "choice choices shuffle getrandbits randrange randint gauss uniform"
        names += " setstate seed expovariate random getstate" + " randbytes" * SINCE_3_9
        for name in names.split():
            self.check(name)
            for odd in ODD:
                self.check(name, odd)

    def test_choices(self):
        for odd in LISTABLE:
            for population in ("'abc'", "[]", odd):
                self.check("choices", population, odd)
                self.check("choices", population, cum_weights=odd)
                self.check("choices", population, weights=odd, k=0)
            self.check("choices", "'abc'", odd, cum_weights=odd)
        for odd in ODD:
            self.check("choices", odd, k=3)
            self.check("choices", odd, k=0)
            self.check("choices", odd, "[1, 2, 3]", k=3)
            # 10**30 is too many for either; every other k is small.
            for weights in (None, "[1, 2, 3]", "[1, 2]", "2"):
                self.check("choices", "[1, 2, 3]", weights, k=odd)
                self.check("choices", "[]", weights, k=odd)

    def test_sample(self):
        for odd in ODD:
            for k in (-1, 0, 1, 3, 4):
                self.check("sample", odd, k)
            for population in ("[]", "[1, 2, 3]", "range(3)"):
                self.check("sample", population, odd)

    if SINCE_3_9:

        def test_sample_with_counts(self):
            for odd in LISTABLE:
                for k in (-1, 0, 1, 3, 7, 1.0):
                    self.check("sample", "[1, 2, 3]", k, counts=odd)
                    self.check("sample", "SequenceSet", k, counts=odd)
                self.check("sample", "[]", 0, counts=odd)
            for odd in ODD:
                self.check("sample", odd, 1, counts=odd)
                self.check("sample", odd, 2, counts="[1, 2, 3]")
                self.check("sample", "[1, 2, 3]", odd, counts="[1, 2, 3]")

    if sys.version_info < (3, 11):

        def test_shuffle_by_a_function(self):
            for odd in ODD:
                self.check("shuffle", odd, lambda: 0.5)
                self.check("shuffle", odd, random=lambda: 0.99)
                self.check("shuffle", "[1, 2, 3]", odd)
            for function in (lambda: 0.3, lambda: -0.3, lambda: "x", lambda: 5):
                self.check("shuffle", "[1, 2, 3]", function)

        def test_shuffle_by_the_same_function_gives_the_same_order(self):
            for seed in range(20):
                orders = []
                for generator in GENERATORS:
                    x = list(range(30))
                    with warnings.catch_warnings():
                        warnings.simplefilter("ignore")
                        generator.shuffle(x, random.Random(seed).random)
                    orders.append(x)
                self.assertEqual(orders[0], orders[1])

    def test_range_arguments(self):
        for odd in ODD:
            self.check("randrange", 0, odd)
            self.check("randrange", 0, 10, odd)
            self.check("randint", 0, odd)
            self.check("randint", odd, 2)
            self.check("uniform", 0, odd)
            self.check("triangular", 0, 1, odd)

    def test_the_check_itself(self):
        # It would see another type of result, message, warning, or leftover.
        make = lambda: ([iter("ab")], {})
        results = []
        for name, answer in (
            ("f", lambda x: 1),
            ("f", lambda x: 1.0),
            ("f", lambda x: next(x) and 1),
            ("f", lambda x: [1]),
            ("f", lambda x: [1, 2]),
            ("f", lambda x: int("x")),
            ("f", lambda x: int("y")),
            ("f", lambda x: warnings.warn("x")),
        ):
            results.append(outcome(type("G", (), {"f": staticmethod(answer)}), name, make))
        for at, result in enumerate(results):
            self.assertNotIn(result, results[:at])


if __name__ == "__main__":
    unittest.main()
