# SPDX-License-Identifier: MIT
"""API keys: a prefix that shows their purpose, random digits, and a checksum."""

import sys

from . import _functions
from ._arguments import count, default_entropy, text, wrong_type
from ._functions import failure, for_size
from ._memory import Buffer, acquire, ascii_address, ascii_text, has_buffer, release

_LONGEST_PREFIX = 32


def apikey(prefix, nbytes=None):
    """Return a new API key: prefix + "_" + body + checksum.

    The body is random: the fewest base62 digits (0-9 A-Z a-z) that hold 8 * nbytes
    bits, 43 for 32 bytes. The length depends only on nbytes. The checksum is the
    CRC-32 of all before it (zlib.crc32), as 6 base62 digits; it lets a secret
    scanner recognise a key offline. It detects typing errors, not forgery: store a
    hash of the key, and look up the hash of what comes in.

    prefix: 1 to 32 of a-z A-Z 0-9 and _, the first a letter.
    nbytes: 0 or more; None means DEFAULT_ENTROPY.
    ValueError if prefix is malformed or nbytes is negative; TypeError for other
    types; OSError if the system refuses randomness, MemoryError or OverflowError
    if there cannot be that many bytes.
    """
    start = text(prefix, "prefix")
    if not _is_prefix(start):
        rule = "prefix must be 1 to 32 of a-z A-Z 0-9 and _, and begin with a letter"
        raise ValueError(rule)
    size = count(default_entropy() if nbytes is None else nbytes, "nbytes")
    if size > sys.maxsize // 2:
        raise OverflowError("nbytes is too large for a key")
    encoded = start.encode("ascii")
    room = _functions.apikey_size(encoded, size)
    if not room:
        raise failure(_functions.ESTART)
    return ascii_text(for_size("apikey", size), room - 1, encoded, size)


def _is_prefix(start):
    # Without the module re, which takes longer to import than this one.
    few = 0 < len(start) <= _LONGEST_PREFIX and start.isascii()
    return few and start[0].isalpha() and start.replace("_", "a").isalnum()


def apikey_valid(key):
    """Return whether key has the form of a key of apikey() and the right checksum.

    It detects any change of one character, and any exchange of two neighbours. It
    does not report whether the key was issued. Keys of every version are valid.

    key: any str or bytes-like object.
    TypeError for anything else.
    """
    if isinstance(key, str):
        # str.isascii and str.__len__: a subclass may say something else.
        if not str.isascii(key):
            return False
        return _functions.apikey_valid(ascii_address(key), str.__len__(key)) == 1
    if not has_buffer(key):
        raise wrong_type("key", "a str or a bytes-like object", key)
    buffer = Buffer()
    acquire(key, buffer)
    try:
        return _functions.apikey_valid(buffer.buf, buffer.len) == 1
    finally:
        release(buffer)
