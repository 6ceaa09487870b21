# SPDX-License-Identifier: MIT
"""Passwords that meet a policy."""

import math
import sys
from typing import Any

from . import _functions
from ._arguments import count
from ._classes import Policy, policy_for
from ._status import failure
from ._texts import ascii_text, utf8_text


def password(length=16, classes=None):
    # type: (Any, Any) -> str
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
    the system gives no randomness, MemoryError or OverflowError if there cannot
    be a str of that length, or no memory for so large a policy.
    """
    number = count(length, "length")
    policy = policy_for(number, classes)
    room = _room(number, policy)
    if not number:
        return ""
    long = policy.slow or number > _functions.LONG
    draw = _functions.long_password if long else _functions.password
    if policy.width == 1 and number != 1:
        return ascii_text(draw, number, number, policy.classes, policy.number)
    return utf8_text(draw, room, number, policy.classes, policy.number)


def password_entropy(length=16, classes=None):
    # type: (Any, Any) -> float
    """Return the entropy of a password(length, classes), in bits.

    It is the binary logarithm of the exact number of such passwords, with an error
    of at most 1e-9. It says nothing of passwords that people choose.

    length, classes, and the exceptions: as for password.
    """
    number = count(length, "length")
    policy = policy_for(number, classes)
    _room(number, policy)
    draw = _functions.long_password_entropy
    bits = draw(number, policy.classes, policy.number)  # type: float
    if math.isnan(bits):
        started = not math.isnan(_functions.passphrase_entropy(1, 0))
        raise failure(_functions.ENOMEM if started else _functions.ESTART)
    return bits


def _room(length: int, policy: Policy) -> int:
    """Return the bytes that the longest password takes at most, with its NUL."""
    room = length * policy.width + 1
    if room > sys.maxsize:
        raise OverflowError("length is too large for characters of this size")
    return room
