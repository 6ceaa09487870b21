# SPDX-License-Identifier: MIT
"""The examples run, and do what they say."""

import hashlib
import os
import re
import subprocess
import sys
import unittest
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlsplit

import libsecrets

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class Examples(unittest.TestCase):
    def run_example(self, name):
        return subprocess.check_output(
            [sys.executable, os.path.join(ROOT, "examples", name)],
            env=dict(os.environ, PYTHONPATH=ROOT),
            universal_newlines=True,
            timeout=60,
        )

    def test_password_reset(self):
        lines = self.run_example("password_reset.py").splitlines()
        url = urlsplit(lines[0].split()[-1])
        self.assertEqual((url.scheme, url.netloc), ("https", "example.com"))
        self.assertEqual((url.path, url.fragment), ("/reset", ""))
        query = parse_qs(url.query, strict_parsing=True)
        self.assertEqual(sorted(query), ["token", "user"])
        [token] = query["token"]
        self.assertRegex(token, r"\A[A-Za-z0-9_-]{43}\Z")
        self.assertRegex(lines[1], r" [0-9a-f]{64}$")
        verdicts = [line.split()[-1] for line in lines[2:]]
        self.assertEqual(verdicts, ["refused", "refused", "accepted", "refused"])

    def test_token(self):
        self.assertRegex(self.run_example("reset_link.py"), r"=[A-Za-z0-9_-]{43}\n$")

    def test_passwords(self):
        lines = self.run_example("passwords.py").splitlines()
        bits = [line.split("bits")[0].strip() for line in lines]
        self.assertEqual(bits, ["47.6", "57.3", "51.7", "90.5"])
        letters, policy, four, phrase = [line.split("bits  ")[1] for line in lines]
        self.assertRegex(letters, r"\A[A-Za-z0-9]{8}\Z")
        self.assertRegex(policy, r"\A(?=.*[a-z])(?=.*[A-Z])[A-Za-z0-9]{10}\Z")
        self.assertGreaterEqual(len(re.findall("[0-9]", policy)), 3)
        self.assertEqual(len(four.split(" ")), 4)
        self.assertGreaterEqual(len(phrase.split("-")), 7)  # a few words have a hyphen

    def test_session_cookie(self):
        lines = self.run_example("session_cookie.py").splitlines()
        name, _, value = lines[0].partition(": ")
        self.assertEqual(name, "Set-Cookie")
        [cookie] = SimpleCookie(value).values()
        self.assertEqual(cookie.key, "__Host-session")
        self.assertRegex(cookie.value, r"\A[A-Za-z0-9_-]{43}\Z")
        kept = ("path", "domain", "secure", "httponly", "samesite", "max-age")
        self.assertEqual(
            [cookie[attribute] for attribute in kept],
            ["/", "", True, True, "Lax", "43200"],
        )
        hashed = hashlib.sha256(cookie.value.encode("ascii")).hexdigest()
        self.assertEqual(lines[1].split()[-1], hashed)
        answers = [line.split(":")[1].strip() for line in lines[2:]]
        self.assertEqual(answers, ["ada", "None", "None", "None", "None"])

    def test_api_keys(self):
        lines = self.run_example("api_keys.py").splitlines()
        key = lines[0].split()[-1]
        self.assertRegex(key, r"\Aexample_live_[0-9A-Za-z]{49}\Z")
        self.assertIs(libsecrets.apikey_valid(key), True)
        hashed = hashlib.sha256(key.encode("ascii")).hexdigest()
        self.assertEqual(lines[1].split()[-1], hashed)
        answers = [line.split(":")[1].strip() for line in lines[2:]]
        expected = ["accepted", "no key", "refused", "no key", "refused"]
        self.assertEqual(answers, expected)

    # Everything below holds for every draw.
    def test_raffle(self):
        lines = self.run_example("raffle.py").splitlines()
        guests = [line.split(None, 2) for line in lines[:6]]
        names = [name for name, _, _ in guests]
        self.assertEqual(names, ["ada", "ben", "cleo", "dan", "eve", "flo"])
        for _, link, _ in guests:
            self.assertRegex(link, r"/[A-Za-z0-9_-]{22}$")
        tables = [table for _, _, table in guests]
        self.assertEqual({tables.count(table) for table in tables}, {2})
        winners = [line.split(" wins ") for line in lines[6:9]]
        self.assertEqual(len({name for name, _ in winners} & set(names)), 3)
        self.assertEqual(winners[0][1], "a bicycle")
        numbers = [int(word) for word in lines[9].split(":")[1].split()]
        self.assertEqual([1 <= number <= 49 for number in numbers], [True] * 6)


if __name__ == "__main__":
    unittest.main()
