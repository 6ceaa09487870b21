# SPDX-License-Identifier: MIT
"""How much entropy a secret needs."""

import math

from ._arguments import wrong_type

_YEAR = 31557600  # seconds, 365.25 days
_MOST_BITS = 1e9  # of which the library says how many characters or words have them


def needed_entropy(guesses_per_second, years, chance=1e-6):
    """Return the bits of entropy that a secret needs to withstand guessing.

    An attacker who makes that many guesses per second for that many years then
    finds a given secret with at most that chance. It answers "How many bytes should
    tokens use?": against 10**12 guesses per second for 100 years,

        bits = needed_entropy(10**12, 100)   # 91.4
        token = token_urlsafe(math.ceil(bits / 8))   # 12 bytes

    guesses_per_second, years: positive.
    chance: above 0, at most 1.
    ValueError for anything else; TypeError for what is no real number.
    """
    guesses = _positive(guesses_per_second, "guesses_per_second")
    time = _positive(years, "years")
    risk = _positive(chance, "chance")
    if risk > 1:
        raise ValueError("chance must not be more than 1")
    # log2(guesses * time * _YEAR / risk), without its overflow.
    bits = math.log2(guesses) + math.log2(time) + math.log2(_YEAR) - math.log2(risk)
    return max(0.0, bits)


def _positive(value, name):
    number = real(value, name)
    if 0 < number < math.inf:
        return number
    raise ValueError("%s must be a positive finite number" % name)


def wanted(value):
    """Return bits, the argument of that name, as a float that the library accepts."""
    bits = real(value, "bits")
    if 0 <= bits <= _MOST_BITS:
        return bits
    raise ValueError("bits must be from 0 to 1e9")


def real(value, name):
    """Return value, the argument of that name, as a float; inf if it is too large."""
    try:
        return math.ldexp(value, 0)  # which takes no str, as float() would
    except TypeError:
        raise wrong_type(name, "a real number", value) from None
    except OverflowError:
        return math.inf if value > 0 else -math.inf
