# SPDX-License-Identifier: MIT
"""What a password has to satisfy: the classes of its characters, checked.

The library checks them too. It is done here first for messages that say which
class is wrong, and why.
"""

from functools import lru_cache
from itertools import islice
from typing import Any, Dict, Tuple

from ._arguments import integer, text, utf8, wrong_type
from ._functions import LONG, Class

_MOST_CLASSES = 16
_MOST_COUNTED = 256  # characters of a password with a minimum and several classes
_SLOW = 64  # characters of such a password, above which it takes a while
_KEPT = 512  # characters in the classes, above which a policy is not kept

_Pairs = Tuple[Tuple[str, int], ...]


class Policy:
    """The classes as the library takes them, and what is known of the passwords."""

    __slots__ = ("classes", "number", "width", "slow")

    def __init__(self, classes: Any, number: int, width: int, slow: bool) -> None:
        self.classes = classes  # array of Class, or None for letters and digits
        self.number = number
        self.width = width  # bytes that the longest character takes
        self.slow = slow  # whether other threads should run in the meantime


_LETTERS_AND_DIGITS = Policy(None, 0, 1, False)


def policy_for(length: int, classes: Any) -> Policy:
    """Return the policy for the arguments of password()."""
    if classes is None:
        return _LETTERS_AND_DIGITS
    if isinstance(classes, (str, dict)):  # the characters, or the keys, would be classes
        raise wrong_type("classes", "an iterable of classes", classes)
    try:
        iterator = iter(classes)
    except TypeError:
        raise wrong_type("classes", "an iterable of classes", classes) from None
    some = islice(iterator, _MOST_CLASSES + 1)
    pairs = tuple([_pair(i, item) for i, item in enumerate(some)])
    if len(pairs) > _MOST_CLASSES:
        raise ValueError("classes has more than %d classes" % _MOST_CLASSES)
    if sum([len(characters) for characters, _ in pairs]) > _KEPT:
        return _policy(length, pairs)
    return _kept_policy(length, pairs)


def _pair(i: int, item: Any) -> Tuple[str, int]:
    """Return class i as its characters and their minimum."""
    if isinstance(item, str):
        return text(item, "classes"), 0
    kind = "a str or a pair (characters, minimum)"
    if not isinstance(item, (tuple, list)):
        raise wrong_type("classes[%d]" % i, kind, item)
    if len(item) != 2:
        error = "classes[%d] must be %s, not %d values"
        raise TypeError(error % (i, kind, len(item)))
    characters, minimum = item
    if not isinstance(characters, str):
        raise wrong_type("the first of classes[%d]" % i, "a str", characters)
    if type(minimum) is not int or minimum < 0:
        minimum = integer(minimum, "the minimum of classes[%d]" % i)
        if minimum < 0:
            raise ValueError("the minimum of classes[%d] must not be negative" % i)
    return text(characters, "classes"), minimum


def _policy(length: int, pairs: _Pairs) -> Policy:
    encoded = [utf8(text, "classes[%d]" % i) for i, (text, _) in enumerate(pairs)]
    _refuse_repetition(pairs)
    counted = _check_lengths(length, pairs)
    classes = (Class * len(pairs))(*map(Class, encoded, [least for _, least in pairs]))
    last = max("".join([text for text, _ in pairs]), default="\0")
    slow = counted and length > _SLOW or sum(map(len, encoded)) > LONG
    return Policy(classes, len(pairs), len(last.encode("utf-8")), slow)


# Most programs have few policies, and none of them is a secret.
_kept_policy = lru_cache(maxsize=16)(_policy)


def _refuse_repetition(pairs: _Pairs) -> None:
    where = {}  # type: Dict[str, int]
    for i, (characters, _) in enumerate(pairs):
        for character in characters:
            if character in where:
                again = (i, ascii(character), where[character])
                raise ValueError("classes[%d] repeats %s of classes[%d]" % again)
            where[character] = i


def _check_lengths(length: int, pairs: _Pairs) -> bool:
    """Return whether the numbers of characters by class have to be drawn."""
    groups = set()  # all classes without a minimum count as one
    needed = 0
    for i, (characters, minimum) in enumerate(pairs):
        if minimum and not characters:
            raise ValueError("classes[%d] is empty, but has a minimum" % i)
        if characters:
            groups.add(i if minimum else -1)
        needed += minimum
    if needed > length:
        raise ValueError("the minimums of classes add up to more than length")
    if length and not groups:
        raise ValueError("classes has no character at all")
    counted = len(groups) > 1
    if counted and length > _MOST_COUNTED:
        error = "length must be at most %d for several classes with a minimum"
        raise ValueError(error % _MOST_COUNTED)
    return counted
