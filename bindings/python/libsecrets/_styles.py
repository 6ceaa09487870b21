# SPDX-License-Identifier: MIT
"""What many sites demand of a passphrase: capital letters, a digit, other separators.

An intermediate str is a copy of a part of the passphrase. It cannot be wiped, and
stays in memory until Python uses that for something else.
"""

import math
import string

from ._arguments import text, utf8, wrong_type
from ._batches import integers
from ._numbers import randbelow


class Style:
    """The options of passphrase() and passphrase_entropy(), checked."""

    __slots__ = ("capitalize", "digit", "separators")

    def __init__(self, nwords, separator, capitalize, digit, separators):
        if digit and not nwords:
            raise ValueError("there is no word for the digit to follow")
        if separators is not None and separator != " ":
            raise ValueError("give either separator or separators")
        utf8(separator, "separator")
        self.capitalize = bool(capitalize)
        self.digit = bool(digit)
        self.separators = [separator] if separators is None else _texts(separators)

    def entropy(self, nwords):
        """Return the entropy of all but the words."""
        bits = max(0, nwords - 1) * math.log2(len(self.separators))
        return bits + (math.log2(10) + math.log2(nwords) if self.digit else 0)

    def written(self, words):
        """Return the words of a list as they are in the passphrase."""
        return list(map(_capitalized, words)) if self.capitalize else words

    def joined(self, words):
        """Return a passphrase of words that were drawn for it."""
        pieces = self.written(words)
        if self.digit:
            place, figure = divmod(randbelow(10 * len(pieces)), 10)
            pieces[place] += string.digits[figure]
        if len(self.separators) == 1:
            return self.separators[0].join(pieces)
        for i, gap in enumerate(integers(len(self.separators), len(pieces) - 1)):
            pieces[i] += self.separators[gap]
        return "".join(pieces)

    def check(self, words):
        """Raise ValueError if two draws from a list could read the same.

        words: None is the built-in list.
        """
        if words is None:
            firsts = string.ascii_uppercase if self.capitalize else string.ascii_lowercase
            words = ()
        else:
            words = self.written(words)
            firsts = {word[0] for word in words}
            if len(set(words)) < len(words):
                raise ValueError("wordlist repeats a word when all are capitalized")
        after = self._after(set(firsts))
        _refuse_continued(words, after, "wordlist", "follow a word")
        _refuse_continued(self.separators, set(firsts), "separators", "begin a word")

    def _after(self, firsts):
        """Return the characters that may follow a word."""
        after = {separator[:1] for separator in self.separators}
        if "" in after:
            after = after - {""} | firsts
        if not self.digit:
            return after
        if not after.isdisjoint(string.digits):
            raise ValueError(_TWICE + "what follows a word may begin with a digit anyway")
        return after.union(string.digits)


_TWICE = "two passphrases could read the same: "


def _texts(separators):
    """Return the separators, checked; the characters of a str."""
    try:
        iterator = iter(separators)
    except TypeError:
        raise wrong_type("separators", "an iterable of str", separators) from None
    texts = []
    for i, separator in enumerate(iterator):
        name = "separators[%d]" % i
        between = text(separator, name)
        utf8(between, name)
        if between in texts:
            raise ValueError("separators repeats %a" % between)
        texts.append(between)
    if not texts:
        raise ValueError("separators is empty")
    return texts


def _capitalized(word):
    # str.capitalize would make the others small letters, and of some one two.
    first = word[:1].title()
    return first + word[1:] if len(first) == 1 else word


def _refuse_continued(texts, characters, name, role):
    """Raise ValueError if one text begins another that goes on with a character."""
    known = set(texts)
    for longer in texts:
        for i, character in enumerate(longer):
            if character in characters and longer[:i] in known:
                shown = (name, longer[:i], longer, character, role)
                raise ValueError(_TWICE + "%s has %a and %a, and %a may %s" % shown)
