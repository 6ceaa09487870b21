# SPDX-License-Identifier: MIT
"""Passwords satisfy their policy, and all that satisfy it are drawn."""

import itertools
import math
import re
import string
import sys
import threading
import unittest
from unittest import mock

import libsecrets
from libsecrets import _functions, _passwords
from tests import cpython

LONG = _functions.LONG
LETTERS_AND_DIGITS = string.ascii_letters + string.digits
POLICY = [
    (string.ascii_lowercase, 1),
    (string.ascii_uppercase, 1),
    (string.digits, 3),
]
WIDE = ["é", "ñ", "✓", "€", "😀", "𝒳", "\u0301", "\u07ff", "\uffff", "\U0010ffff"]
SIXTEEN = [(character, 1) for character in "abcdefghijklmnop"]


class Text(str):
    def __str__(self):
        return "no"

    def __len__(self):
        return 99

    def __iter__(self):
        return iter("no")


class Index:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value


class Number(int):
    def __lt__(self, other):
        return False

    def __index__(self):
        return 99


def satisfies(password, classes):
    union = "".join(characters for characters, _ in classes)
    return set(password) <= set(union) and all(
        sum(character in characters for character in password) >= minimum
        for characters, minimum in classes
    )


class Contents(unittest.TestCase):
    # A character is missing at a place of 3200 passwords with probability
    # (61/62)**3200 < 2**-75: for any of 62 at any of 16, below 2**-65.
    def test_every_character_at_every_place(self):
        passwords = [libsecrets.password() for _ in range(3200)]
        self.assertEqual({len(password) for password in passwords}, {16})
        for column in zip(*passwords):
            self.assertEqual(set(column), set(LETTERS_AND_DIGITS))

    def test_unambiguous(self):
        left = [c for c in LETTERS_AND_DIGITS if c not in "0Oo1lI2Z5S8B"]
        self.assertEqual("".join(left), libsecrets.UNAMBIGUOUS)
        password = libsecrets.password(100, [libsecrets.UNAMBIGUOUS])
        self.assertLessEqual(set(password), set(left))
        for other in (string.ascii_lowercase, string.ascii_uppercase, string.digits):
            with self.assertRaisesRegex(ValueError, r"^classes\[1\] repeats"):
                libsecrets.password(8, [libsecrets.UNAMBIGUOUS, other])

    def test_lengths(self):
        for length in list(range(70)) + [255, 256, 257, LONG, LONG + 1]:
            password = libsecrets.password(length)
            self.assertRegex(password, r"\A[A-Za-z0-9]{%d}\Z" % length)
            password = libsecrets.password(length, ["ab", "é✓😀"])
            self.assertRegex(password, r"\A[abé✓😀]{%d}\Z" % length)

    def test_policies(self):
        punctuated = POLICY + [(string.punctuation, 1)]
        hard = [("a", 99), (string.digits, 0)]
        wide = [("é", 2), ("✓😀", 3), ("ab", 0)]
        for length, classes in (
            (5, POLICY), (10, POLICY), (64, POLICY), (5, punctuated[1:]),
            (16, SIXTEEN), (17, SIXTEEN), (100, hard), (99, hard), (101, hard),
            (5, wide), (8, wide), (250, wide), (8, [("ab", 8)]), (8, [("é", 8)]),
            (256, SIXTEEN), (3, [("", 0), ("x", 3)]), (20000, [("ab", 5), ("", 0)]),
        ):
            for _ in range(20 if length < 100 else 3):
                password = libsecrets.password(length, classes)
                self.assertEqual((len(password), type(password)), (length, str))
                self.assertTrue(satisfies(password, classes), password)

    # One of ten characters is missing at one of 8 places of 600 passwords with
    # probability below 80 * (9/10)**600 < 2**-84.
    def test_wide_characters(self):
        passwords = [libsecrets.password(8, [WIDE[0], ("".join(WIDE[1:]), 0)])
                     for _ in range(600)]
        self.assertEqual({len(password) for password in passwords}, {8})
        for column in zip(*passwords):
            self.assertEqual(set(column), set(WIDE))

    # One of n passwords is missing from 64 * n with probability below exp(-64): any
    # of fewer than 2**10 below 2**-82.
    def test_every_password_is_drawn(self):
        for length, classes in (
            (4, [("ab", 2), ("c", 1)]),
            (4, [("é", 1), ("✓b", 1), ("", 0)]),
            (20, [("a", 19), ("xyz", 0)]),
            (3, [("abc", 0), ("xy", 0)]),
        ):
            union = "".join(characters for characters, _ in classes)
            if length > 4:
                others = itertools.product(range(20), "xyz")
                possible = {"a" * i + c + "a" * (19 - i) for i, c in others} | {"a" * 20}
            else:
                every = map("".join, itertools.product(union, repeat=length))
                possible = {text for text in every if satisfies(text, classes)}
            self.assertTrue(30 < len(possible) < 256)
            drawn = {libsecrets.password(length, classes) for _ in range(64 * len(possible))}
            self.assertEqual(drawn, possible)
            bits = libsecrets.password_entropy(length, classes)
            self.assertLess(abs(bits - math.log2(len(possible))), 1e-9)

    @cpython
    def test_passwords_are_ordinary(self):
        for classes in (None, ["ab"], ["é"], ["✓"], ["a😀"]):
            for length in (0, 1, 2, 20):
                password = libsecrets.password(length, classes)
                copy = "".join(list(password))
                self.assertEqual((hash(password), password), (hash(copy), copy))
                if length != 1 and not classes:
                    self.assertEqual(sys.getsizeof(password), sys.getsizeof(copy))
                self.assertEqual(password.isascii(), copy.isascii())

    def test_shared_objects_stay_as_they_are(self):
        for _ in range(300):
            for length in (0, 1, 2):
                libsecrets.password(length)
                libsecrets.password(length, ["é✓ab"])
        self.assertEqual([ord(chr(value)) for value in range(256)], list(range(256)))
        self.assertEqual((len(""), "".join(["", ""]), bytes(1)), (0, "", b"\0"))


class Entropy(unittest.TestCase):
    def test_known(self):
        bits = libsecrets.password_entropy
        self.assertLess(abs(bits() - 16 * math.log2(62)), 1e-9)
        self.assertLess(abs(bits(8) - 8 * math.log2(62)), 1e-9)
        self.assertLess(abs(bits(8, ["é✓"]) - 8), 1e-9)
        self.assertEqual((bits(0), bits(0, []), bits(0, ["", ""])), (0, 0, 0))
        self.assertLess(abs(bits(16, SIXTEEN) - math.log2(math.factorial(16))), 1e-9)

    def test_inclusion_and_exclusion(self):
        # Without lower-case, without upper-case, without both, of those with at
        # least three digits.
        total = 0
        for letters, sign in ((52, 1), (26, -2), (0, 1)):
            for digits in range(3, 11):
                ways = math.factorial(10) // math.factorial(digits)
                ways //= math.factorial(10 - digits)
                total += sign * ways * 10 ** digits * letters ** (10 - digits)
        bits = libsecrets.password_entropy(10, POLICY)
        self.assertLess(abs(bits - math.log2(total)), 1e-9)


class Arguments(unittest.TestCase):
    def test_kinds_of_classes(self):
        for classes in (
            POLICY, tuple(POLICY), iter(POLICY), dict(POLICY).items(),
            (pair for pair in POLICY), [list(pair) for pair in POLICY],
            [(characters, Index(least)) for characters, least in POLICY],
            [(Text(characters), least) for characters, least in POLICY],
        ):
            password = libsecrets.password(10, classes)
            self.assertTrue(satisfies(password, POLICY), password)
        ten = [string.digits, (string.ascii_lowercase, True)]
        self.assertRegex(libsecrets.password(10, ten), r"\A(?=.*[a-z])[a-z0-9]{10}\Z")
        for classes in ({"abc"}, [Text("abc")], [Text("ab"), Text("c")], iter(["abc"])):
            self.assertRegex(libsecrets.password(9, classes), r"\A[abc]{9}\Z")
        generator = (pair for pair in POLICY)
        self.assertEqual(
            libsecrets.password_entropy(10, generator),
            libsecrets.password_entropy(10, POLICY),
        )

    def test_kinds_of_lengths(self):
        for length, expected in ((True, 1), (False, 0), (Index(7), 7)):
            self.assertEqual(len(libsecrets.password(length)), expected)
            self.assertEqual(len(libsecrets.password(length, ["é"])), expected)
        self.assertEqual(len(libsecrets.password(Number(5))), 5)
        self.assertEqual(libsecrets.password(4, [("a", Number(3))]), "aaaa")
        self.assertEqual(len(libsecrets.password(length=3, classes=["a"])), 3)

    def test_changes_between_calls_count(self):
        classes = [["a", 0]]
        self.assertEqual(libsecrets.password(3, classes), "aaa")
        classes[0][0] = "b"
        self.assertEqual(libsecrets.password(3, classes), "bbb")
        classes.append(("c", 3))
        self.assertEqual(libsecrets.password(3, classes), "ccc")

    def test_bad_types(self):
        for function in (libsecrets.password, libsecrets.password_entropy):
            for bad in (1.0, "1", b"1", None, [], 1j):
                with self.assertRaisesRegex(TypeError, "^length must be an integer, not "):
                    function(bad)
            self.assertRaises(TypeError, function, Index(1.0))
            for bad in (1, 1.0, "abc", Text("abc"), {"abc": 1}, object()):
                with self.assertRaisesRegex(TypeError, "^classes must be an iterable of"):
                    function(8, bad)
            for bad, text in (
                (1, "a str or a pair .characters, minimum., not int"),
                (None, "a str or a pair .characters, minimum., not NoneType"),
                (b"ab", "a str or a pair .characters, minimum., not bytes"),
                ((), "a str or a pair .characters, minimum., not 0 values"),
                (("ab",), "a str or a pair .characters, minimum., not 1 values"),
                (("a", 1, 2), "a str or a pair .characters, minimum., not 3 values"),
            ):
                with self.assertRaisesRegex(TypeError, r"^classes\[1\] must be " + text):
                    function(8, ["xyz", bad])
            for bad in ((b"ab", 1), (1, "ab"), (None, 1)):
                with self.assertRaisesRegex(TypeError, r"^the first of classes\[1\] must"):
                    function(8, ["xyz", bad])
            for bad in (("ab", 1.0), ("ab", "1"), ("ab", None), ("ab", "cd")):
                error = r"^the minimum of classes\[1\] must be an integer, not "
                with self.assertRaisesRegex(TypeError, error):
                    function(8, ["xyz", bad])

    def test_bad_values(self):
        many = [chr(ord("a") + i) for i in range(17)]
        pairs = [(character, 0) for character in many]
        for length, classes, text in (
            (-1, None, "length must not be negative"),
            (-1, ["a"], "length must not be negative"),
            (-(10 ** 400), None, "length must not be negative"),
            (8, ["aa"], r"classes\[0\] repeats 'a' of classes\[0\]"),
            (8, ["abc", "cde"], r"classes\[1\] repeats 'c' of classes\[0\]"),
            (8, ["x", ("éb", 1), "é"], r"classes\[2\] repeats '\\xe9' of classes\[1\]"),
            (0, ["aa"], r"classes\[0\] repeats 'a' of classes\[0\]"),
            (8, [("", 1), "a"], r"classes\[0\] is empty, but has a minimum"),
            (8, [], "classes has no character at all"),
            (8, iter(()), "classes has no character at all"),
            (8, ["", ("", 0)], "classes has no character at all"),
            (4, [("ab", 2), ("cd", 3)], "the minimums of classes add up to more than"),
            (3, [("ab", 4)], "the minimums of classes add up to more than length"),
            (0, [("ab", 1)], "the minimums of classes add up to more than length"),
            (3, [("a", 2 ** 64), "b"], "the minimums of classes add up to more than"),
            (3, [("a", 2 ** 64 + 1)], "the minimums of classes add up to more than"),
            (8, ["a", ("b", -1)], r"the minimum of classes\[1\] must not be negative"),
            (8, [("b", -(2 ** 64) + 1)], r"the minimum of classes\[0\] must not be neg"),
            (8, many, "classes has more than 16 classes"),
            (20, pairs, "classes has more than 16 classes"),
            (8, (chr(i) for i in itertools.count(1)), "classes has more than 16 cl"),
            (257, [("a", 1), "b"], "length must be at most 256 for several classes"),
            (257, [("a", 1), ("é", 2)], "length must be at most 256 for several"),
            (8, ["ab", "c\0"], r"classes\[1\] has a NUL in it"),
            (8, ["ab", "c\udc80"], r"classes\[1\] has '\\udc80' in it, which UTF-8 can"),
            (8, [("\ud83d\ude00", 1)], r"classes\[0\] has '\\ud83d' in it"),
        ):
            for function in (libsecrets.password, libsecrets.password_entropy):
                if iter(classes or ()) is classes and function is not libsecrets.password:
                    continue  # used up
                with mock.patch.object(_functions, "password") as fake:
                    with self.assertRaisesRegex(ValueError, "^" + text):
                        function(length, classes)
                self.assertFalse(fake.called)

    def test_limits(self):
        for classes in (["ab", "é"], [("ab", 3)], [("a", 3), ("", 0)]):
            self.assertEqual(len(libsecrets.password(10001, classes)), 10001)
        self.assertEqual(len(libsecrets.password(16, SIXTEEN)), 16)
        self.assertEqual(len(libsecrets.password(256, [("a", 255), "b"])), 256)
        whole = "".join(map(chr, itertools.chain(range(1, 0xD800), range(0xE000, 0x11000))))
        self.assertLessEqual(set(libsecrets.password(1000, [whole])), set(whole))

    def test_too_large(self):
        for length in (2 ** 63, 2 ** 64 + 8, 10 ** 400):
            for function in (libsecrets.password, libsecrets.password_entropy):
                self.assertRaisesRegex(OverflowError, "^length is too", function, length)
        for length in (sys.maxsize // 2, sys.maxsize - 100):
            self.assertRaises(MemoryError, libsecrets.password, length)
            self.assertGreater(libsecrets.password_entropy(length), length)
            for function in (libsecrets.password, libsecrets.password_entropy):
                with self.assertRaisesRegex(OverflowError, "^length is too large for"):
                    function(length, ["✓"])
        self.assertRaises(MemoryError, libsecrets.password, sys.maxsize // 4, ["✓"])


class Calls(unittest.TestCase):
    @cpython
    def test_buffers_are_wiped(self):
        from libsecrets import _in_place

        for status in (0, _functions.EENTROPY):
            kept, new_bytes = [], _in_place.new_bytes

            def keep(size):
                kept.append(new_bytes(size))
                return kept[-1]

            def draw(buffer, room, length, classes, number):
                self.assertIs(buffer, kept[-1])
                text = ("é" * length).encode("utf-8")
                self.assertGreater(room, len(text))
                address = _functions.ctypes.cast(
                    _functions.c_char_p(buffer), _functions.c_void_p
                )
                _functions.ctypes.memmove(address, text + b"\0", len(text) + 1)
                return status

            with mock.patch.object(_in_place, "new_bytes", keep):
                with mock.patch.object(_functions, "password", draw):
                    for length in (1, 2, 20):
                        if status:
                            self.assertRaises(OSError, libsecrets.password, length, ["é✓"])
                        else:
                            drawn = libsecrets.password(length, ["é✓"])
                            self.assertEqual(drawn, "é" * length)
            self.assertEqual(len(kept), 3)
            for buffer in kept:
                self.assertEqual(buffer, bytes(len(buffer)))

    @cpython
    def test_ascii_is_written_into_the_result(self):
        from libsecrets import _in_place

        with mock.patch.object(_in_place, "new_bytes") as fake:
            for classes in (None, ["ab"], POLICY):
                libsecrets.password(10, classes)
        self.assertFalse(fake.called)

    @cpython
    def test_what_takes_long_lets_other_threads_run(self):
        for arguments, long in (
            ((LONG,), False), ((LONG + 1,), True), ((64, POLICY), False),
            ((65, POLICY), True), ((65, [("a", 2)]), False), ((65, ["a", "b"]), False),
            ((8, ["".join(map(chr, range(1, LONG + 1)))]), True),
        ):
            for name in ("password", "long_password"):
                real = getattr(_functions, name)
                with mock.patch.object(_functions, name, side_effect=real) as fake:
                    libsecrets.password(*arguments)
                self.assertEqual(fake.call_count, (name == "long_password") == long)
        holds_lock = 4  # FUNCFLAG_PYTHONAPI
        for name in ("password", "passphrase", "apikey", "apikey_valid"):
            self.assertTrue(getattr(_functions, name)._flags_ & holds_lock)
        for name in ("password", "passphrase", "apikey", "password_entropy"):
            self.assertFalse(getattr(_functions, "long_" + name)._flags_ & holds_lock)

    def test_characters_live_as_long_as_the_policy(self):
        _passwords._kept_policy.cache_clear()
        texts = ["".join(map(chr, range(n, n + 9))) for n in (600, 700, 800)]
        policy = _passwords.policy_for(9, [(text, 1) for text in texts])
        # Not only their addresses.
        held = str(policy.classes._objects)
        for text in texts:
            self.assertIn(repr(text.encode("utf-8")), held)

    def test_few_policies_are_kept(self):
        kept = _passwords._kept_policy
        kept.cache_clear()
        for length in range(10, 60):
            libsecrets.password(length, POLICY)
            libsecrets.password(length, ["".join(map(chr, range(1, 600)))])
        self.assertLessEqual(kept.cache_info().currsize, 16)
        self.assertEqual(kept.cache_info().misses, 50)
        libsecrets.password(59, list(POLICY))
        self.assertEqual(kept.cache_info().hits, 1)

    # 8 * 400 passwords of at least 100 bits: two are equal below 2**-77.
    def test_threads(self):
        drawn = [[] for _ in range(8)]
        wide = [("é✓😀ab", 20), ("12345678", 1)]

        def draw(passwords):
            for i in range(200):
                passwords.append(libsecrets.password(20))
                # More policies than are kept, so that they come and go.
                passwords.append(libsecrets.password(41 + i % 30, wide))

        threads = [threading.Thread(target=draw, args=(texts,)) for texts in drawn]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        passwords = [password for each in drawn for password in each]
        self.assertEqual((len(passwords), len(set(passwords))), (3200, 3200))
        for password in passwords:
            if len(password) > 20:
                self.assertTrue(satisfies(password, wide))
            else:
                self.assertTrue(re.fullmatch("[A-Za-z0-9]{20}", password))
        self.assertGreater(libsecrets.password_entropy(41, wide), 100)
        self.assertGreater(libsecrets.password_entropy(20), 100)


if __name__ == "__main__":
    unittest.main()
