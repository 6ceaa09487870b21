# SPDX-License-Identifier: MIT
"""The functions of the C library, with their types."""

import ctypes
from ctypes import c_char_p, c_double, c_int, c_size_t, c_uint, c_uint64, c_void_p
from typing import Any

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
    "secrets_passphrase": (
        c_int,
        c_void_p,
        c_size_t,
        c_size_t,
        c_char_p,
        c_void_p,
        c_size_t,
    ),
    "secrets_passphrase_size": (c_size_t, c_size_t, c_char_p, c_void_p, c_size_t),
    "secrets_passphrase_entropy": (c_double, c_size_t, c_size_t),
    "secrets_apikey": (c_int, c_void_p, c_size_t, c_char_p, c_size_t),
    "secrets_apikey_size": (c_size_t, c_char_p, c_size_t),
    "secrets_apikey_valid": (c_int, c_void_p, c_size_t),
    "secrets_compare_digest": (c_int, c_void_p, c_size_t, c_void_p, c_size_t),
    "secrets_wipe": (None, c_void_p, c_size_t),
}  # type: Any

_LIBRARY = load(_SIGNATURES)

# Short calls keep the interpreter lock: giving it up and queueing for it again
# costs more than drawing a few bytes, and the library never waits for Python,
# so it cannot deadlock. It also means that no other Python thread can fork in
# the middle of one. Only draws long enough to hold other threads up release it.
LONG = 4096


def _holding(name: str) -> Any:
    return ctypes.PYFUNCTYPE(*_SIGNATURES[name])((name, _LIBRARY))


def _releasing(name: str) -> Any:
    return ctypes.CFUNCTYPE(*_SIGNATURES[name])((name, _LIBRARY))


version = version_of(_LIBRARY)
strerror = _holding("secrets_strerror")
token_bytes = _holding("secrets_token_bytes")
token_hex = _holding("secrets_token_hex")
token_urlsafe = _holding("secrets_token_urlsafe")
long_token_bytes = _releasing("secrets_token_bytes")
long_token_hex = _releasing("secrets_token_hex")
long_token_urlsafe = _releasing("secrets_token_urlsafe")
token_hex_batch = _holding("secrets_token_hex_batch")
token_urlsafe_batch = _holding("secrets_token_urlsafe_batch")
long_token_hex_batch = _releasing("secrets_token_hex_batch")
long_token_urlsafe_batch = _releasing("secrets_token_urlsafe_batch")
randbelow = _holding("secrets_randbelow")
randbits = _holding("secrets_randbits")
random = _holding("secrets_random")
randbelow_batch = _holding("secrets_randbelow_batch")
random_batch = _holding("secrets_random_batch")
sample = _holding("secrets_sample")
randbelow_big = _holding("secrets_randbelow_big")
randbits_big = _holding("secrets_randbits_big")
long_randbelow_batch = _releasing("secrets_randbelow_batch")
long_random_batch = _releasing("secrets_random_batch")
long_sample = _releasing("secrets_sample")
long_randbelow_big = _releasing("secrets_randbelow_big")
long_randbits_big = _releasing("secrets_randbits_big")
password = _holding("secrets_password")
passphrase = _holding("secrets_passphrase")
passphrase_size = _holding("secrets_passphrase_size")
passphrase_entropy = _holding("secrets_passphrase_entropy")
apikey = _holding("secrets_apikey")
apikey_size = _holding("secrets_apikey_size")
long_password = _releasing("secrets_password")
long_password_entropy = _releasing("secrets_password_entropy")
long_passphrase = _releasing("secrets_passphrase")
long_apikey = _releasing("secrets_apikey")
wipe = _holding("secrets_wipe")
# Holding the lock keeps other threads from changing a bytearray meanwhile.
compare_digest = _holding("secrets_compare_digest")
apikey_valid = _holding("secrets_apikey_valid")
