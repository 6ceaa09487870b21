# SPDX-License-Identifier: MIT
"""Word lists as they are published: in files, with numbers for dice, comments, signed.

The rules are in docs/passwords-and-keys.md. The command-line tool has the same.
"""

import os

from ._arguments import exact_str, wrong_type

KIND = "an iterable of words or lines, or a path"
_BLANKS = " \t"
_SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----"
_SIGNATURE = "-----BEGIN PGP SIGNATURE-----"
_SIGNATURE_END = "-----END PGP SIGNATURE-----"


def read_wordlist(source):
    """Return the words of a list as it is published, for passphrase().

        words = read_wordlist("eff_large_wordlist.txt")
        phrase = passphrase(6, wordlist=words)
        bits = passphrase_entropy(6, len(words))

    There is a word in each line, in UTF-8. Numbers before the words (dice rolls, as
    in the lists of the EFF and of Diceware), blanks around them, empty lines, lines
    that begin with #, a byte order mark and the frame of a text signed by PGP are
    left out. The signature is not checked: gpg --verify does that.

    source: the path of a file; an open file, or another iterable of lines, each a str
        or bytes, with or without its newline.
    ValueError, with the number of the line, if a word is repeated, if it is not UTF-8
    or has a blank or a control character in it, if some lines have numbers and
    others have none, if there is a number without a word, if the signature or its
    end is missing, or something stands after it; ValueError also if there is no word
    at all. TypeError for other types; OSError if the file cannot be read.
    """
    if isinstance(source, (str, os.PathLike)):
        with open(source, "rb") as file:
            return _Reader(os.fsdecode(source)).words(file)
    return _Reader("wordlist").words(source)


class _Reader:
    def __init__(self, name):
        self._name = name
        self._line = 0  # the number of that which is read
        self._first = 0  # of the first that has a word
        self._numbered = False  # whether there is a number in that one

    def words(self, lines):
        where = {}
        for text in self._content(self._texts(lines)):
            if _is_empty(text):
                continue
            word = self._word(text)
            if word in where:
                raise self._fault("repeats %a of line %d" % (word, where[word]))
            where[word] = self._line
        if not where:
            raise ValueError("%s is empty" % self._name)
        return list(where)

    def _fault(self, what, line=None):
        return ValueError("%s, line %d %s" % (self._name, line or self._line, what))

    def _texts(self, lines):
        """Yield the text of each line, without blanks around it."""
        try:
            iterator = iter(() if isinstance(lines, bytes) else lines)
        except TypeError:
            iterator = None
        if iterator is None or isinstance(lines, bytes):
            raise wrong_type(self._name, KIND, lines)
        for self._line, line in enumerate(iterator, 1):
            yield self._text(line)

    def _text(self, line):
        if not isinstance(line, (str, bytes)):
            name = "%s, line %d" % (self._name, self._line)
            raise wrong_type(name, "a str or bytes", line)
        try:
            # Bytes, and a str that has nothing of bytes that were not UTF-8.
            text = str(line, "utf-8") if isinstance(line, bytes) else exact_str(line)
            text.encode("utf-8")
        except UnicodeError:
            raise self._fault("is not UTF-8") from None
        if self._line == 1 and text.startswith("\ufeff"):
            text = text[1:]
        for end in "\n\r":
            text = text[:-1] if text.endswith(end) else text
        text = text.strip(_BLANKS)
        if any((c < " " and c != "\t") or c == "\x7f" for c in text):
            raise self._fault("has a control character in it")
        return text

    def _content(self, texts):
        """Yield the lines of a signed text, or all lines if it is not signed."""
        for text in texts:
            if text == _SIGNED:
                yield from self._signed(texts)
            elif not _is_empty(text):
                yield text
                break
        yield from texts

    def _signed(self, texts):
        begin = self._line
        any(not text for text in texts)  # headers, up to an empty line
        for text in texts:
            if text == _SIGNATURE:
                break
            # Lines that begin with a dash are escaped (RFC 9580, section 7.1).
            yield text[2:].strip(_BLANKS) if text.startswith("- ") else text
        if not any(text == _SIGNATURE_END for text in texts):
            raise self._fault("begins a signed text of which the end is missing", begin)
        if not all(_is_empty(text) for text in texts):
            raise self._fault("stands after the signature")

    def _word(self, text):
        number, blank, word = text.replace("\t", " ").partition(" ")
        numbered = bool(blank) and _is_number(number)
        if not self._first:
            self._first, self._numbered = self._line, numbered
        if self._numbered and _is_number(text):
            raise self._fault("has a number and no word")
        if self._numbered != numbered:
            has = "a" if numbered else "no"
            raise self._fault("has %s number, unlike line %d" % (has, self._first))
        word = word.strip(_BLANKS) if numbered else text
        if any(blank in word for blank in _BLANKS):
            raise self._fault("has a blank within the word")
        return word


def _is_empty(text):
    return not text or text.startswith("#")


def _is_number(text):
    return text.isascii() and text.isdigit()
