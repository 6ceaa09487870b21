# SPDX-License-Identifier: MIT
"""Passwords that meet a policy: the classes of their characters, with minimums.

The library checks the classes too. It is done here first for messages that say
which class is wrong, and why.
"""

import math
import sys
from functools import lru_cache
from itertools import islice

from . import _functions
from ._arguments import count, integer, text, utf8, wrong_type
from ._entropy import wanted
from ._functions import LONG, Class, failure, for_size
from ._memory import ascii_text, utf8_text

_MOST_CLASSES = 16
_MOST_COUNTED = 256  # characters of a password with a minimum and several classes
_SLOW = 64  # characters of such a password, above which it takes a while
_KEPT = 512  # characters in the classes, above which a policy is not kept
_NO_CHARACTER = "classes has no character at all"


def password(length=16, classes=None):
    """Return a password of length characters, drawn from the classes.

        password(10, [
            (string.ascii_lowercase, 1),
            (string.ascii_uppercase, 1),
            (string.digits, 3),
        ])

    It is uniformly distributed over all str that have the minimum of each class,
    and the time does not depend on how rare they are. This is for passwords that a
    program issues, not for checking those that users choose.

    length: 0 or more; at most 256 with several classes and a minimum.
    classes: up to 16, each a str of characters, or a pair of those and the
        minimum number of them; None means letters and digits.
    ValueError for a number out of range, minimums whose sum exceeds length, a
    character that is repeated, within or across classes, no character to choose
    from, NUL or a lone surrogate; TypeError for other types; OSError if
    the system refuses randomness, MemoryError or OverflowError if there cannot
    be a str of that length, or no memory for so large a policy.
    """
    number = count(length, "length")
    policy = policy_for(number, classes)
    room = _room(number, policy)
    if not number:
        return ""
    draw = for_size("password", number + policy.work)
    if policy.width == 1 and number != 1:
        return ascii_text(draw, number, number, policy.classes, policy.number)
    return utf8_text(draw, room, number, policy.classes, policy.number)


def password_entropy(length=16, classes=None):
    """Return the entropy of a password(length, classes), in bits.

    It is the binary logarithm of the exact number of such passwords, with an error
    of at most 1e-9. It says nothing of passwords that people choose.

    length, classes, and the exceptions: as for password.
    """
    number = count(length, "length")
    policy = policy_for(number, classes)
    _room(number, policy)
    return _entropy(number, policy)


def password_length(bits, classes=None):
    """Return the least length for which password_entropy() is that many bits or more.

        length = password_length(128)   # 22 letters and digits

    It is never less than the sum of the minimums, which is the length for 0 bits.

    bits: 0 to 1e9.
    classes: as for password.
    ValueError if no password of the classes has that many bits, and for anything
    else that password refuses; the other exceptions: as for password.
    """
    needed, policy = wanted(bits), policy_for(None, classes)
    _room(policy.least, policy)
    if needed and not policy.characters:
        raise ValueError(_NO_CHARACTER)
    answer = _functions.long_password_length
    length = answer(needed, policy.classes, policy.number)
    if length or not (needed or policy.least):
        return length
    longest = max(_MOST_COUNTED, policy.least)
    limited = policy.counted or policy.characters == 1
    if limited and _entropy(longest, policy) < needed:
        raise ValueError("no password of these classes has that many bits")
    raise _refused()


def _entropy(length, policy):
    bits = _functions.long_password_entropy(length, policy.classes, policy.number)
    if math.isnan(bits):
        raise _refused()
    return bits


def _refused():
    """Return the exception for a valid policy of which the library knows nothing."""
    started = not math.isnan(_functions.passphrase_entropy(1, 0))
    return failure(_functions.ENOMEM if started else _functions.ESTART)


def _room(length, policy):
    """Return the bytes that the longest password takes at most, with its NUL."""
    room = length * policy.width + 1
    if room > sys.maxsize:
        raise OverflowError("length is too large for characters of this size")
    return room


class Policy:
    """The classes as the library takes them, and what is known of the passwords."""

    __slots__ = ("characters", "classes", "counted", "least", "number", "width", "work")

    def __init__(self, classes=None, number=0, characters=62):
        self.classes = classes  # array of Class, or None for letters and digits
        self.number = number
        self.characters = characters  # of all classes, so many
        self.least = 0  # the sum of the minimums
        self.counted = False  # whether the numbers of characters by class are drawn
        self.width = 1  # bytes that the longest character takes
        self.work = 0  # what takes as long as the policy: so many bytes


_LETTERS_AND_DIGITS = Policy()


def policy_for(length, classes):
    """Return the policy for the arguments of password(); None is the least length."""
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


def _pair(i, item):
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


def _policy(length, pairs):
    encoded = [utf8(text, "classes[%d]" % i) for i, (text, _) in enumerate(pairs)]
    characters = "".join([text for text, _ in pairs])
    minimums = [minimum for _, minimum in pairs]
    _refuse_repetition(pairs)
    classes = (Class * len(pairs))(*map(Class, encoded, minimums))
    policy = Policy(classes, len(pairs), len(characters))
    policy.least = sum(minimums)
    if length is None:
        length = policy.least
    policy.counted = _check_lengths(length, policy.least, pairs)
    policy.width = len(max(characters, default="\0").encode("utf-8"))
    slow = policy.counted and length > _SLOW
    policy.work = LONG + 1 if slow else sum(map(len, encoded))
    return policy


# Most programs have few policies, and none of them is a secret.
_kept_policy = lru_cache(maxsize=16)(_policy)


def _refuse_repetition(pairs):
    where = {}
    for i, (characters, _) in enumerate(pairs):
        for character in characters:
            if character in where:
                again = (i, ascii(character), where[character])
                raise ValueError("classes[%d] repeats %s of classes[%d]" % again)
            where[character] = i


def _check_lengths(length, least, pairs):
    """Return whether the numbers of characters by class have to be drawn.

    least: the sum of the minimums.
    """
    groups = set()  # all classes without a minimum count as one
    for i, (characters, minimum) in enumerate(pairs):
        if minimum and not characters:
            raise ValueError("classes[%d] is empty, but has a minimum" % i)
        if characters:
            groups.add(i if minimum else -1)
    if least > length:
        raise ValueError("the minimums of classes add up to more than length")
    if length and not groups:
        raise ValueError(_NO_CHARACTER)
    counted = len(groups) > 1
    if counted and length > _MOST_COUNTED:
        error = "length must be at most %d for several classes with a minimum"
        raise ValueError(error % _MOST_COUNTED)
    return counted
