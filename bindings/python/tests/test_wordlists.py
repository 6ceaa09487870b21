# SPDX-License-Identifier: MIT
"""Word lists are read as they are published, and faults are told by their line."""

import codecs
import io
import os
import pathlib
import re
import tempfile
import unittest

import libsecrets

TABLE = os.path.join(
    os.path.dirname(os.path.abspath(__file__)),
    *"../../../test/vectors/wordlists.tsv".split("/")
)
FAULTS = {
    "repeats": "repeats .* of line %s",
    "utf8": "is not UTF-8",
    "control": "has a control character in it",
    "blank": "has a blank within the word",
    "mixed": "has (?:a|no) number, unlike line %s",
    "wordless": "has a number and no word",
    "unfinished": "begins a signed text of which the end is missing",
    "after": "stands after the signature",
}


def rows():
    """Return the bytes of a file, its words and its fault, for each line of the table."""
    with open(TABLE, encoding="utf-8") as file:
        cells = [line.rstrip("\n").split("\t") for line in file if line[0] != "#" and line != "\n"]
    return [(codecs.escape_decode(text)[0], words, fault) for text, words, fault in cells]


def message(name, fault):
    if fault == "empty":
        return r"\A%s is empty\Z" % name
    line, kind, other = (fault.split(" ") + [""])[:3]
    text = FAULTS[kind]
    return r"\A%s, line %s %s\Z" % (name, line, text % other if "%s" in text else text)


class Table(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "words.txt")

    def check(self, name, words, fault, source):
        if fault == "-":
            self.assertEqual(libsecrets.read_wordlist(source), words.split(" "))
            return
        with self.assertRaisesRegex(ValueError, message(name, fault)):
            libsecrets.read_wordlist(source)

    def test_shared_table(self):
        done = {True: 0, False: 0}
        for content, words, fault in rows():
            with self.subTest(content):
                with open(self.path, "wb") as file:
                    file.write(content)
                name = re.escape(self.path)
                self.check(name, words, fault, self.path)
                self.check(name, words, fault, pathlib.Path(self.path))
                with open(self.path, "rb") as file:
                    self.check("wordlist", words, fault, file)
                lines = content.splitlines(True)
                if b"\r" not in content.replace(b"\r\n", b""):
                    self.check("wordlist", words, fault, lines)
                    self.check("wordlist", words, fault, [line.rstrip(b"\n") for line in lines])
                done[fault == "-"] += 1
        self.assertGreater(min(done.values()), 25)

    def test_text_files(self):
        for content, words, fault in rows():
            if "utf8" in fault or b"\r" in content.replace(b"\r\n", b""):
                continue  # which other line ends are in text
            for options in ({"newline": ""}, {"newline": None}):
                file = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8", **options)
                self.check("wordlist", words, fault, file)
            self.check("wordlist", words, fault, io.StringIO(content.decode("utf-8")))

    def test_every_fault_is_in_the_table(self):
        kinds = {fault.split(" ")[1] for _, _, fault in rows() if " " in fault}
        self.assertEqual(kinds, set(FAULTS))

    def test_published_list(self):
        path = os.path.join(os.path.dirname(TABLE), "..", "..", "secrets", "eff_large.txt")
        with open(path, encoding="ascii") as file:
            words = file.read().split()
        rolls = [sum((i // 6 ** n % 6 + 1) * 10 ** n for n in range(5)) for i in range(6 ** 5)]
        lines = ["%d\t%s\n" % pair for pair in zip(rolls, words)]
        self.assertEqual((lines[0], lines[-1]), ("11111\tabacus\n", "66666\tzoom\n"))
        self.assertEqual(libsecrets.read_wordlist(lines), words)
        self.assertEqual(libsecrets.read_wordlist(path), words)


class Longer(str):
    """A str that claims to be longer."""

    def __len__(self):
        return 99

    def __str__(self):
        return "no"


class Sources(unittest.TestCase):
    def test_lines_of_a_subclass(self):
        lines = [Longer("11 abc"), Longer("12 abd")]
        self.assertEqual(libsecrets.read_wordlist(lines), ["abc", "abd"])

    def test_passphrases_from_files(self):
        text = "11111\tone\r\n11112\ttwo\r\n"
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "words"
            path.write_bytes(text.encode())
            for source in (
                lambda: path, lambda: open(path), lambda: open(path, "rb"),
                lambda: io.StringIO(text), lambda: io.BytesIO(text.encode()),
                lambda: iter(text.splitlines(True)), lambda: (line for line in ["one", "two"]),
                lambda: ["one", "two"], lambda: {"one": 1, "two": 2},
                lambda: map(str, ["one", "two"]),
            ):
                wordlist = source()
                phrase = libsecrets.passphrase(70, "/", wordlist)
                if hasattr(wordlist, "close"):
                    wordlist.close()
                # Either word is missing with probability 2**-69.
                self.assertEqual(set(phrase.split("/")), {"one", "two"})

    def test_collections_are_words(self):
        # In which nothing is left out.
        for word in ("11111 one", "#", " ", "one\n", "1 \t"):
            for kind in (list, tuple, set, frozenset, dict.fromkeys):
                self.assertEqual(libsecrets.passphrase(1, "", kind([word])), word)

    def test_missing_file(self):
        for function in (libsecrets.read_wordlist, lambda path: libsecrets.passphrase(3, "", path)):
            with self.assertRaises(FileNotFoundError):
                function(pathlib.Path("/nowhere/words"))
        self.assertRaises(FileNotFoundError, libsecrets.read_wordlist, "/nowhere/words")

    def test_bad_types(self):
        kind = "an iterable of words or lines, or a path, not "
        for bad in (1, None, b"one", object()):
            with self.assertRaisesRegex(TypeError, "^wordlist must be %s" % kind):
                libsecrets.read_wordlist(bad)
        for bad in ("words.txt", b"words.txt", 1, object()):
            with self.assertRaisesRegex(TypeError, "^wordlist must be %s" % kind):
                libsecrets.passphrase(3, " ", bad)
        for bad in (1, None, bytearray(b"two")):
            with self.assertRaisesRegex(TypeError, "^wordlist, line 2 must be a str or bytes"):
                libsecrets.read_wordlist(["one", bad])

    def test_lone_surrogates(self):
        with self.assertRaisesRegex(ValueError, "^wordlist, line 2 is not UTF-8"):
            libsecrets.read_wordlist(["one", "\udc80"])


if __name__ == "__main__":
    unittest.main()
