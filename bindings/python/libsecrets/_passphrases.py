# SPDX-License-Identifier: MIT
"""Passphrases: words from a list."""

import ctypes
import math
import os
import sys
from array import array
from functools import lru_cache
from itertools import accumulate

from . import _functions
from ._arguments import count, integer, text, utf8, wrong_type
from ._batches import integers, type_code
from ._entropy import wanted
from ._functions import failure, for_size
from ._memory import utf8_text
from ._styles import Style
from ._wordlists import KIND, read_wordlist

_POINTER = type_code(ctypes.sizeof(ctypes.c_void_p))


def passphrase(
    nwords=6, separator=" ", wordlist=None, *, capitalize=False, digit=False, separators=None
):
    """Return nwords words with a separator between them.

    Each is chosen uniformly and independently from the list. The built-in list is
    the large one of the Electronic Frontier Foundation
    (https://www.eff.org/dice, CC BY 3.0 US): 7,776 English words of 3 to 9
    letters, 12.92 bits each. Use six words or more for a passphrase that can be
    tested offline.

    Full entropy needs distinct word sequences to give distinct text. They do if no
    word is a prefix of another (as in the built-in list), whatever the separator;
    or if the separator is not empty and no word contains any of its characters.
    Otherwise two sequences may read the same: "in" "put" and "input". With one of
    the options below that is a ValueError, so that passphrase_entropy() is exact.

    nwords: 0 or more.
    separator: a str; it may be empty.
    wordlist: a list, or another collection that has a size, of distinct words, none
        of them empty; a file in one of the usual formats (see read_wordlist), as a
        pathlib.Path, open, or as an iterator of its lines; None means the built-in
        list. A list of your own is read and checked on every call.
    capitalize: begin every word with a capital, if its first letter has one.
    digit: put a digit behind one of the words; both are drawn.
    separators: distinct str, or the characters of a str, instead of separator: each
        gap between words has one of them, drawn for it.
    ValueError if nwords is negative, if there is no word or an empty or repeated
    one, for NUL or a lone surrogate; TypeError for other types, and for a str as
    the list, of which nobody knows whether it is a path or a word; OSError if the
    system refuses randomness, or the file cannot be read; MemoryError or
    OverflowError if there cannot be a str of that length, or no memory to check
    the list.
    """
    number, between = count(nwords, "nwords"), text(separator, "separator")
    words = _words(wordlist)
    if not (capitalize or digit or separators is not None):
        return _joined(number, between, words)
    style = Style(number, between, capitalize, digit, separators)
    own = words.decoded()
    style.check(own)
    if not number:
        return ""
    if own:
        return style.joined([own[i] for i in integers(len(own), number)])
    return style.joined(_joined(number, "\n", words).split("\n"))


def _joined(number, separator, words):
    between = utf8(separator, "separator")
    room = max(1, number * (words.longest + len(between)) - len(between) + 1)
    if room > sys.maxsize:
        raise OverflowError("nwords is too large for words of this length")
    if not number:
        return ""
    draw = for_size("passphrase", room + len(words.text))
    return utf8_text(draw, room, number, between, words.address, words.number)


def passphrase_entropy(
    nwords=6, wordlist_size=None, *, capitalize=False, digit=False, separators=None
):
    """Return the entropy of a passphrase() of nwords words from a list, in bits.

    nwords: 0 or more.
    wordlist_size: 1 or more; None means the built-in list of passphrase().
    capitalize, digit, separators: as for passphrase(). Capitals add nothing, the
        digit log2(10 * nwords) bits, and the separators log2 of their number for each
        gap between words.
    ValueError if either number is less, and for what passphrase() refuses whatever
    the words are; OverflowError if no list has such a size.
    """
    number, size = count(nwords, "nwords"), _list_size(wordlist_size, 1)
    bits = _functions.passphrase_entropy(number, size)
    if math.isnan(bits):
        raise failure(_functions.ESTART)
    return bits + Style(number, " ", capitalize, digit, separators).entropy(number)


def passphrase_words(bits, wordlist_size=None):
    """Return the least number of words that have that many bits of entropy.

    bits: 0 to 1e9.
    wordlist_size: 2 or more; None means the built-in list of passphrase().
    ValueError for anything else; OverflowError if no list has such a size.
    """
    needed, size = wanted(bits), _list_size(wordlist_size, 2)
    number = _functions.passphrase_words(needed, size)
    if needed and not number:
        raise failure(_functions.ESTART)
    return number


def _list_size(value, least):
    """Return the size of a list as the library takes it: 0 for the built-in one."""
    if value is None:
        return 0
    if integer(value, "wordlist_size") < least:
        raise ValueError("wordlist_size must be %d or more" % least)
    return count(value, "wordlist_size")


class _Words:
    """A list of words of the caller's, as the library takes it."""

    def __init__(self, words):
        self.number = len(words)
        self._words = words
        self.longest = max(map(len, words))  # bytes
        # The words with a NUL behind each, and where each begins.
        self.text = b"\0".join(words)
        start = ctypes.cast(ctypes.c_char_p(self.text), ctypes.c_void_p).value or 0
        steps = [start] + [len(word) + 1 for word in words[:-1]]
        self._pointers = array(_POINTER, accumulate(steps))
        self.address = self._pointers.buffer_info()[0]

    def decoded(self):
        return [word.decode("utf-8") for word in self._words]


class _BuiltIn:
    """The list of the library's, as the library takes it."""

    number, text, address = 0, b"", None

    def __init__(self):
        size = _functions.passphrase_size(1, None, None, 0)
        if not size:
            raise failure(_functions.ESTART)
        self.longest = size - 1

    def decoded(self):
        return None  # only the library has them


_built_in = lru_cache(maxsize=1)(_BuiltIn)


def _words(wordlist):
    if wordlist is None:
        return _built_in()
    # A str may be meant as a path, as a word or as words.
    if isinstance(wordlist, (str, bytes)):
        raise wrong_type("wordlist", KIND, wordlist)
    # What has a size is a collection of words; what has none is a file, or the like.
    if isinstance(wordlist, os.PathLike) or not hasattr(type(wordlist), "__len__"):
        wordlist = read_wordlist(wordlist)
    return _Words(_encoded(wordlist))


def _encoded(wordlist):
    """Return the words of a collection, checked, in UTF-8."""
    try:
        words = list(wordlist)
    except TypeError:
        raise wrong_type("wordlist", KIND, wordlist) from None
    if not words:
        raise ValueError("wordlist is empty")
    return _at_once(words) or _one_by_one(words)


def _at_once(words):
    """Return the words in UTF-8, or nothing if there may be something wrong."""
    if set(map(type, words)) != {str} or len(set(words)) < len(words):
        return []
    try:
        pieces = "\0".join(words).encode("utf-8").split(b"\0")
    except UnicodeEncodeError:
        return []
    return pieces if len(pieces) == len(words) and all(pieces) else []


def _one_by_one(words):
    """Return the words in UTF-8, or say which of them is wrong, and why."""
    where = {}
    for i, word in enumerate(words):
        name = "wordlist[%d]" % i
        encoded = utf8(text(word, name), name)
        if not encoded:
            raise ValueError("%s is empty" % name)
        if encoded in where:
            again = (name, ascii(text(word, name)), where[encoded])
            raise ValueError("%s repeats %s of wordlist[%d]" % again)
        where[encoded] = i
    return list(where)
