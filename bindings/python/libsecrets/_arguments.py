# SPDX-License-Identifier: MIT
"""Arguments: those of the standard module taken and refused as it does, those of
other functions with a message that says which of them is wrong, and why."""

import operator
import sys

# The package itself, so that a changed DEFAULT_ENTROPY counts here too.
_package = sys.modules[__package__]

# Of CPython's bytes; where an object has no size, no memory reaches as far either.
_LARGEST = sys.maxsize - getattr(bytes, "__basicsize__", 0)


def exact_int(value):
    """Return value as an int of no subclass, by __index__ alone."""
    if isinstance(value, float) and sys.version_info < (3, 10):
        raise TypeError("integer argument expected, got float")
    # A subclass may redefine comparison, which the range checks rely on.
    return int.__index__(operator.index(value))


def exact_str(value):
    """Return a str of a subclass as one of no subclass."""
    return str.__add__("", value)  # str.__str__ of PyPy believes what a subclass has as length


def size(value):
    """Return value as an int that can be the size of an object."""
    number = value if type(value) is int else exact_int(value)
    if 0 <= number <= _LARGEST:
        return number
    if not -sys.maxsize - 1 <= number <= sys.maxsize:
        raise OverflowError("Python int too large to convert to C ssize_t")
    if number < 0:
        raise ValueError("negative argument not allowed")
    raise OverflowError("byte string is too large")


def byte_count(nbytes):
    """Return nbytes, or the default for None, as an int that can be a size."""
    if nbytes is None:
        nbytes = _package.DEFAULT_ENTROPY
    if type(nbytes) is int and 0 <= nbytes <= _LARGEST:
        return nbytes  # without one more call, as every token asks
    return size(nbytes)


def default_entropy():
    """Return DEFAULT_ENTROPY as it is now."""
    return _package.DEFAULT_ENTROPY


def integer(value, name):
    """Return value, the argument of that name, as an int of no subclass."""
    if type(value) is int:
        return value
    if not hasattr(type(value), "__index__"):
        raise wrong_type(name, "an integer", value)
    return exact_int(value)


def count(value, name):
    """Return value, the argument of that name, as an int that can be a size."""
    if type(value) is int and 0 <= value <= _LARGEST:
        return value
    number = integer(value, name)
    if number < 0:
        raise ValueError("%s must not be negative" % name)
    if number > _LARGEST:
        raise OverflowError("%s is too large for anything to be of that size" % name)
    return number


def text(value, name):
    """Return value, the argument of that name, as a str of no subclass."""
    if isinstance(value, str):
        return exact_str(value)
    raise wrong_type(name, "a str", value)


def utf8(value, name):
    """Return value, the argument of that name, as it is passed to C."""
    if "\0" in value:
        raise ValueError("%s has a NUL in it, where a string of C ends" % name)
    try:
        return value.encode("utf-8")
    except UnicodeEncodeError as error:
        surrogate = ascii(value[error.start])
    raise ValueError("%s has %s in it, which UTF-8 cannot encode" % (name, surrogate))


def wrong_type(name, kind, value):
    """Return the exception for an argument of that name that is of no such kind."""
    return TypeError("%s must be %s, not %s" % (name, kind, type(value).__name__))
