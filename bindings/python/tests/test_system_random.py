# SPDX-License-Identifier: MIT
"""SystemRandom: its draws, its subclasses, and what it does to sequences."""

import collections
import copy
import ctypes
import itertools
import pickle
import random
import sys
import threading
import unittest
from unittest import mock

import libsecrets
from libsecrets import _batches, _functions, _system_random

SINCE_3_9 = sys.version_info >= (3, 9)
GENERATOR = libsecrets.SystemRandom()
ENTRIES = [
    name
    for name in vars(_functions)
    if callable(getattr(_functions, name)) and hasattr(getattr(_functions, name), "argtypes")
]


class Calls:
    """Records which functions of the library are called in a with statement."""

    def __enter__(self):
        self.names = []
        self.stack = [
            mock.patch.object(_functions, name, self.recording(name))
            for name in ENTRIES
            if name not in ("wipe", "strerror")
        ]
        for each in self.stack:
            each.start()
        return self

    def recording(self, name):
        function = getattr(_functions, name)

        def call(*arguments):
            self.names.append(name)
            return function(*arguments)

        return call

    def __exit__(self, *error):
        for each in self.stack:
            each.stop()


class Crossings(unittest.TestCase):
    def check(self, expected, function, *arguments, **keywords):
        with Calls() as calls:
            function(*arguments, **keywords)
        self.assertEqual(calls.names, expected)

    def test_many_draws_are_one_call(self):
        gen, hundred = GENERATOR, list(range(100))
        self.check(["randbelow_batch"], gen.choices, hundred, k=500)
        self.check(["random_batch"], gen.choices, hundred, range(1, 101), k=500)
        self.check(["random_batch"], gen.choices, "ab", cum_weights=[1, 2], k=9)
        self.check(["sample"], gen.sample, hundred, 50)
        self.check(["sample"], gen.shuffle, hundred)
        self.check(["sample"], gen.shuffle, collections.deque(hundred))
        if SINCE_3_9:
            self.check(["sample"], gen.sample, "ab", 5, counts=[4, 5])

    def test_long_draws_let_other_threads_run(self):
        gen, many = GENERATOR, list(range(513))  # of 8 bytes: more than 4096
        self.check(["long_randbelow_batch"], gen.choices, many, k=513)
        self.check(["randbelow_batch"], gen.choices, many, k=512)
        self.check(["long_random_batch"], gen.choices, "ab", [1, 2], k=513)
        self.check(["random_batch"], gen.choices, "ab", [1, 2], k=512)
        self.check(["long_sample"], gen.shuffle, many)
        self.check(["sample"], gen.sample, many, 512)

    def test_single_draws(self):
        self.check(["random"], GENERATOR.random)
        self.check(["randbits"], GENERATOR.getrandbits, 5)
        self.check(["randbelow"], GENERATOR.randrange, 5)
        self.check(["randbelow"], GENERATOR.choice, "abc")
        self.check(["randbelow_big"], GENERATOR.randrange, 10 ** 30)
        self.check(["random"], GENERATOR.uniform, 1, 2)
        if SINCE_3_9:
            self.check(["token_bytes"], GENERATOR.randbytes, 5)

    def test_nothing_is_drawn_for_nothing(self):
        gen = GENERATOR
        self.check([], gen.choices, "abc", k=0)
        self.check([], gen.choices, "abc", [1, 2, 3], k=-5)
        self.check([], gen.sample, "abc", 0)
        self.check([], gen.shuffle, [])
        self.check([], gen.shuffle, [1])

    def test_functions_by_lock(self):
        holds_lock = 4  # FUNCFLAG_PYTHONAPI
        for name in ENTRIES:
            holds = bool(getattr(_functions, name)._flags_ & holds_lock)
            self.assertEqual(holds, not name.startswith("long_"), name)
        self.assertGreater(len(ENTRIES), 20)


class Script:
    """Stands in for a function of the library that fills an array of numbers."""

    def __init__(self, kind, values, place):
        self.kind, self.values, self.place = kind, values, place

    def __call__(self, *arguments):
        cells = (self.kind * len(self.values)).from_address(arguments[self.place])
        cells[:] = self.values
        return 0


def scripted(name, kind, values, place):
    return mock.patch.object(_functions, name, Script(kind, values, place))


def sample_of(values):
    return scripted("sample", ctypes.c_size_t, values, 2)


class Deterministic(unittest.TestCase):
    def test_choices(self):
        with scripted("randbelow_batch", ctypes.c_uint64, [2, 0, 2, 1], 1):
            self.assertEqual(GENERATOR.choices("abc", k=4), list("caca")[:3] + ["b"])

    def test_choices_by_weight(self):
        numbers = [0.0, 0.2499, 0.25, 0.9999, 1 - 2 ** -53]
        for keywords in ({"weights": [1, 0, 3]}, {"cum_weights": [1, 1, 4]}):
            with scripted("random_batch", ctypes.c_double, numbers, 0):
                chosen = GENERATOR.choices("abc", k=5, **keywords)
            self.assertEqual(chosen, list("aaccc"))

    def test_choices_by_weight_as_the_standard_one(self):
        weights = [0.1, 3, 1e-300, 7.7, 0, 2]
        numbers = [random.Random(seed).random() for seed in range(300)]
        with scripted("random_batch", ctypes.c_double, numbers, 0):
            ours = GENERATOR.choices(range(6), weights, k=300)
        standard = [random.Random(s).choices(range(6), weights)[0] for s in range(300)]
        self.assertEqual(ours, standard)

    def test_choices_by_weights_too_small_to_divide(self):
        # The largest number times their sum is rounded up to the sum.
        with scripted("random_batch", ctypes.c_double, [1 - 2 ** -53], 0):
            self.assertEqual(GENERATOR.choices("ab", [1e-323, 1e-323]), ["b"])

    def test_sample_of_more_than_it_says(self):
        class Modest(int):
            def __le__(self, other):
                return True

        with Calls() as calls:
            try:
                GENERATOR.sample("abc", Modest(10))
            except ValueError:
                pass
        self.assertNotIn("sample", calls.names)

    def test_sample(self):
        with sample_of([3, 0, 2]):
            self.assertEqual(GENERATOR.sample("abcd", 3), ["d", "a", "c"])
        if SINCE_3_9:
            with sample_of([4, 0, 2, 1]):
                chosen = GENERATOR.sample("abc", 4, counts=[2, 0, 3])
            self.assertEqual(chosen, ["c", "a", "c", "a"])

    def test_every_order_of_every_kind(self):
        kinds = [list, collections.deque, collections.UserList, bytearray]
        for kind, n in itertools.product(kinds, range(2, 7)):
            for order in itertools.permutations(range(n)):
                x = kind(range(10, 10 + n))
                with sample_of(order):
                    GENERATOR.shuffle(x)
                self.assertEqual(list(x), [10 + i for i in order], kind)

    def test_dictionary_with_the_keys_of_a_list(self):
        x = {0: "a", 1: "b", 2: "c"}
        with sample_of([2, 0, 1]):
            GENERATOR.shuffle(x)
        self.assertEqual(x, {0: "c", 1: "a", 2: "b"})


class Wiped(unittest.TestCase):
    """Arrays of the numbers drawn hold zeros when the caller has his result."""

    def check(self, cell, function, fail=None):
        kept = []

        class Keeper:
            itemsize = cell.itemsize

            def __mul__(self, count):
                kept.append(cell * count)
                return kept[-1]

        names = {"_INDEX": "sample", "_INTEGER": "randbelow_batch", "_FLOAT": "random_batch"}
        [constant] = [each for each in names if getattr(_batches, each) is cell]
        real = getattr(_functions, names[constant])
        seen = []

        def draw(*arguments):
            status = real(*arguments)
            seen.append(kept[-1].tolist())
            return fail or status

        with mock.patch.object(_batches, constant, Keeper()):
            with mock.patch.object(_functions, names[constant], draw):
                if fail:
                    self.assertRaises(OSError, function)
                else:
                    function()
        self.assertEqual((len(kept), len(seen)), (1, 1))
        self.assertTrue(any(seen[0]))
        self.assertEqual(kept[0].tolist(), [0] * len(kept[0]))

    # 50 numbers below 4 are all 0 with probability 2**-100; all others, far less.
    def test_each(self):
        for fail in (None, _functions.EENTROPY):
            self.check(_batches._INTEGER, lambda: GENERATOR.choices("abcd", k=50), fail)
            self.check(_batches._FLOAT, lambda: GENERATOR.choices("ab", [1, 1], k=50), fail)
            self.check(_batches._INDEX, lambda: GENERATOR.sample(range(99), 50), fail)
            self.check(_batches._INDEX, lambda: GENERATOR.shuffle([1] * 50), fail)

    def test_number(self):
        cells = []

        def draw(cell):
            cells.append(cell)
            cell.value = 0.75
            return 0

        with mock.patch.object(_functions, "random", draw):
            self.assertEqual(GENERATOR.random(), 0.75)
        self.assertEqual(cells[0].value, 0.0)


class Distribution(unittest.TestCase):
    # One of 24 orders is missing from 1600 draws with probability below
    # 24 * (23/24)**1600 < 2**-93; and there are two kinds of sequence.
    def test_shuffle_reaches_every_order(self):
        for kind in (list, collections.deque):
            seen = set()
            for _ in range(1600):
                x = kind("abcd")
                GENERATOR.shuffle(x)
                seen.add("".join(x))
            self.assertEqual(len(seen), 24)

    # 20 * (19/20)**1600 < 2**-114.
    def test_sample_reaches_every_selection(self):
        seen = {tuple(GENERATOR.sample(range(5), 2)) for _ in range(1600)}
        self.assertEqual(seen, set(itertools.permutations(range(5), 2)))

    # Each of 52 is missing from 5200 with probability (51/52)**5200 < 2**-145.
    def test_choices_reaches_everything(self):
        self.assertEqual(set(GENERATOR.choices(range(52), k=5200)), set(range(52)))

    # (3/4)**400 < 2**-166 for a missing one.
    def test_choices_by_weight_reaches_what_has_some(self):
        self.assertEqual(set(GENERATOR.choices("abc", [1, 0, 3], k=400)), set("ac"))

    if SINCE_3_9:
        # 3 * (2/3)**400 < 2**-232 for a missing order.
        def test_counts_are_exact(self):
            seen = {"".join(GENERATOR.sample("ab", 3, counts=[2, 1])) for _ in range(400)}
            self.assertEqual(seen, {"aab", "aba", "baa"})

    # A bit is the same in 128 numbers with probability 2**-127: any of 53,
    # below 2**-121.
    def test_random_has_53_bits(self):
        drawn = [GENERATOR.random() * 2 ** 53 for _ in range(128)]
        ones = 0
        for number in drawn:
            self.assertTrue(0 <= number < 2 ** 53 and number == int(number))
            ones |= int(number)
        self.assertEqual(ones, 2 ** 53 - 1)


def overriding(base, names, seed=7):
    """Return an instance of a subclass of base that takes names from a generator."""
    source = random.Random(seed)

    def _randbelow(self, n):
        return source.randrange(n)

    def getrandbits(self, k):
        return source.getrandbits(k)

    members = {
        "random": lambda self: source.random(),
        "getrandbits": getrandbits,
        "_randbelow": _randbelow,
    }
    return type("Sub", (base,), {name: members[name] for name in names})()


class Subclasses(unittest.TestCase):
    METHODS = {
        "choice": lambda gen: gen.choice(range(100)),
        "choices": lambda gen: gen.choices(range(100), k=20),
        "weights": lambda gen: gen.choices(range(50), range(50), k=20),
        "sample": lambda gen: gen.sample(range(100), 20),
        "shuffle": lambda gen: [x for x in [list(range(50))] for _ in [gen.shuffle(x)]],
        "randrange": lambda gen: gen.randrange(10 ** 9),
        "getrandbits": lambda gen: gen.getrandbits(60),
        "gauss": lambda gen: gen.gauss(0, 1),
    }
    if SINCE_3_9:
        METHODS["counts"] = lambda gen: gen.sample("abcd", 9, counts=[50] * 4)
    # Which methods then depend on nothing but what is overridden.
    BELOW = {"choice", "sample", "counts", "shuffle", "randrange"}
    FLOAT = {"choices", "weights", "gauss"}
    SETS = {
        ("random",): BELOW | FLOAT,
        ("getrandbits",): BELOW | {"getrandbits"},
        ("_randbelow",): BELOW,
        ("random", "getrandbits"): set(METHODS),
        ("random", "_randbelow"): BELOW | FLOAT,
    }

    def test_what_they_define_is_used_as_random_does(self):
        for names, methods in self.SETS.items():
            for method in methods & set(self.METHODS):
                call = self.METHODS[method]
                ours = call(overriding(libsecrets.SystemRandom, names))
                theirs = call(overriding(random.SystemRandom, names))
                self.assertEqual(ours, theirs, (names, method))

    # Here each is compared by four results, of which the least random are four
    # numbers of 50 bits and more: two of four are equal below 2**-190.
    def test_what_they_do_not_define_is_drawn(self):
        for names, methods in self.SETS.items():
            for method in set(self.METHODS) - methods:
                call = self.METHODS[method]
                drawn = [
                    repr([call(overriding(libsecrets.SystemRandom, names)) for _ in "1234"])
                    for _ in "1234"
                ]
                self.assertEqual(len(set(drawn)), 4, (names, method))

    def test_replaced_on_an_instance_or_later(self):
        gen = libsecrets.SystemRandom()
        gen.random = lambda: 0.5
        self.assertEqual(gen.choices(range(100), k=3), [50] * 3)
        gen = libsecrets.SystemRandom()
        gen.getrandbits = lambda k: 0
        self.assertEqual((gen.choice("abc"), gen.randrange(10 ** 30)), ("a", 0))
        self.assertEqual(gen.sample(range(1000), 1), [0])
        with mock.patch.object(libsecrets.SystemRandom, "getrandbits", lambda self, k: 1):
            self.assertEqual(libsecrets.choice("ab"), "b")
            self.assertEqual(GENERATOR.sample(range(1000), 1), [1])

    def test_instances_of_plain_subclasses_draw_in_one_call(self):
        class Plain(libsecrets.SystemRandom):
            def __init__(self, name, seed=None):
                super().__init__(seed)
                self.name = name

        with Calls() as calls:
            Plain("x").shuffle(list("abc"))
        self.assertEqual(calls.names, ["sample"])

    def test_arguments_of_the_constructor(self):
        for arguments in ((), (None,), (1,), ("x",), (1.5,), (b"x",), ([],), ({},), (1, 2)):
            got = []
            for base in (random.SystemRandom, libsecrets.SystemRandom):
                try:
                    got.append(base(*arguments).gauss_next)
                except Exception as error:
                    # Some messages name the class with its module, some without.
                    got.append((type(error), str(error).replace(base.__module__, "")))
            self.assertEqual(got[0], got[1])


class State(unittest.TestCase):
    def test_there_is_none(self):
        for call in (GENERATOR.getstate, lambda: GENERATOR.setstate(1)):
            with self.assertRaisesRegex(NotImplementedError, "does not have state"):
                call()
        self.assertIsNone(GENERATOR.seed(5, version=1))

    def test_gauss_keeps_nothing_for_the_next_call(self):
        ours, other = libsecrets.SystemRandom(), random.SystemRandom()
        ours.gauss(0, 1), other.gauss(0, 1)
        self.assertIsNone(ours.gauss_next)
        self.assertIsNotNone(other.gauss_next)  # the control

    def test_pickle_and_copy(self):
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            self.assertRaises(NotImplementedError, pickle.dumps, GENERATOR, protocol)
            kind = pickle.loads(pickle.dumps(libsecrets.SystemRandom, protocol))
            self.assertIs(kind, libsecrets.SystemRandom)
        self.assertRaises(NotImplementedError, copy.copy, GENERATOR)
        self.assertRaises(NotImplementedError, copy.deepcopy, GENERATOR)


class Fragile(collections.UserList):
    """A list that refuses the write with a certain number."""

    refused = -1
    writes = 0

    def __setitem__(self, index, value):
        self.writes += 1
        if self.writes == self.refused:
            raise OSError("disk full")
        super().__setitem__(index, value)


class Elements(unittest.TestCase):
    """No element is lost or doubled, whatever happens during a shuffle."""

    def test_a_write_fails(self):
        whole = Fragile(range(8))
        GENERATOR.shuffle(whole)
        self.assertEqual(whole.writes, 14)
        for refused in range(1, 15):
            x = Fragile(range(8))
            x.refused = refused
            with self.assertRaises(OSError):
                GENERATOR.shuffle(x)
            self.assertEqual(sorted(x), list(range(8)))

    def test_a_draw_fails(self):
        for kind in (list, collections.deque):
            x = kind("abcdef")
            with mock.patch.object(_functions, "sample", return_value=-3):
                self.assertRaises(OSError, GENERATOR.shuffle, x)
            self.assertEqual(x, kind("abcdef"))

    def shuffle_with(self, x, change):
        real = _functions.sample

        def draw(*arguments):
            change(x)
            return real(*arguments)

        with mock.patch.object(_functions, "sample", draw):
            GENERATOR.shuffle(x)

    def test_a_list_that_grows_meanwhile(self):
        x = list(range(20))
        self.shuffle_with(x, lambda x: x.extend("ab"))
        self.assertEqual(sorted(x[:20]), list(range(20)))
        self.assertEqual(x[20:], ["a", "b"])

    def test_a_list_that_shrinks_meanwhile(self):
        x = list(range(20))
        with self.assertRaises(IndexError):
            self.shuffle_with(x, list.pop)
        self.assertEqual(x, list(range(19)))

    def test_a_list_that_other_threads_change(self):
        x = list(range(600))
        running = True

        def append(first):
            for number in range(first, first + 2000):
                x.append(number)

        def shuffle():
            while running:
                GENERATOR.shuffle(x)

        shuffling = [threading.Thread(target=shuffle) for _ in range(2)]
        adding = [threading.Thread(target=append, args=(10 ** 6 * n,)) for n in (1, 2)]
        for thread in shuffling + adding:
            thread.start()
        for thread in adding:
            thread.join()
        running = False
        for thread in shuffling:
            thread.join()
        expected = list(range(600))
        expected += [10 ** 6 * n + i for n in (1, 2) for i in range(2000)]
        self.assertEqual(sorted(x), expected)

    def test_subclass_of_list_is_written_through_its_methods(self):
        class Written(list):
            writes = 0

            def __setitem__(self, index, value):
                self.writes += 1
                list.__setitem__(self, index, value)

        x = Written(range(10))
        GENERATOR.shuffle(x)
        self.assertEqual((sorted(x), x.writes), (list(range(10)), 18))

    def test_exchange_that_cannot_be_undone_raises_too(self):
        with self.assertRaises(TypeError):
            _system_random.reorder((1, 2), [1, 0])


class Processes(unittest.TestCase):
    # 8 threads with 500 samples of 4 numbers below 2**62: two of 4000 are equal
    # with probability below 2**23 * 2**-247.
    def test_threads(self):
        drawn = [[] for _ in range(8)]

        def draw(samples):
            for _ in range(500):
                samples.append(tuple(GENERATOR.sample(range(2 ** 62), 4)))

        threads = [threading.Thread(target=draw, args=(each,)) for each in drawn]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        samples = [sample for each in drawn for sample in each]
        self.assertEqual((len(samples), len(set(samples))), (4000, 4000))


if __name__ == "__main__":
    unittest.main()
