# SPDX-License-Identifier: MIT
"""The functions of the C library, with their types, and its failures as exceptions."""

import ctypes
from ctypes import c_char_p, c_double, c_int, c_size_t, c_uint, c_uint64, c_void_p

from ._library import load, version_of

OK = 0
EINVAL = -1
ENOSPC = -2
EENTROPY = -3
ESTART = -4
EINTERNAL = -5
ENOMEM = -6


class Class(ctypes.Structure):
    """secrets_class: the characters of a password, and the least number of them."""

    _fields_ = [("characters", c_char_p), ("min", c_size_t)]


_ADVICE = {
    EENTROPY: "check that getrandom(2) is allowed here (seccomp, sandbox)",
    ESTART: "check that memory and threads are to be had (ulimit, container "
    "limits); on macOS start workers by spawn and not by fork",
}

_CLASSES = ctypes.POINTER(Class)
_SIGNATURES = {
    "secrets_version": (c_char_p,),
    "secrets_strerror": (c_char_p, c_int),
    "secrets_token_bytes": (c_int, c_void_p, c_size_t),
    "secrets_token_hex": (c_int, c_void_p, c_size_t, c_size_t),
    "secrets_token_urlsafe": (c_int, c_void_p, c_size_t, c_size_t),
    "secrets_token_hex_batch": (c_int, c_void_p, c_size_t, c_size_t, c_size_t),
    "secrets_token_urlsafe_batch": (c_int, c_void_p, c_size_t, c_size_t, c_size_t),
    "secrets_randbelow": (c_int, c_uint64, ctypes.POINTER(c_uint64)),
    "secrets_randbits": (c_int, c_uint, ctypes.POINTER(c_uint64)),
    "secrets_random": (c_int, ctypes.POINTER(c_double)),
    "secrets_randbelow_batch": (c_int, c_uint64, c_void_p, c_size_t),
    "secrets_random_batch": (c_int, c_void_p, c_size_t),
    "secrets_randbelow_big": (c_int, c_void_p, c_size_t, c_void_p),
    "secrets_randbits_big": (c_int, c_size_t, c_void_p, c_size_t),
    "secrets_sample": (c_int, c_size_t, c_size_t, c_void_p),
    "secrets_password": (c_int, c_void_p, c_size_t, c_size_t, _CLASSES, c_size_t),
    "secrets_password_entropy": (c_double, c_size_t, _CLASSES, c_size_t),
    "secrets_password_length": (c_size_t, c_double, _CLASSES, c_size_t),
    "secrets_passphrase": (c_int, c_void_p, c_size_t, c_size_t, c_char_p, c_void_p, c_size_t),
    "secrets_passphrase_size": (c_size_t, c_size_t, c_char_p, c_void_p, c_size_t),
    "secrets_passphrase_entropy": (c_double, c_size_t, c_size_t),
    "secrets_passphrase_words": (c_size_t, c_double, c_size_t),
    "secrets_apikey": (c_int, c_void_p, c_size_t, c_char_p, c_size_t),
    "secrets_apikey_size": (c_size_t, c_char_p, c_size_t),
    "secrets_apikey_valid": (c_int, c_void_p, c_size_t),
    "secrets_compare_digest": (c_int, c_void_p, c_size_t, c_void_p, c_size_t),
    "secrets_wipe": (None, c_void_p, c_size_t),
}


def failure(status):
    """Return the exception for a status that is not OK."""
    text = strerror(status).decode("utf-8")
    if status in (ENOSPC, ENOMEM):
        return MemoryError(text)
    if status in _ADVICE:
        return OSError("%s: %s" % (text, _ADVICE[status]))
    if status == EINTERNAL:
        return RuntimeError("%s; please report it" % text)
    return RuntimeError("%s (status %d)" % (text, status))


_LIBRARY = load(_SIGNATURES)
_FUNCTIONS = globals()

# Short calls keep the interpreter lock: giving it up and queueing for it again
# costs more than drawing a few bytes, and the library never waits for Python,
# so it cannot deadlock. It also means that no other Python thread can fork in
# the middle of one. Only draws long enough to hold other threads up release it.
# PyPy has no PyDLL: there every call releases it.
LONG = 4096
if hasattr(ctypes, "PyDLL"):
    _HOLDING = ctypes.PyDLL(_LIBRARY._name, handle=_LIBRARY._handle)
else:
    _HOLDING = _LIBRARY


def for_size(name, size):
    """Return the function of that name to call for that many bytes.

    It releases the interpreter lock if they are many.
    """
    return _FUNCTIONS["long_" + name if size > LONG else name]


def _both(name):
    """Return the function that holds the interpreter lock, and the one that releases it."""
    return _holding(name), _releasing(name)


def _holding(name):
    return _function(_HOLDING, name)


def _releasing(name):
    return _function(_LIBRARY, name)


def _function(library, name):
    function = library["secrets_" + name]  # a new one each time
    result, *arguments = _SIGNATURES["secrets_" + name]
    function.restype, function.argtypes = result, arguments
    return function


version = version_of(_LIBRARY)
strerror = _holding("strerror")
wipe = _holding("wipe")
token_bytes, long_token_bytes = _both("token_bytes")
token_hex, long_token_hex = _both("token_hex")
token_urlsafe, long_token_urlsafe = _both("token_urlsafe")
token_hex_batch, long_token_hex_batch = _both("token_hex_batch")
token_urlsafe_batch, long_token_urlsafe_batch = _both("token_urlsafe_batch")
randbelow_batch, long_randbelow_batch = _both("randbelow_batch")
random_batch, long_random_batch = _both("random_batch")
randbelow_big, long_randbelow_big = _both("randbelow_big")
randbits_big, long_randbits_big = _both("randbits_big")
sample, long_sample = _both("sample")
password, long_password = _both("password")
passphrase, long_passphrase = _both("passphrase")
apikey, long_apikey = _both("apikey")
randbelow = _holding("randbelow")
randbits = _holding("randbits")
random = _holding("random")
passphrase_size = _holding("passphrase_size")
passphrase_entropy = _holding("passphrase_entropy")
passphrase_words = _holding("passphrase_words")
apikey_size = _holding("apikey_size")
long_password_entropy = _releasing("password_entropy")
long_password_length = _releasing("password_length")
# Holding the lock keeps other threads from changing a bytearray meanwhile.
compare_digest = _holding("compare_digest")
apikey_valid = _holding("apikey_valid")
